"""How a fault of the portal itself is told: nobody sees a traceback who need not, and none is lost."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def tell_fault(text: str) -> None:
    """Say on standard error that the fault is ours, and where its text went; where nothing can be written, the text
    itself.
    """
    note = _kept(text)
    zh, en = (str(note), str(note)) if note else ("以下文字", "the text below")
    said = [
        f"平台自身出错，不是目录的问题。请把 {zh} 交给平台维护人员。",
        f"A fault in the portal, not in the catalogue. Please hand {en} to its maintainers.",
        *([] if note else [text]),
    ]
    print(*said, sep="\n", file=sys.stderr)  # noqa: T201 -- this is what the operator sees


def _kept(text: str) -> Path | None:
    """The file with the fault's text: in the folder at hand, else (read-only, gone, full) among temporary files."""
    raw = text.encode("utf-8", "backslashreplace")  # a name on the disk may be no Unicode
    with suppress(OSError):
        note = Path("_fault.txt").resolve()
        note.write_bytes(raw)
        return note
    with suppress(OSError), tempfile.NamedTemporaryFile(prefix="kaishu-fault-", suffix=".txt", delete=False) as file:
        file.write(raw)
        return Path(file.name)
    return None
