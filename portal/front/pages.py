"""Answers that are not files: an explanation as a page in the portal's shell, as JSON, or as one plain sentence."""

from __future__ import annotations

import json
from datetime import date
from html import escape

from starlette.datastructures import Headers
from starlette.responses import Response

from portal.front.catalogue import Notice
from portal.front.headers import CORS, NEVER
from portal.front.release import Release
from portal.front.words import WORDS, Lang, Words
from portal.tongues import mark_chinese

ASKED_ABOUT = ("suspended", "withdrawn")
"""What people may want to ask about."""
BARE = (
    '<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><main>{main}</main></html>"
)


def language(path: str) -> Lang:
    """The language of an address."""
    return "en" if path == "/en" or path.startswith("/en/") else "zh"


def explained(
    case: str, status: int, *, path: str, headers: Headers, release: Release | None, **values: str
) -> Response:
    """An explanation in the form that was asked for: JSON for `.json` and for who accepts no page, a page for
    browsers, a sentence for the rest.
    """
    lang = language(path)
    words = _filled(WORDS[case][lang], values)
    accepts = headers.get("accept", "*/*")
    if path.endswith(".json") or ("json" in accepts and "text/html" not in accepts):
        other = _filled(WORDS[case]["en" if lang == "zh" else "zh"], values)
        body = {"ok": False, "status": status, "error": words.title, "title": words.title, "detail": words.text}
        body |= {"advice": words.advice, "error_en" if lang == "zh" else "error_zh": f"{other.title}. {other.text}"}
        text, media = json.dumps(body, ensure_ascii=False), "application/json; charset=utf-8"
    elif "text/html" in accepts:
        text, media = _page(case, words, lang, release), "text/html; charset=utf-8"
    else:
        text, media = f"{words.title}。{words.text}{words.advice}\n", "text/plain; charset=utf-8"
    extra = {"cache-control": NEVER, "content-type": media}
    if path.startswith("/data/"):
        extra |= CORS
    return Response(text, status_code=status, headers=extra)


def withheld(notice: Notice, *, path: str, headers: Headers, release: Release | None) -> Response:
    """410 for a set that is suspended or withdrawn."""
    lang = language(path)
    since = _day(notice.since, lang) if notice.since else ("现在" if lang == "zh" else "now")
    return explained(
        notice.kind,
        410,
        path=path,
        headers=headers,
        release=release,
        title=(notice.title_en if lang == "en" else "") or notice.title,
        since=since,
        reason=_because(notice.reason, lang),
    )


def _day(day: str, lang: Lang) -> str:
    """`2026-11-20` as people write it; what is no date stays as it was told."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{on.year}年{on.month}月{on.day}日" if lang == "zh" else f"{on.day} {on:%B} {on.year}"


def _because(reason: str, lang: Lang) -> str:
    """The reason as a sentence of its own; nothing where none was given."""
    plain = reason.strip().rstrip("。.")
    if not plain:
        return ""
    return f"原因：{plain}。" if lang == "zh" else f"Reason: {plain}."


def _filled(words: Words, values: dict[str, str]) -> Words:
    return Words(*(text.format(**values) for text in (words.title, words.text, words.advice)))


def _page(case: str, words: Words, lang: Lang, release: Release | None) -> str:
    shell = release.shells.get(lang) if release else ""
    base = "/en/" if lang == "en" else "/"
    ways = {"datasets/": ("浏览全部数据集", "All datasets"), "": ("回到首页", "Home")}
    if case in ASKED_ABOUT:
        ways = {"forms/opinion/": ("提意见建议", "Send us a comment"), **ways}
    links = " ".join(f'<a class="button" href="{base}{way}">{text[lang == "en"]}</a>' for way, text in ways.items())
    main = (
        f'<div class="prose"><h1>{escape(words.title)}</h1><p class="notice warn">{escape(words.text)}</p>'
        f'<p>{escape(words.advice)}</p><p class="actions">{links}</p></div>'
    )
    if lang == "en":
        main = mark_chinese(main)
    if not shell:
        return BARE.format(lang="en" if lang == "en" else "zh-CN", title=escape(words.title), main=main)
    head = '<meta name="robots" content="noindex">'
    name = release.catalogue.names.get(lang) if release else None
    return (
        shell.replace("<!--kaishu:title-->", escape(f"{words.title} - {name}" if name else words.title))
        .replace("<!--kaishu:other-->", "/" if lang == "en" else "/en/")
        .replace("<!--kaishu:head-->", head)
        .replace("<!--kaishu:main-->", main)
    )
