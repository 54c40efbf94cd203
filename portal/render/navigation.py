"""The ways through the portal: the main navigation and the columns at the foot of every page."""

from __future__ import annotations

from portal import addresses
from portal.render.words import PageLang, words

SECTIONS = ("home", "datasets", "departments", "topics", "query", "statistics", "developers", "help", "about")
"""The places of the main navigation, in its order; a page says in which of them it stands."""
_PLACES = {"home": "/", "departments": "/department/", "topics": "/topic/"}
_FOOT: dict[str, dict[str, str]] = {
    "take_part": {
        "opinion": "/forms/opinion/",
        "request_data": "/forms/request/",
        "nav_demands": "/demands/",
        "nav_feedback": "/feedback/",
        "nav_showcase": addresses.showcase_page(),
    },
    "follow": {
        "nav_statistics": "/statistics/",
        "nav_quality": "/quality/",
        "nav_changes": addresses.changes_page(),
        "nav_plan": addresses.PLAN,
        "nav_news": addresses.news_page(),
        "nav_roles": addresses.ROLES,
    },
    "for_machines": {
        "developers": "/developers/",
        "nav_downloads": addresses.DOWNLOADS,
        "nav_relations": addresses.relations_page(),
        "nav_feed": addresses.feed(),
        "nav_catalogue": addresses.catalogue_file("ttl"),
        "nav_api": "/data/",
    },
}
"""Heading → what a link is called → its address, in Chinese."""
_WITHOUT_LANGUAGE = ("/data/", addresses.feed(), addresses.catalogue_file("ttl"))


def navigation(lang: PageLang) -> list[dict[str, str]]:
    """The main navigation: section, address and title of each place."""
    told = words(lang)
    places = {name: _PLACES.get(name, f"/{name}/") for name in SECTIONS}
    return [{"section": name, "href": _in(lang, places[name]), "title": told[f"nav_{name}"]} for name in SECTIONS]


def footer(lang: PageLang) -> list[dict[str, object]]:
    """The columns at the foot: a title and links each."""
    told = words(lang)
    return [
        {
            "title": told[title],
            "links": [{"title": told[name], "href": _in(lang, href)} for name, href in links.items()],
        }
        for title, links in _FOOT.items()
    ]


def _in(lang: PageLang, address: str) -> str:
    if lang == "zh" or address.startswith(_WITHOUT_LANGUAGE):
        return address
    return f"/en{address}"
