"""What a change changes for the public, in Markdown: one table of all datasets, then each of them folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.changefacts import ColumnDifference, DatasetDifference, Pair, Spread, TableDifference
from portal.problems import Lang
from portal.report.marktext import code, value

HEAD: dict[Lang, str] = {
    "zh": "| 数据集 | 变化 | 数据行 | 列 | 目录信息 | 数据日期 |\n|---|---|---|---|---|---|",
    "en": "| Dataset | Change | Rows | Columns | Entry | Data as of |\n|---|---|---|---|---|---|",
}
KINDS: dict[Lang, dict[str, str]] = {
    "zh": {"added": "新增", "removed": "**删除**", "renamed": "改名", "same": "改动"},
    "en": {"added": "new", "removed": "**removed**", "renamed": "renamed", "same": "changed"},
}
CELL = 80
"""Characters of a sample's cell."""


def changes(differences: Sequence[DatasetDifference], lang: Lang, limit: int) -> str:
    """The part of the report about the public; empty where nothing changes. At most `limit` characters.

    Every dataset has its row as long as there is room; details are left out first, and it says so.
    """
    told = [one for one in differences if not one.is_empty]
    if not told:
        return ""
    title = "### 对公众有什么变化" if lang == "zh" else "### What changes for the public"
    parts = [title, "", HEAD[lang]]
    room, left = limit - 400 - sum(len(part) + 1 for part in parts), 0
    for one in told:
        row = _row(one, lang)
        if 2 * len(row) < room:
            parts.append(row)
            room -= 2 * len(row)  # a character beyond the basic plane counts twice
        else:
            left += 1
    parts.append("")
    for one in told:
        detail = "\n".join(_details(one, lang))
        if detail and 2 * len(detail) < room:
            parts += [detail, ""]
            room -= 2 * len(detail)
        elif detail:
            left += 1
    if left:
        zh = f"（有 {left} 处变化因篇幅没有列出，请看提交的文件。）"
        parts.append(zh if lang == "zh" else f"({left} parts not shown for want of room; see the changed files.)")
    return "\n".join(parts).rstrip()


def _row(one: DatasetDifference, lang: Lang) -> str:
    name = f"{value(one.title)} {code(one.id)}" if one.title else code(one.id)
    if one.before and one.before != one.id:
        name += f"（原 {code(one.before)}）" if lang == "zh" else f" (was {code(one.before)})"
    columns = [f"{_sign(column)}{code(column.name, 40)}" for _, column in one.columns() if one.kind == "same"]
    entry = [value(told.title) if lang == "zh" else code(told.what) for told in one.entry]
    dates = _arrow(*one.data_date)
    cells = [name, KINDS[lang][one.kind], _rows(one, lang), _few(columns, lang), _few(entry, lang), dates]
    return f"| {' | '.join(cells)} |"


def _rows(one: DatasetDifference, lang: Lang) -> str:
    """How many rows there were and are, and how many came, went and changed."""
    if one.closed:
        return "不比较（并非无条件开放）" if lang == "zh" else "not compared (not open without conditions)"
    words = ("新增", "删除", "改动") if lang == "zh" else ("added", "removed", "changed")
    parts = [
        f"{word} {count:,}" for word, count in zip(words, (one.added, one.removed, one.changed), strict=True) if count
    ]
    told = "、".join(parts) if lang == "zh" else ", ".join(parts)
    numbers = _pair(one.rows)
    return f"{numbers}<br>{told}" if told else numbers


def _details(one: DatasetDifference, lang: Lang) -> Iterator[str]:
    """A folded part: the words of the entry, the columns, samples of the rows; nothing where there is nothing."""
    lines = [*_entry(one, lang)]
    for table in one.tables:
        lines += _table(table, lang, named=len(one.tables) > 1)
    if lines:
        yield "<details>"
        yield f"<summary>{value(one.title or one.id)}</summary>"
        yield ""
        yield from lines
        yield "</details>"


def _entry(one: DatasetDifference, lang: Lang) -> list[str]:
    if not one.entry:
        return []
    head = "| 目录信息 | 原来 | 现在 |" if lang == "zh" else "| Entry | Before | Now |"
    names = ((told.title if lang == "zh" else told.what, told.old, told.new) for told in one.entry)
    return [
        head,
        "|---|---|---|",
        *(f"| {value(name)} | {_or_dash(old)} | {_or_dash(new)} |" for name, old, new in names),
        "",
    ]


def _table(table: TableDifference, lang: Lang, *, named: bool) -> Iterator[str]:
    zh = lang == "zh"
    if table.is_empty:
        return
    if named:
        yield (
            f"**{code(table.name)}**（{KINDS['zh'][table.kind]}）"
            if zh
            else f"**{code(table.name)}** ({KINDS['en'][table.kind]})"
        )
        yield ""
    yield from _remarks(table, lang)
    if table.columns:
        yield "| 列 | 变化 | 数值 |" if zh else "| Column | Change | Numbers |"
        yield "|---|---|---|"
        yield from (f"| {code(one.name)} | {_column(one, lang)} | {_drift(one, lang)} |" for one in table.columns)
        yield ""
    yield from _samples(table, lang)


