"""A draft as a tree of keys with comments: what was seen is filled in, 【待填】 stands for what only a person knows.

The order is that of the guide. Values of single rows are never quoted: they may be somebody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.catalogue import Reading
from portal.drafting import names
from portal.drafting.proposals import Proposals, default_name
from portal.drafting.shape import Looked, Opened, Seen
from portal.fieldproblems import written
from portal.fieldtable import field_of
from portal.model import Dataset, Department
from portal.wording.drafts import MARK
from portal.yamltext import Path, document

HEAD = (
    "草稿，由 build.py new 按数据文件起草，还不能发布。",
    "请把每一处“待填”连同提示换成实际内容，并核对其余各项。井号后面是说明，填好后可以删去。",
    "填完后检查：.venv/bin/python build.py check",
)
FEW_MEANINGS = 12
"""Kinds that a table of codes explains; more are a table of their own."""


@dataclass
class Draft:
    """The tree and its comments, by the path of keys."""

    tree: dict[str, Any] = field(default_factory=dict)
    notes: dict[Path, str] = field(default_factory=dict)

    def put(self, key: str, value: Any, note: str = "") -> None:
        """A key of the entry itself; without a value it is left out."""
        if value in (None, ""):
            return
        self.tree[key] = value
        if note:
            self.notes[(key,)] = note

    def text(self) -> str:
        """The file."""
        return document(self.tree, head=HEAD, notes=self.notes)


def make_entry(tables: Sequence[Looked], proposals: Proposals, reading: Reading, department: Department) -> Draft:
    """The whole entry."""
    draft = Draft()
    _head(draft, proposals, reading)
    if any(_is_place(column) for table in tables for column in table.columns):
        draft.put("coordinate_system", f"{MARK}坐标系：{_words('coordinate_system')}；导出坐标的系统会写明")
    _who(draft, proposals, department)
    draft.put("files", _files(draft, tables))
    _allowances(draft, tables)
    _demanded(draft, reading)
    return draft


def _head(draft: Draft, proposals: Proposals, reading: Reading) -> None:
    what = f"{MARK}名称：写明是什么、哪个地方、什么时间，例如“城区公园名录（2025年）”"
    draft.put("title", proposals.title or what, proposals.title_from)
    draft.put("summary", f"{proposals.summary}{MARK}从哪里来，有什么用")
    domains = "、".join(f"{one.id}（{one.title}）" for one in reading.catalogue.domains)
    same = "与本部门其他条目相同，请核对" if proposals.domain else ""
    draft.put("domain", proposals.domain or f"{MARK}数据领域，可选：{domains}", same)
    draft.put("keywords", [f"{MARK}市民会搜索的词，一行一个"])
    closed = "不是无条件开放的，数据文件不要放进仓库"
    draft.put("open_type", f"{MARK}按分类分级的结果填写，可选：{_words('open_type')}；{closed}")
    draft.put("update_frequency", f"{MARK}多久更新一次，可选：{_words('update_frequency')}")
    latest = f"；数据中最晚的日期是 {proposals.latest}" if proposals.latest else ""
    asked = f"{MARK}数据所反映的日期，不是上传日期，如 2025-12-31{latest}"
    draft.put("data_date", proposals.data_date or asked, proposals.data_date_from)
    if proposals.temporal:
        start, end = proposals.temporal
        draft.put("temporal", {"from": start, "to": end}, f"“{proposals.temporal_from}”列最早和最晚的时间，请核对")
    draft.put("spatial", proposals.spatial, "文件名或数据中出现的地名，请核对")


def _who(draft: Draft, proposals: Proposals, department: Department) -> None:
    draft.put("jurisdiction", department.jurisdiction, "取自 department.yml")
    unknown = {"name": f"{MARK}公众按何种许可使用，例如 CC-BY-4.0"}
    draft.put("licence", proposals.licence or unknown, proposals.licence_from)
    draft.put("contact", department.contact.model_dump(exclude_none=True), "取自 department.yml")
    draft.put("source", {"upstream": f"{MARK}数据最初在什么工作中产生，例如某业务系统、某台账"})


def _words(key: str) -> str:
    """The words to choose from, with their meanings."""
    told = ((one.word, one.meaning) for one in field_of(Dataset, key).choices)
    return "、".join(word if word == meaning else f"{word}（{meaning}）" for word, meaning in told)


def _files(draft: Draft, tables: Sequence[Looked]) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = []
    for table in tables:
        place: Path = ("files", len(files))
        file = _place(table.opened)
        if files and table.name != default_name(table.opened.file):
            file["name"] = table.name
            draft.notes[*place, "name"] = "网址里用的表名"
        file["schema"] = _schema(draft, table, (*place, "schema"))
        files.append(file)
        for part in table.parts:
            draft.notes[*("files", len(files)), "append"] = "列与上一个文件相同，发布时合为一张表"
            files.append({**_place(part), "append": True})
    return files


def _place(opened: Opened) -> dict[str, Any]:
    file = opened.file
    found: dict[str, Any] = {"path": file.path}
    if file.sheet:
        found["sheet"] = file.sheet
    if file.delimiter != ",":
        found["delimiter"] = file.delimiter
    return found


def _schema(draft: Draft, table: Looked, place: Path) -> dict[str, Any]:
    schema: dict[str, Any] = {}
    if table.key:
        schema["primaryKey"] = list(table.key) if len(table.key) > 1 else table.key[0]
        draft.notes[*place, "primaryKey"] = "能唯一确定一行的列，请核对"
    if table.pointers:
        draft.notes[*place, "foreignKeys"] = "下列各列的值都能在另一张表里找到；不是引用关系的请删去"
        schema["foreignKeys"] = [
            {"fields": one.column, "reference": {"resource": one.resource, "fields": one.target}}
            for one in table.pointers
        ]
    if table.missing != ("",):
        schema["missingValues"] = list(table.missing)
        draft.notes[*place, "missingValues"] = "这些写法表示没有值"
    for label in dict.fromkeys(label for label, _, _ in table.personal):
        number = table.opened.labels.index(label)
        draft.notes[*place, "fields", number, "name"] = "像是个人信息，不得公开：请删去该列或脱敏后重新起草"
    schema["fields"] = [
        _column(draft, column, (*place, "fields", number)) for number, column in enumerate(table.columns)
    ]
    if not table.key:
        why = (
            "有完全重复的行，请先删去"
            if table.doubled
            else "没有找到能唯一确定一行的列；数据里应有编号的，请补上 primaryKey"
        )
        draft.notes[*place, "fields"] = why
    return schema


def _column(draft: Draft, column: Seen, place: Path) -> dict[str, Any]:
    title, unit = names.unit_of(column.name)
    said = {"name": column.name, "title": title[:60], "type": column.kind}
    if column.why[0]:
        draft.notes[*place, "type"] = column.why[0]
    if column.format:
        said["format"] = column.format
    said["description"] = f"{MARK}含义、口径{'' if column.is_enum else '、取值来源'}"
    if unit:
        said["unit"] = unit
    elif column.kind in ("integer", "number") and not _is_place(column):
        draft.notes[*place, "description"] = "数值有单位的，另写一行 unit"
    told: dict[str, Any] = dict(said)
    if column.is_code and column.values and len(column.values) <= FEW_MEANINGS:
        told["codes"] = {value: f"{MARK}“{value}”的含义" for value in sorted(column.values)}
    constraints = _constraints(draft, column, place)
    return {**told, "constraints": constraints} if constraints else told


def _constraints(draft: Draft, column: Seen, place: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.is_complete:
        found["required"] = True
    if column.pattern:
        found["pattern"] = column.pattern
        draft.notes[*place, "constraints", "pattern"] = "现有的值都是这样，请核对"
    if column.is_enum or (column.is_code and column.values):
        found["enum"] = sorted(column.values)
        draft.notes[*place, "constraints", "enum"] = "现有的全部取值；以后还会有别的值的，请补上或删去 enum"
    return found


def _is_place(column: Seen) -> bool:
    """Longitude or latitude."""
    found = names.LONGITUDE.search(column.name) or names.LATITUDE.search(column.name)
    return found is not None and column.kind == "number"


def _allowances(draft: Draft, tables: Sequence[Looked]) -> None:
    """The gate asks why cells are empty; the reason is the department's to give, and public (QLT-2)."""
    asked = list(_excused(tables))
    if asked:
        draft.put("allow", asked, "有空值的列：能补齐的先补齐数据，再删去对应的一条；确实没有值的，写明理由和有效期")


