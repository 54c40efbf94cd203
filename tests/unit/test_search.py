"""portal/search: which records there are, what stands in the files, and that the same catalogue gives the same bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bench.generate import make_catalogue, make_facts
from portal.facts import DatasetFacts
from portal.places import put_in_place
from portal.problems import PortalError
from portal.profile import load_profile
from portal.search import Choice, English, SearchRecord, build_index, indexed_text, records_for
from portal.search.layout import PLACES
from portal.text import fold, matches
from tests.rendering.city import catalogue as made_catalogue

PROFILE = load_profile("suzhou")


def record(ident: str, title: str, **changes: object) -> SearchRecord:
    values: dict[str, object] = {
        "summary": "全市公共厕所的位置。",
        "names": ("公厕", "蹲位数", "squat_count"),
        "facets": {
            "department": (Choice("cgj", "苏州市城市管理局"),),
            "domain": (Choice("city", "城市管理"),),
            "type": (Choice("unconditional", "无条件开放"),),
            "format": (Choice("csv", "CSV"), Choice("xlsx", "XLSX")),
            "frequency": (Choice("annual", "每年"),),
            "area": (Choice("江苏省苏州市", "江苏省苏州市"),),
        },
        "data_date": date(2025, 12, 31),
        "rows": 3,
    }
    return SearchRecord(id=ident, title=title, **(values | changes))  # type: ignore[arg-type]


def read(site: Path) -> tuple[dict[str, object], Path]:
    entry = json.loads((site / "search/index.json").read_text("utf-8"))
    return entry, site / entry["base"].strip("/")


def postings(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """An independent reader of the pieces, written from the description of the format."""
    found: dict[str, list[tuple[int, int]]] = {}
    for path in folder.glob("p*.bin"):
        data = gzip.decompress(path.read_bytes())
        at = 0

        def numbers(data: bytes = data) -> Iterator[int]:
            nonlocal at
            while True:
                value = shift = 0
                while data[at] & 128:
                    value |= (data[at] & 127) << shift
                    shift += 7
                    at += 1
                value |= data[at] << shift
                at += 1
                yield value

        take = numbers()
        count, length = next(take), next(take)
        chars = data[at : at + length].decode()
        at += length
        held = [next(take) for _ in range(count)]
        steps = [[next(take) for _ in range(n)] for n in held]
        many = [[next(take) for _ in range(n)] for n in held]
        for number in range(count):
            record_number, places = 0, []
            for step, times in zip(steps[number], many[number], strict=True):
                record_number += step
                place = 0
                for _ in range(times):
                    place += next(take)
                    places.append((record_number, place))
            found[chars[2 * number : 2 * number + 2]] = places
        assert at == len(data)
    return found


def test_not_open_entries_are_in_no_record() -> None:
    catalogue = make_catalogue(300)
    hidden = {dataset.id for dataset in catalogue.datasets if dataset.open_type == "not-open"}
    records = records_for(catalogue, make_facts(catalogue), PROFILE)
    assert hidden
    assert [one.id for one in records] == sorted(
        dataset.id for dataset in catalogue.datasets if dataset.id not in hidden
    )
    conditional = next(one for one in records if one.facets["type"][0].value == "conditional")
    assert conditional.rows is None
    assert conditional.facets["type"][0].title == "有条件开放"


def test_a_record_holds_what_people_search_for() -> None:
    catalogue = make_catalogue(40)
    dataset = next(one for one in catalogue.datasets if one.is_open)
    found = next(one for one in records_for(catalogue, make_facts(catalogue), PROFILE) if one.id == dataset.id)
    text = indexed_text(found)
    department = next(one.name for one in catalogue.departments if one.id == dataset.department)
    columns = dataset.files[0].table_schema.fields  # type: ignore[union-attr]
    for word in (dataset.title, dataset.summary, department, *dataset.keywords, *(one.title for one in columns)):
        assert matches(text, word)
    assert [choice.title for choice in found.facets["format"]] == ["CSV", "XLSX", "JSON", "XML", "Parquet"]


def test_an_entry_without_facts_still_has_a_record() -> None:
    catalogue = make_catalogue(5)
    facts: dict[str, DatasetFacts] = {}
    assert all(one.rows is None for one in records_for(catalogue, facts, PROFILE))


def test_each_pair_stands_where_the_text_has_it(tmp_path: Path) -> None:
    records = [record("b", "苏州市公共厕所 2024"), record("a", "𠮷野廁所")]
    build_index(records, tmp_path, expected=2)
    _, folder = read(tmp_path)
    ids = json.loads((folder / "ids.json").read_text("utf-8"))
    by_id = {one.id: one for one in records}
    expected: dict[str, list[tuple[int, int]]] = {}
    for number, ident in enumerate(ids):
        one = by_id[ident]
        text = fold("\n".join((one.title, *one.names, one.summary)))
        for place, (first, second) in enumerate(pairwise(text)):
            if not first.isspace() and not second.isspace():
                expected.setdefault(first + second, []).append((number, place))
    found = postings(folder)
    assert {pair: places for pair, places in found.items() if pair[1] != "\n"} == expected
    assert found["4\n"] == [(ids.index("b"), 11)]  # ends a run and begins no pair: kept for one-character queries
    assert found["数\n"]
    assert "所\n" not in found  # begins the pair 所的 in the same record
    assert all(place < PLACES for places in found.values() for _, place in places)


def test_the_entry_names_the_first_pair_of_each_piece(tmp_path: Path) -> None:
    catalogue = make_catalogue(200)
    records = records_for(catalogue, make_facts(catalogue), PROFILE)
    report = build_index(records, tmp_path, expected=len(records), synonyms=[("公厕", "公共廁所")])
    entry, folder = read(tmp_path)
    pieces = sorted(folder.glob("p*.bin"), key=lambda path: int(path.stem[1:]))
    starts = str(entry["pairs"])
    assert len(starts) == 2 * len(pieces)
    assert len(pieces) > 3
    firsts = [starts[n : n + 2] for n in range(0, len(starts), 2)]
    assert firsts == sorted(firsts)
    for first, path in zip(firsts, pieces, strict=True):
        assert gzip.decompress(path.read_bytes()).find(first.encode()) < 6
    assert entry["synonyms"] == [["公厕", "公共厕所"]]
    assert report.records == len(records) == entry["count"]
    assert report.files == tuple(sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()))
    assert report.bytes == sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file())


def test_same_records_same_bytes_in_any_order(tmp_path: Path) -> None:
    catalogue = make_catalogue(60)
    records = records_for(catalogue, make_facts(catalogue), PROFILE)
    build_index(records, tmp_path / "one", expected=len(records))
    build_index(records[::-1], tmp_path / "two", expected=len(records))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("changes", "cut"),
    [({}, 1), ({"data_date": date(2026, 1, 1)}, 1), ({"rows": 9}, 1), ({"summary": "另一句话。"}, 2)],
    ids=["nothing", "date", "rows", "summary"],
)
def test_with_pieces_that_were_kept_the_index_is_what_it_would_be(
    tmp_path: Path, changes: dict[str, object], cut: int
) -> None:
    """`cut` is how often pieces were cut: anew only where a text changed."""
    cache = tmp_path / "cache"
    build_index([record("a", "公共厕所"), record("b", "公园")], tmp_path / "before", expected=2, cache=cache)
    now = [record("a", "公共厕所", **changes), record("b", "公园")]
    report = build_index(now, tmp_path / "kept/site", expected=2, cache=cache)
    put_in_place(report.places, tmp_path / "kept", cache)
    plain = build_index(now, tmp_path / "fresh", expected=2)
    kept = files(tmp_path / "kept/site")
    packed = {name for name in kept if name.endswith(".gz")}
    assert {name: kept[name] for name in kept.keys() - packed} == files(tmp_path / "fresh")
    assert all(gzip.decompress(kept[name]) == kept[name.removesuffix(".gz")] for name in packed)
    assert (report.files, report.bytes, report.records) == (plain.files, plain.bytes, plain.records)
    assert len(list((cache / "pieces").iterdir())) == cut


def test_what_does_not_tell_of_days_keeps_its_address(tmp_path: Path) -> None:
    """So that what a visitor's browser holds of it stays good after the daily build."""
    build_index([record("a", "公共厕所")], tmp_path / "one", expected=1)
    build_index([record("a", "公共厕所", data_date=date(2026, 1, 1))], tmp_path / "two", expected=1)
    build_index([record("a", "公共厕所", rows=9)], tmp_path / "three", expected=1)
    entries = [read(tmp_path / name)[0] for name in ("one", "two", "three")]
    assert entries[0]["base"] == entries[1]["base"] != entries[2]["base"]
    assert entries[0]["table"] != entries[1]["table"]