def _remarks(table: TableDifference, lang: Lang) -> Iterator[str]:
    """What must be known to read the numbers."""
    zh = lang == "zh"
    if table.unreadable:
        yield "有一个版本的文件读不懂，没有比较数据行。" if zh else "A version can't be read; rows were not compared."
    if table.key_before != table.key_after:
        keys = _arrow("、".join(table.key_before) or None, "、".join(table.key_after) or None)
        yield f"主键：{keys}" if zh else f"Primary key: {keys}"
    if table.by == "rows":
        yield "没有可用的主键，按整行比较。" if zh else "Without a usable key; compared as whole rows."
    if table.loose:
        yield (
            f"有 {table.loose:,} 行主键为空或重复，按整行比较。"
            if zh
            else f"{table.loose:,} rows without a key of their own were compared as whole rows."
        )
    if table.reworded:
        yield (
            "文件的写法变了，发布的值没有变。"
            if zh
            else "The files are written differently; no published value is another."
        )
    if table.bytes.differs:
        yield f"文件大小：{_pair(table.bytes)} 字节" if zh else f"Size: {_pair(table.bytes)} bytes"
    for one in table.files:
        said = "；".join(f"{value(told.title if zh else told.what)} {_arrow(told.old, told.new)}" for told in one.told)
        yield f"{KINDS[lang][one.kind]} {code(one.path)} {said}".rstrip()
    if table.hidden:
        names = " ".join(code(name) for name in table.hidden)
        yield f"不显示值的列：{names}" if zh else f"Columns whose values are not shown: {names}"
    yield ""


def _column(one: ColumnDifference, lang: Lang) -> str:
    zh = lang == "zh"
    parts = [] if one.kind == "same" else [KINDS[lang][one.kind]]
    if one.kind == "renamed" and one.before:
        parts.append(f"原 {code(one.before)}" if zh else f"was {code(one.before)}")
    parts += [f"{value(told.title if zh else told.what)} {_arrow(told.old, told.new)}" for told in one.told]
    if one.cells:
        parts.append(f"{one.cells:,} 个值有变" if zh else f"{one.cells:,} values changed")
    if one.moved:
        parts.append("位置有变" if zh else "moved")
    if one.nulls.differs:
        parts.append(f"空值 {_pair(one.nulls)}" if zh else f"empty {_pair(one.nulls)}")
    return "<br>".join(parts)


def _drift(one: ColumnDifference, lang: Lang) -> str:
    """How the numbers of a column moved as a whole."""
    if not one.spread_before or not one.spread_after:
        return ""
    names = {"minimum": "最小", "maximum": "最大", "mean": "平均", "sum": "合计"}
    parts = []
    for key, zh in names.items():
        old, new = _number(one.spread_before, key), _number(one.spread_after, key)
        if old != new:
            parts.append(f"{zh if lang == 'zh' else key} {old} → {new}")
    return "<br>".join(parts)


def _samples(table: TableDifference, lang: Lang) -> Iterator[str]:
    """Some of the rows: counts are complete, samples are not."""
    zh = lang == "zh"
    if table.altered:
        yield "改动的值（举例）：" if zh else "Values that changed (samples):"
        yield ""
        yield "| 行 | 主键 | 列 | 原来 | 现在 |" if zh else "| Row | Key | Column | Before | Now |"
        yield "|---|---|---|---|---|"
        for cell in table.altered:
            cells = [str(cell.row), _key(cell.key), code(cell.column, 40), _or_dash(cell.old), _or_dash(cell.new)]
            yield f"| {' | '.join(cells)} |"
        yield ""
    for rows, said in (
        (table.came, "新增的行（举例）" if zh else "New rows (samples)"),
        (table.went, "删除的行（举例）" if zh else "Rows that went (samples)"),
    ):
        if rows:
            names = list(rows[0].cells)[:8]
            yield f"{said}{'：' if zh else ':'}"
            yield ""
            yield f"| {'行' if zh else 'Row'} | {' | '.join(code(name, 40) for name in names)} |"
            yield "|---" * (len(names) + 1) + "|"
            yield from (
                f"| {one.row} | {' | '.join(_or_dash(one.cells.get(name)) for name in names)} |" for one in rows
            )
            yield ""


def _sign(column: ColumnDifference) -> str:
    return {"added": "+", "removed": "−", "renamed": "↔", "same": "~"}[column.kind]


def _few(parts: Sequence[str], lang: Lang) -> str:
    """The first five, and how many more."""
    more = len(parts) - 5
    told = ("、" if lang == "zh" else ", ").join(parts[:5])
    return told + (f" … +{more}" if more > 0 else "")


def _key(parts: Iterable[str | None]) -> str:
    return " ".join(_or_dash(part) for part in parts)


def _or_dash(text: str | None) -> str:
    return "—" if text is None else value(text, CELL) or "“”"


def _arrow(old: str | None, new: str | None) -> str:
    return _or_dash(new) if old == new else f"{_or_dash(old)} → {_or_dash(new)}"


def _pair(pair: Pair) -> str:
    old, new = ("—" if number is None else f"{number:,}" for number in (pair.before, pair.after))
    return new if old == new else f"{old} → {new}"


def _number(spread: Spread, key: str) -> str:
    number = getattr(spread, key)
    if number is None:
        return "—"
    return f"{number:,.4f}".rstrip("0").rstrip(".") if isinstance(number, float) else f"{number:,}"
