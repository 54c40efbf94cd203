"""Figures of what the catalogue holds: sets, fields, rows, bytes by each way to look at it (STA-1, UPD-3, QLT-6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from portal.counts.figure import BYTES, FIELDS, ROWS, SETS, SHARE, Figure, Line, Measure, Words, share
from portal.counts.history import fields_of, is_realtime
from portal.facts import DatasetFacts
from portal.model import Catalogue, Dataset
from portal.profile import Profile

NOTHING_SAID = Words("未填写", "not stated")
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "xml": "XML", "parquet": "Parquet"}
_MEASURES = (SETS, SHARE, FIELDS, ROWS, BYTES)
_ABOUT = Words(
    "只计有公开页面的数据集；数据行和数据量只计无条件开放的，数据量为部门提交的原始文件大小。",
    "Datasets with a public page. Rows and size are those of data open without conditions; size is that of the files "
    "as handed in.",
)

Named = Sequence[tuple[str, Words]]


class Weight(NamedTuple):
    """What one dataset adds to each measure."""

    fields: int
    rows: int
    bytes: int


@dataclass(frozen=True)
class Counted:
    """The catalogue to be counted: listed sets only, so that what is not open leaves no trace (OT-1)."""

    catalogue: Catalogue
    facts: Mapping[str, DatasetFacts]
    profile: Profile

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """Those with a public page, by id."""
        return tuple(sorted((one for one in self.catalogue.datasets if one.is_listed), key=lambda one: one.id))

    @cached_property
    def departments(self) -> Mapping[str, Words]:
        """Names of departments by id."""
        return {one.id: Words(one.name, one.name_en or one.name) for one in self.catalogue.departments}

    def department(self, name: str) -> Words:
        """A department's name; its id where the register lacks it."""
        return self.departments.get(name, Words(name, name))

    def title(self, dataset: Dataset) -> Words:
        """A dataset's name in both languages."""
        return Words(dataset.title, dataset.title_en or dataset.title)

    def public(self, dataset: Dataset) -> DatasetFacts | None:
        """What was found out about a set whose rows are public."""
        return self.facts.get(dataset.id) if dataset.is_open else None

    @cached_property
    def weights(self) -> Mapping[str, Weight]:
        """Dataset id → what it adds."""
        found = {}
        for one in self.datasets:
            facts = self.public(one)
            found[one.id] = Weight(fields_of(one), facts.rows if facts else 0, facts.bytes if facts else 0)
        return found

    def label(self, key: str) -> Words:
        """What this city calls a key of the entry."""
        return Words(self.profile.labels.fields[key], self.profile.labels.fields_en[key])


def catalogue_figures(counted: Counted) -> Iterator[Figure]:
    """Every figure of the catalogue, the sum first."""
    yield _totals(counted)
    label = counted.label
    ways: tuple[tuple[str, str, str, Callable[[Dataset], Named]], ...] = (
        ("departments", "department", "department", lambda one: [(one.department, counted.department(one.department))]),
        ("domains", "domain", "domain", lambda one: [_domain(counted, one)]),
        ("open-types", "open_type", "access", lambda one: [_open_type(counted.profile, one)]),
        ("data-types", "data_type", "kind", lambda one: [_data_type(counted.profile, one)]),
        ("frequencies", "update_frequency", "frequency of updates", lambda one: [_frequency(counted.profile, one)]),
        ("levels", "level", "level", lambda one: [_plain(one.level)]),
        ("areas", "spatial", "area", lambda one: [_plain(one.spatial or one.jurisdiction)]),
    )
    for name, key, english, of in ways:
        first = Words(label(key).zh, english.capitalize())
        yield _by(counted, name, first, of)
    yield _formats(counted)
    yield _months(counted)
    yield _releases(counted)
    yield _realtime(counted)
    yield _usable(counted)


