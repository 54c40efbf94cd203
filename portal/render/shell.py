"""The frame of every page and the hand-written pages: the only module that knows the site generator.

Mkdocs-material turns site_src/pages (Markdown) into HTML once per content of site_src (1.5 s; then from the cache).
Its output holds the frame as a template of ours (site_src/theme/main.html), whose three markers the portal and the
form service fill: `<!--kaishu:title-->`, `<!--kaishu:head-->`, `<!--kaishu:main-->`. Nothing inline survives:
scripts and styles become files of their own, or go (the CSP allows none), and no tag may load from another host.
Exchanging the generator means rewriting `_generate` and site_src/theme.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from portal.cache import code_version, get_or_make
from portal.problems import PortalError

TITLE, HEAD, MAIN = "<!--kaishu:title-->", "<!--kaishu:head-->", "<!--kaishu:main-->"
OTHER_LANGUAGE = "<!--kaishu:other-->"
KIND, KEPT = "shell", "shell.json"
GENERATORS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments")
"""The distributions that write the frame and the hand-written pages."""

_META = re.compile(r"^\s*<!--kaishu:page (.*?) -->", re.S)
_BODY = re.compile(r"<!--kaishu:body-->(.*)<!--/kaishu:body-->", re.S)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S | re.I)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.S | re.I)
_INLINE_ATTRIBUTE = re.compile(r"""(<[a-z][^<>]*?)\s(?:style|on[a-z]+)=(?:"[^"]*"|'[^']*')""", re.I)
_FOREIGN_LINK = re.compile(r"""<link\b[^>]*\bhref=["'](?:https?:)?//[^>]*>""", re.I)
_FOREIGN_SOURCE = re.compile(r"""<(script|img|iframe|source|video|audio)\b[^>]*\bsrc=["'](?:https?:)?//[^>]*>""", re.I)


@dataclass(frozen=True)
class Document:
    """A hand-written page. `body` is a template: it may name portal values (render/values.py).

    `url` is `/help/` or `/en/help/`; `scripts` are names below site_src/assets; `wide` pages are no running text.
    """

    url: str
    title: str
    description: str
    lang: str
    section: str
    scripts: tuple[str, ...]
    wide: bool
    body: str


@dataclass(frozen=True)
class Shell:
    """The frame (a template with the markers), the hand-written pages, and files that held inline code before."""

    frame: str
    documents: tuple[Document, ...]
    files: dict[str, str] = field(default_factory=dict)


def build_shell(site_src: Path, cache: Path) -> Shell:
    """Run the site generator over `site_src`, or take its result for the same content out of `cache`.

    Raises PortalError when the generator fails or the frame lacks a marker.
    """

    def make(folder: Path) -> None:
        told = json.dumps(asdict(_generate(site_src)), ensure_ascii=False)
        (folder / KEPT).write_text(told, encoding="utf-8")

    kept = get_or_make(cache, KIND, _digest(site_src), make)
    raw = json.loads((kept / KEPT).read_text(encoding="utf-8"))
    documents = tuple(Document(**{**one, "scripts": tuple(one["scripts"])}) for one in raw["documents"])
    return Shell(frame=raw["frame"], documents=documents, files=raw["files"])


def outsource(html: str, files: dict[str, str]) -> str:
    """Free a page of everything inline and foreign; what scripts and styles held goes into `files` by name.

    Data blocks (`type="application/ld+json"`) stay: browsers don't run them and the CSP lets them be.
    """

    def script(match: re.Match[str]) -> str:
        attributes, code = match.groups()
        if "src=" in attributes or re.search(r"type=[\"']?application/(ld\+)?json", attributes):
            return match.group(0)
        return f"<script src=\"{{{{ asset('{_keep(code, 'js', files)}') }}}}\"></script>" if code.strip() else ""

    def style(match: re.Match[str]) -> str:
        rules = match.group(1)
        return (
            f'<link rel="stylesheet" href="{{{{ asset(\'{_keep(rules, "css", files)}\') }}}}">' if rules.strip() else ""
        )

    html = _FOREIGN_SOURCE.sub("", _FOREIGN_LINK.sub("", html))
    html = _STYLE.sub(style, _SCRIPT.sub(script, html))
    while (freed := _INLINE_ATTRIBUTE.sub(r"\1", html)) != html:
        html = freed
    return html


def _keep(code: str, ending: str, files: dict[str, str]) -> str:
    name = f"{ending}/inline-{hashlib.sha256(code.encode()).hexdigest()[:8]}.{ending}"
    files[name] = code
    return name


def _digest(site_src: Path) -> str:
    """Name of the cached result: this module, what lies under it, mkdocs.yml, pages and theme; templates and assets
    don't matter.
    """
    digest = hashlib.sha256(code_version("portal.render.shell", packages=GENERATORS).encode())
    for path in [site_src / "mkdocs.yml", *sorted(_files(site_src / "pages")), *sorted(_files(site_src / "theme"))]:
        digest.update(f"{path.relative_to(site_src).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _generate(site_src: Path) -> Shell:
    with tempfile.TemporaryDirectory(prefix="kaishu-shell-") as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        command += ["--config-file", str(site_src / "mkdocs.yml"), "--site-dir", folder]
        environment = {"PATH": os.defpath, "HOME": folder, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        if done.returncode:
            raise PortalError(f"site_src could not be built: {(done.stderr or done.stdout).strip()}")
        return _collect(Path(folder))


def _collect(site: Path) -> Shell:
    files: dict[str, str] = {}
    frame = ""
    documents: list[Document] = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        meta, body = _META.search(text), _BODY.search(text)
        if not meta or not body:
            raise PortalError(f"{path.relative_to(site)}: the theme left out its markers")
        told = json.loads(meta.group(1))
        if told.get("frame"):
            frame = outsource(text[meta.end() : body.start()], files).strip() + "\n"
        elif told.get("title"):
            documents.append(_document(path.relative_to(site), told, outsource(body.group(1), files)))
    missing = [mark for mark in (TITLE, HEAD, OTHER_LANGUAGE, MAIN) if frame.count(mark) != 1]
    if missing:
        raise PortalError(f"the frame must hold each marker once; missing or repeated: {', '.join(missing)}")
    return Shell(frame=frame, documents=tuple(documents), files=files)


def _document(path: Path, meta: dict[str, object], body: str) -> Document:
    folder = path.parent.as_posix()
    scripts = meta.get("scripts", [])
    return Document(
        url=f"/{folder}.html" if path.parent.name == "404" else f"/{folder}/",
        title=str(meta["title"]),
        description=str(meta.get("description", "")),
        lang="en" if folder.split("/")[0] == "en" else "zh",
        section=str(meta.get("section", "")),
        scripts=tuple(str(name) for name in scripts) if isinstance(scripts, list) else (),
        wide=bool(meta.get("wide")),
        # What may be wider than its place scrolls there, and must be reached by keyboard.
        body=body.strip().replace("<pre>", '<pre tabindex="0">'),
    )
