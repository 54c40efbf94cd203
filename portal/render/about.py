"""The parts of a dataset's page that are words: about, quality, history, relations. All of the entry that is public."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from markupsafe import Markup, escape

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.records import Allowance, Contact, Licence, Review, SourceNote
from portal.render import figures
from portal.render.agreement import agreement
from portal.render.book import Book
from portal.render.html import code, joined, lines, link, mail, whole
from portal.render.scores import scores
from portal.text import plain_term

Row = tuple[str, Markup | str]
NEIGHBOURS = 5


def about(book: Book, dataset: Dataset) -> list[Row]:
    """Label and value of every public key of the entry that has one, in the city's words (CAT-9)."""
    label, t = book.labels, book.t
    period = dataset.temporal
    rows: list[tuple[str, Markup | str | None]] = [
        (label["department"], link(book.url(addresses.department_page(dataset.department)), _owner(book, dataset))),
        (label["domain"], link(book.url(addresses.domain_page(dataset.domain)), book.domain_title(dataset.domain))),
        (label["keywords"], _keywords(book, dataset)),
        (label["open_type"], book.open_type(dataset.open_type)),
        (label["open_ground"], dataset.open_ground),
        (label["open_scope"], dataset.open_scope),
        (label["open_content"], dataset.open_content),
        (t["plan_reasons"], _priority(book, dataset)),
        (label["data_type"], _data_type(book, dataset)),
        (label["formats"], t["enumeration"].join(book.format_name(name) for name in book.formats(dataset))),
        (label["update_frequency"], book.frequency(dataset.update_frequency)),
        (label["generation_frequency"], _frequency(book, dataset.generation_frequency)),
        (label["data_date"], book.day(dataset.data_date)),
        (label["next_due"], next_due(book, dataset)),
        (t["static_reason"], dataset.static_reason),
        (label["temporal"], f"{book.day(period.from_)} {t['until']} {book.day(period.to)}" if period else None),
        (label["spatial"], dataset.spatial),
        (label["coordinate_system"], dataset.coordinate_system),
        (label["jurisdiction"], dataset.jurisdiction),
        (label["level"], dataset.level),
        (label["licence"], _licence(dataset.licence)),
        (label["source"], _source(book, dataset.source)),
        (label["contact"], contact(book, _contact(book, dataset))),
        (
            t["channels"],
            t["enumeration"].join(t[f"channel_{one.kind}"].format_map(dict(one)) for one in dataset.channels),
        ),
        (label["registration_no"], dataset.registration_no),
        (label["id"], code(dataset.id)),
        *((name, value) for name, value in sorted((dataset.extra or {}).items())),
    ]
    return [(name, value) for name, value in rows if value]


