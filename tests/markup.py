"""Is a page valid HTML? What a browser would have to mend (html5lib), and what the standard asks beyond that: ids,
labels, references, nesting, content that an element may hold. Written after the faults that the Nu checker finds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E

HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "summary", "label", "iframe", "details"})
LABELLED = frozenset({"input", "select", "textarea", "meter", "progress", "output", "button"})
PHRASING_ONLY = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "a",
        "em",
        "strong",
        "small",
        "label",
        "button",
        "code",
        "pre",
        "dt",
    }
)
FLOW = frozenset(
    {
        "div",
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "section",
        "article",
        "aside",
        "nav",
        "header",
        "footer",
        "form",
        "fieldset",
    }
    | {"figure", "blockquote", "hr", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "details", "main", "address"}
)
CHILDREN = {
    "ul": {"li", "template", "script"},
    "ol": {"li", "template", "script"},
    "dl": {"dt", "dd", "div", "template", "script"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "tr": {"th", "td", "template", "script"},
    "select": {"option", "optgroup", "hr"},
}
OBSOLETE = frozenset({"center", "font", "big", "strike", "tt", "acronym", "frame", "marquee", "nobr", "dir"})
OLD_ATTRIBUTES = frozenset({"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "nowrap", "language"})
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "list", "form")
NO_LABEL = frozenset({"hidden", "submit", "reset", "image", "button"})
TIME = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?|P[\dYMWDTHS.]+")


def faults(html: str) -> list[str]:
    """What is wrong with a page, in words; an empty list for a valid one."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    document = parser.parse(html)
    found = [f"line {place[0]}: {_said(code, values)}" for place, code, values in parser.errors]
    parents = {child: parent for parent in document.iter() for child in parent}
    elements = [one for one in document.iter() if isinstance(one.tag, str) and one.tag.startswith(HTML)]
    ids = Counter(one.get("id") for one in document.iter() if isinstance(one.tag, str) and one.get("id") is not None)
    found += [f"id {name!r} stands {many} times" for name, many in ids.items() if many > 1]
    found += [f"id {name!r} is no id" for name in ids if not name or re.search(r"\s", name)]
    for element in elements:
        found += [f"<{_name(element)}>: {fault}" for fault in _of(element, parents, ids)]
    return found + list(_of_page(elements))


def _said(code: str, values: dict[str, object]) -> str:
    try:
        return str(E[code] % values)
    except (KeyError, TypeError, ValueError):
        return code


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(HTML)


def _of(element: Element, parents: dict[Element, Element], ids: Counter[str | None]) -> Iterator[str]:
    name = _name(element)
    if name in OBSOLETE:
        yield "obsolete"
    yield from (f"obsolete attribute {one}" for one in OLD_ATTRIBUTES & set(element.attrib))
    yield from (f"inline {one}" for one in element.attrib if one == "style" or one.startswith("on"))
    for attribute in REFERENCES:
        for target in (element.get(attribute) or "").split():
            if target not in ids:
                yield f"{attribute} names {target!r}, which is not there"
    link = unquote(element.get("href", ""))
    if link.startswith("#") and len(link) > 1 and link[1:] not in ids:
        yield f"leads to {link}, which is not there"
    yield from _nesting(element, name, parents)
    if _in_template(element, parents):
        return  # scripts fill it before anybody sees it
    yield from _content(element, name)
    if name in LABELLED:
        yield from _label(element, name, parents)


def _in_template(element: Element, parents: dict[Element, Element]) -> bool:
    above = parents.get(element)
    while above is not None and _name(above) != "template":
        above = parents.get(above)
    return above is not None


def _nesting(element: Element, name: str, parents: dict[Element, Element]) -> Iterator[str]:
    above = parents.get(element)
    parent = _name(above) if above is not None else ""
    if parent in CHILDREN and name not in CHILDREN[parent]:
        yield f"stands in <{parent}>"
    if parent in PHRASING_ONLY and name in FLOW and not (parent == "a" and _flow_is_fine(above, parents)):
        yield f"a block in <{parent}>"
    if name == "li" and parent not in ("ul", "ol", "menu", "template"):
        yield f"stands in <{parent}>"
    interactive = name in INTERACTIVE and not (name == "a" and "href" not in element.attrib)
    while above is not None and interactive and name != "summary" and name != "details":
        outer = _name(above)
        if outer in ("a", "button") or (outer == "label" and name in ("a", "button", "label")):
            yield f"interactive in <{outer}>"
        above = parents.get(above)


def _flow_is_fine(link: Element | None, parents: dict[Element, Element]) -> bool:
    """A link may hold what its parent may hold."""
    above = parents.get(link) if link is not None else None
    return above is not None and _name(above) not in PHRASING_ONLY


def _content(element: Element, name: str) -> Iterator[str]:
    text = "".join(element.itertext()).strip()
    if name == "img" and "alt" not in element.attrib:
        yield "no alt"
    if name == "a" and element.get("target") == "_blank" and "noopener" not in element.get("rel", ""):
        yield "opens a window that may steer this one"
    if name == "a" and not element.get("href") and "id" not in element.attrib:
        yield "no href"
    if name in ("a", "button", "h1", "h2", "h3", "h4", "th", "summary", "legend", "caption", "title", "label"):
        named = (
            element.get("aria-label") or element.get("aria-labelledby") or element.find(f".//{SVG}title") is not None
        )
        drawn = element.find(f".//{HTML}img[@alt]") is not None
        filled_later = any(one.startswith("data-") for one in element.attrib)
        if not (text or named or drawn or filled_later or name == "th"):
            yield "empty"
    if name == "option" and not text and not element.get("label"):
        yield "empty"
    if name == "time" and not TIME.fullmatch(element.get("datetime", text)):
        yield f"{element.get('datetime', text)!r} is no time"
    if name == "input" and element.get("type") == "search" and element.get("role") not in (None, "searchbox"):
        yield f"a search field is no {element.get('role')}"
    if name == "button" and element.get("type") not in ("button", "submit", "reset", None):
        yield "type"
    if name == "fieldset" and (len(element) == 0 or _name(element[0]) != "legend"):
        yield "does not begin with a legend"
    if name == "svg" and element.get("role") == "img" and not element.get("aria-label"):
        yield "an image without a name"


def _label(element: Element, name: str, parents: dict[Element, Element]) -> Iterator[str]:
    if element.get("type") in NO_LABEL or name in ("button", "output"):
        return
    if element.get("aria-label") or element.get("aria-labelledby") or element.get("title"):
        return
    above: Element | None = element
    while above is not None:
        if _name(above) in ("label", "template"):
            return
        below, above = above, parents.get(above)
    own = element.get("id")
    if own is None or below.find(f".//{HTML}label[@for={own!r}]") is None:
        yield f"no label ({element.attrib})"


def _of_page(elements: list[Element]) -> Iterator[str]:
    names = Counter(_name(one) for one in elements)
    for name in ("title", "main", "h1"):
        if names[name] != 1:
            yield f"{names[name]} <{name}>"
    root = elements[0]
    if not root.get("lang"):
        yield "no language"
    level = 0
    for one in elements:
        found = re.fullmatch(r"h([1-6])", _name(one))
        if found:
            if int(found[1]) > level + 1:
                yield f"<h{found[1]}> follows <h{level}>: {''.join(one.itertext()).strip()[:20]}"
            level = int(found[1])
    told = {one.get("name"): one.get("content", "") for one in elements if _name(one) == "meta"}
    if "width=device-width" not in told.get("viewport", ""):
        yield "no viewport"
    if not told.get("description") and "noindex" not in told.get("robots", ""):
        yield "no description for those who search"
