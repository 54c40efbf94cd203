"""The rule reference, made from what the machine itself uses: the words, the profiles, and the broken examples.

    python -m tests.rulebook        writes portal/wording/rulebook.json and docs/rules.md again

An example's mended form is found by laying the broken example beside the small valid catalogue (tests/catalogues.py);
where that is not how one mends it, the example has a `good.yml` or `good/` of its own (tests/bad/README.md).
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

import portal.wording
from portal.checks.judging import EXCUSABLE, FAMILIES, WARNINGS
from portal.profile import load_profile, profile_names
from portal.report.sentences import general
from portal.settings import CODE
from portal.wording import WORDING
from tests.catalogues import lay_example, lay_mended, make_catalogue
from tests.gate.examples import lay_base, lay_change

BAD = CODE / "tests" / "bad"
BOOK = CODE / "portal" / "wording" / "rulebook.json"
PAGE = CODE / "docs" / "rules.md"
CITIES = {
    "suzhou": "苏州",
    "suzhou-draft": "苏州（征求意见稿）",
    "wuxi": "无锡",
    "shanghai": "上海",
    "shuangyashan": "双鸭山",
}
TITLES = {
    "reading": ("目录文件的写法", "How catalogue files are written"),
    "entry": ("目录条目", "Entries"),
    "files": ("数据文件", "Data files"),
    "rows": ("数据行", "Rows"),
    "quality": ("数据质量", "Quality of data"),
    "reviews": ("审查记录", "Reviews"),
    "approvals": ("审批程序", "Approvals"),
    "changes": ("对已发布内容的改动", "Changes to what is published"),
    "officers": ("数据安全岗位", "Officers"),
    "grading": ("数据分级", "Grading"),
    "registers": ("登记册", "Registers"),
    "topics": ("专题与应急开放", "Topics and emergencies"),
    "publications": ("政策、动态、计划、成果与公示", "Policies, news, plans, results and violations"),
    "history": ("历史版本", "Earlier releases"),
    "naming": ("名称与文字", "Names and wording"),
    "openness": ("关联、条件与渠道", "Relations, conditions and channels"),
    "personal": ("个人信息", "Personal data"),
    "drafts": ("草稿", "Drafts"),
    "samples": ("样例数据", "Samples"),
    "anonymity": ("聚合风险", "Aggregation risk"),
}
LEVELS = {"error": "错误", "warning": "提醒", "off": "不检查"}
LONGEST, LINES, FILES = 120, 16, 3
"""Characters of a line, lines of a file and files of an example that are shown."""
LARGE = 1 << 15
"""Bytes from which on a file is only described."""
NONE = "（没有这几行）"
ASIDE = re.compile(r"\.releases\.yml$")


def families() -> list[tuple[str, list[str]]]:
    """The wording modules with their rules, in the order in which WORDING has them."""
    modules = [one for one in vars(portal.wording).values() if isinstance(one, ModuleType) and hasattr(one, "WORDING")]
    order = {rule: number for number, rule in enumerate(WORDING)}
    named = [(one.__name__.rpartition(".")[2], [rule for rule in one.WORDING if rule in order]) for one in modules]
    return sorted(((name, rules) for name, rules in named if rules), key=lambda each: order[each[1][0]])


def book() -> dict[str, Any]:
    """What the page of the portal needs besides words and profile: families, and of each rule its example."""
    return {
        "families": [
            {"id": name, "zh": zh, "en": en, "rules": rules}
            for name, rules in families()
            for zh, en in [TITLES.get(name, (name, name))]
        ],
        "rules": {rule: _rule(rule) for rule in sorted(WORDING)},
    }


def _rule(rule: str) -> dict[str, Any]:
    told = _told(rule)
    return {
        "level": "warning" if rule in WARNINGS or "提醒：" in told.partition(" ")[2][:3] else "error",
        "section": next((section for section, rules in FAMILIES.items() if rule in rules), rule),
        "excusable": rule in EXCUSABLE,
        "told": told.partition(": ")[2].partition(f" [{rule}]")[0].removeprefix("提醒："),
        "examples": list(_example(BAD / rule, told)) if (BAD / rule).is_dir() else [],
        "is_change": (BAD / rule / "change").is_dir(),
        "command": _text(BAD / rule / "command.txt"),
    }


def _told(rule: str) -> str:
    """The line of the example's report that names the rule."""
    return next((line for line in _text(BAD / rule / "expected.txt").splitlines() if f"[{rule}]" in line), "")


