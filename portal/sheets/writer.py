"""Rows → an XLSX that a clerk can fill in: labels, help below them, drop-down lists, every cell a text.

Written with xlsxwriter (docs/decisions/0013): several sheets, lists to choose from and styles are what our own writer
of data files lacks. Same rows, same bytes: the library's time stamp is set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.fieldproblems import written
from portal.sheets.cells import meaning_of
from portal.sheets.layout import WORDS, Field, Sheet, layout
from portal.sheets.rows import TITLES

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed day, so that the same rows give the same bytes
SPARE = 500
"""Rows below the last one that have text format and drop-down lists too."""
WIDTHS: Mapping[str, int] = {"day": 13, "yes-no": 8, "whole": 8, "choice": 16, "mapping": 28, "texts": 24}
LEADING = ("note", "summary", "description", "reason", "text", "title")
YES_NO = ("是", "否")

Rows = Mapping[str, Sequence[Sequence[str]]]
Lists = Mapping[str, Sequence[str]]


def write_workbook(target: Path, rows: Rows, lists: Lists) -> None:
    """Write all sheets. `rows` maps a sheet's name to its rows; `lists` a label of the first sheet to what the city
    offers there (departments, domains, levels of government).
    """
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "开放目录编制表", "created": CREATED})
        styles = _styles(book)
        sheets = [(sheet, book.add_worksheet(sheet.name)) for sheet in layout()]
        words = _Words(book.add_worksheet(WORDS), styles)
        for number, (sheet, page) in enumerate(sheets):
            own = rows.get(sheet.name, ())
            _head(page, sheet, styles)
            _body(page, own, styles)
            _choices(page, sheet, len(own), words, lists if number == 0 else {})


def _styles(book: Any) -> dict[str, Any]:
    common = {"text_wrap": True, "valign": "top", "num_format": "@"}
    return {
        "label": book.add_format({**common, "bold": True, "bg_color": "#DCE6F1", "border": 1}),
        "required": book.add_format({**common, "bold": True, "bg_color": "#F8CBAD", "border": 1}),
        "help": book.add_format({**common, "font_color": "#595959", "italic": True, "font_size": 9, "border": 1}),
        "text": book.add_format(common),
    }


def _head(page: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:
    """Labels, the required ones in another colour, and a row of help."""
    for column, label in enumerate(sheet.above):
        page.set_column(column, column, 24, styles["text"])
        page.write_string(0, column, label, styles["required"])
        page.write_string(1, column, TITLES[0] if column == 0 else _which(label), styles["help"])
    for column, field in enumerate(sheet.fields, start=len(sheet.above)):
        page.set_column(column, column, _width(field), styles["text"])
        page.write_string(0, column, field.label, styles["required" if field.required else "label"])
        page.write_string(1, column, TITLES[0] if column == 0 else help_of(field), styles["help"])
    page.set_row(0, 32)
    page.set_row(1, 72)
    page.freeze_panes(2, 1)


def _which(label: str) -> str:
    return (
        "必填。与“数据文件”表中的一致；有工作表的写成 文件#工作表。"
        if label.startswith("文件")
        else "必填。该表中的第几条。"
    )


def help_of(field: Field) -> str:
    """What a column wants, in the words of the models."""
    note = field.note
    how = {
        "texts": "一行一个，或用顿号隔开。",
        "choices": "一行一个，或用顿号隔开。",
        "mapping": "一行一对，写成 左=右。",
        "day": "写成 2025-12-31。",
        "yes-no": "是或否。",
    }.get(note.kind, "")
    words = "、".join(meaning_of(note, one.word) for one in note.choices)
    parts = ["必填。" if field.required else "", note.help, how, f"可选：{words}。" if words else ""]
    if note.example is not None and not words:
        parts.append(f"例如：{written(note.example)}")
    return "".join(part for part in parts if part)


def _width(field: Field) -> int:
    return 36 if field.keys[-1] in LEADING else WIDTHS.get(field.note.kind, 18)


def _body(page: Any, rows: Sequence[Sequence[str]], styles: Mapping[str, Any]) -> None:
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row):
            if text:
                page.write_string(number, column, text, styles["text"])


def _choices(page: Any, sheet: Sheet, count: int, words: _Words, lists: Lists) -> None:
    """Drop-down lists; a list that the city keeps only advises, the fixed words stop what is none of them."""
    last = count + 1 + SPARE
    for column, field in enumerate(sheet.fields, start=len(sheet.above)):
        note = field.note
        told = [meaning_of(note, one.word) for one in note.choices] if note.kind == "choice" else []
        offered = list(lists.get(field.label, ()))
        if note.kind == "yes-no":
            source: Any = list(YES_NO)
        elif told or offered:
            source = words.add(f"{sheet.name}·{field.label}", told or offered)
        else:
            continue
        rule = {"validate": "list", "source": source, "error_type": "stop" if not offered else "information"}
        page.data_validation(2, column, last, column, rule)


class _Words:
    """The sheet that holds the lists, a column each."""

    def __init__(self, page: Any, styles: Mapping[str, Any]) -> None:
        self._page, self._styles = page, styles
        self._known: dict[tuple[str, ...], str] = {}

    def add(self, label: str, words: Sequence[str]) -> str:
        """Write a list, once; gives the reference to it."""
        key = tuple(words)
        if key not in self._known:
            column = len(self._known)
            self._page.set_column(column, column, 24, self._styles["text"])
            self._page.write_string(0, column, label, self._styles["label"])
            for row, word in enumerate(words, start=1):
                self._page.write_string(row, column, word, self._styles["text"])
            name = xlsxwriter.utility.xl_col_to_name(column)
            self._known[key] = f"={WORDS}!${name}$2:${name}${len(words) + 1}"
        return self._known[key]
