"""Generated catalogues for benchmarks and tests: any number of entries with the vocabulary of real city portals.

    python bench/generate.py FOLDER --count 2000 --rows 1000 --columns 8

`generate` writes a whole city folder (catalog/, datasets/) that the build accepts; `make_catalogue` gives the same
entries as models without touching the disk, and `make_facts` the facts that a build would find. The same seed gives
the same bytes. Nothing in it is real data; portal.yml says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from stdnum.cn import uscc

from bench import vocabulary as words
from bench.cityfiles import city_files
from portal.digests import content_digest, text_digest
from portal.facts import ColumnFacts, DatasetFacts, Download, SourceFile, TableFacts
from portal.model import Catalogue, Dataset, Department, Domain, Portal, Release, SynonymGroup, Term

TYPES = {"s": "string", "c": "string", "i": "integer", "n": "number", "d": "date", "y": "year"}
FREQUENCIES = ("daily", "weekly", "monthly", "monthly", "quarterly", "annual", "annual", "annual", "irregular")
FREQUENCY_WORDS = {"daily": "日", "weekly": "周", "monthly": "月", "quarterly": "季度", "annual": "年度"}
LICENCE = {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Entry:
    """One generated entry: what its YAML says, and the rows of its file (none where it isn't open)."""

    values: dict[str, Any]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> bytes:
        """The data file: UTF-8 with a header; no generated cell needs quoting."""
        return ("\n".join([",".join(self.header), *(",".join(row) for row in self.rows)]) + "\n").encode()


def generate(folder: Path, count: int, seed: int = 1, *, rows: int = 3, columns: int | None = None) -> None:
    """Write a city folder with `count` entries whose files have `rows` rows and `columns` columns (None: 4 to 14).

    Raises FileExistsError when `folder` already holds a catalogue.
    """
    catalog = folder / "catalog"
    catalog.mkdir(parents=True)
    for name, value in city_files().items():
        path = catalog / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml_text(value), "utf-8")
    for entry in entries(count, seed, rows=rows, columns=columns):
        values = entry.values
        home = catalog / values["department"]
        if entry.header:
            _write_data(folder, entry, home)
        spoken = {key: value for key, value in values.items() if key not in ("id", "department")}
        (home / f"{values['id']}.yml").write_text(yaml_text(spoken), "utf-8")


def make_catalogue(count: int, seed: int = 1, *, columns: int | None = None) -> Catalogue:
    """The entries of `generate` as models, in the order of their ids; their reviews cover files without rows."""
    frame = city_files()
    return Catalogue(
        portal=Portal.model_validate(frame["portal.yml"]),
        departments=tuple(
            Department.model_validate(value | {"id": name.split("/")[0]})
            for name, value in frame.items()
            if name.endswith("/department.yml")
        ),
        domains=tuple(Domain.model_validate(value) for value in frame["domains.yml"]),
        datasets=tuple(Dataset.model_validate(entry.values) for entry in entries(count, seed, rows=0, columns=columns)),
        glossary=tuple(Term.model_validate(value) for value in frame["glossary.yml"]),
        synonyms=tuple(SynonymGroup.model_validate(value) for value in frame["synonyms.yml"]),
    )


def make_facts(catalogue: Catalogue, *, rows: int = 1000) -> dict[str, DatasetFacts]:
    """Facts as a build might find them, made from the models alone: for benchmarks that start after the loading."""
    return {dataset.id: _facts(dataset, rows) for dataset in catalogue.datasets}


def entries(count: int, seed: int = 1, *, rows: int = 3, columns: int | None = None) -> Iterator[Entry]:
    """`count` entries, one after the other. About 6 % are conditional and 1 % not open: those have no rows."""
    chance = random.Random(seed)
    domains, titles = words.domains(), set[str]()
    weights = [len(domain.topics) for domain in domains]
    firsts: dict[str, str] = {}  # topic → the first entry about it, from which the later ones are told apart
    for number in range(count):
        domain = chance.choices(domains, weights)[0]
        entry = _entry(number, domain, chance, titles=titles, size=(rows, columns))
        ident = entry.values["id"]
        first = firsts.setdefault(entry.values["keywords"][0], ident)
        if first != ident:
            entry.values["distinguished_from"] = {first: "另一地域或另一时期的数据"}
        yield entry