def _text(path: Path) -> str:
    return path.read_text("utf-8").strip() if path.exists() else ""


def _example(folder: Path, told: str) -> Iterator[dict[str, str | None]]:
    """The file that the report names, and others that differ: path, broken part, mended part (None: no such file)."""
    with tempfile.TemporaryDirectory() as scratch:
        bad, good = Path(scratch) / "bad", Path(scratch) / "good"
        _lay_both(folder, bad, good)
        paths = sorted({path for root in (bad, good) for path in _files(root)})
        differ = [path for path in paths if _bytes(bad / path) != _bytes(good / path)]
        main = [path for path in differ if not ASIDE.search(path)] or differ
        named = [path for path in main if told.startswith((f"{path}:", f"{path} "))]
        both = [path for path in main if (bad / path).exists() and (good / path).exists()]
        for path in (named + [one for one in both if one not in named] if named else main)[:FILES]:
            old, new = _lines(bad / path), _lines(good / path)
            wrong, right = _parts(_without_reviews(old, new), _without_reviews(new, old))
            yield {"path": path, "bad": wrong, "good": right}


def _lay_both(folder: Path, bad: Path, good: Path) -> None:
    """The broken catalogue and the mended one; of a change, the catalogue after it and before it."""
    if (folder / "change").is_dir():
        lay_base(folder, good)
        shutil.copytree(good, bad)
        lay_change(folder, bad)
        return
    lay_example(folder, bad)
    if not lay_mended(folder, good):
        make_catalogue(good)


def _files(root: Path) -> Iterator[str]:
    for path in root.rglob("*"):
        if ".git" not in path.parts and (path.is_symlink() or not path.is_dir()):
            yield path.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _bytes(path: Path) -> object:
    if path.is_symlink():
        return ("link", str(path.readlink()))
    if not path.is_file():
        return None
    return (path.stat().st_size, path.read_bytes() if path.stat().st_size < 1 << 22 else None)


def _lines(path: Path) -> list[str] | None:
    """The text of a file; None where there is none, one line in brackets where it is no short text."""
    if path.is_symlink():
        return ["（符号链接）"]
    if not path.is_file():
        return None
    if path.stat().st_size > LARGE:
        return [f"（很大的 {_kind(path)} 文件）"]
    raw = path.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return [_visible(line) for line in text.splitlines()] or ["（空文件）"]
    return [f"（{_kind(path)} 文件，不是文字）"]


def _kind(path: Path) -> str:
    return path.suffix.lstrip(".").upper() or "二进制"


def _visible(line: str) -> str:
    """Tabs and hidden characters are spelled out, long lines cut."""
    line = "".join(
        one if one.isprintable() else f"\\u{ord(one):04x}" if ord(one) > 31 else {"\t": "→   "}.get(one, "·")
        for one in line
    )
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _without_reviews(lines: list[str] | None, other: list[str] | None) -> list[str] | None:
    """Reviews cover the content, so they differ in nearly every example: left out where something else differs."""
    if lines is None or other is None:
        return lines
    cut, others = _before_reviews(lines), _before_reviews(other)
    return cut if cut != others else lines


def _before_reviews(lines: Sequence[str]) -> list[str]:
    start = next((number for number, line in enumerate(lines) if line == "reviews:"), len(lines))
    end = next((number for number in range(start + 1, len(lines)) if lines[number][:1] not in ("-", " ")), len(lines))
    return [*lines[:start], *lines[end:]]


def _parts(old: list[str] | None, new: list[str] | None) -> tuple[str | None, str | None]:
    """The lines that differ, under the lines that they stand below."""
    if old is None or new is None:
        return _short(old), _short(new)
    blocks = [one for one in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if one[0] != "equal"]
    return (
        _short(_with_heads(old, {n for _, start, end, _, _ in blocks for n in range(start, end)})),
        _short(_with_heads(new, {n for _, _, _, start, end in blocks for n in range(start, end)})),
    )


