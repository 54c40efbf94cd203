// Parquet tables as virtual tables of SQLite. A value is fetched when SQLite asks for it: a condition reads its own
// column, the others only where it holds; row groups that the file's statistics rule out are skipped; a table that is
// looked into again and again by `=` (the inner side of a join) gets an index in memory.
import { INTEGER, LARGE, REAL, TEXT } from "./parquet.js";

const EQ = 2;
const GT = 4;
const LE = 8;
const LT = 16;
const GE = 32;
const PUSHED = new Set([EQ, GT, LE, LT, GE]);
const BIND = 8; // conditions whose value we take; more gain nothing
const STATIC = 0;
const AGAIN = 3; // so many looks into a table by `=` are answered by reading it; the next ones by an index
const DECLARED = { [TEXT]: "TEXT", [INTEGER]: "INTEGER", [REAL]: "REAL" };
const decoder = new TextDecoder();

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

const compareBytes = (a, b) => {
  const length = Math.min(a.length, b.length);
  for (let n = 0; n < length; n++) if (a[n] !== b[n]) return a[n] - b[n];
  return a.length - b.length;
};

// One key for all values that `=` could find equal, whatever the collation and affinity; SQLite looks again.
export const keyOf = (value) => {
  if (typeof value !== "string") return String(Number(value));
  const plain = value.trim();
  const number = plain === "" ? NaN : Number(plain);
  return Number.isNaN(number) ? `'${plain.toLowerCase()}` : String(number);
};

class Scan {
  // Row after row of some row groups.
  constructor(table, groups) {
    this.table = table;
    this.groups = groups;
    this.place = -1;
    this.enter();
  }

  enter() {
    do this.place += 1;
    while (this.place < this.groups.length && this.table.groups[this.groups[this.place]] === 0);
    this.row = 0;
    this.done = this.place >= this.groups.length;
    if (this.done) return;
    this.group = this.groups[this.place];
    this.rows = this.table.groups[this.group];
  }

  next() {
    this.row += 1;
    if (this.row >= this.rows) this.enter();
  }
}

class Hits {
  // The rows that an index found: their numbers in the table.
  constructor(table, rows) {
    this.table = table;
    this.rows = rows;
    this.at = -1;
    this.next();
  }

  next() {
    this.at += 1;
    this.done = this.at >= this.rows.length;
    if (this.done) return;
    const row = this.rows[this.at];
    let group = this.table.starts.length - 1;
    while (this.table.starts[group] > row) group -= 1;
    this.group = group;
    this.row = row - this.table.starts[group];
  }
}

export class VirtualTables {
  constructor(sqlite3, database, run) {
    this.sqlite3 = sqlite3;
    this.raw = sqlite3.wasm.exports;
    this.run = run; // {need(table, group, column, groups, watched), failed}: what the present query does about what is missing
    this.tables = [];
    this.connected = new Map();
    this.cursors = new Map();
    this.pointer = 0; // of the cursor that was used last: mostly the next one too
    this.plans = [];
    const module = new sqlite3.capi.sqlite3_module();
    module.setupModule({ catchExceptions: false, methods: this.methods() });
    sqlite3.capi.sqlite3_create_module(database.pointer, "parquet", module, 0);
    this.database = database;
  }

  add(name, table) {
    this.tables.push(Object.assign(table, { name, indexes: new Map(), looks: new Map() }));
    this.database.exec(`CREATE VIRTUAL TABLE ${quoted(name)} USING parquet(${this.tables.length - 1})`);
  }