def _entry(
    number: int, domain: words.Field, chance: random.Random, *, titles: set[str], size: tuple[int, int | None]
) -> Entry:
    rows, columns = size
    told = _told(domain, chance)
    title = _fresh_title(chance, told, titles)
    items = _choose_items(domain, chance, columns)
    latin = chance.random() < 0.25
    fields = [_column(item, latin) for item in items]
    told["items"] = "、".join(item.title for item in items[1:4])
    told["department"] = told["department_name"]
    open_type = chance.choices(("unconditional", "conditional", "not-open"), (93, 6, 1))[0]
    ident = f"{domain.id[:12].rstrip('-')}-{number:05d}"
    values: dict[str, Any] = {
        "id": ident,
        "department": told["code"],
        "title": title,
        "summary": chance.choice(words.SUMMARIES).format_map(told),
        "domain": domain.id,
        "keywords": list(dict.fromkeys([told["topic"], *chance.sample(domain.words, chance.randint(2, 4))])),
        "open_type": open_type,
        "update_frequency": told["frequency_id"],
        "data_date": told["day"].isoformat(),
        "temporal": {
            "from": f"{told['before' if str(told['before']) in title else 'year']}-01-01",
            "to": told["day"].isoformat(),
        },
        "name_parts": {"field": items[-1].title, "time": f"{told['year']}年"},
        "spatial": "江苏省苏州市" + ("" if told["area"] == "苏州市" else told["area"]),
        "jurisdiction": "苏州市",
        "coordinate_system": "WGS-84",
        "licence": LICENCE,
        "source": {"upstream": "随机生成，仅用于性能测试", "note": "不含任何真实数据"},
    }
    if open_type != "unconditional":
        values |= {"open_ground": "示范：汇聚后可能识别到个人，《中华人民共和国个人信息保护法》第四条"}
        values |= {"evaluations": [{"date": TODAY.isoformat(), "result": "示范：维持现开放类型"}]}
    if open_type == "conditional":
        conditions = [{"category": "security", "text": "具备数据安全管理制度", "ground": "汇聚后可能识别到个人"}]
        values |= {"open_conditions": conditions, "application_materials": ["数据安全管理制度"]}
    schema = {"primaryKey": fields[0]["name"], "fields": fields}
    values["files"] = [{"path": f"{ident}.csv", "schema": schema}]
    if open_type != "unconditional":
        return Entry(values, (), ())
    header = tuple(field["name"] for field in fields)
    return Entry(values, header, tuple(zip(*(_cells(item, chance, rows, told["day"]) for item in items), strict=True)))


def _told(domain: words.Field, chance: random.Random) -> dict[str, Any]:
    """Everything that the sentences of one entry may name."""
    code, name = chance.choice(domain.departments)
    year = chance.randint(2016, 2026)
    day = min(date(year, 1, 1) + timedelta(days=chance.randrange(365)), TODAY)
    frequency = chance.choice(FREQUENCIES)
    area = "苏州市" if chance.random() < 0.25 else chance.choice(words.AREAS)
    place = "".join(chance.sample(words.NAME_CHARS, 2)) + chance.choice(words.NAME_ENDS)
    return {
        "area": area,
        "place": place,
        "topic": chance.choice(domain.topics),
        "code": code,
        "department_name": f"苏州市{name}",
        "year": year,
        "before": year - chance.randint(2, 9),
        "month": day.month,
        "quarter": (day.month + 2) // 3,
        "day": day,
        "frequency_id": frequency,
        "frequency": FREQUENCY_WORDS.get(frequency, "需"),
        "use": chance.choice(words.USES),
        "unit": chance.choice(words.UNITS),
    }


def _fresh_title(chance: random.Random, told: Mapping[str, Any], titles: set[str]) -> str:
    title = chance.choice(words.PATTERNS).format_map(told)
    if title in titles:
        place = "".join(chance.sample(words.NAME_CHARS, 2)) + chance.choice(words.NAME_ENDS)
        title = f"{told['area']}{place}{told['topic']}信息（{told['year']}年{told['month']}月）"
    while title in titles:
        title = title.replace("信息", "信息之" + chance.choice(words.NAME_CHARS), 1)
    titles.add(title)
    return title


