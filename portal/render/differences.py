"""What a release changed, for people: in a line of words, and in full as tables (changefacts.DatasetDifference)."""

from __future__ import annotations

from collections.abc import Iterator

from portal.changefacts import ColumnDifference, DatasetDifference, RowSample, TableDifference, Told
from portal.render.book import Book
from portal.render.figures import number

FEW = 5
CELL = 80
"""Characters of a value in a sample."""
SIGNS = ("added", "removed", "renamed", "same")
WIDTH = 8
"""Columns of the rows that are shown as samples."""


def in_words(book: Book, one: DatasetDifference) -> list[str]:
    """The counts of rows, the columns and the entry's keys that changed; says so where nothing did."""
    t = book.t
    counts = [("added", one.added), ("removed", one.removed), ("changed", one.changed)]
    told = [t[f"hist_{kind}"].format(n=number(count)) for kind, count in counts if count]
    if any(table.unreadable for table in one.tables):
        told.append(t["hist_unreadable"])
    elif not told:
        told.append(t["hist_same"])
    for kind in SIGNS:
        names = [_column_name(column, kind) for _, column in one.columns() if _is_told(column, kind)]
        if names:
            told.append(t[f"hist_c_{kind}"].format(names=_few(book, names)))
    entry = [_label(book, change) for change in _entry(book, one)]
    if entry:
        told.append(t["hist_entry"].format(names=_few(book, entry)))
    return told


def details(book: Book, one: DatasetDifference) -> dict[str, object]:
    """The parts of a release's full story: `entry` (what, before, now) and `tables`."""
    return {
        "words": in_words(book, one),
        "entry": [(_label(book, change), _cut(change.old), _cut(change.new)) for change in _entry(book, one)],
        "tables": [_table(book, table, many=len(one.tables) > 1) for table in one.tables if not table.is_empty],
    }


def _entry(book: Book, one: DatasetDifference) -> Iterator[Told]:
    """What was said of the data; English words only on English pages, and Chinese ones on Chinese pages."""
    other = "_en" if book.lang == "zh" else None
    return (change for change in one.entry if not (other and change.what.endswith(other)))


def _label(book: Book, change: Told) -> str:
    if book.lang == "zh":
        return change.title
    what = change.what.removesuffix("_en")
    label = book.labels.get(what, what.replace("_", " "))
    return label if what == change.what else f"{label} in English"


def _is_told(column: ColumnDifference, kind: str) -> bool:
    """A column whose values alone changed is told by the rows."""
    return column.kind == kind and (kind != "same" or bool(column.told) or column.moved)


def _column_name(column: ColumnDifference, kind: str) -> str:
    return f"{column.before} → {column.name}" if kind == "renamed" and column.before else column.name


def _table(book: Book, table: TableDifference, *, many: bool) -> dict[str, object]:
    t = book.t
    remarks = [t["hist_unreadable"]] if table.unreadable else []
    remarks += [t["hist_by_rows"]] if table.by == "rows" else []
    remarks += [t["hist_reworded"]] if table.reworded else []
    if table.hidden:
        remarks.append(t["hist_hidden"].format(names=t["enumeration"].join(table.hidden)))
    return {
        "title": f"{t[f'hist_table_k_{table.kind}']} {table.name}" if many or table.kind != "same" else "",
        "remarks": remarks,
        "columns": [(column.name, told) for column in table.columns if (told := _column(book, column))],
        "altered": [
            (number(cell.row), " ".join(map(_cut, cell.key)), cell.column, _cut(cell.old), _cut(cell.new))
            for cell in table.altered
        ],
        "came": _rows(table.came),
        "went": _rows(table.went),
    }


def _column(book: Book, one: ColumnDifference) -> list[str]:
    t = book.t
    told = [] if one.kind == "same" else [t[f"hist_k_{one.kind}"].format(name=one.before or "")]
    told += [f"{_label(book, change)}{t['colon']}{_cut(change.old)} → {_cut(change.new)}" for change in one.told]
    told += [t["hist_cells"].format(n=number(one.cells))] if one.cells else []
    told += [t["hist_moved"]] if one.moved else []
    if one.nulls.differs:
        before, after = ("—" if count is None else number(count) for count in (one.nulls.before, one.nulls.after))
        told.append(t["hist_nulls"].format(a=before, b=after))
    return told


def _rows(samples: tuple[RowSample, ...]) -> dict[str, object] | None:
    """Head and rows of a small table of samples; None without any."""
    if not samples:
        return None
    names = list(samples[0].cells)[:WIDTH]
    rows = [(number(one.row), [_cut(one.cells.get(name)) for name in names]) for one in samples]
    return {"names": names, "rows": rows}


def _cut(text: str | None) -> str:
    if text is None:
        return "—"
    return text if len(text) <= CELL else f"{text[: CELL - 1]}…"


def _few(book: Book, names: list[str]) -> str:
    more = len(names) - FEW
    return book.t["enumeration"].join(names[:FEW]) + (f" … +{more}" if more > 0 else "")
