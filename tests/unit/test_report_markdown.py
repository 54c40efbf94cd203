"""The comment under a pull request: what a clerk reads, and that nothing a stranger wrote acts in it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from portal.changefacts import (
    CellSample,
    ColumnDifference,
    DatasetDifference,
    Pair,
    RowSample,
    Spread,
    TableDifference,
    Told,
)
from portal.problems import Problem, printable
from portal.report import About, render
from portal.report.markdown import LIMIT, MARK, SAME, size
from portal.report.marktext import code, plain, value
from portal.wording import WORDING

SITE = "https://data.example.org"
UNKNOWN = {"found": "ponds", "choices": "parks（公园）", "choices_en": "parks"}
ERROR = Problem("domain-unknown", "catalog/ylj/parks.yml", 4, UNKNOWN, dataset="parks", article="《某市细则》第九条")
WARNING = Problem("stray-file", "catalog/a.txt", level="warning")
HOSTILE = [
    "a | b",
    "|---|---|",
    "`code` ``more``",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><script>alert(1)</script>",
    "<!-- comment --> --> <details>",
    "[here](https://evil.example)",
    "![pixel](https://evil.example/a.png)",
    "<https://evil.example>",
    "see https://evil.example/x or www.evil.example",
    "mail a@evil.example",
    "@alice and @org/team",
    "#12 GH-12 owner/repo#3 !4 ~label %2 $5 &6",
    "deadbeefcafe 0123456789abcdef0123456789abcdef01234567",
    "**bold** _em_ ~~gone~~ ***",
    "\\| \\` \\<b>",
    "&lt;b&gt; &#64;alice &amp;",
    "$x^2$ $`y`$",
    "line\n\n# heading\n- list\n```\nfence",
    "\u202eevil\u202c \u2066x\u2069 \u200b\u200f\u00ad\ufeff",
    "::error::x ##[error] {0} {{x}}",
    "/approve",
]


class _Seen(HTMLParser):
    """What a reader gets: elements with their attributes, and text inside and outside of code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.bare, self.inside, self.deep = "", "", 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.deep += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.deep -= tag == "code"

    def handle_data(self, data: str) -> None:
        if self.deep:
            self.inside += data
        else:
            self.bare += data


