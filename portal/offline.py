"""The whole portal as a folder that opens from a disk or a USB stick: `build.py offline DIR`, then index.html.

A browser that reads `file://` follows relative links alone, fetches nothing and runs no modules. So links are made
relative, modules are taken out, and search is one classic script that holds the lean records. What needs the server
(query API, forms, SQL) leads to the portal's address; each page says so once, and a live table, a map or the query
says it again in its own place, with what works online alone. Data files are copied as they are.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote, unquote

from portal.problems import PortalError
from portal.settings import Settings
from portal.state import State, read_once
from portal.text import fold, simplified_table

PAGE = "index.html"
SEARCH = (f"search/{PAGE}", f"en/search/{PAGE}")
QUERY = f"query/{PAGE}"
SCRIPT, STYLE = "assets/offline.js", "assets/offline.css"
NOTICE: Mapping[str, str] = {
    "zh": "这是 {day} 版本的离线副本。在线查询、筛选、地图和表单需要联网：",
    "en": "This is an offline copy of release {day}. Queries, filters, maps and forms need the network: ",
}
ONLINE: Mapping[str, str] = {"zh": "打开在线页面", "en": "open this page online"}
PLACES: tuple[tuple[re.Pattern[str], str, Mapping[str, str]], ...] = (
    (
        re.compile(r"(?=<div data-preview=)"),
        "#preview",
        {
            "zh": "这里只有下面显示的几行，全部数据在上方的下载文件里。检索、筛选、排序和翻页需要在线平台：",
            "en": "Only the rows below are shown here; the files to download hold all. "
            "To search, filter, sort and page through them you need the online portal: ",
        },
    ),
    (
        re.compile(r"(?=<div [^>]*data-query[ >])"),
        "",
        {
            "zh": "查询要按需读取平台上的数据，离线副本里不能用，需要在线平台：",
            "en": "Queries read the portal's data piece by piece; they do not work in an offline copy and need the "
            "online portal: ",
        },
    ),
    (
        re.compile(r"<figure [^>]*data-map=[^>]*>\s*<figcaption[^>]*>.*?</figcaption>"),
        "#views",
        {
            "zh": "放大、平移地图，点选地点，需要在线平台：",
            "en": "To zoom and move the map and to choose places you need the online portal: ",
        },
    ),
    (
        re.compile(r"(?=<form [^>]*data-edit[ >])"),
        "",
        {"zh": "这张表单需要在线平台：", "en": "This form needs the online portal: "},
    ),
)
"""Where a page says on the spot that something needs the portal: the place, where that is in the page online, the words
in both languages."""
README = """\
{name}（离线副本，版本 {release}）

用浏览器打开 index.html。不需要安装任何软件，也不需要联网；在线查询、表单等功能请访问 {url}/ 。
数据文件与网站上的相同。核对：在本文件夹中运行 grep '  dataset/' manifest.txt | sha256sum -c --ignore-missing
使用时请注明数据来源，并请注明获取日期：____年__月__日。

