"""/edit/: a form from which a department gets its entry as a YAML file, checked as it types.

Made from the same descriptions as the JSON Schema for editors and the department's workbook (portal/fieldtable.py).
The page hands nothing to the portal: the file is written in the reader's browser, and the gate has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.fieldtable import Choice, FieldNote, field_of, field_table
from portal.model import Dataset, Department
from portal.render.book import Book
from portal.render.frame import Page, script_tag
from portal.shape import Shape
from portal.tableschema import Column

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("这是什么数据", ("department", "id", "title", "title_en", "summary", "domain", "keywords")),
    (
        "开放到什么程度",
        ("open_type", "open_ground", "open_conditions", "application_materials", "open_scope", "open_content"),
    ),
    (
        "时间和地域",
        (
            *("update_frequency", "generation_frequency", "data_date", "temporal"),
            *("spatial", "jurisdiction", "coordinate_system", "level"),
        ),
    ),
    ("来源、许可和联系方式", ("source", "licence", "contact")),
)
CONDITIONAL = frozenset({"open_conditions", "application_materials"})
"""Keys that only conditional entries have; `open_ground` is asked of not-open entries as well."""
LONG = frozenset({"summary", "open_ground", "source.note"})


@dataclass(frozen=True)
class Input:
    """One input: `key` is the way to the value (`licence.name`), `example` as a reader would type it."""

    key: str
    note: FieldNote
    required: bool
    example: str
    choices: tuple[Choice, ...] = ()
    only: str = ""
    """The open types for which it is asked, blank for all."""

    @property
    def is_long(self) -> bool:
        """It takes sentences."""
        return self.key in LONG or self.note.kind in ("texts", "records")


@dataclass(frozen=True)
class Group:
    """Inputs under one heading."""

    title: str
    inputs: tuple[Input, ...]


def edit_pages(book: Book) -> Iterator[Page]:
    """The page, in Chinese: entries are written in it."""
    if book.lang != "zh":
        return
    portal = book.catalogue.portal
    template = book.environment.get_template("edit.html")
    main = template.render(
        groups=[Group(title, tuple(_inputs(book, keys))) for title, keys in GROUPS],
        column=[one for one in field_table(Column) if one.key in ("title", "type", "description", "unit")],
        forge=portal.forge,
        taken=sorted(one.id for one in book.catalogue.datasets if one.is_listed),
    )
    head = script_tag(book.environment, "js/edit.js")
    description = "填写表格，得到一份目录条目；边填边查，不必会用 Git。"
    yield Page("/edit/", "编写目录条目", main, description=description, section="help", head=head)


def _inputs(book: Book, keys: Sequence[str]) -> Iterator[Input]:
    own = _own_choices(book)
    for key in keys:
        note = field_of(Department, "id") if key == "department" else field_of(Dataset, key)
        note = replace(note, key=key, title=_label(book, key, note))
        required = note.required or key in book.profile.catalog.required
        if note.kind == "record" and note.model:
            yield from _record(key, note.title, note.model, required)
            continue
        only = "conditional" if key in CONDITIONAL else "conditional not-open" if key == "open_ground" else ""
        choices = own.get(key) or _named(book, note)
        yield Input(key, note, required or bool(only), _example(note.example), choices, only)


def _record(key: str, title: str, model: type[Shape], required: bool) -> Iterator[Input]:
    for part in field_table(model):
        note = replace(part, title=f"{title}：{part.title}" if len(part.title) < 2 else part.title)
        yield Input(f"{key}.{note.key}", note, note.required and required, _example(note.example), note.choices)


def _label(book: Book, key: str, note: FieldNote) -> str:
    """The city's word for it, else the model's (PRO-5)."""
    return "部门" if key == "department" else book.profile.labels.fields.get(key, note.title)


def _own_choices(book: Book) -> Mapping[str, tuple[Choice, ...]]:
    """Words that the city's own lists give."""
    catalogue = book.catalogue
    return {
        "department": tuple(Choice(one.id, one.name) for one in catalogue.departments),
        "domain": tuple(Choice(one.id, one.title) for one in catalogue.domains),
        "jurisdiction": tuple(Choice(one.name, one.name) for one in catalogue.portal.jurisdictions),
    }


def _named(book: Book, note: FieldNote) -> tuple[Choice, ...]:
    """Fixed words with the city's names."""
    if note.key == "open_type":
        return tuple(Choice(one.word, book.profile.labels.open_type_name(one.word)) for one in note.choices)
    if note.key in ("update_frequency", "generation_frequency"):
        return tuple(Choice(one.word, book.profile.frequencies[one.word].label) for one in note.choices)
    return note.choices


def _example(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
