"""Text that comes from strangers, in Markdown that a forge shows: it is read as it is written, and does nothing.

A cell, a title or a file name may hold Markdown, HTML, links, @mentions, references to issues and commits, table pipes
or characters that turn the reading direction. Backslashes are not enough: forges look for mentions and references in
the text that is left, and a bare address becomes a link. So what is not plainly harmless stands in `<code>`, where
forges look for nothing, and every sign in it is a numeric character reference, which never is markup (CommonMark 0.31,
§2.5; tables are cut at `|` before that, and no `|` is left).
"""

from __future__ import annotations

import re
import unicodedata

from portal.problems import shown

LONGEST = 200
"""Characters of a value that are shown."""
_WORDS = re.compile(r"([\\`*_\[\]<>|~#$&@])")
_FINE = re.compile(r"(?:[^\W_]|[ （）“”‘’《》〈〉「」，。、：；！？…—·％+=]|[,;:](?= |$)|\.(?=[ \d]|$)|['\"()/-])*")
_REFERENCE = re.compile(r"[0-9a-f]{7}|gh-\d", re.IGNORECASE)


def plain(text: str) -> str:
    """Our own words: signs that Markdown reads are taken literally."""
    return _WORDS.sub(r"\\\1", re.sub(r"\s+", " ", text))


def value(text: str, limit: int = LONGEST) -> str:
    """Somebody else's words, on one line, cut to `limit` characters; nothing in them acts."""
    flat = visible(shown(text, limit))
    if _FINE.fullmatch(flat) and not _REFERENCE.search(flat):
        return flat
    return code(flat, limit)


def code(text: str, limit: int = LONGEST) -> str:
    """The same, always as code: paths, names of columns."""
    return f"<code>{_referenced(visible(shown(text, limit)))}</code>"


def visible(text: str) -> str:
    """Characters that show nothing are spelled out: format marks of all kinds, private and unassigned ones."""
    return "".join(f"\\u{ord(one):04x}" if unicodedata.category(one)[0] == "C" else one for one in text)


def _referenced(text: str) -> str:
    """Every sign of ASCII as a numeric reference; letters, digits, blanks and other scripts stay readable."""
    return "".join(one if one.isalnum() or one == " " or ord(one) > 127 else f"&#{ord(one)};" for one in text)
