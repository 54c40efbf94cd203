// SQL over Parquet files: SQLite as WebAssembly, fed by virtual tables. Nothing but reading is allowed.
import sqlite3InitModule from "../../vendor/sqlite-wasm-3.54.1/sqlite3.js";
import { ParquetTable } from "./parquet.js";
import { QueryError } from "./source.js";
import { VirtualTables } from "./vtab.js";

const MEMORY = 700_000_000; // bytes of columns at a time; SQLite's own memory may grow to 2 GiB
const READING = new Set([20, 21, 31, 33]); // SQLITE_READ, SQLITE_SELECT, SQLITE_FUNCTION, SQLITE_RECURSIVE
const CHANGING_FUNCTIONS = new Set(["load_extension", "randomblob", "zeroblob"]);
const ENDS_EARLY = new Set(["DecrJumpZero", "IfNotZero"]);
const READS_ALL_FIRST = new Set(["AggStep", "AggStep1", "SorterOpen", "SorterInsert"]);

export const startEngine = async (wasm) => {
  globalThis.sqlite3ApiConfig = { warn: () => {}, disable: { vfs: { opfs: true, "opfs-vfs": true, "opfs-sahpool": true, kvvfs: true } } };
  const sqlite3 = await sqlite3InitModule({ locateFile: () => wasm, print: () => {}, printErr: () => {} });
  return new Engine(sqlite3);
};

export class Engine {
  constructor(sqlite3) {
    this.sqlite3 = sqlite3;
    sqlite3.vtab.xError.errorReporter = null;
    this.database = new sqlite3.oo1.DB(":memory:", "c");
    this.meter = { bytes: 0, requests: 0 };
    this.tables = new Map();
    this.files = new Map();
    this.run = {
      failed: null,
      need: (table, group, column, groups, plan) => this.need(table, group, column, groups, plan),
    };
    this.virtual = new VirtualTables(sqlite3, this.database, this.run);
    const { wasm } = sqlite3;
    this.heap = { alloc: (bytes) => wasm.alloc(bytes), free: (at) => wasm.dealloc(at), bytes: () => wasm.heap8u() };
    this.guard();
  }

  // A statement may read; it may not write, attach, or set anything.
  guard() {
    const { capi } = this.sqlite3;
    capi.sqlite3_set_authorizer(
      this.database.pointer,
      (_context, action, first, second) => {
        if (this.opening) return 0;
        if (!READING.has(action)) return (this.refused = true) && 1;
        if (action === 31 && CHANGING_FUNCTIONS.has(second)) return (this.refused = true) && 1;
        if (action === 20 && this.reads && first) {
          if (!this.reads.has(first)) this.reads.set(first, new Set());
          if (second) this.reads.get(first).add(second);
        }
        return 0;
      },
      0,
    );
  }

  // Make a file known under a name; only its end is fetched.
  async open(name, url) {
    if (this.tables.has(name)) return this.describe(name);
    const table = new ParquetTable(url, this.heap, this.meter);
    await table.open();
    this.opening = true;
    try {
      this.virtual.add(name, table);
    } finally {
      this.opening = false;
    }
    this.tables.set(name, table);
    return this.describe(name);
  }

  describe(name) {
    const table = this.tables.get(name);
    return { name, rows: table.rows, bytes: table.source.size, groups: table.groups.length };
  }

  // Answer one SELECT: its columns, at most `most` rows, and whether there were more.
  async query(sql, most) {
    this.start();
    const database = this.database.pointer;
    const { capi } = this.sqlite3;
    this.early = this.endsEarly(sql);
    for (;;) {
      this.wanted = null;
      this.run.failed = null;
      const statement = this.prepare(sql);
      let outcome;
      try {
        outcome = this.rows(statement, most);
      } finally {
        capi.sqlite3_finalize(statement);
        this.virtual.plans.length = 0;
      }
      if (outcome.rc === 0) return outcome;
      if (this.wanted) {
        await this.load();
        continue;
      }
      if (this.run.failed) throw this.run.failed;
      throw new QueryError("sql", { message: capi.sqlite3_errmsg(database) });
    }
  }

  start() {
    for (const table of this.tables.values()) table.looks.clear();
  }