def _choose_items(domain: words.Field, chance: random.Random, columns: int | None) -> list[words.Item]:
    """Data items: 序号 as the key, about two thirds of the domain's own, the rest common ones."""
    common = list(words.common_items())
    total = columns or chance.randint(4, 14)
    own = chance.sample(domain.items, min(len(domain.items), max(1, (total - 1) * 2 // 3)))
    known = {item.title for item in own} | {item.latin for item in own}
    rest = [item for item in common[1:] if item.title not in known and item.latin not in known]
    chosen = [common[0], *own, *chance.sample(rest, min(len(rest), max(0, total - 1 - len(own))))]
    extra = (words.Item(f"指标{n}", f"value_{n}", "n") for n in range(1, total - len(chosen) + 1))
    return [*chosen, *extra][:total]


def _column(item: words.Item, latin: bool) -> dict[str, Any]:
    column: dict[str, Any] = {"name": item.latin if latin else item.title, "title": item.title}
    column |= {"type": TYPES[item.kind], "description": f"随机生成的{item.title}，仅用于性能测试"}
    if item.latin == "serial_no":
        column["constraints"] = {"required": True, "unique": True}
    return column


def _cells(item: words.Item, chance: random.Random, rows: int, latest: date) -> Iterator[str]:
    """One column: a pool of values drawn from at random, none of a day after `latest`; the key counts up."""
    if item.latin == "serial_no":
        return (str(number) for number in range(1, rows + 1))
    make = _KNOWN.get(item.title) or _CELL[item.kind]
    pool = [make(chance) for _ in range(min(rows, 200))]
    if item.kind == "d":
        pool = [min(one, latest.isoformat()) for one in pool]
    return iter(chance.choices(pool, k=rows) if rows else ())


_CELL: dict[str, Callable[[random.Random], str]] = {
    "s": lambda chance: "".join(chance.choices(words.NAME_CHARS, k=chance.randint(2, 6))),
    "c": lambda chance: f"{chance.randrange(10**9):09d}",
    "i": lambda chance: str(chance.randrange(100_000)),
    "n": lambda chance: f"{chance.uniform(0, 1000):.2f}",
    "d": lambda chance: (date(2016, 1, 1) + timedelta(days=chance.randrange(3900))).isoformat(),
    "y": lambda chance: str(chance.randint(1990, 2026)),
}


def _credit_code(chance: random.Random) -> str:
    """A unified social credit code that passes its check (GB 32100), of nobody."""
    number = f"91320500MA{chance.randrange(36**7):07d}"[:17]
    return number + uscc.calc_check_digit(number)


_KNOWN: dict[str, Callable[[random.Random], str]] = {
    "统一社会信用代码": _credit_code,
    "区划代码": lambda chance: chance.choice(("320505", "320506", "320507", "320508", "320509", "320581", "320582")),
    "经度": lambda chance: f"{chance.uniform(120.3, 121.3):.6f}",
    "纬度": lambda chance: f"{chance.uniform(30.8, 32.0):.6f}",
    "容积率": lambda chance: f"{chance.uniform(0.5, 5):.2f}",
}
"""Items whose values the gate knows: a generated catalogue has no problems."""


def _write_data(folder: Path, entry: Entry, home: Path) -> None:
    """The data file, the review that covers it, and the list of releases."""
    values, data = entry.values, entry.csv()
    path = values["files"][0]["path"]
    target = folder / "datasets" / values["department"] / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    digests = {path: _sha256(data)}
    digest = content_digest(Dataset.model_validate(values), digests)
    review = {"kind": "security", "date": TODAY.isoformat(), "result": "passed", "by": "数据安全岗（示范）"}
    values["reviews"] = [review | {"document": "示范〔2026〕1号", "covers": digest}]
    release = Release(release=values["data_date"], digest=digest, files=digests)
    (home / f"{values['id']}.releases.yml").write_text(yaml_text([release.model_dump(exclude_none=True)]), "utf-8")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _facts(dataset: Dataset, rows: int) -> DatasetFacts:
    digest = text_digest([dataset.id])
    tables = tuple(
        TableFacts.of(
            name=table.name,
            title=table.title,
            rows=rows,
            columns=tuple(ColumnFacts(name=name, nulls=0, distinct=rows) for name in table.table_schema.names),
            preview=tuple(tuple(str(row + 1) for _ in table.table_schema.names) for row in range(5)),
            sources=tuple(
                SourceFile(path=file.path, bytes=rows * 80, sha256=digest, encoding="utf-8") for file in table.files
            ),
        )
        for table in (dataset.tables if dataset.is_open else ())
    )
    formats = ("csv", "xlsx", "json", "xml", "parquet")
    downloads = tuple(
        Download(
            name=f"{table.name}.{form}",
            format=form,
            media_type="application/octet-stream",
            bytes=rows * 80,
            sha256=digest,
            table=table.name,
            rows=rows,
        )
        for table in tables
        for form in formats
    )
    return DatasetFacts(
        id=dataset.id, digest=digest, release=dataset.data_date.isoformat(), tables=tables, downloads=downloads
    )


_PLAIN = re.compile(r"[\w㐀-鿿（）、，。—．./:+\- ]+\Z")
_SPECIAL = re.compile(r"[-?:. ]|.*(: |:\Z| #| \Z)|(true|false|yes|no|on|off|null|~)\Z|[\d.+-]+\Z", re.IGNORECASE)


def yaml_text(value: object, indent: int = 0) -> str:
    """Block YAML of plain values, a hundred times faster than a general writer."""
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(value))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (dict, list)) and item:
                yield f"{_scalar(key)}:"
                yield from (f"  {line}" for line in _lines(item))
            else:
                yield f"{_scalar(key)}: {_scalar(item)}"
    elif isinstance(value, list):
        for item in value:
            first, *rest = _lines(item) if isinstance(item, (dict, list)) else (_scalar(item),)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, str) and (not _PLAIN.match(text) or _SPECIAL.match(text)):
        return json.dumps(text, ensure_ascii=False)
    return text


def main() -> None:
    """Command line: FOLDER --count --seed --rows --columns."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=3)
    parser.add_argument("--columns", type=int)
    given = parser.parse_args()
    generate(given.folder, given.count, given.seed, rows=given.rows, columns=given.columns)
    print(f"{given.count} entries in {given.folder}")


if __name__ == "__main__":
    main()