def _excused(tables: Sequence[Looked]) -> Iterator[dict[str, str]]:
    once: set[str] = set()
    for table in tables:
        for column in table.columns:
            if column.empty and column.filled + column.empty and column.name not in once:
                once.add(column.name)
                yield {
                    "rule": "empty-value",
                    "field": column.name,
                    "reason": f"{MARK}{column.empty} 行没有值，为什么（向公众公开）",
                    "until": f"{MARK}有效期，如 2027-12-31",
                }


def _demanded(draft: Draft, reading: Reading) -> None:
    """What this city's text wants besides (table 1.0)."""
    labels: Mapping[str, str] = reading.profile.labels.fields
    for key in reading.profile.catalog.required:
        if key in (
            "department",
            "formats",
            "data_type",
            "fields",
            "open_conditions",
            "fields.description",
            "fields.type",
        ):
            continue  # from the place and the files, asked for conditional data only, or drafted above
        if key.startswith("fields."):
            _demand_of_columns(draft, key.removeprefix("fields."), labels.get(key, key))
        elif key not in draft.tree:
            note = field_of(Dataset, key)
            example = f"例如：{written(note.example)}" if note.example else ""
            hint = "；".join(part for part in (note.help.rstrip("。"), example) if part)
            none = "；没有的写 []" if note.kind in ("records", "texts") else ""
            draft.put(key, f"{MARK}{labels.get(key, note.title)}{'，' if hint else ''}{hint}{none}")


def _demand_of_columns(draft: Draft, key: str, label: str) -> None:
    for file in draft.tree["files"]:
        for column in file.get("schema", {}).get("fields", ()):
            column.setdefault(key, f"{MARK}{label}")