  prepare(sql) {
    const { capi, wasm } = this.sqlite3;
    const scope = wasm.scopedAllocPush();
    this.reads = new Map();
    this.refused = false;
    try {
      const [text, length] = wasm.scopedAllocCString(sql, true);
      const [pStatement, pTail] = wasm.scopedAllocPtr(2);
      const rc = capi.sqlite3_prepare_v3(this.database.pointer, text, length, 0, pStatement, pTail);
      if (rc !== 0) throw new QueryError(this.refused ? "refused" : "sql", { message: capi.sqlite3_errmsg(this.database.pointer) });
      const statement = wasm.peekPtr(pStatement);
      if (!statement) throw new QueryError("empty");
      const tail = wasm.cstrToJs(wasm.peekPtr(pTail)) ?? "";
      if (tail.replace(/--[^\n]*|\/\*[^]*?\*\//g, "").replace(/[\s;]/g, "")) {
        capi.sqlite3_finalize(statement);
        throw new QueryError("several");
      }
      if (!capi.sqlite3_column_count(statement)) {
        capi.sqlite3_finalize(statement);
        throw new QueryError("refused");
      }
      return statement;
    } finally {
      wasm.scopedAllocPop(scope);
    }
  }

  // Whether a LIMIT lets the statement stop before it has seen all rows: then little is fetched at a time.
  endsEarly(sql) {
    const { capi } = this.sqlite3;
    capi.sqlite3_finalize(this.prepare(sql));
    if (/^\s*explain\b/i.test(sql)) return true;
    const statement = this.prepare(`EXPLAIN ${sql}`);
    const names = new Set();
    try {
      while (capi.sqlite3_step(statement) === capi.SQLITE_ROW) names.add(capi.sqlite3_column_text(statement, 1));
    } finally {
      capi.sqlite3_finalize(statement);
    }
    const has = (some) => [...some].some((one) => names.has(one));
    return has(ENDS_EARLY) && !has(READS_ALL_FIRST);
  }

  rows(statement, most) {
    const { capi } = this.sqlite3;
    const count = capi.sqlite3_column_count(statement);
    const columns = Array.from({ length: count }, (_, n) => ({
      name: capi.sqlite3_column_name(statement, n),
      declared: capi.sqlite3_column_decltype(statement, n) ?? null,
    }));
    const rows = [];
    let rc;
    while ((rc = capi.sqlite3_step(statement)) === capi.SQLITE_ROW) {
      if (rows.length === most) return { rc: 0, columns, rows, more: true };
      rows.push(Array.from({ length: count }, (_, n) => this.value(statement, n)));
    }
    return { rc: rc === capi.SQLITE_DONE ? 0 : rc, columns, rows, more: false };
  }

  value(statement, n) {
    const { capi, wasm } = this.sqlite3;
    const { exports: raw } = wasm;
    const type = raw.sqlite3_column_type(statement, n);
    if (type === capi.SQLITE_NULL) return null;
    if (type === capi.SQLITE_INTEGER) {
      const value = raw.sqlite3_column_int64(statement, n);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    if (type === capi.SQLITE_FLOAT) return raw.sqlite3_column_double(statement, n);
    if (type === capi.SQLITE_TEXT) return capi.sqlite3_column_text(statement, n);
    return capi.sqlite3_column_blob(statement, n) ? "(BLOB)" : "";
  }

  // A value is not here yet. What the query will surely read of a table (all that it uses, or the columns of its
  // conditions) is fetched side by side, for which it stops and starts again; what only some rows ask for, and what a
  // LIMIT may make needless, is fetched a row group at a time while SQLite waits.
  need(table, group, column, groups, plan) {
    const used = this.used(table);
    const watched = plan ? used.filter((one) => plan.watched.has(one)) : [];
    const first = watched.length ? watched : used;
    if (plan === null) this.wanted = { table, groups, columns: [column] };
    else if (!this.early && groups && first.includes(column)) this.wanted = { table, groups, columns: first };
    if (this.wanted) throw new QueryError("again");
    const rest = watched.includes(column) ? watched : used.filter((one) => !watched.includes(one));
    const columns = rest.includes(column) ? rest : [column];
    this.room(table, [group], columns);
    table.loadNow(group, columns);
  }

  used(table) {
    const names = this.reads.get(table.name) ?? new Set();
    return table.columns.flatMap(({ name }, n) => (names.has(name) ? [n] : []));
  }

  async load() {
    const { table, groups, columns } = this.wanted;
    this.room(table, groups, columns);
    await table.load(groups, columns);
  }

  // Make room in memory: what earlier queries left goes first; what does not fit even then is refused.
  room(table, groups, columns) {
    let needed = 0;
    for (const group of groups) for (const column of columns) needed += table.cost(group, column);
    const held = [...this.tables.values()].reduce((sum, one) => sum + one.weight, 0);
    if (held + needed <= MEMORY) return;
    const present = [...this.tables.values()].filter((one) => this.reads.has(one.name));
    for (const one of this.tables.values()) if (!this.reads.has(one.name)) this.forget(one);
    const kept = present.reduce((sum, one) => sum + one.weight, 0);
    if (kept + needed > MEMORY) throw new QueryError("memory", { bytes: kept + needed, limit: MEMORY });
  }

  forget(table) {
    table.clear();
    table.indexes.clear();
  }
}
