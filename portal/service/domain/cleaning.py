"""Text from strangers: what is refused, what is taken out, and the one form in which it is kept (service.md §3.2)."""

from __future__ import annotations

import re
import unicodedata

_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_BLANK_AT_END = re.compile(r"[^\S\n]+(?=\n|$)")
_MANY_LINES = re.compile(r"\n{4,}")


class UncleanText(ValueError):  # noqa: N818 -- an answer, not a fault
    """The text holds a control character: it did not come from a keyboard."""


def clean(text: str) -> str:
    """NFC, one kind of line break, without bidirectional overrides, zero-width and tag characters, ends trimmed.

    Raises UncleanText for NUL and other control characters. Line breaks and tabs stay.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if _REFUSED.search(plain):
        raise UncleanText
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", plain))
    return _MANY_LINES.sub("\n\n\n", _BLANK_AT_END.sub("", plain)).strip()


def one_line(text: str) -> str:
    """`clean`, with every run of blanks and line breaks as one blank. Raises UncleanText."""
    return " ".join(clean(text).split())
