"""A million rows of invented companies, as Parquet with row groups of some size and as SQLite: for bench/query.py."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

COLUMNS = (
    "统一社会信用代码", "企业名称", "区县", "街道", "行业门类", "行业代码",
    "成立日期", "注册资本", "从业人数", "状态", "经度", "是否小微",
)  # fmt: skip
TYPES = ("TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "TEXT", "REAL", "INTEGER", "TEXT", "REAL", "INTEGER")
_WORDS = ("恒信", "瑞丰", "新城", "东吴", "金鸡湖", "太湖", "宏图", "嘉和", "盛泽", "姑苏")
_PLACES = ("姑苏区", "吴中区", "相城区", "虎丘区", "吴江区", "常熟市", "张家港市", "昆山市", "太仓市", "工业园区")
_STATES = ("在业", "存续", "注销", "吊销", "迁出")


def rows_of_companies(rows: int) -> duckdb.DuckDBPyConnection:
    """A connection with the table `t`: the same rows every time, dates in order, everything else by a hash."""
    engine = duckdb.connect(config={"threads": 1})
    engine.execute(f"""CREATE TABLE t AS SELECT
 '91320500' || lpad((i * 7919 % {rows})::varchar, 7, '0') || 'MA' AS "统一社会信用代码",
 '苏州' || {_one(_WORDS, 1)} || (hash(i + 2) % 100000)::varchar || '有限公司' AS "企业名称",
 {_one(_PLACES, 3)} AS "区县",
 '第' || (hash(i + 4) % 100)::varchar || '街道' AS "街道",
 chr((65 + hash(i + 5) % 20)::int) AS "行业门类",
 (100 + hash(i + 6) % 400)::varchar AS "行业代码",
 date '1990-01-01' + (i * 13000 // {rows})::int AS "成立日期",
 CASE WHEN hash(i + 7) % 33 = 0 THEN NULL ELSE round((hash(i + 8) % 1000000)::double / 7, 2) END AS "注册资本",
 CASE WHEN hash(i + 9) % 20 = 0 THEN NULL ELSE (hash(i + 10) % 5000)::bigint END AS "从业人数",
 {_one(_STATES, 11)} AS "状态",
 round(120 + (hash(i + 12) % 1000000)::double / 1000000, 6) AS "经度",
 hash(i + 13) % 2 = 0 AS "是否小微"
 FROM range({rows}) r(i)""")
    return engine


def write_parquet(engine: duckdb.DuckDBPyConnection, target: Path, group: int, compression: str = "zstd") -> Path:
    """The table as portal/takeaway/parquet.py writes it, with row groups of `group` rows."""
    engine.execute(f"COPY t TO '{target}' (FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE {group})")
    return target


def write_sqlite(engine: duckdb.DuckDBPyConnection, target: Path) -> Path:
    """The table as the portal loads it: text days, 0 and 1, NULL for nothing; pages of 4,096 bytes."""
    target.unlink(missing_ok=True)
    names = ", ".join(f'"{name}" {kind}' for name, kind in zip(COLUMNS, TYPES, strict=True))
    with closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute(f"CREATE TABLE t ({names})")
        taken = engine.execute(
            'SELECT * REPLACE ("成立日期"::varchar AS "成立日期", "是否小微"::int AS "是否小微") FROM t'
        )
        while some := taken.fetchmany(100_000):
            database.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(COLUMNS))})", some)
        database.commit()
    return target


def write_csv(engine: duckdb.DuckDBPyConnection, target: Path) -> Path:
    """The table as text, for an engine that reads nothing else."""
    engine.execute(f'COPY (SELECT * REPLACE ("是否小微"::int AS "是否小微") FROM t) TO \'{target}\' (HEADER)')
    return target


def _one(words: Sequence[str], salt: int) -> str:
    return f"({list(words)})[(1 + hash(i + {salt}) % {len(words)})::int]"
