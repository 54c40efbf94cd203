"""How the portal does in the Metadata Quality Assessment of data.europa.eu: 405 points, from the published triples.

Weights and bands: https://data.europa.eu/mqa/methodology. A line about files counts, for each dataset, the share of its
files that have it, and nothing for a dataset without files; the portal's points are the mean over its datasets, as a
catalogue is scored there. The build asks no network: an address counts as answering where it lies in this release.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from portal.dcat import vocabulary
from portal.dcat.conformance import conforms
from portal.dcat.describe import Described, Describer
from portal.dcat.nodes import Iri, Node
from portal.facts import DatasetFacts
from portal.model import Catalogue
from portal.shape import Shape

Band = Literal["excellent", "good", "sufficient", "bad"]
Dimension = Literal["findability", "accessibility", "interoperability", "reusability", "contextuality"]
BANDS: tuple[tuple[int, Band], ...] = ((351, "excellent"), (221, "good"), (121, "sufficient"))
BAND_NAMES: Mapping[Band, tuple[str, str]] = {
    "excellent": ("优秀", "Excellent"),
    "good": ("良好", "Good"),
    "sufficient": ("合格", "Sufficient"),
    "bad": ("不合格", "Bad"),
}
DIMENSIONS: Mapping[Dimension, tuple[str, str]] = {
    "findability": ("可发现", "Findability"),
    "accessibility": ("可获取", "Accessibility"),
    "interoperability": ("可互操作", "Interoperability"),
    "reusability": ("可再利用", "Reusability"),
    "contextuality": ("背景信息", "Contextuality"),
}
NAMED = 5
"""Datasets that a line names of those that lose points there."""


class MqaLine(Shape):
    """One metric. `share` (0 to 1) is the mean over the datasets, `points` are `share` of `maximum`.

    `how` says what is counted; `short` counts the datasets that lose points here, `missing` names a few.
    """

    key: str
    dimension: Dimension
    title: str
    title_en: str
    how: str
    how_en: str
    maximum: int
    share: float
    points: float
    short: int = 0
    missing: tuple[str, ...] = ()


class MqaScore(Shape):
    """All metrics in the order of the methodology; `datasets` and `files` say what they were computed on."""

    lines: tuple[MqaLine, ...]
    points: float
    maximum: int
    band: Band
    datasets: int
    files: int


@dataclass(frozen=True)
class _Seen:
    """A dataset's nodes, ready for the metrics: property → values, of the dataset and of each file."""

    site: str
    dataset: Mapping[str, Sequence[str]]
    files: Sequence[Mapping[str, Sequence[str]]]
    valid: bool


Judge = Callable[[_Seen], float]
File = Mapping[str, Sequence[str]]


def _has(name: str) -> Judge:
    return lambda seen: 1.0 if name in seen.dataset else 0.0


def _of_files(judge: Callable[[File, str], bool]) -> Judge:
    """The share of a dataset's files that the judge accepts; none without files."""
    return lambda seen: sum(judge(file, seen.site) for file in seen.files) / len(seen.files) if seen.files else 0.0


def _files_have(name: str) -> Judge:
    return _of_files(lambda file, _: name in file)


def _here(name: str) -> Judge:
    """The address lies on this portal, whose files the build has just written."""
    return _of_files(lambda file, site: any(value.startswith(site) for value in file.get(name, ())))


def _type_in(types: frozenset[str]) -> Judge:
    return _of_files(lambda file, _: any(value.rpartition("/")[2] in types for value in file.get("dct:format", ())))


def _from_table(name: str, table: str) -> Callable[[File, str], bool]:
    return lambda file, _: any(value.startswith(table) for value in file.get(name, ()))


def _known_media(file: File, _: str) -> bool:
    values = [value.removeprefix(vocabulary.MEDIA_TYPES) for value in file.get("dcat:mediaType", ())]
    return any(value in vocabulary.REGISTERED_MEDIA for value in values)


