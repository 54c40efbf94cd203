"""Which pages stand for all others, and what a browser is asked about each.

Kinds are not listed anywhere: of the built site's pages, one address pattern after the other, those are taken that
show an element (tag, classes, role) that no page taken before shows. A new kind of page is looked at by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ELEMENT = re.compile(r"<(\w+)((?:\s[^<>]*)?)>")
_SAYS = re.compile(r'\b(?:class|role|type)="([^"]*)"')
_SERVICE = (
    "/forms/", "/forms/opinion/", "/forms/request/", "/forms/correction/?dataset=parks", "/forms/result/",
    "/forms/case/", "/data/", "/data/ylj", "/data/ylj/parks", "/data/ylj/eighty-fields", "/dataset/suspended-trees/", "/no-such-page/",
)  # fmt: skip
"""Pages that the front, the query API and the forms make."""
_SERVICE_IN_ENGLISH = ("/en/forms/", "/en/forms/correction/?dataset=parks", "/en/forms/result/", "/en/forms/case/")


def addresses(site: Path) -> list[str]:
    """Every page of a built site."""
    pages = [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("*.html"))]
    return [f"/{quote(one)}" for one in pages]


def typical(site: Path, names: Iterable[str], *, lang: str) -> list[str]:
    """The fewest pages, nearly, that together show everything that pages of a language show; and the service's.

    `names` are ids of the catalogue: two pages whose addresses differ in these alone are of one kind.
    """
    known = set(names)
    found: list[str] = []
    shown: set[str] = set()
    parts: set[str] = set()
    of_kind: dict[str, list[tuple[set[str], str]]] = {}
    for path in sorted(site.rglob("*.html")):
        address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        if address.startswith("/en/") == (lang == "en"):
            kind = re.sub(r"\d+", "0", "/".join("*" if part in known else part for part in address.split("/")))
            of_kind.setdefault(kind, []).append((_features(path.read_text("utf-8")), quote(address)))
    for kind, pages in sorted(of_kind.items()):
        if kind == "/dataset/*/":  # the city is made of edges: each is looked at
            pages.sort(key=lambda one: one[1])
            found += [address for _, address in pages]
            shown |= set().union(*(features for features, _ in pages))
            continue
        rest = [(features - shown, address) for features, address in pages]
        while rest:
            features, address = max(rest, key=lambda one: (len(one[0]), one[1]))
            if not features and _part(address) in parts:
                break
            found.append(address)
            parts.add(_part(address))
            shown |= features
            rest = [(more - shown, other) for more, other in rest if other != address and more - shown]
    return [*found, *(_SERVICE if lang == "zh" else _SERVICE_IN_ENGLISH)]


def _part(address: str) -> str:
    """The part of the portal that an address belongs to: no part goes without a page that stands for it."""
    return "/".join(address.removeprefix("/en").split("/")[1:3])


def _features(html: str) -> set[str]:
    main = html.partition("<main")[2] or html
    return {f"{tag} {' '.join(sorted(_SAYS.findall(more)))}" for tag, more in _ELEMENT.findall(main)}


AXE_RUN = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.html.slice(0, 90)} ${(node.any[0] || node.all[0] || node.none[0] || {}).message || ''}`));
}"""
CONTRAST = """async () => {
  const found = await axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}, resultTypes: ['violations']});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.any[0] ? node.any[0].message : ''}`));
}"""
WATCH = """
window.__moved = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.__moved += one.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const guilty = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest('.frame, pre, .bar ul, [data-scrolls], svg')).slice(-3);
  return [`${wide}px too wide at ${innerWidth}px: ${guilty.map((one) => one.tagName + '.' + one.className).join(' ')}`];
}"""
FOCUS = """() => {
  const look = (one) => {
    const around = [one, one.parentElement, ...(one.labels || []), ...one.children].filter(Boolean);
    return around.map((each) => { const s = getComputedStyle(each);
      return [s.outlineStyle !== 'none' && s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke, s.strokeWidth, s.left].join(); }).join('|');
  };
  const ways = 'a[href], button:not([disabled]), input:not([disabled], [type=hidden]), select, textarea, summary, [tabindex="0"]';
  const faults = [];
  for (const one of document.querySelectorAll('[tabindex]')) if (one.tabIndex > 0) faults.push(`tabindex ${one.tabIndex}`);
  for (const one of document.querySelectorAll(ways)) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.closest('.trap') || one.inert || one.closest('[inert]')) continue;
    if (document.activeElement === one) one.blur();
    const before = look(one);
    one.focus({preventScroll: true});
    if (document.activeElement !== one) faults.push(`can't be focused: ${one.outerHTML.slice(0, 80)}`);
    else if (look(one) === before) faults.push(`focus is not seen: ${one.outerHTML.slice(0, 80)}`);
  }
  document.activeElement?.blur();
  for (const one of document.querySelectorAll('.frame, pre, [data-scrolls]')) {
    const scrolls = one.checkVisibility() && one.scrollWidth > one.clientWidth + 1;
    if (scrolls && one.tabIndex < 0) faults.push(`scrolls, but not by keyboard: ${one.outerHTML.slice(0, 60)}`);
  }
  return faults;
}"""
MOTION = """() => [...document.getAnimations().map((one) => `runs: ${one.animationName || one.transitionProperty || one}`),
  ...[...document.querySelectorAll('*')].filter((one) => {
    const s = getComputedStyle(one);
    return s.scrollBehavior === 'smooth' || s.animationName !== 'none' && parseFloat(s.animationDuration) > .01
      || s.transitionDuration.split(',').some((each) => parseFloat(each) > .01);
  }).map((one) => `moves: ${one.tagName}.${one.getAttribute('class')}`).slice(0, 3)]"""
ON_PAPER = """() => {
  const faults = [];
  for (const name of ['.site-nav', '.site-tools', '.site-search', '.skip', '.table-tools', '.facets', '.pager'])
    for (const one of document.querySelectorAll(name)) if (one.checkVisibility()) faults.push(`${name} is printed`);
  for (const one of document.querySelectorAll('main button:not(th button)')) if (one.checkVisibility()) faults.push(`printed button: ${one.outerHTML.slice(0, 60)}`);
  for (const one of document.querySelectorAll('.frame'))
    if (one.checkVisibility() && one.scrollHeight > one.clientHeight + 2) faults.push(`prints over what follows: ${one.getAttribute('aria-label')}`);
  for (const one of document.querySelectorAll('main a, main button:not([disabled])'))
    if (one.checkVisibility() && getComputedStyle(one).color === 'rgb(255, 255, 255)') faults.push(`white on paper: ${one.outerHTML.slice(0, 60)}`);
  const heading = document.querySelector('h1');
  if (!heading?.checkVisibility()) faults.push('no heading on paper');
  if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') faults.push('coloured paper');
  return faults;
}"""
