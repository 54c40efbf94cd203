"""A city for the tests of the query page: rows with every kind of gap and value, a relation, a million rows; and what
is asked of it, which SQLite answers too.
"""

from __future__ import annotations

import io
import json
import random
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.queryrows import COLUMNS, rows_of_companies, write_parquet
from portal.pipeline import build
from portal.progress import Progress
from portal.takeaway import parquet
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry

BIG = 1_000_000
UNTIL = "2027-12-31"


def column(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "title": f"{name}一栏",
        "type": kind,
        "description": f"游园记录中的{name}，照登记原样",
        **more,
    }


FIELDS = [
    column("流水号", "string", constraints={"required": "true", "unique": "true"}),
    column("公园编号", "string"),
    column("日期", "date"),
    column("年份", "year"),
    column("人次", "integer"),
    column("收入", "number", unit="元"),
    column("免费", "boolean"),
    column("天气", "string", constraints={"enum": ["晴", "多云", "小雨", "大雪"]}),
    column("备注", "string"),
]
NOTES = ["", "", '带"引号"的', "有,逗号", "100%_满", "O'Brien", "𠮷野公园", "Park", "park", "0012", "12", "1e1"]


QUERIES = {
    "count": 'SELECT count(*) FROM "visits"',
    "group": 'SELECT "天气", count(*) AS n, sum("人次") FROM visits WHERE "人次" < 9007199254740993 GROUP BY "天气" ORDER BY n DESC, "天气"',
    "chinese filter": "SELECT \"流水号\" FROM visits WHERE \"天气\" = '小雨' AND \"日期\" >= '2025-11-01' ORDER BY 1",
    "contains": "SELECT \"流水号\", \"备注\" FROM visits WHERE \"备注\" LIKE '%野%' ORDER BY \"流水号\" DESC LIMIT 9",
    "escaped": "SELECT count(*) FROM visits WHERE \"备注\" LIKE '100\\%\\_%' ESCAPE '\\'",
    "null": 'SELECT count(*), count("人次"), count("收入"), count("免费"), count("备注") FROM visits WHERE "天气" IS NULL',
    "not null": 'SELECT count(*) FROM visits WHERE "备注" IS NOT NULL AND "收入" <> -3.5',
    "boolean": 'SELECT "免费", count(*) FROM visits GROUP BY 1 ORDER BY 1',
    "large": 'SELECT "人次" FROM visits WHERE "人次" > 9007199254740992 ORDER BY 1',
    "equal large": 'SELECT "流水号" FROM visits WHERE "人次" = (SELECT max("人次") FROM visits)',
    "between": 'SELECT min("收入"), max("收入"), count(*) FROM visits WHERE "收入" BETWEEN -3.5 AND 12.5',
    "text as number": "SELECT \"备注\", count(*) FROM visits WHERE \"备注\" = '12' OR \"备注\" = '0012' GROUP BY 1 ORDER BY 1",
    "no case": "SELECT count(*) FROM visits WHERE \"备注\" = 'PARK' COLLATE NOCASE",
    "in": "SELECT \"天气\", count(*) FROM visits WHERE \"天气\" IN ('晴', '大雪', '雾') GROUP BY 1 ORDER BY 1",
    "join": 'SELECT v."流水号", p."名称", v."人次" FROM visits v JOIN parks p ON v."公园编号" = p."编号" WHERE v."人次" < 50 ORDER BY 1',
    "join grouped": 'SELECT p."名称", count(*), sum(v."收入") FROM parks p JOIN visits v ON p."编号" = v."公园编号" GROUP BY 1 ORDER BY 1',
    "left join": 'SELECT v."公园编号", count(p."编号"), count(*) FROM visits v LEFT JOIN parks p ON p."编号" = v."公园编号" GROUP BY 1 ORDER BY 1',
    "self join": 'SELECT count(*) FROM visits a JOIN visits b ON a."备注" = b."备注" AND a."日期" = b."日期"',
    "affinity join": 'SELECT count(*) FROM visits a JOIN visits b ON a."备注" = b."人次"',
    "window": 'SELECT "流水号", sum("人次") OVER (ORDER BY "流水号" ROWS 3 PRECEDING) FROM visits WHERE "人次" < 5000 ORDER BY 1 LIMIT 30',
    "cte": 'WITH m AS (SELECT substr("日期", 1, 7) AS 月, count(*) AS n FROM visits GROUP BY 1) SELECT * FROM m WHERE n > 240 ORDER BY 1',
    "subquery": 'SELECT "名称" FROM parks WHERE "编号" IN (SELECT "公园编号" FROM visits WHERE "天气" = \'大雪\') ORDER BY 1',
    "union": 'SELECT "编号" FROM parks UNION SELECT "公园编号" FROM visits ORDER BY 1',
    "first rows": "SELECT * FROM visits LIMIT 25",
    "offset": 'SELECT "流水号", "日期", "年份" FROM visits LIMIT 5 OFFSET 2990',
    "dates": "SELECT strftime('%m', \"日期\") AS m, count(*) FROM visits GROUP BY m ORDER BY m",
    "nothing": "SELECT \"流水号\" FROM visits WHERE \"日期\" > '2030-01-01'",
    "rowid": "SELECT rowid, \"流水号\" FROM visits WHERE rowid BETWEEN 10 AND 12",
}  # fmt: skip