def _with_heads(lines: Sequence[str], chosen: set[int]) -> list[str]:
    """The chosen lines with the lines that open their blocks; where none was chosen, it says so."""
    if not chosen:
        return [NONE]
    kept = set(chosen)
    for number in sorted(kept):
        depth = _depth(lines[number])
        for above in range(number - 1, -1, -1):
            if _depth(lines[above]) < depth and lines[above].strip():
                kept.add(above)
                depth = _depth(lines[above])
    if lines and "," in lines[0] and ":" not in lines[0]:
        kept.add(0)  # the header of a data file
    shown: list[str] = []
    last = -1
    for number in sorted(kept):
        shown += ["…"] if number > last + 1 and last >= 0 else []
        shown.append(lines[number])
        last = number
    return shown


def _depth(line: str) -> int:
    """How far a line of YAML is indented; what stands in a list is deeper than its key."""
    bare = line.lstrip(" ")
    return 2 * (len(line) - len(bare)) + (1 if bare.startswith("- ") else 0)


def _short(lines: list[str] | None) -> str | None:
    if lines is None:
        return None
    return "\n".join([*lines[:LINES], *(["…"] if len(lines) > LINES else [])])


def _anchor(heading: str) -> str:
    """The anchor that forges give to a heading: letters and digits, blanks as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def page(made: dict[str, Any]) -> str:
    """docs/rules.md: every rule in Chinese, by family, with its article under each profile."""
    profiles = {name: load_profile(name) for name in profile_names()}
    lines = [
        "# 检查规则",
        "",
        "检查报告方括号里的名字就是规则名。本页由检查程序自己的文字、城市规则和 `tests/bad/` 中的例子生成，请勿手改：",
        "",
        "```",
        ".venv/bin/python -m tests.rulebook",
        "```",
        "",
        "“错误”必须改正才能发布；“提醒”不影响发布，与数据集有关的会在它的页面上告诉公众。“可写例外”的规则，确有理由时在条目里写 `allow`，",
        "写明理由和截止日期，理由会向公众公开。级别和依据因城市而异，没有列出的城市没有相应条文，按本平台的规则执行。",
        "",
        *(f"- [{family['zh']}](#{_anchor(family['zh'])})：{len(family['rules'])} 条" for family in made["families"]),
        "",
    ]
    for family in made["families"]:
        lines += [f"## {family['zh']}", ""]
        for rule in family["rules"]:
            lines += _section(rule, made["rules"][rule], profiles)
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: str, facts: dict[str, Any], profiles: dict[str, Any]) -> Iterator[str]:
    yield from (f"### {rule}", "", general(rule, 0, "zh"))
    if advice := general(rule, 1, "zh"):
        yield from ("", f"**怎么改：**{advice}")
    yield from ("", f"**级别：**{_levels(rule, facts, profiles)}{'；可写例外' if facts['excusable'] else ''}")
    articles = [
        f"{CITIES[name]}{(one.article_of(rule) and one.articles.get(rule)) or one.articles.get(facts['section'])}"
        for name, one in profiles.items()
        if one.articles.get(rule) or one.articles.get(facts["section"])
    ]
    if articles:
        yield from ("", f"**依据：**{'；'.join(articles)}")
    if facts["told"]:
        yield from ("", f"**例如：**{_inline(facts['told'])}")
    if facts["command"]:
        yield from ("", f"命令：`.venv/bin/python build.py {facts['command']}`")
    wrong, right = ("这样改有问题", "改动之前") if facts["is_change"] else ("有问题的", "改好的")
    for example in facts["examples"]:
        yield from ("", f"`{example['path']}`，{wrong}：", "", *_block(example["bad"]))
        yield from ("", f"{right}：", "", *_block(example["good"]))
    yield ""


def _levels(rule: str, facts: dict[str, Any], profiles: dict[str, Any]) -> str:
    found = {name: one.level_of(rule) or facts["level"] for name, one in profiles.items()}
    if len(set(found.values())) == 1:
        return LEVELS[next(iter(found.values()))]
    return "；".join(f"{CITIES[name]}{LEVELS[level]}" for name, level in found.items())


def _inline(text: str) -> str:
    """A message in Markdown: what is set in signs that act stands as code."""
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)


def _block(text: str | None) -> list[str]:
    if text is None:
        return ["（没有这个文件）"]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return [f"{fence}text", *text.split("\n"), fence]


def as_json(made: dict[str, Any]) -> str:
    """The bytes of rulebook.json."""
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write both files."""
    made = book()
    BOOK.write_text(as_json(made), "utf-8")
    PAGE.write_text(page(made), "utf-8")


if __name__ == "__main__":
    main()
