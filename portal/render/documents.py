"""The pages of policies (NEW-1) and of news and events (NEW-2). What each is today is computed from its days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from portal import addresses
from portal.publications import Document, News, Policy
from portal.render.book import Badge, Book
from portal.render.frame import Page
from portal.render.html import joined, link
from portal.render.onepage import Heading, one_page
from portal.render.prose import prose

CSS = "css/publications.css"
POLICY_KINDS = {
    "in_force": "",
    "consulting": "plain",
    "not_yet": "warn",
    "draft": "warn",
    "expired": "warn",
    "repealed": "bad",
}
NEWS_KINDS = {"announced": "plain", "open": "", "over": "quiet"}
Row = tuple[str, Markup | str]


def policies_pages(book: Book) -> Iterator[Page]:
    """The list, the city's own documents first, and a page for each document."""
    city = book.catalogue.portal.city
    ordered = sorted(book.catalogue.policies, key=lambda one: (one.issued, one.id), reverse=True)
    own = [one for one in ordered if one.area in (None, city)]
    t = book.t
    values: dict[str, object] = {
        "lead": t["pol_lead"].format(day=book.day(book.today)),
        "basis": _basis(book, own),
        "own": [_policy_card(book, one) for one in own],
        "others": [_policy_card(book, one) for one in ordered if one not in own],
        "rules": [
            (book.url(addresses.PLATFORM_RULES), t["pol_platform_rules"], t["pol_platform_note"]),
            (book.url(addresses.ROLES), t["role_title"], t["pol_roles_note"]),
            (addresses.rules_page(book.lang), t["rules"], t["pol_rules_note"]),
        ],
    }
    yield _page(
        book, addresses.policy_page(), "policies.html", t["pol_title"], values, description=t["pol_description"]
    )
    for policy in ordered:
        yield _policy(book, policy)


def news_pages(book: Book) -> Iterator[Page]:
    """What is on, then everything by year; and a page for each."""
    t = book.t
    ordered = sorted(book.catalogue.news, key=lambda one: (one.date, one.id), reverse=True)
    current = [one for one in ordered if one.standing(book.today) in ("announced", "open")]
    values = {
        "now": [
            _news_card(book, one) for one in sorted(current, key=lambda one: (str(one.until or one.from_), one.id))
        ],
        "years": [
            (t["news_year"].format(year=year), [_news_card(book, one) for one in ones])
            for year, ones in groupby(ordered, key=lambda one: one.date.year)
        ],
    }
    yield _page(book, addresses.news_page(), "news.html", t["news_title"], values, description=t["news_description"])
    for one in ordered:
        yield _news(book, one)


def name_of(book: Book, one: Document) -> str:
    """Its title, in English where there is one."""
    return one.title if book.lang == "zh" else one.title_en or one.title


def _page(
    book: Book, address: str, template: str, title: str, values: dict[str, object], *, description: str = ""
) -> Page:
    return one_page(book, Heading(address, title, description, "about", (CSS,)), template, values)


def _basis(book: Book, own: Sequence[Policy]) -> dict[str, str]:
    """The instrument that the profile stands on, where it has no page of its own."""
    one = book.profile.basis
    if any(policy.title == one.title for policy in own):
        return {}
    standing = one.standing(book.today)
    return {
        "title": one.title if book.lang == "zh" else one.title_en,
        "facts": " · ".join(part for part in (one.number, one.issuer, book.day(one.issued)) if part),
        "term": one.term,
        "badge": book.t[f"pol_s_{standing}"],
        "kind": POLICY_KINDS[standing],
    }


def _policy_badge(book: Book, policy: Policy) -> Badge:
    standing = policy.standing(book.today)
    return Badge(book.t[f"pol_s_{standing}"], POLICY_KINDS[standing])


def _policy_card(book: Book, policy: Policy) -> dict[str, object]:
    return {
        "href": book.url(addresses.policy_page(policy.id)),
        "title": name_of(book, policy),
        "badges": [_policy_badge(book, policy)],
        "facts": [part for part in (policy.number, policy.issuer, book.day(policy.issued)) if part],
        "summary": policy.summary if book.lang == "zh" else "",
    }