  methods() {
    const { capi, wasm, vtab } = this.sqlite3;
    return {
      xCreate: true,
      xConnect: (pDb, _aux, argc, argv, ppVtab) => {
        const number = Number(wasm.cstrToJs(wasm.peekPtr(argv + wasm.ptr.size * 3)));
        const columns = this.tables[number].columns.map((one) => `${quoted(one.name)} ${DECLARED[one.type]}`);
        const rc = capi.sqlite3_declare_vtab(pDb, `CREATE TABLE x(${columns.join(",")})`);
        if (rc === 0) this.connected.set(vtab.xVtab.create(ppVtab).pointer, this.tables[number]);
        return rc;
      },
      xDestroy: true,
      xDisconnect: (pVtab) => {
        this.connected.delete(pVtab);
        vtab.xVtab.dispose(pVtab);
        return 0;
      },
      xBestIndex: (pVtab, pInfo) => this.plan(this.connected.get(pVtab), pInfo),
      xOpen: (pVtab, ppCursor) => {
        this.cursors.set(vtab.xCursor.create(ppCursor).pointer, { table: this.connected.get(pVtab), walk: null, plan: null, group: -1, chunks: [] });
        return 0;
      },
      xClose: (pCursor) => {
        this.cursors.delete(pCursor);
        this.pointer = 0;
        vtab.xCursor.dispose(pCursor);
        return 0;
      },
      xFilter: (pCursor, plan, _text, argc, argv) => this.filter(this.cursors.get(pCursor), this.plans[plan], argc, argv),
      xNext: (pCursor) => {
        this.at(pCursor).walk.next();
        return 0;
      },
      xEof: (pCursor) => (this.at(pCursor).walk.done ? 1 : 0),
      xColumn: (pCursor, context, column) => this.column(this.at(pCursor), context, column),
      xRowid: (pCursor, pRowid) => {
        const { table, walk } = this.cursors.get(pCursor);
        vtab.xRowid(pRowid, BigInt(table.starts[walk.group] + walk.row + 1));
        return 0;
      },
    };
  }

  at(pointer) {
    if (pointer !== this.pointer) {
      this.pointer = pointer;
      this.cursor = this.cursors.get(pointer);
    }
    return this.cursor;
  }

  // What SQLite offers to tell us: conditions of a column with a value. It checks each again itself.
  plan(table, pInfo) {
    const { capi, vtab } = this.sqlite3;
    const info = vtab.xIndexInfo(pInfo);
    const plan = { bound: [], watched: new Set() };
    let equal = 0;
    for (let n = 0; n < info.$nConstraint; n++) {
      const offered = info.nthConstraint(n);
      const { $iColumn: column, $op: op, $usable: usable } = offered;
      offered.dispose();
      if (!usable || column < 0) continue;
      plan.watched.add(column);
      if (!PUSHED.has(op) || plan.bound.length === BIND) continue;
      plan.bound.push({ column, op, binary: capi.sqlite3_vtab_collation(pInfo, n) === "BINARY" });
      const usage = info.nthConstraintUsage(n);
      usage.$argvIndex = plan.bound.length;
      usage.dispose();
      equal += op === EQ;
    }
    this.plans.push(plan);
    info.$idxNum = this.plans.length - 1;
    const share = equal ? 1000 : plan.bound.length ? 4 : 1;
    info.$estimatedRows = BigInt(Math.max(1, Math.round(table.rows / share)));
    info.$estimatedCost = equal ? 10 + table.rows / 1000 : 10 + table.rows * (plan.bound.length ? 0.9 : 1);
    info.dispose();
    return 0;
  }

  filter(cursor, plan, argc, argv) {
    const { table } = cursor;
    try {
      const values = this.sqlite3.capi.sqlite3_values_to_js(argc, argv);
      cursor.plan = plan;
      const equal = plan.bound.findIndex((one) => one.op === EQ);
      if (equal >= 0) {
        const { column } = plan.bound[equal];
        const looks = (table.looks.get(column) ?? 0) + 1;
        table.looks.set(column, looks);
        if (looks > AGAIN || table.indexes.has(column)) {
          cursor.groups = null; // only some rows: nothing is sure to be read
          cursor.walk = new Hits(table, values[equal] === null ? [] : (this.index(table, column).get(keyOf(values[equal])) ?? []));
          return 0;
        }
      }
      cursor.groups = this.surviving(table, plan, values);
      cursor.walk = new Scan(table, cursor.groups);
      return 0;
    } catch (error) {
      this.run.failed = error;
      return this.sqlite3.capi.SQLITE_ERROR;
    }
  }