def _totals(counted: Counted) -> Figure:
    weights = counted.weights.values()
    sets = counted.datasets
    lines = (
        ("sets", SETS.title, len(sets)),
        ("departments", counted.label("department"), len({one.department for one in sets})),
        ("domains", counted.label("domain"), len({one.domain for one in sets})),
        ("tables", Words("数据表", "Tables"), sum(len(one.opened) for one in sets)),
        ("fields", FIELDS.title, sum(one.fields for one in weights)),
        ("rows", ROWS.title, sum(one.rows for one in weights)),
        ("bytes", Words("数据量（字节）", "Size (bytes)"), sum(one.bytes for one in weights)),
    )
    return Figure(
        "totals", Words("总量", "Totals"), _ABOUT, Words("项目", "What"), (Measure("count", Words("数量", "Count")),),
        tuple(Line(key, title, (value,)) for key, title, value in lines), shown="table",
    )  # fmt: skip


def _by(counted: Counted, name: str, first: Words, of: Callable[[Dataset], Named]) -> Figure:
    """Counted by what `of` says of each dataset; most sets first."""
    titles: dict[str, Words] = {}
    found: dict[str, list[str]] = {}
    for one in counted.datasets:
        for key, title in of(one):
            titles.setdefault(key, title)
            found.setdefault(key, []).append(one.id)
    order = sorted(found, key=lambda key: (-len(found[key]), key))
    lines = tuple(Line(key, titles[key], _sums(counted, found[key])) for key in order)
    return Figure(name, _by_title(first), _ABOUT, first, _MEASURES, lines)


def _by_title(first: Words) -> Words:
    return Words(f"按{first.zh}", f"By {first.en[:1].lower()}{first.en[1:]}")


def _sums(counted: Counted, ids: Sequence[str]) -> tuple[int | float | None, ...]:
    weights = [counted.weights[name] for name in ids]
    sums = (sum(one.fields for one in weights), sum(one.rows for one in weights), sum(one.bytes for one in weights))
    return (len(ids), share(len(ids), len(counted.datasets)), *sums)


def _domain(counted: Counted, one: Dataset) -> tuple[str, Words]:
    found = next((each for each in counted.catalogue.domains if each.id == one.domain), None)
    return one.domain, Words(found.title, found.title_en or found.title) if found else Words(one.domain, one.domain)


def _open_type(profile: Profile, one: Dataset) -> tuple[str, Words]:
    labels = profile.labels
    return one.open_type, Words(labels.open_type_name(one.open_type), labels.open_types_en[one.open_type])


def _data_type(profile: Profile, one: Dataset) -> tuple[str, Words]:
    labels = profile.labels
    return one.data_type, Words(labels.data_types[one.data_type], labels.data_types_en[one.data_type])


def _frequency(profile: Profile, one: Dataset) -> tuple[str, Words]:
    if one.status == "static":
        return "static", Words("静态数据，不再更新", "Static, no longer updated")
    found = profile.frequencies[one.update_frequency]
    return one.update_frequency, Words(found.label, found.label_en)


def _plain(value: str | None) -> tuple[str, Words]:
    return (value, Words(value, value)) if value else ("", NOTHING_SAID)


def _formats(counted: Counted) -> Figure:
    """Files to take away: how many sets come in a format, in how many files of which size."""
    sets: dict[str, set[str]] = {name: set() for name in FORMATS}
    files = dict.fromkeys(FORMATS, 0)
    sizes = dict.fromkeys(FORMATS, 0)
    for one in counted.datasets:
        facts = counted.public(one)
        for item in facts.downloads if facts else ():
            name = item.format.removeprefix("excel.")
            if item.table and name in FORMATS:
                sets[name].add(one.id)
                files[name] += 1
                sizes[name] += item.bytes
    order = sorted((name for name in FORMATS if sets[name]), key=lambda name: (-len(sets[name]), name))
    measures = (
        SETS,
        SHARE,
        Measure("files", Words("文件", "Files")),
        Measure("bytes", Words("文件大小", "Size"), "bytes"),
    )
    lines = tuple(
        Line(
            name,
            Words(FORMATS[name], FORMATS[name]),
            (len(sets[name]), share(len(sets[name]), len(counted.datasets)), files[name], sizes[name]),
        )
        for name in order
    )
    about = Words(
        "可下载的文件，一个数据集可有多种格式；CSV 含 Excel 专用的一种。占比以全部数据集为分母。",
        "Files to take away; a dataset comes in several formats. CSV counts the variant for Excel as well. Shares are "
        "of all datasets.",
    )
    first = Words(counted.label("formats").zh, "Format")
    return Figure("formats", _by_title(first), about, first, measures, lines)