def _policy(book: Book, policy: Policy) -> Page:
    t = book.t
    standing = policy.standing(book.today)
    last = {"expired": policy.valid_to, "repealed": policy.repealed, "consulting": policy.comments_until}
    told = last.get(standing) or (policy.valid_from if standing == "not_yet" else None)
    notice = "" if standing == "in_force" else t[f"pol_n_{standing}"].format(day=book.day(told) if told else "")
    rows: list[tuple[str, Markup | str | None]] = [
        (t["pol_number"], policy.number or t["pol_no_number"]),
        (t["pol_issuer"], policy.issuer),
        (t["pol_issued"], book.day(policy.issued)),
        (t["pol_from"], None if policy.draft else book.day(policy.valid_from or policy.issued)),
        (t["pol_term"], None if policy.draft else book.day(policy.valid_to) if policy.valid_to else t["pol_no_term"]),
        (t["pol_repealed_on"], book.day(policy.repealed) if policy.repealed else None),
        (t["pol_comments"], book.day(policy.comments_until) if policy.comments_until else None),
        (t["pol_standing"], t[f"pol_s_{standing}"]),
        (t["pol_area"], policy.area),
        (t["pol_official"], link(policy.url, policy.url, "noopener") if policy.url else None),
        (t["pol_source"], policy.source),
        *_related(book, policy),
    ]
    return _document(book, policy, addresses.policy_page(), rows, notice=notice, badges=[_policy_badge(book, policy)])


def _news_badges(book: Book, news: News) -> list[Badge]:
    badges = [Badge(book.t[f"news_k_{news.kind}"], "plain")]
    standing = news.standing(book.today)
    return badges + ([Badge(book.t[f"news_s_{standing}"], NEWS_KINDS[standing])] if standing else [])


def _news_card(book: Book, news: News) -> dict[str, object]:
    return {
        "href": book.url(addresses.news_page(news.id)),
        "title": name_of(book, news),
        "badges": _news_badges(book, news),
        "facts": [part for part in (book.day(news.date), _days(book, news), news.organiser) if part],
        "summary": news.summary if book.lang == "zh" else "",
    }


def _days(book: Book, news: News) -> str:
    if news.from_ and news.until and news.from_ != news.until:
        return f"{book.day(news.from_)} {book.t['until']} {book.day(news.until)}"
    only = news.until or news.from_
    return book.day(only) if only else ""


def _news(book: Book, news: News) -> Page:
    t = book.t
    rows: list[tuple[str, Markup | str | None]] = [
        (t["news_kind"], t[f"news_k_{news.kind}"]),
        (t["news_date"], book.day(news.date)),
        (t["news_days"], _days(book, news)),
        (t["news_place"], news.place),
        (t["news_organiser"], news.organiser),
        (t["news_contact"], news.contact),
        (t["pol_official"], link(news.url, news.url, "noopener") if news.url else None),
        *_related(book, news),
    ]
    return _document(book, news, addresses.news_page(), rows, notice="", badges=_news_badges(book, news))


def _related(book: Book, document: Document) -> list[tuple[str, Markup | None]]:
    policies = {one.id: one for one in book.catalogue.policies}
    others = [
        link(book.url(addresses.policy_page(name)), name_of(book, policies[name]))
        for name in document.related
        if name in policies
    ]
    listed = book.catalogue.datasets
    now = {alias: one.id for one in listed for alias in (one.id, *one.aliases)} if document.datasets else {}
    sets = [
        link(book.url(addresses.dataset_page(now[name])), book.title(book.by_id[now[name]]))
        for name in document.datasets
        if now.get(name) in book.by_id
    ]
    between = book.t["enumeration"]
    return [
        (book.t["pol_related"], joined(between, others) if others else None),
        (book.t["pol_datasets"], joined(between, sets) if sets else None),
    ]


def _document(
    book: Book,
    document: Document,
    index: str,
    rows: Sequence[tuple[str, Markup | str | None]],
    *,
    notice: str,
    badges: Sequence[Badge],
) -> Page:
    text = prose(document.body, book.twin)
    title = name_of(book, document)
    of_policies = index == addresses.policy_page()
    parent = book.t["pol_title" if of_policies else "news_title"]
    values: dict[str, object] = {
        "crumbs": [(book.base, book.t["home"]), (book.url(index), parent)],
        "badges": badges,
        "notice": notice,
        "summary": document.summary if book.lang == "zh" else "",
        "rows": [(label, value) for label, value in rows if value],
        "contents": text.headings if len(text.headings) > 2 else (),
        "body": text.html,
        "foreign": book.lang != "zh" and bool(text.html),
        "original": document.title if title != document.title else "",
    }
    address = f"{index}{document.id}/"
    return _page(book, address, "document.html", title, values, description=_description(book, document, title, rows))


def _description(book: Book, document: Document, title: str, rows: Sequence[tuple[str, Markup | str | None]]) -> str:
    """What search engines show: the summary, or name, issuer and days."""
    if document.summary and book.lang == "zh":
        return document.summary
    facts = [value for _, value in rows if value and not isinstance(value, Markup)]
    return book.told(title, book.t["enumeration"].join(facts[:4]))
