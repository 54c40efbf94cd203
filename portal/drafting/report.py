"""What a draft was inferred from, told shortly: nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.drafting.proposals import Proposals
from portal.drafting.shape import Looked, Seen
from portal.problems import Lang, shown
from portal.wording.choices import MEANINGS
from portal.wording.drafts import MARK
from portal.wording.personal import KINDS

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8（带 BOM）", "gb18030": "GBK（GB18030）"}
SEPARATORS = {",": ("逗号", "comma"), ";": ("分号", "semicolon"), "\t": ("制表符", "tab"), "|": ("竖线", "bar")}
LISTED = 3


def report_lines(tables: Sequence[Looked], proposals: Proposals, text: str, lang: Lang) -> list[str]:
    """A few lines a table, and what is left to do."""
    lines = [line for table in tables for line in _of_table(table, lang)]
    lines += [_say(lang, zh, en) for zh, en in _of_entry(proposals)]
    left = text.count(MARK)
    return [*lines, _say(lang, f"还有 {left} 处【待填】", f"{left} places are marked 【待填】")]


def left_out_lines(sheets: Iterable[str], lang: Lang) -> list[str]:
    """Sheets that look like notes."""
    zh, en = "是说明，没有列入；要列入请用 --sheet", "looks like notes and is left out; --sheet takes it"
    return [f"{shown(sheet)}：{zh}" if lang == "zh" else f"{shown(sheet)}: {en}" for sheet in sheets]


def _of_table(table: Looked, lang: Lang) -> Iterator[str]:
    for one in (table.opened, *table.parts):
        prepared, sheet = one.prepared, one.file.sheet
        coding = ENCODINGS.get(prepared.encoding, prepared.encoding)
        mark = SEPARATORS[one.file.delimiter] if prepared.format == "csv" else None
        name, zh, en = shown(one.file.path), coding, coding
        if mark:
            zh, en = f"{coding}，{mark[0]}分隔", f"{coding}, separated by {mark[1]}s"
        if sheet:
            zh, en = f"{zh}，工作表“{shown(sheet)}”", f"{en}, sheet '{shown(sheet)}'"
        yield _say(lang, f"{name}：{zh}", f"{name}: {en}")
    yield "  " + _say(
        lang, f"{table.rows} 行 {len(table.columns)} 列", f"{table.rows} rows, {len(table.columns)} columns"
    )
    for zh, en in (*_of_rows(table), *_of_columns(table.columns)):
        yield "  " + _say(lang, zh, en)


def _of_rows(table: Looked) -> Iterator[tuple[str, str]]:
    key = "、".join(table.key)
    if table.key:
        yield f"主键：{key}（没有空值，没有重复）", f"primary key: {', '.join(table.key)} (no blanks, no doubles)"
    else:
        yield "没有找到主键", "no primary key was found"
    for label, kind, count in table.personal:
        zh, en = KINDS[kind]
        yield (
            f"注意：“{label}”列有 {count} 处像是{zh}；个人信息不得公开，请删去该列或脱敏后重新起草",
            f"beware: '{label}' holds what looks like {en} ({count}): personal data must not be published",
        )
    for one in table.pointers:
        yield f"外键：{one.column} → {one.resource}（所有值都在其中）", f"foreign key: {one.column} → {one.resource}"
    if table.ragged:
        rows = "、".join(str(row) for row in table.ragged[:LISTED])
        more = "…" if len(table.ragged) > LISTED else ""
        zh = f"有 {len(table.ragged)} 行是空行，或单元格数与表头不同：第 {rows}{more} 行；检查时会逐行列出"
        yield zh, f"{len(table.ragged)} rows are blank or have another number of cells than the header: {rows}{more}"
    if table.doubled:
        yield "有完全重复的行", "some rows equal others"
    if table.missing != ("",):
        told = "、".join(text for text in table.missing if text)
        yield f"表示没有值的写法：{told}", f"texts that stand for no value: {told}"


def _of_columns(columns: Iterable[Seen]) -> Iterator[tuple[str, str]]:
    for column in columns:
        kind = MEANINGS[column.kind] if column.kind != "string" else "编号" if column.is_code else "文字"
        extra = [("", "")]
        if column.why[0]:
            extra.append(column.why)
        if column.values:
            extra.append((f"{len(column.values)} 种取值", f"{len(column.values)} values"))
        elif column.pattern:
            extra.append((f"格式 {column.pattern}", f"pattern {column.pattern}"))
        if column.empty:
            extra.append((f"{column.empty} 个空值", f"{column.empty} blanks"))
        zh, en = "，".join(one[0] for one in extra[1:]), ", ".join(one[1] for one in extra[1:])
        name = shown(column.name)
        yield f"{name}：{kind}{f'（{zh}）' if zh else ''}", f"{name}: {column.kind}{f' ({en})' if en else ''}"


def _of_entry(proposals: Proposals) -> Iterator[tuple[str, str]]:
    if proposals.title:
        title = proposals.title.partition(MARK)[0]
        yield f"名称：{title}（{proposals.title_from}）", f"title: {title} (file name and data)"
    if proposals.temporal:
        start, end = proposals.temporal
        yield (
            f"时间范围：{start} 至 {end}（“{proposals.temporal_from}”列）",
            f"period: {start} to {end} ({proposals.temporal_from})",
        )
    if proposals.data_date:
        yield f"数据日期：{proposals.data_date}（{proposals.data_date_from}）", f"data date: {proposals.data_date}"
    if proposals.spatial:
        yield f"地域范围：{proposals.spatial}（文件名或数据）", f"area: {proposals.spatial} (file name or data)"


def _say(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en
