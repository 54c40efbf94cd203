"""Makes small city folders for tests: each test shows only what differs from a valid one."""

from __future__ import annotations

import contextlib
import copy
import re
import runpy
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from portal.checks.ruleset import rules_in_force
from portal.digests import content_digest, file_digest, recurring_digest, terms_digest
from portal.model import Dataset
from portal.profile import load_profile
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
    "level": "一级",
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
    write_officers(root, "ylj")
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
    write_officers(root, department)
    if reviewed and "reviews" not in entry:
        approve(root, department, dataset)
    return path


def write_officers(root: Path, department: str) -> None:
    """Enter a department in the register of officers, if it has none: two posts, filed with the city's authority."""
    path = root / "catalog" / "officers.yml"
    text = path.read_text("utf-8") if path.exists() else ""
    if f"department: {department}\n" not in text:
        since = {"since": "2026-01-01"}
        posts = [
            {"post": "数据专岗（示范）", "duties": ["data"], **since, "accounts": [f"{department}-data"]},
            {"post": "数据安全岗（示范）", "duties": ["review"], **since, "accounts": [f"{department}-review"]},
        ]
        filed = {"date": "2026-01-05", "with": PORTAL["jurisdictions"][0]["authority"]}
        one = {"department": department, "chief": "首席数据官（示范）", **since, "posts": posts, "filed": filed}
        path.write_text(text + dump([one]), "utf-8")


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
    city = yaml.load((root / "catalog" / "portal.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    review = {"date": "2026-01-15", "result": "passed", "by": "数据安全岗（示范）"}
    kinds = load_profile(city["profile"]).review.always
    reviews = [{"kind": kind, **review, "document": "示范〔2026〕1号", "covers": covers} for kind in kinds]
    path.write_text(text + dump({"reviews": reviews}), "utf-8")
    release = {"release": str(model.data_date), "digest": covers, "files": digests}
    path.with_name(f"{dataset}.releases.yml").write_text(dump([release]), "utf-8")
    clear(root, department, dataset)


def review_by_rules(root: Path, *, until: str = "2026-12-31", more: Sequence[str] = ()) -> None:
    """What `build.py review parks --recurring` does: the review covers the schema and the rules in force, and `more`."""
    path = root / "catalog" / "ylj" / "parks.yml"
    entry = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    city = yaml.load((root / "catalog" / "portal.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    covers = recurring_digest(Dataset.model_validate({"id": "parks", "department": "ylj", **entry}))
    rules = [*sorted(rules_in_force(load_profile(city["profile"]))), *more]
    reviews = [{**one, "covers": covers, "rules": rules, "until": until} for one in entry["reviews"]]
    path.write_text(dump({**entry, "reviews": reviews}), "utf-8")


def clear(root: Path, department: str, dataset: str) -> None:
    """Every step of the city's way into the catalogue, passed on 16 January 2026; nothing where there is none."""
    path = root / "catalog" / department / f"{dataset}.yml"
    text = path.read_text("utf-8")
    city = yaml.load((root / "catalog" / "portal.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    steps = [step for step in load_profile(city["profile"]).review.path if step != "entity"]
    if not steps or "approvals:" in text:
        return
    entry = yaml.load(text, Loader=yaml.BaseLoader)
    covers = terms_digest(Dataset.model_validate({"id": dataset, "department": department, **entry}))
    told = {
        "by": "目录管理岗（示范）",
        "date": "2026-01-16",
        "result": "passed",
        "change": "新增",
        "reason": "市民需要",
    }
    path.write_text(text + dump({"approvals": [{"step": step, **told, "covers": covers} for step in steps]}), "utf-8")


def link_sources(root: Path, department: str, dataset: str) -> None:
    """A resource catalogue in which every source of an entry stands, for a city that wants one and has none."""
    city = yaml.load((root / "catalog" / "portal.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    path = root / "catalog" / "resources.yml"
    if not load_profile(city["profile"]).source_ref.required or path.exists():
        return
    entry = (root / "catalog" / department / f"{dataset}.yml").read_text("utf-8")
    found = sorted(set(re.findall(r"source_ref: ['\"]?([\w-]+)/([\w-]+)", entry))) or [("ZY-0001", "F01")]
    items = {one: [{"id": field, "name": field} for name, field in found if name == one] for one, _ in found}
    resources = [{"id": one, "name": one, "department": department, "fields": fields} for one, fields in items.items()]
    path.write_text(dump(resources), "utf-8")


def lay_example(folder: Path, root: Path) -> Path:
    """A broken catalogue under tests/bad/: the small one, with what the folder changes (tests/bad/README.md)."""
    change, make = folder / "change.yml", folder / "make.py"
    changes = yaml.load(change.read_text("utf-8"), Loader=yaml.BaseLoader) if change.exists() else {}
    make_catalogue(root, **{key: value if value != "" else None for key, value in changes.items()})
    for item in sorted(folder.iterdir()):
        if item.is_dir() and item.name in ("catalog", "datasets"):
            shutil.copytree(item, root / item.name, dirs_exist_ok=True)
    for item in sorted(folder.glob("catalog/*/department.yml")):
        write_officers(root, item.parent.name)
    if (folder / "catalog" / "portal.yml").exists():
        for item in sorted((root / "catalog").glob("*/*.yml")):
            with contextlib.suppress(KeyError, ValueError, TypeError, yaml.YAMLError):  # broken on purpose
                clear(root, item.parent.name, item.name.removesuffix(".yml"))
                link_sources(root, item.parent.name, item.name.removesuffix(".yml"))
    if make.exists():
        runpy.run_path(str(make))["make"](root)
    return root


def lay_mended(folder: Path, root: Path) -> bool:
    """The same example mended, where the folder tells how: `good.yml` changes the entry, `good/` holds files."""
    change, files = folder / "good.yml", folder / "good"
    if not change.exists() and not files.is_dir():
        return False
    changes = yaml.load(change.read_text("utf-8"), Loader=yaml.BaseLoader) if change.exists() else {}
    make_catalogue(root, **{key: value if value != "" else None for key, value in changes.items()})
    if files.is_dir():
        shutil.copytree(files, root, dirs_exist_ok=True)
    return True


def settings_for(root: Path, *, now: datetime = NOW, jobs: int = 1, lang: str = "zh") -> Settings:
    """Settings of a test: a fixed clock, everything below the city's folder."""
    return Settings(root=root, build=root / "_build", var=root / "var", now=now, jobs=jobs, lang=lang)  # type: ignore[arg-type]