def shown(markdown: str) -> _Seen:
    """As a forge shows it: CommonMark with tables, raw HTML let through (the worst case)."""
    return _Seen(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def comment(*problems: Problem, lang: str = "zh", **more: object) -> str:
    return render(problems, "markdown", lang, About(SITE, **more))  # type: ignore[arg-type]


def test_the_comment_says_it_in_one_sentence_then_where_what_and_how() -> None:
    assert comment(ERROR, WARNING) == (
        "<!-- kaishu-gate -->\n"
        "## ❌ 还不能发布\n"
        "\n"
        "**1 个文件中有 1 个错误，请照下表逐条改正，再提交一次。**另有 1 个提醒，不影响发布。\n"
        "\n"
        "### <code>catalog&#47;ylj&#47;parks&#46;yml</code>\n"
        "\n"
        "| 位置 | 问题 | 怎么改 | 依据 |\n"
        "| --- | --- | --- | --- |\n"
        "| 第 4 行 | 没有编号为“ponds”的数据领域。 [`domain-unknown`](https://data.example.org/help/rules/#domain-unknown)"
        " | 可选：parks（公园）（见 catalog/domains.yml）。 | 《某市细则》第九条 |\n"
        "\n"
        "<details>\n"
        "<summary>1 个提醒（不影响发布）</summary>\n"
        "\n"
        "#### <code>catalog&#47;a&#46;txt</code>\n"
        "\n"
        "| 位置 | 问题 | 怎么改 | 依据 |\n"
        "| --- | --- | --- | --- |\n"
        "| 整个文件 | 目录里有不认识的文件。 [`stray-file`](https://data.example.org/help/rules/#stray-file)"
        " | 条目以 .yml 结尾；数据文件请放到 datasets/ 下；说明文字用 .md。 |  |\n"
        "\n"
        "</details>\n"
        "\n"
        "每条规则的说明和例子：<https://data.example.org/help/rules/>\n"
    )


def test_in_english() -> None:
    text = comment(ERROR, WARNING, lang="en")
    assert "**1 error in 1 file: please mend all of them, as told below, and hand the change in again.**" in text
    assert "| line 4 | There is no domain 'ponds'." in text
    assert "<https://data.example.org/en/help/rules/>" in text


def test_without_problems_it_says_so_in_a_line() -> None:
    assert comment() == f"{MARK}\n## ✅ 检查通过\n\n没有错误。没有发现问题。\n"
    assert "没有错误。有 1 个提醒，不影响发布，请看一看。" in comment(WARNING)
    assert "No errors. 1 warning: please have a look." in comment(WARNING, lang="en")


def test_of_many_findings_of_a_rule_the_first_ones_are_listed_and_all_counted() -> None:
    rows = [
        Problem("pattern-value", "datasets/ylj/a.csv", row=row, values={"number": str(row)}) for row in range(2, 60)
    ]
    more = Problem("more-rows", "datasets/ylj/a.csv", values={"rule": "pattern-value", "left": "40", "count": "98"})
    text = comment(*rows, more)
    assert text.count("\n| 第 ") == SAME
    assert "| … | 同类问题另有 53 处 [`pattern-value`]" in text
    assert "1 个文件中有 98 个错误" in text


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_stranger_wrote_is_read_and_does_nothing(hostile: str, lang: str) -> None:
    odd = Problem(
        "domain-unknown", f"catalog/{hostile}.yml", 4, {"found": hostile, "choices": hostile}, article=hostile
    )
    soft = Problem("stray-file", f"datasets/{hostile}", level="warning")
    told = TableDifference(
        name=hostile,
        kind="renamed",
        before=hostile,
        key_before=(hostile,),
        columns=(ColumnDifference(name=hostile, kind="renamed", before=hostile, told=(_told(hostile),)),),
        altered=(CellSample(file=hostile, row=2, key=(hostile,), column=hostile, old=hostile, new=hostile),),
        came=(RowSample(file=hostile, row=2, key=(hostile,), cells={hostile: hostile}),),
        hidden=(hostile,),
    )
    one = DatasetDifference(id="parks", kind="same", title=hostile, entry=(_told(hostile),), tables=(told,))
    text = comment(odd, soft, lang=lang, differences=(one,))
    seen = shown(text)
    names = {name for name, _ in seen.tags}
    assert names <= {
        "h2",
        "h3",
        "h4",
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "a",
        "br",
    } | {
        "details",
        "summary",
    }
    links = [attributes["href"] for name, attributes in seen.tags if name == "a"]
    assert all((link or "").startswith(f"{SITE}/") for link in links)
    widths = {row.count("<td") for row in re.findall(r"<tr>.*?</tr>", _html(text), re.DOTALL)} - {0}
    assert widths <= {2, 3, 4, 5, 6}
    assert not re.search(r"@|#\d|GH-\d|https?:(?!//data\.example\.org)|www\.|[0-9a-f]{7}|<!--|!\[|\$|~", seen.bare)
    assert not re.search("[\u200b\u200f\u202a-\u202e\u2066-\u2069\u00ad]", text)
    assert printable(" ".join(hostile.split())).split("\\u200b")[0][:30] in seen.inside + seen.bare


def _html(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(text)


def _told(text: str) -> Told:
    return Told(what="title", title="标题", old=text, new=text + "2")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_escaped_text_reads_as_it_was_written(hostile: str) -> None:
    flat = printable(" ".join(hostile.split()))
    for dressed in (value(hostile), code(hostile)):
        assert html.unescape(re.sub("</?code>", "", dressed)).replace("\\u200b\\u200f\\u00ad", "").rstrip() in (
            flat.rstrip(),
            re.sub("[\u200b\u200f\u00ad]", "", flat).replace("  ", " ").rstrip(),
            flat.replace("\u200b\u200f\u00ad", "").rstrip(),
        )
        cells = re.findall(r"<td>(.*?)</td>", _html(f"| a | b |\n|---|---|\n| {dressed} | x |\n"), re.DOTALL)
        assert len(cells) == 2


def test_our_own_words_stand_as_they_are_written() -> None:
    for rule, wording in WORDING.items():
        for text in (wording.message.zh, wording.message.en, wording.advice.zh, wording.advice.en):
            said = re.sub(r"\{\w+\}", "", text).replace("{{", "{").replace("}}", "}")
            seen = shown(f"| a |\n|---|\n| x {plain(said)} |\n")
            assert {name for name, _ in seen.tags} == {"table", "thead", "tbody", "tr", "th", "td"}, rule
            assert " ".join(seen.bare.split()).endswith(" ".join(said.split())), rule


def test_long_values_are_cut() -> None:
    assert value("长" * 500) == "长" * 199 + "…"


def test_the_comment_is_never_longer_than_a_forge_takes_and_says_what_is_left_out() -> None:
    many = [
        Problem("domain-unknown", f"catalog/d{number}/a.yml", 4, {"found": "𠮷`|<" * 40, "choices": "|" * 190})
        for number in range(400)
    ]
    soft = [Problem("stray-file", f"catalog/x{number}.txt", level="warning") for number in range(900)]
    text = comment(*many, *soft)
    assert LIMIT - 6_000 < size(text) <= LIMIT
    left = re.search(r"\*\*还有 (\d+) 个问题没有列出\*\*", text)
    assert left
    listed = len(re.findall(r"^\| (?:第 4 行|整个文件) ", text, re.MULTILINE))
    assert int(left[1]) + listed == 1300
    assert text.count("<details>") == text.count("</details>") == 1
    assert "1300" not in text
    assert "400 个文件中有 400 个错误" in text
    assert "900 个提醒" in text
    assert "`.venv/bin/python build.py check`" in text


def difference(**more: object) -> DatasetDifference:
    table = TableDifference(
        name="parks",
        kind="same",
        by="key",
        key=("编号",),
        rows=Pair(before=100, after=104),
        bytes=Pair(before=2000, after=2100),
        added=5,
        removed=1,
        changed=2,
        cells=3,
        columns=(
            ColumnDifference(name="电话", kind="added"),
            ColumnDifference(
                name="面积",
                kind="same",
                before="面积",
                cells=3,
                spread_before=Spread(count=100, minimum=1, maximum=50, mean=12.5, sum=1250),
                spread_after=Spread(count=104, minimum=1, maximum=500, mean=17.25, sum=1794),
            ),
        ),
        altered=(CellSample(file="parks.csv", row=7, key=("0006",), column="面积", old="5", new="500"),),
        came=(RowSample(file="parks.csv", row=101, key=("0101",), cells={"编号": "0101", "名称": "新园"}),),
        went=(RowSample(file="parks.csv", row=9, key=("0008",), cells={"编号": "0008", "名称": None}),),
    )
    entry = (Told(what="update_frequency", title="更新频率", old="每月", new="每年"),)
    dates = ("2025-12-31", "2026-06-30")
    given: dict[str, object] = {"tables": (table,), "rows": table.rows, "entry": entry, "data_date": dates} | more
    return DatasetDifference(id="parks", kind="same", title="公园名录", **given)  # type: ignore[arg-type]


def test_what_changes_for_the_public_stands_in_one_table() -> None:
    text = comment(differences=(difference(),))
    assert "### 对公众有什么变化\n\n| 数据集 | 变化 | 数据行 | 列 | 目录信息 | 数据日期 |\n" in text
    row = (
        "| 公园名录 <code>parks</code> | 改动 | 100 → 104<br>新增 5、删除 1、改动 2 | +<code>电话</code>、~<code>面积</code>"
        " | 更新频率 | 2025-12-31 → 2026-06-30 |"
    )
    assert row in text
    for line in (
        "| 更新频率 | 每月 | 每年 |",
        "| <code>面积</code> | 3 个值有变 | 最大 50 → 500<br>平均 12.5 → 17.25<br>合计 1,250 → 1,794 |",
        "| 7 | 0006 | <code>面积</code> | 5 | 500 |",
        "| 101 | 0101 | 新园 |",
        "| 9 | 0008 | — |",
        "文件大小：2,000 → 2,100 字节",
    ):
        assert line in text.splitlines(), line
    english = comment(differences=(difference(),), lang="en")
    assert "### What changes for the public" in english
    assert "100 → 104<br>added 5, removed 1, changed 2" in english


def test_data_that_are_not_open_are_not_compared_and_it_says_so() -> None:
    text = comment(differences=(difference(closed=True, tables=()),))
    assert "不比较（并非无条件开放）" in text


def test_nothing_changed_nothing_told() -> None:
    assert "对公众" not in comment(differences=(DatasetDifference(id="parks", kind="same", title="公园"),))


def test_many_changes_leave_room_for_the_problems() -> None:
    text = comment(ERROR, differences=tuple(difference() for _ in range(300)))
    assert size(text) <= LIMIT
    assert "domain-unknown" in text
    assert re.search(r"有 \d+ 处变化因篇幅没有列出", text)
