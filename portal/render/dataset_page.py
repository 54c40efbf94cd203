"""The page of one dataset, top to bottom: judge it, take it, look into it, understand it, mend it."""

from __future__ import annotations

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Dataset
from portal.render import about as words_of
from portal.render import cite, citing, examples, figures, history, machines, samples, tables, taking
from portal.render.book import Book
from portal.render.charts import views as charts
from portal.render.frame import Page, script_tag, style_tag
from portal.render.handling import cases_of
from portal.render.results import works_of


def dataset_page(book: Book, dataset: Dataset) -> Page:
    """The page of a listed dataset; a conditional one shows its conditions and no data (OT-1)."""
    facts = book.facts.get(dataset.id) if dataset.is_open else None
    address = addresses.dataset_page(dataset.id)
    values = _values(book, dataset, facts)
    main = book.environment.get_template("dataset.html").render(values)
    head = cite.json_ld(book, dataset, facts) + machines.dataset_links(dataset, facts)
    head += style_tag(book.environment, taking.STYLE)
    if facts or values["sample"]:
        head += script_tag(book.environment, "js/preview.js")
    if values["views"]:
        head += style_tag(book.environment, "css/chart.css") + script_tag(book.environment, "js/views.js")
    return Page(
        url=book.url(address),
        title=book.title(dataset),
        main=main,
        description=book.summary(dataset),
        section="datasets",
        other=book.other_url(address),
        head=head,
    )


def _values(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, object]:
    t = book.t
    rows = book.rows(dataset)
    drawn = charts.views(book, dataset, facts) if facts else []
    values: dict[str, object] = {
        "t": t,
        "labels": book.labels,
        "base": book.base,
        "portal": book.catalogue.portal,
        "id": dataset.id,
        "title": book.title(dataset),
        "summary": book.summary(dataset),
        "crumbs": [
            (book.base, t["home"]),
            (f"{book.base}datasets/", t["datasets"]),
            (book.url(addresses.domain_page(dataset.domain)), book.domain_title(dataset.domain)),
        ],
        "badges": book.badges(dataset),
        "department": {
            "href": book.url(addresses.department_page(dataset.department)),
            "title": book.department_name(dataset.department),
        },
        "date": book.day(dataset.data_date),
        "date_iso": dataset.data_date.isoformat(),
        "rows": rows,
        "rows_about": book.aside(figures.about(rows, book.lang)) if rows else "",
        "update_label": book.labels["update_frequency"],
        "update": book.inside(book.frequency(dataset.update_frequency)),
        "due": _due(book, dataset),
        "used": _used(book, dataset),
        "conditional": words_of.conditional(book, dataset),
        "service": dataset.api if dataset.data_type == "api" else None,
        "downloads": tables.downloads(book, dataset, facts) if facts else [],
        "missing": tables.missing(book, facts) if facts else [],
        "tables": tables.previews(book, dataset, facts) if facts else [],
        "views": drawn,
        "views_heading": charts.heading(book, drawn),
        "fields": tables.fields(book, dataset, facts),
        "terms": words_of.terms(book, dataset),
        "about": words_of.about(book, dataset),
        "quality": words_of.quality(book, dataset, facts),
        "related": words_of.related(book, dataset),
        "examples": examples.examples(book, dataset) if facts else [],
    }
    values |= _taking(book, dataset, facts)
    values["sections"] = _sections(book, values)
    return values


def _taking(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, object]:
    """How to take the data, what they were before, how to name them, what was made of them."""
    return {
        "works": works_of(book, dataset.id),
        "cases": cases_of(book, dataset.id),
        "take": taking.offer(book, dataset, facts),
        "sample": samples.shown(book, dataset),
        "past": history.section(book, dataset, facts),
        "cite": citing.citations(book, dataset, facts),
    }


def _due(book: Book, dataset: Dataset) -> str:
    """In the facts line only where there is a day to say."""
    timing = book.due(dataset)
    return f"{book.labels['next_due']} {words_of.next_due(book, dataset)}" if timing.due else ""


def _used(book: Book, dataset: Dataset) -> str:
    """How much it was used, once anything is counted."""
    use = book.use(dataset)
    if use is None:
        return ""
    told = {key: figures.number(value) for key, value in use._asdict().items()}
    return figures.singular(book.t["st_used"].format(**told))


def _sections(book: Book, values: dict[str, object]) -> list[tuple[str, str]]:
    """Anchor and name of what the page really holds, in its order."""
    t, label = book.t, book.labels
    places = [
        ("conditions", label["open_conditions"], values["conditional"]),
        ("sample", t["sample_title"], values["sample"]),
        ("api", t["api"], values["service"]),
        ("download", t["download"], values["downloads"]),
        ("preview", t["preview"], values["tables"]),
        ("views", str(values["views_heading"]), values["views"]),
        ("fields", label["fields"], values["fields"]),
        ("about", t["about_data"], True),
        ("quality", t["quality"], True),
        ("history", t["history"], values["past"]),
        ("related", t["related"], values["related"]),
        ("works", t["show_title"], values["works"]),
        ("cases", t["fb_here"], values["cases"]),
        ("api", t["api"], values["examples"]),
        ("cite", t["cite"], True),
    ]
    return [(anchor, name) for anchor, name, there in places if there]
