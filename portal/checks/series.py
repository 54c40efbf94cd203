r"""Series cut up into pieces 碎片化: what only year, month or area tells apart (SH-16¶1(2)「零散数据整合」).

A title without its time and its areas is the series' name; entries of one name, department and columns are one series,
unless the entry says how they belong together. Areas are those that the entries themselves name (`jurisdiction`,
`spatial`, `name_parts.area`) and the portal's levels of government: no list of places is kept here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from portal.checks.shape import FileFinding, Finding, Scene, tables_of
from portal.model import DataFile, Dataset
from portal.problems import shown

YEAR = r"(?:(?:1[89]|20|21)\d{2}|[一二][〇零○一二三四五六七八九]{3})"
TIME = re.compile(
    rf"{YEAR}(?:年度?)?(?:\s*[-—–~～至到]\s*(?:{YEAR}|今)(?:年度?)?)?|\d{{1,2}}月份?|[上下]半年|第?[一二三四1-4]季度|(?<=[-_])\d{{1,2}}(?=$|[-_])"
)
SUFFIXES = ("自治区", "自治州", "开发区", "街道", "地区", "新区", "省", "市", "区", "县", "旗", "镇", "乡")
PARTS = re.compile(rf".+?(?:{'|'.join(SUFFIXES)})")
REST = re.compile(r"[\s()（）\[\]【】\-—–_.·:：、,，]+")
SHORTEST = 3
"""Characters of a series' name: less says nothing."""
NAMED = 5
"""Other entries that a problem names."""


def series_are_whole(scene: Scene) -> Iterator[FileFinding]:
    """Entries that only year or area tells apart are one dataset, or say how they belong together."""
    groups: dict[tuple[str, ...], list[Dataset]] = defaultdict(list)
    shared = frozenset(name for level in scene.catalogue.portal.jurisdictions for name in _spellings(level.name))
    for dataset in scene.catalogue.datasets:
        columns = _columns(dataset)
        name = series_name(dataset.title, shared | areas_of(dataset))
        if columns and len(name) >= SHORTEST and dataset.is_listed:
            groups[(dataset.department, name, *columns)].append(dataset)
    for members in groups.values():
        yield from _told([one for one in members if not _belongs(one, members)])


def files_are_appended(dataset: Dataset, scene: Scene) -> Iterator[Finding]:
    """Files of one entry that only year or area tells apart are one table."""
    shared = frozenset(name for level in scene.catalogue.portal.jurisdictions for name in _spellings(level.name))
    groups: dict[tuple[str, ...], list[tuple[int, DataFile]]] = defaultdict(list)
    for index, table in tables_of(dataset):
        file = dataset.files[index]
        stem = file.title or file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        name = series_name(stem, shared | areas_of(dataset))
        groups[(name, *table.table_schema.names)].append((index, file))
    for members in groups.values():
        if len(members) > 1:
            files = "、".join(shown(file.path) for _, file in members)
            yield Finding(
                ("files", members[1][0], "path"), {"files": files, "what": "时间或地域", "what_en": "time or area"}
            )


def series_name(title: str, areas: Iterable[str]) -> str:
    """A title without times, areas and the marks that stood around them."""
    for area in sorted(areas, key=lambda one: (-len(one), one)):
        title = title.replace(area, " ")
    return REST.sub("", TIME.sub(" ", title))


def areas_of(dataset: Dataset) -> frozenset[str]:
    """The areas that an entry names, each part by itself: `某省某市某县` has three."""
    told = [dataset.jurisdiction, dataset.spatial, dataset.name_parts.area if dataset.name_parts else None]
    parts = [part for text in told if text for part in (text, *PARTS.findall(text))]
    return frozenset(name for part in parts for name in _spellings(part.strip()))


def _spellings(area: str) -> Iterator[str]:
    """With its kind and, where two characters are left, without."""
    yield area
    suffix = next((one for one in SUFFIXES if area.endswith(one)), "")
    if suffix and len(area) - len(suffix) >= 2:
        yield area.removesuffix(suffix)


def _columns(dataset: Dataset) -> tuple[str, ...]:
    return tuple(name for _, table in tables_of(dataset) for name in table.table_schema.names)


def _belongs(dataset: Dataset, members: Sequence[Dataset]) -> bool:
    """It says how it belongs to another member, or another one says so of it."""
    others = [one for one in members if one.id != dataset.id]
    return any(dataset.id in _tied(other) or other.id in _tied(dataset) for other in others)


def _tied(dataset: Dataset) -> set[str]:
    relations = {relation.to for relation in dataset.relations}
    return {*relations, *dataset.merged_from, *(dataset.distinguished_from or {}), dataset.part_of or ""}


def _told(members: Sequence[Dataset]) -> Iterator[FileFinding]:
    apart = len({REST.sub("", one.title) for one in members}) == len(members)  # one title twice: `title-duplicate`
    for one in members if apart and len(members) > 1 else ():
        others = [other.id for other in members if other.id != one.id]
        named = "、".join(others[:NAMED]) + (f" 等 {len(others)} 个" if len(others) > NAMED else "")
        path = f"catalog/{one.department}/{one.id}.yml"
        times = len({tuple(TIME.findall(member.title)) for member in members}) > 1
        what = ("时间", "time") if times else ("地域", "area")
        yield FileFinding(path, ("title",), {"others": named, "what": what[0], "what_en": what[1]})
