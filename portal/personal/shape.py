"""What the parts of the scanner pass to each other: kinds, finds, hits, what a column's title says, and the mask."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

Kind = Literal["id", "mobile", "card", "passport", "permit", "email", "plate", "name-contact"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Each is told by the rule `personal-<kind>`."""

FIRST, LAST = 3, 2
"""Characters of a hit that may be shown at its ends (issue: 前三后二, or less)."""
SHORT = 10
"""Characters below which only the first one is shown."""
_SHOWN = re.compile(r"[^\W_]")


class Found(NamedTuple):
    """A find in a text: from `start` to `end`, counted in characters."""

    kind: Kind
    start: int
    end: int


class Hit(NamedTuple):
    """A find in a table. `row` 1 is the header, `column` counts from 1; `masked` is all that may be shown of it."""

    kind: Kind
    row: int
    column: int
    masked: str


class Titles(NamedTuple):
    """What a column's title says about its cells. In such columns less suffices for a hit."""

    ids: bool = False
    passports: bool = False
    permits: bool = False
    names: bool = False
    phones: bool = False
    addresses: bool = False

    @property
    def asks_everything(self) -> bool:
        """Its cells are too short or too plain for the screen, so that Python looks at all of them."""
        return self.ids or self.passports or self.permits


_IDS = re.compile(r"身份证|公民身份|证件号|身份号码|id[ _-]?card|identity", re.IGNORECASE)
_PASSPORTS = re.compile(r"护照|证件号|passport", re.IGNORECASE)
_PERMITS = re.compile(r"通行证|台胞证|回乡证|港澳|居留|证件号", re.IGNORECASE)
_NAMES = re.compile(
    r"姓名|联系人|联络人|法定代表人|法人代表|法人姓名|负责人|经办人|申请人|户主|业主|监护人|经营者|当事人|承租人"
    r"|权利人|投资人|收件人|被执行人|contact.?person|full.?name",
    re.IGNORECASE,
)
_NO_NAMES = re.compile(
    r"电话|手机|号码?$|编号|地址|住址|住所|邮箱|单位|机构|部门|科室|职务|职称|类型|类别|数量|人数|性别|年龄|证件"
)
_PHONES = re.compile(r"电话|手机|联系方式|座机|(^|[^a-z])(tel|phone|mobile)", re.IGNORECASE)
_ADDRESSES = re.compile(r"地址|住址|住所|住处|居住地|户籍|户口|家庭|门牌|(^|[^a-z])address", re.IGNORECASE)
_NO_ADDRESSES = re.compile(r"网|IP|MAC|域名|邮箱|电子|人口|数|码|前缀|prefix|类", re.IGNORECASE)


def titles_of(words: str) -> Titles:
    """Read a column's name and title together."""
    return Titles(
        bool(_IDS.search(words)),
        bool(_PASSPORTS.search(words)),
        bool(_PERMITS.search(words)),
        bool(_NAMES.search(words)) and not _NO_NAMES.search(words),
        bool(_PHONES.search(words)),
        bool(_ADDRESSES.search(words)) and not _NO_ADDRESSES.search(words),
    )


def covered(text: str) -> str:
    """A hit as it may be shown: at most its first three and last two letters or digits, the rest stars.

    `320505199001011234` is `320*************34`, `zhang@qq.com` is `zha*******om`, a name its first character.
    Separators between the digits go, so that no dress tells more.
    """
    kept = "".join(_SHOWN.findall(text))
    if len(kept) < SHORT:
        return kept[:1] + "*" * max(1, len(kept) - 1)
    return kept[:FIRST] + "*" * (len(kept) - FIRST - LAST) + kept[-LAST:]