def _months(counted: Counted) -> Figure:
    label = counted.label("data_date").zh
    figure = _by(counted, "data-months", Words("月份", "Month"), lambda one: [_month(one.data_date.isoformat())])
    lines = tuple(sorted(figure.lines, key=lambda line: line.key, reverse=True))
    title = Words(f"按{label}所在月份", "By month of the data")
    return Figure(figure.name, title, figure.about, figure.first, figure.measures, lines)


def _month(day: str) -> tuple[str, Words]:
    return day[:7], Words(day[:7], day[:7])


def _releases(counted: Counted) -> Figure:
    """Registered releases by the month in their name: a release is named after the day its data speak for."""
    found: dict[str, list[str]] = {}
    for one in counted.datasets:
        for release in counted.catalogue.releases.get(one.id, ()):
            found.setdefault(release.release[:7], []).append(one.id)
    lines = tuple(
        Line(month, Words(month, month), (len(found[month]), len(set(found[month]))))
        for month in sorted(found, reverse=True)
    )
    about = Words(
        "登记过的数据版本。版本以其数据所反映的日期命名，所以月份是数据的，不是上传的。",
        "Registered releases of data. A release is named after the day that its data speak for, not of its upload.",
    )
    measures = (Measure("releases", Words("版本", "Releases")), SETS)
    return Figure(
        "releases", Words("按版本所在月份", "By month of release"), about, Words("月份", "Month"), measures, lines
    )


def _realtime(counted: Counted) -> Figure:
    """The share of real-time data and APIs (UPD-3)."""
    sets = counted.datasets
    kinds: tuple[tuple[str, Words, Callable[[Dataset], bool]], ...] = (
        ("realtime", Words("实时与接口（含每日更新）", "Real-time, API or daily"), is_realtime),
        ("api", Words("以接口提供", "Offered as an API"), lambda one: one.data_type == "api"),
        ("query", Words("可在线查询（免密钥接口）", "Rows can be queried online, no key"), _is_queried),
    )  # fmt: skip
    lines = tuple(
        Line(key, title, (sum(map(test, sets)), share(sum(map(test, sets)), len(sets)))) for key, title, test in kinds
    )
    about = Words(
        "实时与接口：数据类型为接口，或更新频率为实时、每日。各行可以重叠。",
        "Real-time: data of type API, or updated in real time or daily. The rows overlap.",
    )
    title = Words("实时与接口数据的比重", "Share of real-time data and APIs")
    return Figure("realtime", title, about, Words("方式", "How"), (SETS, SHARE), lines)


def _usable(counted: Counted) -> Figure:
    """How easily the data can be used: preview, charts, explained fields, units and codes (QLT-6)."""
    sets = counted.datasets
    kinds: tuple[tuple[str, Words, Callable[[Dataset], bool]], ...] = (
        ("preview", Words("有表格预览", "With a table preview"), lambda one: counted.public(one) is not None),
        ("views", Words("声明了图表或地图", "With a declared chart or map"), lambda one: bool(one.views)),
        ("described", Words("每个数据项都有说明", "Every field explained"), _described),
        ("related", Words("声明了与其他数据的关系", "With declared relations"), lambda one: bool(one.relations)),
        ("english", Words("有英文名称和摘要", "With English title and summary"), _in_english),
    )  # fmt: skip
    lines = tuple(Line(key, title, _part(sum(map(test, sets)), len(sets))) for key, title, test in kinds)
    about = Words("从目录条目和数据文件得出，各行可以重叠。", "From the entries and the data; the rows overlap.")
    return Figure("usability", Words("易用程度", "Ease of use"), about, Words("方面", "Aspect"), (SETS, SHARE), lines)


def _is_queried(one: Dataset) -> bool:
    return one.is_open and bool(one.opened)


def _in_english(one: Dataset) -> bool:
    return bool(one.title_en and one.summary_en)


def _described(one: Dataset) -> bool:
    fields = [column for _, table in one.opened for column in table.table_schema.fields]
    return bool(fields) and all(column.description for column in fields)


def _part(part: int, whole: int) -> tuple[int, float | None]:
    return part, share(part, whole)
