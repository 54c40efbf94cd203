"""Makes small city folders for tests: each test shows only what differs from a valid one."""

from __future__ import annotations

import copy
import runpy
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from portal.digests import content_digest, file_digest
from portal.model import Dataset
from portal.settings import SHANGHAI, Settings

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)

PORTAL: dict[str, Any] = {
    "name": "小城公共数据开放平台（示范站）",
    "name_en": "Small Town Open Data (demonstration)",
    "city": "苏州市",
    "city_en": "Suzhou",
    "profile": "suzhou",
    "url": "https://data.example.org",
    "demonstration": "示范站，不是官方网站。",
    "jurisdictions": [{"name": "苏州市", "authority": "苏州市数据局"}],
    "contact": {"office": "平台运行组（示范）", "email": "data@example.org"},
    "example_queries": ["公园"],
}

DEPARTMENT: dict[str, Any] = {
    "name": "园林局",
    "name_en": "Parks Bureau",
    "jurisdiction": "苏州市",
    "contact": {"office": "园林局信息中心（示范）", "phone": "0512-00000000", "email": "parks@example.org"},
}

DOMAINS: list[dict[str, Any]] = [
    {"id": "parks", "title": "园林绿化", "title_en": "Parks", "icon": "tree", "priority": True},
    {"id": "transport", "title": "交通运输", "title_en": "Transport", "icon": "bus"},
]

ENTRY: dict[str, Any] = {
    "title": "城区公园名录（2025年）",
    "title_en": "Parks of the town (2025)",
    "summary": "城区公园的编号、名称与面积，供市民查找。",
    "domain": "parks",
    "keywords": ["公园", "绿地"],
    "open_type": "unconditional",
    "update_frequency": "annual",
    "data_date": "2025-12-31",
    "temporal": {"from": "2025-01-01", "to": "2025-12-31"},
    "spatial": "江苏省苏州市",
    "jurisdiction": "苏州市",
    "licence": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "contact": {"office": "园林局信息中心（示范）", "phone": "0512-00000000"},
    "source": {"upstream": "示范数据，仅供测试"},
    "files": [
        {
            "path": "parks.csv",
            "schema": {
                "primaryKey": "编号",
                "fields": [
                    {
                        "name": "编号",
                        "title": "公园编号",
                        "type": "string",
                        "description": "四位数字，由园林局编定",
                        "constraints": {"required": "true", "pattern": r"\d{4}"},
                    },
                    {"name": "名称", "title": "公园名称", "type": "string", "description": "挂牌使用的全称"},
                    {
                        "name": "面积",
                        "title": "占地面积",
                        "type": "number",
                        "unit": "公顷",
                        "description": "含水面，保留一位小数",
                    },
                ],
            },
        }
    ],
}

ROWS = "编号,名称,面积\n0001,东园,12.5\n0002,西园,3.0\n0003,北塔公园,8.4\n"


class _PlainDumper(yaml.SafeDumper):
    """Writes shared values twice: anchors are refused."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump(value: object) -> str:
    """YAML as a person would write it."""
    return yaml.dump(value, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=200)


def make_catalogue(root: Path, *, rows: str | bytes = ROWS, reviewed: bool = True, **changes: Any) -> Path:
    """Write a valid city folder of one department (`ylj`) and one dataset (`parks`) and return it.

    `changes` replace keys of the entry (None takes a key out). `rows` is the data file. `reviewed` adds a
    passed security review and the release of exactly this content.
    """
    catalog, data = root / "catalog", root / "datasets" / "ylj"
    (catalog / "ylj").mkdir(parents=True, exist_ok=True)
    data.mkdir(parents=True, exist_ok=True)
    (catalog / "portal.yml").write_text(dump(PORTAL), "utf-8")
    (catalog / "domains.yml").write_text(dump(DOMAINS), "utf-8")
    (catalog / "ylj" / "department.yml").write_text(dump(DEPARTMENT), "utf-8")
    (data / "parks.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    write_entry(root, "ylj", "parks", changed(ENTRY, changes), reviewed=reviewed)
    return root


def changed(entry: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy with keys replaced, or taken out where the new value is None."""
    result = copy.deepcopy(entry) | changes
    return {key: value for key, value in result.items() if value is not None}


def write_entry(root: Path, department: str, dataset: str, entry: dict[str, Any], *, reviewed: bool = True) -> Path:
    """Write one entry; `reviewed` adds a passed review and a release of its present files, if they can be read."""
    path = root / "catalog" / department / f"{dataset}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(entry), "utf-8")
    if reviewed and "reviews" not in entry:
        approve(root, department, dataset)
    return path


def approve(root: Path, department: str, dataset: str) -> None:
    """What `build.py review` does, dated 15 January 2026; nothing for an entry that is broken on purpose."""
    path = root / "catalog" / department / f"{dataset}.yml"
    try:
        text = path.read_text("utf-8")
        entry = yaml.load(text, Loader=yaml.BaseLoader)
        model = Dataset.model_validate({"id": dataset, "department": department, **entry})
        digests = {file.path: file_digest(root / "datasets" / department / file.path) for file in model.files}
    except (ValueError, TypeError, OSError, yaml.YAMLError):
        return
    if not model.is_open:
        return
    covers = content_digest(model, digests)
    review = {"kind": "security", "date": "2026-01-15", "result": "passed", "by": "数据安全岗（示范）"}
    reviews = [{**review, "document": "示范〔2026〕1号", "covers": covers}]
    path.write_text(text + dump({"reviews": reviews}), "utf-8")
    release = {"release": str(model.data_date), "digest": covers, "files": digests}
    path.with_name(f"{dataset}.releases.yml").write_text(dump([release]), "utf-8")


def lay_example(folder: Path, root: Path) -> Path:
    """A broken catalogue under tests/bad/: the small one, with what the folder changes (tests/bad/README.md)."""
    change, make = folder / "change.yml", folder / "make.py"
    changes = yaml.load(change.read_text("utf-8"), Loader=yaml.BaseLoader) if change.exists() else {}
    make_catalogue(root, **{key: value if value != "" else None for key, value in changes.items()})
    for item in sorted(folder.iterdir()):
        if item.is_dir() and item.name in ("catalog", "datasets"):
            shutil.copytree(item, root / item.name, dirs_exist_ok=True)
    if make.exists():
        runpy.run_path(str(make))["make"](root)
    return root


def settings_for(root: Path, *, now: datetime = NOW, jobs: int = 1, lang: str = "zh") -> Settings:
    """Settings of a test: a fixed clock, everything below the city's folder."""
    return Settings(root=root, build=root / "_build", var=root / "var", now=now, jobs=jobs, lang=lang)  # type: ignore[arg-type]
