"""What was changed and on what it stands, in words for the public (OT-10, OT-9): types, parts, withdrawals."""

from __future__ import annotations

from collections.abc import Iterable

from portal.records import EntryChange, Paper, TypeChange
from portal.render.book import Book


def type_change(book: Book, one: TypeChange, *, dated: bool = True) -> str:
    """`2026年11月12日：无条件开放 → 有条件开放，理由，由…决定，备案 示范〔2026〕2号（2026年11月10日）`"""
    what = f"{book.open_type(one.from_)} → {book.open_type(one.to)}"
    told = _joined(book, [what, one.ground, *_decided(book, one)])
    return book.told(book.day(one.date), told) if dated else told


def entry_change(book: Book, one: EntryChange, *, dated: bool = True) -> str:
    """The same for a part: what was removed, narrowed, renamed, corrected …"""
    renamed = [f"{old} → {new}" for old, new in sorted((one.names or {}).items())]
    named = book.t["enumeration"].join(renamed or [_of(book, name) for name in one.of])
    what = f"{book.t[f'change_{one.kind}']}{book.t['colon']}{named}"
    told = _joined(book, [what, one.ground, *_decided(book, one)])
    return book.told(book.day(one.date), told) if dated else told


def papers(book: Book, listed: Iterable[Paper], document: str | None = None) -> str:
    """Numbers and days of the papers, one after the other."""
    first = [document] if document else []
    return book.t["enumeration"].join([*first, *(_paper(book, one) for one in listed)])


def _decided(book: Book, one: TypeChange | EntryChange) -> list[str]:
    by = [book.t["decided_by"].format(name=one.by)] if one.by else []
    document = one.document if isinstance(one, TypeChange) else None
    return [*by, papers(book, one.papers, document)]


def _paper(book: Book, one: Paper) -> str:
    parts = [book.t[f"paper_{one.kind}"], one.by, one.number or one.about or ""]
    return " ".join(part for part in parts if part) + book.aside(book.day(one.date))


def _of(book: Book, name: str) -> str:
    return book.t["rows_label"] if name == "rows" else book.labels.get(name, name)


def _joined(book: Book, parts: Iterable[str | None]) -> str:
    return book.t["comma"].join(part for part in parts if part)