  // Which row groups may hold a row that fits, by the smallest and largest value that the file notes of each.
  surviving(table, plan, values) {
    const all = table.groups.map((_, group) => group);
    return all.filter((group) => plan.bound.every((one, n) => mayFit(table, group, one, values[n])));
  }

  index(table, column) {
    let index = table.indexes.get(column);
    if (index) return index;
    index = new Map();
    const all = table.groups.map((_, group) => group);
    for (const group of all) if (!table.has(group, column)) this.run.need(table, group, column, all, null);
    const heap = table.heap.bytes();
    for (const group of all) {
      const chunk = table.chunk(group, column);
      const start = table.starts[group];
      for (let row = 0; row < table.groups[group]; row++) {
        const value = valueAt(chunk, row, heap);
        if (value === null) continue;
        const key = keyOf(value);
        const rows = index.get(key);
        if (rows) rows.push(start + row);
        else index.set(key, [start + row]);
      }
    }
    table.indexes.set(column, index);
    return index;
  }

  column(cursor, context, column) {
    const { raw } = this;
    const { table, walk } = cursor;
    if (cursor.group !== walk.group) {
      cursor.group = walk.group;
      cursor.chunks = [];
    }
    let chunk = cursor.chunks[column];
    if (chunk === undefined) {
      try {
        if (!table.has(walk.group, column)) this.run.need(table, walk.group, column, cursor.groups, cursor.plan);
      } catch (error) {
        this.run.failed = error;
        raw.sqlite3_result_error_code(context, 1);
        return 1;
      }
      chunk = cursor.chunks[column] = table.chunk(walk.group, column);
    }
    const { row } = walk;
    if (chunk.type === TEXT) {
      const length = chunk.length[row];
      if (length >= 0) raw.sqlite3_result_text(context, chunk.at[row], length, STATIC);
      return 0; // nothing said is NULL
    }
    const value = chunk.values[row];
    if (chunk.type === LARGE) {
      if (value !== null) raw.sqlite3_result_int64(context, BigInt(value));
    } else if (value === value) {
      if (chunk.type === REAL) raw.sqlite3_result_double(context, value);
      else if ((value | 0) === value) raw.sqlite3_result_int(context, value);
      else raw.sqlite3_result_int64(context, BigInt(value));
    }
    return 0;
  }
}

const valueAt = (chunk, row, heap) => {
  if (chunk.type === TEXT) {
    const length = chunk.length[row];
    return length < 0 ? null : decoder.decode(heap.subarray(chunk.at[row], chunk.at[row] + length));
  }
  const value = chunk.values[row];
  return chunk.type === LARGE || value === value ? value : null;
};

const mayFit = (table, group, { column, op, binary }, value) => {
  if (value === null) return false; // no comparison with NULL is true
  const { statistics } = table.meta(group, column);
  let [low, high] = [statistics?.min_value, statistics?.max_value];
  if (low === undefined || high === undefined || low === null || high === null) return true;
  const { type } = table.columns[column];
  let compare = (a, b) => a - b;
  if (type === TEXT) {
    if (typeof value !== "string" || !binary) return true;
    value = new TextEncoder().encode(value);
    compare = compareBytes;
  } else {
    if (typeof value !== "number" || typeof low === "boolean") return true;
    [low, high] = [Number(low), Number(high)];
    if (!Number.isSafeInteger(value) && type === INTEGER) return true;
  }
  const [below, above] = [compare(value, low), compare(value, high)];
  if (op === EQ) return below >= 0 && above <= 0;
  if (op === GT) return above < 0;
  if (op === GE) return above <= 0;
  if (op === LT) return below > 0;
  return below >= 0;
};
