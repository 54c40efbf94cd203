"""Private e-mail addresses. An office's address is published on purpose and is no hit.

An office's address is: any address below gov.cn or mil.cn; an address that names a role (info@, bgs@, 12345@ …)
anywhere but at a provider of private mail; and the domains that stand for no one (example.org … by RFC 2606). All
others are people's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.personal.shape import Found

_AT = r"\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?"
_DOT = r"(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)"
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9._%+-])(?P<who>[A-Za-z0-9_%+-](?:[A-Za-z0-9._%+-]{{0,62}}[A-Za-z0-9_%+-])?){_AT}"
    rf"(?P<where>[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,5}}{_DOT}[A-Za-z]{{2,18}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_HINT = re.compile(r"@|[(\[{]\s?at\s?[)\]}]", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)
OFFICES = ("gov.cn", "mil.cn")
NO_ONES = ("example.com", "example.org", "example.net", "example.cn", "example", "test", "invalid", "localhost")
PROVIDERS = frozenset(
    """
    qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com vip.126.com 188.com yeah.net sina.com sina.cn
    vip.sina.com sohu.com tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com gmail.com googlemail.com outlook.com
    hotmail.com live.com live.cn msn.com yahoo.com yahoo.cn yahoo.com.cn icloud.com me.com proton.me protonmail.com
    """.split()  # noqa: SIM905 -- words read better so
)
"""Providers of private mail; small offices use them too, and then ask for an exception."""
ROLES = frozenset(
    """
    info contact service services support help helpdesk admin administrator office webmaster postmaster hostmaster
    root noreply no-reply hr job jobs recruit zhaopin press media news pr sales business marketing bd legal privacy
    security abuse data opendata open public portal web site mail email feedback complaint complaints tousu zixun
    consult xinfang inquiry bgs bangongshi xxzx xinxi dsj kefu xzsp zfwz zwgk xxgk yjs zhb zhaobiao caigou bid
    tender editor editorial
    """.split()  # noqa: SIM905 -- words read better so
)
_NUMBERED = re.compile(r"[0-9]{5}")  # 12345@…, 12366@…: hotlines


def mails(text: str) -> Iterator[Found]:
    """Private addresses in a plain text."""
    if "@" not in text and not _HINT.search(text):
        return
    for found in _ADDRESS.finditer(text):
        if not _is_office(found["who"].lower(), _DOTS.sub(".", found["where"]).lower()):
            yield Found("email", found.start(), found.end())


def _is_office(who: str, where: str) -> bool:
    if where.endswith(tuple(f".{one}" for one in (*OFFICES, *NO_ONES))) or where in (*OFFICES, *NO_ONES):
        return True
    return where not in PROVIDERS and (who in ROLES or bool(_NUMBERED.fullmatch(who)))
