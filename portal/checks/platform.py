"""Rules about the platform's own pages (POR-4): what the texts want it to publish is there.

应当制定并公布开放平台管理制度，明确……行为规范和安全责任 (上海 第二十六条); likewise 苏州 第九条第三款,
无锡 第六条第二款. Only the presence of pages and headings is judged here, from the files; what they say is for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.shape import FileFinding, FileRule, Scene

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


def pages_are_there(scene: Scene) -> Iterator[FileFinding]:
    """Every page that the platform must have is there and is not empty."""
    for name, page in scene.profile.platform.pages.items():
        if not _text(scene, name).strip():
            yield FileFinding(_path(name), (), {"title": page.title})


def pages_say_what_they_must(scene: Scene) -> Iterator[FileFinding]:
    """The platform's pages have the sections that the texts ask for."""
    for name, page in scene.profile.platform.pages.items():
        headings = "\n".join(_HEADING.findall(_text(scene, name)))
        missing = [section for section in page.sections if section not in headings]
        if missing and headings:
            yield FileFinding(_path(name), (), {"title": page.title, "missing": "、".join(missing)})


def _path(name: str) -> str:
    return f"site_src/pages/{name}"


def _text(scene: Scene, name: str) -> str:
    path = scene.site_src / "pages" / name
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


PLATFORM_RULES: dict[str, FileRule] = {
    "page-missing": pages_are_there,
    "page-incomplete": pages_say_what_they_must,
}
