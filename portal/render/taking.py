"""Taking data away: all of it at once with the means to check it (SEC-5), and how to fetch one dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from portal import addresses
from portal.facts import Bundle, DatasetFacts, Download
from portal.model import Dataset
from portal.render import figures
from portal.render.book import FORMATS, Book
from portal.render.frame import Page, style_tag

MOST = 512 << 20
"""Bytes above which no zip of many sets is made (portal/bundling.py; a test holds the two together)."""
STYLE = "css/take.css"
CATALOGUE = (("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"))


def taking_pages(book: Book) -> Iterator[Page]:
    """/downloads/: the zips, the list of checksums, and how to check."""
    t, whole = book.t, book.offer.bundle()
    first = next((_first_file(book, dataset) for dataset in book.datasets if _first_file(book, dataset)), None)
    main = book.environment.get_template("downloads.html").render(
        t=t,
        base=book.base,
        crumbs=[(book.base, t["home"])],
        portal_url=book.catalogue.portal.url,
        whole=_shown(book, whole) if whole else None,
        departments=[_shown(book, one) for one in book.offer.bundles if one.department],
        key=book.offer.signing_key,
        signed=t["take_signed"].format(key=book.offer.signing_key),
        lists=_lists(book),
        commands=_commands(book, *first) if first else [],
        catalogue=[(addresses.catalogue_file(ending), name) for ending, name in CATALOGUE],
    )
    yield Page(
        url=book.url(addresses.DOWNLOADS),
        title=t["take_title"],
        main=main,
        description=t["take_lead"],
        section="datasets",
        other=book.other_url(addresses.DOWNLOADS),
        head=style_tag(book.environment, STYLE),
    )


def whole_department(book: Book, department: str) -> Markup | str:
    """For a department's page: the link to its zip with its size; empty where there is none."""
    one = book.offer.bundle(department)
    if one is None:
        return ""
    if not one.made:
        return book.t["take_one_too_large"].format(size=figures.size(one.bytes))
    name = one.address.rsplit("/", 1)[-1]
    told = book.aside(f"{_sets(book, one)}{book.t['comma']}{figures.size(one.bytes)}")
    return Markup(f'<a href="{escape(one.address)}" download>{escape(name)}</a>{escape(told)}')  # noqa: S704 -- escaped


def offer(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, object]:
    """What stands under the buttons of a dataset; nothing without files."""
    if facts is None or not facts.downloads:
        return {"formats": [], "curl": ""}
    return {"formats": formats(book, facts.downloads), "curl": curl(book, dataset, facts.downloads)}


def formats(book: Book, downloads: Sequence[Download]) -> list[tuple[str, str]]:
    """What each format that a dataset comes in is good for, in one line."""
    names = {"excel.csv": book.t["excel_csv"], "zip": "ZIP", "datapackage": "datapackage.json"}
    order = [*FORMATS, "zip", "datapackage"]
    order.insert(1, "excel.csv")
    there = {one.format for one in downloads}
    return [(names.get(one, FORMATS.get(one, one)), book.t[f"take_f_{one}"]) for one in order if one in there]


def curl(book: Book, dataset: Dataset, downloads: Sequence[Download]) -> str:
    """The line that fetches the first CSV; -f, so that an explanation is never taken for data."""
    first = next((one.name for one in downloads if one.format == "csv"), None)
    return f"curl -fO '{book.catalogue.portal.url}{addresses.download(dataset.id, first)}'" if first else ""


def _shown(book: Book, one: Bundle) -> dict[str, object]:
    size, t = figures.size(one.bytes), book.t
    too_large = "take_one_too_large" if one.department else "take_too_large"
    return {
        "href": one.address if one.made else "",
        "name": one.address.rsplit("/", 1)[-1],
        "size": size,
        "sha256": one.sha256,
        "sets": _sets(book, one),
        "count": len(one.datasets),
        "too_large": t[too_large].format(size=size, most=figures.size(MOST)),
        "title": book.department_name(one.department) if one.department else "",
        "page": book.url(addresses.department_page(one.department)) if one.department else "",
    }


def _sets(book: Book, one: Bundle) -> str:
    return book.t["take_sets"].format(n=figures.number(len(one.datasets)))


def _lists(book: Book) -> list[tuple[str, str]]:
    """Label and address of the list and what belongs to it."""
    found = [("take_list", addresses.MANIFEST), ("take_statement", addresses.MANIFEST_JSON)]
    if book.offer.signing_key:
        found += [("take_signature", addresses.MANIFEST_SIGNATURE), ("take_key", addresses.MANIFEST_KEY)]
    return [(book.t[label], address) for label, address in found]


def _first_file(book: Book, dataset: Dataset) -> tuple[Dataset, Download] | None:
    facts = book.facts.get(dataset.id)
    csv = next((one for one in facts.downloads if one.format == "csv"), None) if facts and dataset.is_open else None
    return (dataset, csv) if csv else None


def _commands(book: Book, dataset: Dataset, csv: Download) -> list[tuple[str, str]]:
    """What to type, with a file that really is there."""
    t, site = book.t, book.catalogue.portal.url
    path = addresses.download(dataset.id, csv.name)
    lines = [
        (t["take_one_file"], f"curl -fO '{site}{path}'\necho '{csv.sha256}  {csv.name}' | sha256sum -c"),
        (t["take_windows"], f"(Get-FileHash {csv.name}).Hash.ToLower() -eq '{csv.sha256}'"),
        (t["take_all_files"], f"curl -fO '{site}{addresses.MANIFEST}'\nsha256sum -c --ignore-missing manifest.txt"),
    ]
    if book.offer.signing_key:
        fetch = "\n".join(f"curl -fO '{site}{one}'" for one in (addresses.MANIFEST_SIGNATURE, addresses.MANIFEST_KEY))
        check = "openssl pkeyutl -verify -pubin -inkey manifest.pub -rawin -in manifest.txt -sigfile manifest.txt.sig"
        lines.append((t["take_the_signature"], f"{fetch}\n{check}"))
    return lines
