"""Rules about names (CAT-2, CAT-3; 上海市公共数据开放实施细则 第九条第二款第一项).

简明扼要的名称，清楚展现该数据的关键字段、时间范围、地域范围等信息，并应当与相似数据集有明显区分度.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from portal.checks.likeness import ANYWHERE, NATION, Name, core, too_alike
from portal.checks.shape import FileFinding, FileRule, Finding, Rule, Scene, tables_of
from portal.model import Dataset
from portal.problems import shown
from portal.text import fold

YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?=\s*(?:年|[-—–~～至到]))")
RANGE = re.compile(r"(?<!\d)(\d{4})\s*年?\s*[-—–~～至到]+\s*(\d{4})(?!\d)")
TIME = re.compile(
    r"\d{2,4}\s*年|\d{4}\s*[-—–~～至到]|[〇零一二三四五六七八九]{4}年|[唐宋元明清]代|民国|第?[一二三四\d]+季度|\d+月|\d{1,2}世纪"
    r"|实时|现行|历年|历史|逐[年月日]|截至|[上下]半年"
)
PARTS = {"field": "关键字段", "time": "时间范围", "area": "地域范围"}
PARTS_EN = {"field": "key field", "time": "time range", "area": "area"}
NOT_APPLICABLE = {"field": "字段", "time": "时间|时期|时段|年份|时限", "area": "地域|区域|地区|地理|空间|范围"}
MANY = 3
"""Similar names that a sentence names; of more, their number."""


def title_is_short(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """A name is short: two letters or digits count as one character."""
    length = sum(1.0 if ord(char) > 0x2E7F else 0.5 for char in dataset.title)
    if length > scene.profile.naming.max_length:
        values = {"length": f"{length:g}", "most": str(scene.profile.naming.max_length)}
        yield Finding(("title",), values)


def title_shows_its_parts(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """The name, or name_parts beside it, shows key field, time and area, or says why one does not apply."""
    missing = [part for part in PARTS if not _shows(part, dataset, scene)]
    if missing:
        values = {"missing": "、".join(PARTS[one] for one in missing)}
        yield Finding(("title",), values | {"missing_en": ", ".join(PARTS_EN[one] for one in missing)})


def _shows(part: str, dataset: Dataset, scene: Scene) -> bool:
    given = dataset.name_parts
    if given and (getattr(given, part) or re.search(NOT_APPLICABLE[part], given.not_applicable or "")):
        return True
    if part == "time":
        return bool(TIME.search(dataset.title))
    if part == "area":
        words = (*NATION, *ANYWHERE, *_places(scene))
        return any(word in dataset.title for word in words) or bool(
            _pairs_of(dataset.spatial or "") & _pairs_of(dataset.title)
        )
    return _names_a_field(dataset)


def _places(scene: Scene) -> tuple[str, ...]:
    """The city and its districts, with and without 市 at the end."""
    portal = scene.catalogue.portal
    names = (portal.city, *(one.name for one in portal.jurisdictions))
    return (*names, *(name[:-1] for name in names if len(name) > 2))


def _names_a_field(dataset: Dataset) -> bool:
    """Whether the name shares two characters in a row with a data item's label or name.

    An entry without data items (an API) is judged by its key words.
    """
    about = core(dataset.title)
    columns = [column for _, table in tables_of(dataset) for column in table.table_schema.fields]
    labels = [text for column in columns for text in (column.title, column.name)] or dataset.keywords
    known = "\n".join(labels).lower()
    return any(pair in known for pair in _pairs_of(about))


def _pairs_of(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}


def title_agrees_with_time(dataset: Dataset, _: Scene) -> Iterator[Finding]:
    """The years that a name shows are those that the data cover."""
    if dataset.temporal is None:
        return
    first, last = dataset.temporal.from_.year, dataset.temporal.to.year
    text = f"{dataset.title}{(dataset.name_parts and dataset.name_parts.time) or ''}"
    years = {int(year) for found in RANGE.findall(text) for year in found} | {int(year) for year in YEAR.findall(text)}
    wrong = sorted(year for year in years if not first <= year <= last and year != dataset.data_date.year)
    if wrong:
        covered = str(first) if first == last else f"{first}—{last}"
        yield Finding(("title",), {"years": "、".join(map(str, wrong)), "covered": covered})


def titles_differ(scene: Scene) -> Iterator[FileFinding]:
    """No two entries have the same name."""
    seen: dict[str, Dataset] = {}
    for one in sorted(scene.catalogue.datasets, key=lambda one: _age(one, scene)):
        name = re.sub(r"[\W_]+", "", fold(one.title))
        first = seen.setdefault(name, one)
        if first is not one:
            yield FileFinding(_path(one), ("title",), {"title": shown(one.title), "other": first.id})


def titles_are_told_apart(scene: Scene) -> Iterator[FileFinding]:
    """Names that are nearly alike are told apart by `distinguished_from`, in the entry that came later.

    Of a group of similar names each has to be told apart from one other at least, so that nobody has to write a note
    for every pair.
    """
    datasets = sorted(scene.catalogue.datasets, key=lambda one: _age(one, scene))
    names = [Name(one.id, one.title, one.spatial or "") for one in datasets]
    similar: dict[str, list[str]] = defaultdict(list)
    by_id = {one.id: one for one in datasets}
    groups = _told_apart(datasets, scene)
    for pair in too_alike(names, _places(scene), scene.profile.naming.similarity_max):
        if not groups.same(pair.first, pair.second):
            similar[pair.second].append(pair.first)
    for one in datasets:
        if others := [other for other in similar.get(one.id, ()) if not _same_name(one, by_id[other])]:
            more = f" 等 {len(others)} 个" if len(others) > MANY else ""
            values = {"title": shown(one.title), "first": others[0], "count": str(len(others))}
            named = "、".join(f"{other}（{shown(by_id[other].title)}）" for other in others[:MANY])
            yield FileFinding(
                _path(one), ("title",), values | {"others": named + more, "ids": ", ".join(others[:MANY])}
            )


def _path(dataset: Dataset) -> str:
    return f"catalog/{dataset.department}/{dataset.id}.yml"


def _same_name(one: Dataset, other: Dataset) -> bool:
    """`title-duplicate` speaks of these."""
    return re.sub(r"[\W_]+", "", fold(one.title)) == re.sub(r"[\W_]+", "", fold(other.title))


def _told_apart(datasets: Iterable[Dataset], scene: Scene) -> _Groups:
    """Which entries say how they differ from which, by present or former ids."""
    groups = _Groups()
    for one in datasets:
        for name, note in (one.distinguished_from or {}).items():
            other = scene.by_id.get(name)
            if other and len(re.sub(r"[\W_]+", "", note)) >= scene.profile.naming.description_min:
                groups.join(one.id, other.id)
    return groups


def _age(dataset: Dataset, scene: Scene) -> tuple[str, str]:
    """Earlier opened first: by the first release, then by id. What has no release yet is the newest."""
    releases = scene.catalogue.releases.get(dataset.id, ())
    return (releases[0].release if releases else "9999", dataset.id)


class _Groups:
    """Which names have been told apart from one another, directly or through others (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def top(self, name: str) -> str:
        """The name that stands for the group."""
        while (above := self._above.get(name, name)) != name:
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        """These two are told apart from each other."""
        self._above[self.top(one)] = self.top(other)

    def same(self, one: str, other: str) -> bool:
        """Notes lead from one to the other."""
        return self.top(one) == self.top(other)


NAMING_RULES: dict[str, Rule] = {
    "title-too-long": title_is_short,
    "title-parts": title_shows_its_parts,
    "title-time": title_agrees_with_time,
}

NAMING_CITY_RULES: dict[str, FileRule] = {
    "title-duplicate": titles_differ,
    "title-similar": titles_are_told_apart,
}