def test_a_changed_record_has_other_addresses(tmp_path: Path) -> None:
    build_index([record("a", "公共厕所")], tmp_path / "one", expected=1)
    build_index([record("a", "公共厕所名录")], tmp_path / "two", expected=1)
    assert read(tmp_path / "one")[0]["base"] != read(tmp_path / "two")[0]["base"]


@pytest.mark.parametrize("records", [[record("a", "公厕")], [record("a", "公厕"), record("a", "公厕")]])
def test_a_dataset_that_could_not_be_found_is_a_fault(tmp_path: Path, records: list[SearchRecord]) -> None:
    with pytest.raises(PortalError):
        build_index(records, tmp_path, expected=2)
    assert not list(tmp_path.iterdir())


def test_no_dataset_at_all(tmp_path: Path) -> None:
    assert build_index([], tmp_path, expected=0).records == 0
    assert read(tmp_path)[0]["pairs"] == ""


ENGLISH = English("Public toilets", "Where they are.", ("Cubicles",), ("Cubicles", "蹲位数"))


def test_english_stands_in_the_same_zones_and_in_cards_of_its_own(tmp_path: Path) -> None:
    facets = {"department": (Choice("cgj", "城管局", "City Management"),), "area": (Choice("苏州市", "苏州市"),)}
    records = [record("a", "公共厕所", english=ENGLISH, facets=facets), record("b", "公厕名录", facets=facets)]
    build_index(records, tmp_path, expected=2)
    chinese, folder = read(tmp_path)
    english = json.loads((tmp_path / "search/index.en.json").read_text("utf-8"))
    assert {key: english[key] for key in ("count", "base", "pairs", "cards", "synonyms")} == {
        key: chinese[key] for key in ("count", "base", "pairs", "cards", "synonyms")
    }
    values = {one["key"]: one["values"] for one in english["facets"]}
    assert values["department"] == [["cgj", "City Management", "城管局"]]
    assert values["area"] == [["苏州市", "苏州市"]]
    assert {one["key"]: one["values"] for one in chinese["facets"]}["department"] == [["cgj", "城管局"]]  # type: ignore[index]
    found = postings(folder)
    at = len("公共厕所\n")
    assert found["pu"] == [(0, at)]  # the English title begins the zone of names
    assert found["cu"][0][1] > at
    table = gzip.decompress((tmp_path / str(chinese["table"]).strip("/")).read_bytes())
    assert list(table[-2:]) == [len("public toilets"), 0]
    shown = json.loads((folder / "e0.json").read_text("utf-8"))
    assert [card[1] for card in shown] == ["Public toilets", "公厕名录"]
    assert [card[2] for card in shown] == ["Where they are.", "全市公共厕所的位置。"]
    assert shown[0][3][:2] == ["Cubicles", "公共厕所"]
    assert json.loads((folder / "c0.json").read_text("utf-8"))[0][1] == "公共厕所"
    assert json.loads((folder / english["fields"]).read_text("utf-8")) == [["Cubicles", 1], ["蹲位数", 1]]


def test_without_english_there_are_no_cards_in_english(tmp_path: Path) -> None:
    build_index([record("a", "公共厕所")], tmp_path, expected=1)
    english = json.loads((tmp_path / "search/index.en.json").read_text("utf-8"))
    assert english == read(tmp_path)[0]
    assert not list(tmp_path.rglob("e0.json"))


def test_what_an_entry_says_in_english_is_in_its_record() -> None:
    catalogue = made_catalogue()
    found = next(one for one in records_for(catalogue, {}, PROFILE) if one.id == "everything")
    assert found.english == English(
        "A dataset with everything", "All fields filled.", ("Number",), ("Number", *found.fields[1:])
    )
    assert found.facets["frequency"][0].english == "Annually"
    assert matches(indexed_text(found, "en"), "all fields number")
    department = found.facets["department"][0].english
    assert department
    assert matches(indexed_text(found, "en"), department)
    assert not matches(indexed_text(found), department)