def quality(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> list[tuple[str, list[Markup | str]]]:
    """On time or not, the scores, empty values, exceptions with their reasons, processing, reviews: what to trust."""
    t = book.t
    rows: list[tuple[str, list[Markup | str]]] = [(t["on_time"], [_on_time(book, dataset)])]
    rows += scores(book, facts)
    if facts and dataset.is_open:
        rows.append((t["completeness"], [_completeness(book, facts)]))
    rows.append((t["allowances"], [_allowance(book, one) for one in dataset.allow] or [t["no_allowances"]]))
    if dataset.processing:
        done: list[Markup | str] = [book.told(t[f"p_{one.kind}"], one.note) for one in dataset.processing]
        rows.append((book.labels["processing"], done))
    rows.append((t["reviews"], [_review(book, one) for one in dataset.reviews] or [t["no_reviews"]]))
    if dataset.evaluations:
        rows.append((t["evaluations"], [book.told(book.day(one.date), one.result) for one in dataset.evaluations]))
    return rows


def related(book: Book, dataset: Dataset) -> list[tuple[str, list[dict[str, str]]]]:
    """The relations that the entry declares, then neighbours of the domain. Only sets with a page are named."""
    t = book.t
    groups: dict[str, list[dict[str, str]]] = {}

    def add(label: str, other: str, note: str = "", fields: Mapping[str, str] | None = None) -> None:
        if other in book.by_id and other != dataset.id:
            groups.setdefault(label, []).append(
                _relative(book, other, note) | {"join": _join(book, dataset, other, fields)}
            )

    for one in dataset.relations:
        pairs = t["enumeration"].join(f"{mine} → {theirs}" for mine, theirs in sorted((one.fields or {}).items()))
        note = t["semicolon"].join(part for part in (one.note, pairs) if part)
        add(t[f"rel_{one.kind}"], one.to, note, one.fields)
    if dataset.part_of:
        add(t["part_of"], dataset.part_of)
    for old in dataset.merged_from:
        add(t["merged_from"], old)
    for similar, difference in sorted((dataset.distinguished_from or {}).items()):
        add(t["distinguished"], similar, difference)
    for neighbour in neighbours(book, dataset):
        add(t["same_domain"], neighbour.id)
    return list(groups.items())


def named(dataset: Dataset) -> frozenset[str]:
    """The ids of the sets that an entry names."""
    ties = {one.to for one in dataset.relations} | set(dataset.distinguished_from or ()) | set(dataset.merged_from)
    return frozenset(ties | ({dataset.part_of} if dataset.part_of else set()))


def neighbours(book: Book, dataset: Dataset) -> tuple[Dataset, ...]:
    """The newest sets of its domain that the entry does not name itself."""
    told = named(dataset) | {dataset.id}
    return tuple(islice((one for one in book.in_domain(dataset.domain) if one.id not in told), NEIGHBOURS))


def next_due(book: Book, dataset: Dataset) -> str:
    """When the next data are due, as people say it."""
    timing = book.due(dataset)
    if timing.state == "static":
        return book.t["static_long"]
    if timing.due is None:
        return book.timing(timing.state)
    return book.t["due_at"].format(date=book.day(timing.due))


def contact(book: Book, one: Contact) -> Markup:
    """An office with its telephone and mail."""
    parts = [escape(one.office)]
    parts += [whole(one.phone)] if one.phone else []
    parts += [mail(one.email)] if one.email else []
    return joined(book.t["comma"], parts)


def conditional(book: Book, dataset: Dataset) -> dict[str, object] | None:
    """What an applicant must meet and hand in (SH-15, SZ-14); nothing of the data."""
    if dataset.open_type != "conditional":
        return None
    t = book.t
    rules = book.profile.application
    how = t["how_to_apply_text"].format(
        office=_contact_line(book, dataset), wd=rules.wd, start=t[f"from_{rules.counts_from}"]
    )
    return {
        "conditions": [
            {
                "kind": t[f"c_{one.category}"],
                "text": one.text,
                "ground": one.ground + _confirmed(book, dataset, one.text),
            }
            for one in dataset.open_conditions
        ],
        "agreement": agreement(book),
        "materials": [one + _confirmed(book, dataset, one) for one in dataset.application_materials],
        "how": how,
    }


def _confirmed(book: Book, dataset: Dataset, text: str) -> str:
    """Who confirmed, and why, that a condition may tell applicants apart (ACC-3)."""
    found = (one for one in dataset.confirmations if one.text.strip() == text.strip())
    said = (book.t["confirmed"].format(reason=one.reason, by=one.by, date=book.day(one.date)) for one in found)
    return "".join(said)


def terms(book: Book, dataset: Dataset) -> list[tuple[str, str]]:
    """The special terms that the entry marks, as the glossary has them, with their meaning (CAT-6)."""
    wanted = {plain_term(term) for term in dataset.terms}
    glossary = book.catalogue.glossary
    return [
        (one.term, one.meaning) for one in glossary if wanted & {plain_term(word) for word in (one.term, *one.aliases)}
    ]


def _allowance(book: Book, one: Allowance) -> str:
    until = book.aside(book.t["allow_until"].format(date=book.day(one.until)))
    reason = one.reason + until
    return book.told(book.t["allow_field"].format(field=one.field), reason) if one.field else reason


def _review(book: Book, one: Review) -> str:
    parts = [book.t[f"r_{one.result}"], book.day(one.date), one.by, one.document or ""]
    return book.told(book.t[f"r_{one.kind}"], book.t["comma"].join(part for part in parts if part))


def _relative(book: Book, other: str, note: str) -> dict[str, str]:
    target = book.by_id[other]
    return {"href": book.url(addresses.dataset_page(other)), "title": book.title(target), "note": note}


def _join(book: Book, dataset: Dataset, other: str, fields: Mapping[str, str] | None) -> str:
    """Where both are asked together, if the rows of both are public and the columns that belong together are known."""
    both = fields and book.rows(dataset) and book.rows(book.by_id[other])
    return book.url(addresses.query_join(dataset.id, other, fields)) if fields and both else ""


def _owner(book: Book, dataset: Dataset) -> str:
    return book.department_name(dataset.department)


def _priority(book: Book, dataset: Dataset) -> str:
    """Why it was opened first, in the words of the city's text (DEM-6); reasons that the text lacks stay unsaid."""
    asked = book.profile.priority_reasons
    return book.t["enumeration"].join(
        asked[one] if book.lang == "zh" else book.t[f"plan_r_{one}"] for one in dataset.priority_reasons if one in asked
    )


def _keywords(book: Book, dataset: Dataset) -> Markup:
    return joined(
        book.t["enumeration"], [link(book.url(addresses.search_page(word)), word) for word in dataset.keywords]
    )


def _data_type(book: Book, dataset: Dataset) -> str:
    labels = book.profile.labels
    return (labels.data_types if book.lang == "zh" else labels.data_types_en)[dataset.data_type]


def _frequency(book: Book, name: str | None) -> str | None:
    return book.frequency(name) if name else None


def _licence(licence: Licence) -> Markup | str:
    return link(licence.url, licence.name, "license noopener") if licence.url else licence.name


def _source(book: Book, source: SourceNote) -> Markup:
    t = book.t
    parts = [escape(t["upstream"] + source.upstream)]
    parts += [escape(t["obtained"] + source.package)] if source.package else []
    parts += [escape(t["source_licence"] + source.licence)] if source.licence else []
    parts += [escape(source.note)] if source.note else []
    parts += [link(source.url, t["source_url"], "noopener")] if source.url else []
    return lines(parts)


def _contact(book: Book, dataset: Dataset) -> Contact:
    if dataset.contact:
        return dataset.contact
    department = book.departments.get(dataset.department)
    return department.contact if department else book.catalogue.portal.contact


def _contact_line(book: Book, dataset: Dataset) -> str:
    one = _contact(book, dataset)
    return one.office + book.aside(book.t["comma"].join(part for part in (one.phone, one.email) if part))


def _on_time(book: Book, dataset: Dataset) -> str:
    timing = book.due(dataset)
    if timing.state == "overdue" and timing.due:
        late = book.t["days_overdue"].format(n=figures.number(timing.days_late))
        return book.told(book.timing(timing.state), late + book.aside(next_due(book, dataset)))
    if timing.due is None:
        return next_due(book, dataset)
    return book.timing(timing.state) + book.aside(book.told(book.labels["next_due"], next_due(book, dataset)))


def _completeness(book: Book, facts: DatasetFacts) -> str:
    cells = sum(table.rows * table.width for table in facts.tables)
    empty = sum(table.nulls for table in facts.tables)
    if not empty:
        return book.t["no_nulls"].format(n=figures.number(cells))
    return book.t["some_nulls"].format(n=figures.number(empty), share=figures.share(empty, cells))