def _in_vocabularies(file: File, site: str) -> bool:
    return _from_table("dct:format", f"{vocabulary.AUTHORITY}file-type/")(file, site) and _known_media(file, site)


@dataclass(frozen=True)
class _Metric:
    key: str
    dimension: Dimension
    maximum: int
    words: tuple[str, str]
    how: tuple[str, str]
    judge: Judge


def _dataset_has(key: str, dimension: Dimension, maximum: int, name: str, words: tuple[str, str]) -> _Metric:
    how = (f"数据集写明 {name} 的比例", f"Share of datasets with {name}")
    return _Metric(key, dimension, maximum, words, how, _has(name))


def _each_file_has(key: str, dimension: Dimension, maximum: int, name: str, words: tuple[str, str]) -> _Metric:
    how = (f"文件写明 {name} 的比例，按数据集平均", f"Share of files with {name}, mean over datasets")
    return _Metric(key, dimension, maximum, words, how, _files_have(name))


METRICS: tuple[_Metric, ...] = (
    _dataset_has("keyword", "findability", 30, "dcat:keyword", ("关键词", "Keywords")),
    _dataset_has("theme", "findability", 30, "dcat:theme", ("主题分类", "Categories")),
    _dataset_has("spatial", "findability", 20, "dct:spatial", ("地域范围", "Geographic search")),
    _dataset_has("temporal", "findability", 20, "dct:temporal", ("时间范围", "Time-based search")),
    _Metric(
        "access-url", "accessibility", 50, ("访问地址有效", "Access URL answers"),
        ("dcat:accessURL 指向本次发布的页面的文件比例", "Share of files whose dcat:accessURL lies in this release"),
        _here("dcat:accessURL"),
    ),
    _each_file_has("download-url", "accessibility", 20, "dcat:downloadURL", ("下载地址", "Download URL")),
    _Metric(
        "download-url-answers", "accessibility", 30, ("下载地址有效", "Download URL answers"),
        ("dcat:downloadURL 指向本次发布的文件的比例", "Share of files whose dcat:downloadURL lies in this release"),
        _here("dcat:downloadURL"),
    ),
    _each_file_has("format", "interoperability", 20, "dct:format", ("格式", "Format")),
    _each_file_has("media-type", "interoperability", 10, "dcat:mediaType", ("媒体类型", "Media type")),
    _Metric(
        "format-vocabulary", "interoperability", 10,
        ("格式与媒体类型取自标准词表", "Format and media type from vocabularies"),
        (
            "格式在欧盟文件类型表、媒体类型在 IANA 登记表中的文件比例",
            "Share of files with a format of the EU file types and a media type registered at IANA",
        ),
        _of_files(_in_vocabularies),
    ),
    _Metric(
        "non-proprietary", "interoperability", 20, ("非专有格式", "Non-proprietary format"),
        ("格式不属任何厂商的文件比例；XLSX 按该方法不计", "Share of files in free formats; XLSX does not count there"),
        _type_in(vocabulary.NON_PROPRIETARY),
    ),
    _Metric(
        "machine-readable", "interoperability", 20, ("机器可读格式", "Machine-readable format"),
        ("程序可直接读取的文件比例；压缩包不计", "Share of files that programs read; archives do not count"),
        _type_in(vocabulary.MACHINE_READABLE),
    ),
    _Metric(
        "dcat-ap", "interoperability", 30, ("符合 DCAT-AP", "DCAT-AP compliance"),
        ("描述符合 DCAT-AP 3.0.1 的数据集比例", "Share of datasets whose description keeps DCAT-AP 3.0.1"),
        lambda seen: 1.0 if seen.valid else 0.0,
    ),
    _each_file_has("licence", "reusability", 20, "dct:license", ("许可", "Licence")),
    _Metric(
        "licence-vocabulary", "reusability", 10, ("许可取自标准词表", "Licence from vocabulary"),
        ("许可在欧盟许可表中的文件比例", "Share of files with a licence of the EU table"),
        _of_files(_from_table("dct:license", f"{vocabulary.AUTHORITY}licence/")),
    ),
    _dataset_has("access-rights", "reusability", 10, "dct:accessRights", ("访问权限", "Access restrictions")),
    _Metric(
        "access-rights-vocabulary", "reusability", 5, ("访问权限取自标准词表", "Access restrictions from vocabulary"),
        ("访问权限在欧盟词表中的数据集比例", "Share of datasets with an access right of the EU table"),
        lambda seen: float(any(one.startswith(vocabulary.AUTHORITY) for one in seen.dataset["dct:accessRights"])),
    ),
    _dataset_has("contact", "reusability", 20, "dcat:contactPoint", ("联系方式", "Contact point")),
    _dataset_has("publisher", "reusability", 10, "dct:publisher", ("发布者", "Publisher")),
    _each_file_has("rights", "contextuality", 5, "dct:rights", ("权利说明", "Rights")),
    _each_file_has("size", "contextuality", 5, "dcat:byteSize", ("文件大小", "File size")),
    _dataset_has("issued", "contextuality", 5, "dct:issued", ("发布日期", "Date of issue")),
    _dataset_has("modified", "contextuality", 5, "dct:modified", ("更新日期", "Modification date")),
)  # fmt: skip
"""In the order of the methodology; the maxima add up to 405."""
MAXIMUM = sum(one.maximum for one in METRICS)