Open index.html in a browser: nothing to install, no network needed. The data files are those of {url}/ .
"""

_LINK = re.compile(r'(\s(?:href|src|action))="(/[^"]*)"')
_MODULE = re.compile(r'<script\b[^>]*type="module"[^>]*></script>\n?|<link\b[^>]*rel="modulepreload"[^>]*>\n?')
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>\n?", re.S)
_MAIN = re.compile(r'(<main id="main"[^>]*>)(.*?)(</main>)', re.S)
_LANG = re.compile(r'<html lang="([a-zA-Z-]+)"')
_IN_CSS = re.compile(r"url\(\s*[\"']?\./([\w./-]+)")


@dataclass
class _Copy:
    """One folder in the making. `files` are the paths of the site that the copy holds."""

    site: Path
    target: Path
    files: frozenset[str]
    catalogue: Mapping[str, Any]
    needed: set[str] = field(default_factory=set)  # assets that a page or a stylesheet really names

    @property
    def url(self) -> str:
        return str(self.catalogue["portal"]["url"])


def write_offline(settings: Settings, folder: Path) -> int:
    """Write the live release into `folder`; gives the number of files. Suspended sets and blocked content stay out.

    Raises PortalError where nothing is published yet, and for a folder that holds something.
    """
    live = settings.live.resolve()
    if not (live / "site").is_dir():
        raise PortalError("还没有发布过的版本，请先运行 build.py。Nothing is published yet; run build.py first.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PortalError(f"{folder} 已有内容，请换一个空文件夹。The folder is not empty.")
    catalogue = json.loads((live / "catalogue.json").read_text("utf-8"))
    withheld = _withheld(catalogue, read_once(settings.var / "public" / "state.json"))
    files = frozenset(_offered(live, withheld))
    copy = _Copy(live / "site", folder, files, catalogue)
    for path in sorted(files):
        if path.endswith(".html"):
            _put(folder / path, _page(copy, path))
        elif not path.startswith("assets/"):
            _duplicate(copy, path)
    _assets(copy)
    own = settings.site_src / "offline"
    _put(folder / STYLE, (own / "offline.css").read_text("utf-8"))
    _put(folder / SCRIPT, _search_script(copy, withheld, (own / "search.js").read_text("utf-8")))
    told = {"name": catalogue["portal"]["name"], "release": catalogue["release"], "url": copy.url}
    _put(folder / "README.txt", "\ufeff" + README.format(**told))
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _withheld(catalogue: Mapping[str, Any], state: State) -> frozenset[str]:
    """The ids of what must not be had now: suspended sets, by their old ids too, and those whose content is blocked."""
    held = {
        name
        for name, one in catalogue["datasets"].items()
        if state.suspension_of(name, one["aliases"]) is not None or one["digest"] in state.blocked
    }
    return frozenset(held | set(state.suspended))


def _offered(live: Path, withheld: frozenset[str]) -> list[str]:
    """Every file of the site that the copy may hold: no compressed copies, no search index, nothing withheld, and no
    zip of many sets one of which is.
    """
    site, found = live / "site", []
    bundles = json.loads((live / "bundles.json").read_text("utf-8"))
    closed = {address[1:] for address, ids in bundles.items() if not withheld.isdisjoint(ids)}
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        parts = name.removeprefix("en/").split("/")
        is_copy = name.endswith(".gz") and (site / name.removesuffix(".gz")).is_file()
        is_index = name.startswith(("search/", "assets/search/")) and not name.endswith(".html")
        is_withheld = name in closed or (parts[0] == "dataset" and len(parts) > 1 and parts[1] in withheld)
        if path.is_file() and not (is_copy or is_index or is_withheld):
            found.append(name)
    return found


def _page(copy: _Copy, path: str) -> str:
    """A page with relative links, without modules, with the notice; search with a script of its own."""
    html = _MODULE.sub("", (copy.site / path).read_text("utf-8"))
    found = _LANG.search(html)
    lang = "en" if found and found[1] == "en" else "zh"
    html = _MAIN.sub(lambda main: f"{main[1]}\n{_notice(copy, path, lang)}{main[2]}{main[3]}", html, 1)
    if path in SEARCH:
        html = html.replace("</body>", f'<script src="/{SCRIPT}"></script>\n</body>', 1)
    else:
        html = _told_in_place(copy, path, lang, _NOSCRIPT.sub("", html))
    html = html.replace("<html ", '<html class="offline" ', 1)
    html = html.replace("</head>", f'<link rel="stylesheet" href="/{STYLE}">\n</head>', 1)
    return _LINK.sub(lambda link: f'{link[1]}="{_relative(copy, path, link[2])}"', html)


def _notice(copy: _Copy, path: str, lang: str) -> str:
    told = NOTICE[lang].format(day=copy.catalogue["release"][:10])
    return f'<p class="notice aside offline-note">{escape(told)}{_online(copy, path, lang)}</p>\n'


def _online(copy: _Copy, path: str, lang: str, anchor: str = "") -> str:
    page = copy.url + "/" + quote(path.removesuffix(PAGE)) + anchor
    return f'<a href="{escape(page)}">{ONLINE[lang]}</a>'


def _told_in_place(copy: _Copy, path: str, lang: str, html: str) -> str:
    """Each live part of a page says on the spot that it needs the portal."""
    for place, anchor, words in PLACES:
        note = f'<p class="offline-part">{escape(words[lang])}{_online(copy, path, lang, anchor)}</p>\n'
        html = place.sub(partial(_followed, note), html)
    return html


def _followed(note: str, found: re.Match[str]) -> str:
    return found[0] + note


def _relative(copy: _Copy, path: str, link: str) -> str:
    """A link as seen from a page: to the file in the copy, or to the portal where the copy has none."""
    address = unescape(link)
    place = re.split(r"[?#]", address, maxsplit=1)[0]
    rest = address[len(place) :]
    name = unquote(place).lstrip("/")
    if name == "" or name.endswith("/"):
        name += PAGE
    elif f"{name}/{PAGE}" in copy.files:
        name += f"/{PAGE}"
    asks = rest.startswith("?") and name.removeprefix("en/") == QUERY  # a question is answered online alone
    if asks or (name not in copy.files and name not in (SCRIPT, STYLE)):
        return escape(copy.url + address)
    if name.startswith("assets/") and name in copy.files:
        copy.needed.add(name)
    up = os.path.relpath(name, Path(path).parent.as_posix())
    return escape(quote(up) + rest)


def _assets(copy: _Copy) -> None:
    """Those that pages name, and what the stylesheets among them name."""
    left = sorted(copy.needed)
    while left:
        name = left.pop()
        _duplicate(copy, name)
        if name.endswith(".css"):
            near = {f"assets/{one}" for one in _IN_CSS.findall((copy.site / name).read_text("utf-8"))}
            fresh = (near & copy.files) - copy.needed
            copy.needed |= fresh
            left += sorted(fresh)


def _search_script(copy: _Copy, withheld: frozenset[str], code: str) -> str:
    """The records and the code as one classic script."""
    catalogue, simplify = copy.catalogue, simplified_table()
    records = [
        _record(name, one, catalogue["departments"])
        for name, one in sorted(catalogue["datasets"].items())
        if name not in withheld
    ]
    data = {
        "records": records,
        "synonyms": [[fold(word) for word in group] for group in catalogue["synonyms"]],
        "simplify": ["".join(map(chr, simplify)), "".join(simplify.values())],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Template(code).substitute(data=text.replace("</", "<\\/").replace("\u2028", "").replace("\u2029", ""))


def _record(name: str, one: Mapping[str, Any], departments: Mapping[str, Any]) -> list[object]:
    """[address, folded text, what is shown in Chinese, in English]: title, summary, department each; the address as
    seen from the folder of the language.
    """
    owner = departments.get(one["department"], {})
    shown = [one["title"], one["summary"], str(owner.get("name") or one["department"])]
    english = [one["title_en"], one["summary_en"], owner.get("name_en")]
    words = [*shown, *(word for word in english if word), *one["keywords"], *one["field_titles"]]
    text = fold("\n".join([*words, *one["field_titles_en"]]))
    return [
        f"dataset/{quote(name)}/{PAGE}",
        text,
        shown,
        [mine or other for mine, other in zip(english, shown, strict=True)],
    ]


def _duplicate(copy: _Copy, path: str) -> None:
    target = copy.target / path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy.site / path, target)


def _put(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")