def visits() -> str:
    """3,000 rows with gaps in most columns, large integers, quotes, characters beyond 16 bits."""
    chance = random.Random(4)
    lines = ["流水号,公园编号,日期,年份,人次,收入,免费,天气,备注"]
    for n in range(3000):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(365))
        people = chance.choice(
            ["", str(chance.randrange(5000)), str(9_007_199_254_740_993 + n) if n % 500 == 0 else "7"]
        )
        money = chance.choice(["", f"{chance.randrange(100_000) / 100:.2f}", "-3.5"])
        note = chance.choice(NOTES)
        cells = [f"L{n:05}", chance.choice(["0001", "0002", "0003", "0004"]), day.isoformat(), str(day.year), people, money,
                 chance.choice(["true", "false", ""]), chance.choice(["晴", "多云", "小雨", "大雪", ""]), f'"{note.replace(chr(34), chr(34) * 2)}"' if note else ""]  # fmt: skip
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


def built_city(root: Path) -> Path:
    """Two related datasets, built, and one of a million rows laid beside them; gives the live release."""
    make_catalogue(root)
    (root / "datasets" / "ylj" / "visits.csv").write_text(visits(), "utf-8")
    gaps = ["人次", "收入", "免费", "天气", "备注"]
    entry = {
        "title": "城区公园游园记录（2025年）",
        "summary": "各公园每日游园人次与收入，供市民与研究者分析。",
        "files": [{"path": "visits.csv", "schema": {"primaryKey": "流水号", "fields": FIELDS}}],
        "views": [{"kind": "bar", "title": "各天气的天数", "group": "天气", "value": "count"}],
        "relations": [{"to": "parks", "kind": "shared-key", "fields": {"公园编号": "编号"}, "coverage": "50"}],
        "allow": [{"rule": "empty-value", "field": one, "reason": "闭园日没有登记", "until": UNTIL} for one in gaps],
    }
    write_entry(root, "ylj", "visits", changed(ENTRY, entry))
    settings = settings_for(root, jobs=2)
    build(settings, Progress("zh", Console(file=io.StringIO())))
    site = settings.live / "site"
    big = site / "dataset" / "big"
    big.mkdir()
    with closing(rows_of_companies(BIG)) as engine:
        write_parquet(engine, big / "big.parquet", parquet.ROWS)
        found = engine.execute(
            'SELECT "区县", count(*), round(avg("从业人数"), 6) FROM t GROUP BY 1 ORDER BY 1'
        ).fetchall()
    (big / "right.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    fields = [{"name": name, "title": name, "type": "string"} for name in COLUMNS]
    resource = {"name": "big", "title": "企业", "path": "big.csv", "schema": {"fields": fields}}
    (big / "datapackage.json").write_text(json.dumps({"title": "企业名录", "resources": [resource]}), "utf-8")
    return settings.live