class Judged(Shape):
    """A dataset's share (0 to 1) of each metric, in their order, and how many files it was computed on."""

    shares: tuple[float, ...]
    files: int


def mqa(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> MqaScore:
    """The score of the catalogue as it is published; the same input gives the same score.

    About half a millisecond a dataset, unless what `judge` says of each is at hand: then `total` is enough.
    """
    describer = Describer(catalogue, facts)
    return total({one.id: judge(describer, describer.dataset(one)) for one in describer.listed})


def judge(describer: Describer, described: Described) -> Judged:
    """How one dataset does, by the triples that describe it."""
    seen = _see(describer, described)
    return Judged(shares=tuple(metric.judge(seen) for metric in METRICS), files=len(seen.files))


def total(judged: Mapping[str, Judged]) -> MqaScore:
    """The score of a catalogue of these datasets, in their order."""
    shares = zip(*(one.shares for one in judged.values()), strict=True) if judged else ((),) * len(METRICS)
    lines = tuple(
        _line(
            metric,
            sum(found) / len(judged) if judged else 0.0,
            [name for name, one in zip(judged, found, strict=True) if one < 1],
        )
        for metric, found in zip(METRICS, shares, strict=True)
    )
    points = round(sum(line.points for line in lines), 1)
    return MqaScore(
        lines=lines,
        points=points,
        maximum=MAXIMUM,
        band=next((name for least, name in BANDS if points >= least), "bad"),
        datasets=len(judged),
        files=sum(one.files for one in judged.values()),
    )


def _see(describer: Describer, described: Described) -> _Seen:
    dataset = next(node for node in described.nodes if "dcat:Dataset" in node.types)
    told = _values(dataset)
    offered = set(told.get("dcat:distribution", ()))  # a sample is none of them
    files = [_values(node) for node in described.nodes if node.iri in offered]
    valid = conforms([*described.nodes, *(describer.shared[name] for name in described.uses)], describer.shared)
    return _Seen(describer.site, told, files, valid)


def _values(node: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in node.statements:
        if isinstance(value, Iri) or value.value:
            found.setdefault(name, []).append(value.value)
    return found


def _line(metric: _Metric, share: float, lacking: Sequence[str]) -> MqaLine:
    return MqaLine(
        key=metric.key,
        dimension=metric.dimension,
        title=metric.words[0],
        title_en=metric.words[1],
        how=metric.how[0],
        how_en=metric.how[1],
        maximum=metric.maximum,
        share=round(share, 4),
        points=round(metric.maximum * share, 2),
        short=len(lacking),
        missing=tuple(lacking[:NAMED]),
    )
