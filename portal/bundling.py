"""All open data of a department, and of the whole portal, in one file each (POR: 一次取走).

Joined from the datasets' zips, which are there anyhow, and kept by content: after one changed set its department's
file and the portal's are copied anew, the others are linked. A suspended set is in none of them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portal.addresses import PORTAL_ZIP, dataset_page, department_zip
from portal.cache import code_version, contents, get_or_make, key_of
from portal.facts import Bundle, DatasetFacts, Download
from portal.model import Catalogue, Dataset
from portal.places import Place, Places
from portal.settings import Settings
from portal.state import State
from portal.takeaway.bundle import BOM
from portal.takeaway.joined import MOST_MEMBERS, write_joined, write_stacked

LARGEST = 512 << 20
"""Bytes above which no such file is made: a download that often breaks off, and seconds of copying a build. Who wants
everything then takes the files of the list of checksums."""
CODE = ("portal.bundling", "portal.takeaway", "portal.addresses", "portal.zipping")
"""Modules whose change makes other bytes: for `cache.code_version`."""
ZIP = "bundle.zip"
CONTENTS = "bundles.json"
HEADER = ("文件夹", "编号", "名称", "数据开放主体", "数据日期", "版本", "行数", "许可", "页面")


@dataclass(frozen=True)
class _Part:
    """A dataset's zip on its way into a larger one."""

    folder: str
    dataset: Dataset
    facts: DatasetFacts
    zip: Download
    path: Path


def make_bundles(
    catalogue: Catalogue,
    facts: Mapping[str, DatasetFacts],
    settings: Settings,
    *,
    withheld: State,
    work: Path,
    places: Places,
) -> tuple[tuple[Bundle, ...], dict[str, Place]]:
    """The zips of all departments and of the portal, the portal's first, and their places; `places` are the datasets'.

    Those that would be larger than LARGEST are told, but not made. `work`/bundles.json says what is in which, for the
    front: from the moment that a set is suspended it withholds the files that hold it.
    """
    parts = sorted(_parts(catalogue, facts, withheld, places, settings.cache), key=lambda part: part.folder)
    of: dict[str, list[_Part]] = {one: [] for one in sorted(one.id for one in catalogue.departments)}
    for part in parts:
        of[part.dataset.department].append(part)
    own = [
        _bundle(catalogue, mine, settings, address=department_zip(department), department=department)
        for department, mine in of.items()
    ]
    stack = [settings.cache / place.source for _, place in own if place]
    found = [_bundle(catalogue, parts, settings, address=PORTAL_ZIP, department="", stack=stack), *own]
    told = {one.address: list(one.datasets) for one, place in found if place}
    (work / CONTENTS).write_text(json.dumps(told, indent=0) + "\n", "utf-8")
    made = {f"site{one.address}": place for one, place in found if place}
    return tuple(one for one, _ in found if one.datasets), made


def _parts(
    catalogue: Catalogue, facts: Mapping[str, DatasetFacts], withheld: State, places: Places, cache: Path
) -> list[_Part]:
    """The zips of all open sets and of the samples of conditional ones."""
    found = []
    for dataset in catalogue.datasets:
        known = facts.get(dataset.id)
        known = known.sample or known if known else None
        packed = next((one for one in known.downloads if one.format == "zip"), None) if known else None
        if known and packed and withheld.suspension_of(dataset.id, dataset.aliases) is None:
            folder = f"{dataset.department}/{packed.name.removesuffix('.zip')}"
            kept = cache / places[f"site{dataset_page(dataset.id)}{packed.name}"].source
            found.append(_Part(folder, dataset, known, packed, kept))
    return found


def _bundle(
    catalogue: Catalogue,
    parts: Sequence[_Part],
    settings: Settings,
    *,
    address: str,
    department: str,
    stack: Sequence[Path] = (),
) -> tuple[Bundle, Place | None]:
    """One zip: joined from the sets' own, or from the departments' (`stack`), which is quicker."""
    size = sum(part.zip.bytes for part in parts)
    told = Bundle(address=address, department=department, datasets=tuple(part.dataset.id for part in parts), bytes=size)
    members = sum(3 + len(part.facts.tables) for part in parts) + 2
    if not parts or size > LARGEST or members > MOST_MEMBERS:
        return told, None
    texts = {"README.txt": BOM + _readme(catalogue, parts, department), "清单.csv": BOM + _list(catalogue, parts)}
    code = code_version(*CODE)
    key = key_of(code, [*texts.values(), *(f"{part.folder}={part.zip.sha256}" for part in parts)])
    kept = get_or_make(settings.cache, "bundle", key, partial(_write, parts, texts, stack))
    size, digest = contents(kept)[ZIP]
    return told.model_copy(update={"bytes": size, "sha256": digest}), Place(f"bundle/{key}/{ZIP}", digest, size)


def _write(parts: Sequence[_Part], texts: Mapping[str, str], zips: Sequence[Path], folder: Path) -> None:
    if zips:
        write_stacked(folder / ZIP, zips=zips, texts=texts)
    else:
        write_joined(folder / ZIP, parts=[(part.folder, part.path) for part in parts], texts=texts)


def _readme(catalogue: Catalogue, parts: Sequence[_Part], department: str) -> str:
    """What this is, how it is ordered, and how to name it as a source (POR-5)."""
    portal = catalogue.portal
    name = next((one.name for one in catalogue.departments if one.id == department), "")
    newest = max(part.dataset.data_date for part in parts).isoformat()
    lines = [
        f"{portal.name}{f'：{name}' if name else ''} 全部开放数据",
        "",
        f"共 {len(parts)} 个数据集，最近的数据日期 {newest}。每个数据集一个文件夹，里面有：",
        "  CSV 数据文件（UTF-8）",
        "  数据字典.csv（各列的含义）",
        "  datapackage.json（机器可读的说明）",
        "  README.txt（来源、许可和引用格式）",
        "清单.csv 列出全部数据集。各数据集的许可和来源可能不同，以各自的 README.txt 为准。",
        "",
        f"取自：{portal.url}/",
        "使用时请注明数据来源，并请注明获取日期：____年__月__日。",
        f"核对是否完整、是否被改动：{portal.url}/downloads/",
    ]
    lines += [portal.demonstration] if portal.demonstration else []
    return "\r\n".join([*lines, ""])


def _list(catalogue: Catalogue, parts: Sequence[_Part]) -> str:
    """清单.csv: a row per dataset."""
    names = {one.id: one.name for one in catalogue.departments}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for part in parts:
        one = part.dataset
        page = catalogue.portal.url + dataset_page(one.id)
        told = (one.data_date.isoformat(), part.facts.release, part.facts.rows, one.licence.name, page)
        writer.writerow((part.folder, one.id, one.title, names.get(one.department, one.department), *told))
    return text.getvalue()
