"""Topics of daily life (专区) and emergencies: what people need for one thing, on one page (POR-2, EMG-1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal import addresses
from portal.registers import Topic
from portal.render.book import Book
from portal.render.frame import Page, style_tag
from portal.render.moved import TOPIC, moved_pages

_ALL = "/topic/"


def topic_pages(book: Book) -> Iterator[Page]:
    """All topics, and a page for each that holds a dataset."""
    shown = [one for one in book.catalogue.topics if one.id in book.topics]
    yield _all(book, shown)
    for topic in shown:
        yield _topic(book, topic)
    yield from moved_pages(book, TOPIC, shown, {one.id: book.topic_title(one) for one in shown})


def topic_tiles(book: Book) -> list[dict[str, object]]:
    """The topics that hold a dataset, in the order of the register; `on` says that an emergency lasts."""
    return [_tile(book, one) for one in book.catalogue.topics if one.id in book.topics]


def _all(book: Book, shown: list[Topic]) -> Page:
    t = book.t
    life = [_tile(book, one) for one in shown if one.kind == "life"]
    urgent = sorted((one for one in shown if one.kind == "emergency"), key=lambda one: str(one.since), reverse=True)
    main = book.environment.get_template("topics.html").render(
        t=t,
        base=book.base,
        title=t["topics"],
        lead=t["topics_lead"],
        tiles_life=life,
        emergencies=[_tile(book, one) for one in urgent],
        crumbs=[(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])],
    )
    return _page(book, _ALL, t["topics"], main=main, description=t["topics_lead"])


def _tile(book: Book, topic: Topic) -> dict[str, object]:
    return {
        "href": book.url(addresses.topic_page(topic.id)),
        "title": book.topic_title(topic),
        "note": book.topic_summary(topic),
        "icon": topic.icon,
        "count": len(book.topics[topic.id]),
        "state": _state(book, topic),
        "kind": topic.kind,
        "on": topic.is_on(book.today),
    }


def _topic(book: Book, topic: Topic) -> Page:
    t = book.t
    datasets = book.topics[topic.id]
    main = book.environment.get_template("topic.html").render(
        t=t,
        base=book.base,
        icon_name=topic.icon,
        title=book.topic_title(topic),
        lead=book.topic_summary(topic),
        crumbs=[(book.base, t["home"]), (book.url(_ALL), t["topics"])],
        emergency=_emergency(book, topic) if topic.kind == "emergency" else None,
        total=len(datasets),
        cards=[book.card(one) for one in datasets],
        facets=f"{book.base}datasets/?topic={topic.id}",
    )
    title, lead = book.topic_title(topic), book.topic_summary(topic)
    return _page(book, addresses.topic_page(topic.id), title, main=main, description=lead)


def _emergency(book: Book, topic: Topic) -> dict[str, object]:
    """What people must know of an emergency: whether it is on, how data are opened, what came when."""
    t = book.t
    on = topic.is_on(book.today)
    about = [
        (t["topic_event"], t[f"topic_event_{topic.event}"] if topic.event else ""),
        (t["topic_time"], _time(book, topic)),
        (t["topic_renewed"], topic.renewed or ""),
        (t["topic_fast_lane"], topic.fast_lane or ""),
    ]
    if article := book.profile.article_of("emergency"):
        about.append((t["topic_basis"], f"{article}{t['colon']}{t['topic_basis_text']}"))
    news = sorted(topic.news, key=lambda one: one.at, reverse=True)
    review = topic.reviewed
    return {
        "on": on,
        "state": _notice(book, topic),
        "about": [row for row in about if row[1]],
        "news": news,
        "review": t["topic_review_line"].format(date=book.day(review.date), by=review.by, result=review.result)
        if review
        else "",
        "paper": (review.document or "") if review else "",
        "ended": topic.until is not None and topic.until < book.today,
    }


def _state(book: Book, topic: Topic) -> str:
    """进行中, 已结束; nothing for topics of daily life."""
    if topic.kind != "emergency":
        return ""
    if topic.is_on(book.today):
        return book.t["topics_on"]
    return book.t["topics_past"] if topic.until and topic.until < book.today else ""


def _notice(book: Book, topic: Topic) -> str:
    t = book.t
    if topic.is_on(book.today):
        since = _day(book, topic.since)
        return t["topic_notice"].format(since=since, renewed=topic.renewed or "")
    if topic.until and topic.until < book.today:
        return t["topic_ended"].format(until=_day(book, topic.until))
    return t["topic_to_come"].format(since=_day(book, topic.since))


def _time(book: Book, topic: Topic) -> str:
    since = _day(book, topic.since)
    if topic.until:
        return book.t["topic_until"].format(since=since, until=_day(book, topic.until))
    return book.t["topic_since"].format(since=since)


def _day(book: Book, day: date | None) -> str:
    return book.day(day) if day else ""


def _page(book: Book, address: str, title: str, *, main: str, description: str) -> Page:
    return Page(
        url=book.url(address),
        title=title,
        main=main,
        description=description,
        section="topics",
        other=book.other_url(address),
        head=style_tag(book.environment, "css/browse.css"),
    )
