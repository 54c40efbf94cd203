// A Parquet file as columns of row groups, each fetched and decoded when somebody asks for it. Texts are kept where
// SQLite finds them, in its own memory, so that they are never turned into strings of JavaScript.
import {
  DEFAULT_PARSERS,
  decompressZstd,
  getSchemaPath,
  parquetMetadata,
  parquetSchema,
  readColumn,
} from "../../vendor/hyparquet-1.31.5/hyparquet.js";
import { QueryError, Source } from "./source.js";

export const TEXT = 1;
export const INTEGER = 2;
export const REAL = 3;
export const LARGE = 4; // integers beyond 2^53
const TYPES = { BOOLEAN: INTEGER, INT32: INTEGER, INT64: INTEGER, FLOAT: REAL, DOUBLE: REAL, BYTE_ARRAY: TEXT };
const encoder = new TextEncoder();

const pad = (n, width) => String(n).padStart(width, "0");
export const dayText = (days) => {
  const date = new Date(days * 86_400_000);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
};

const dayBytes = new Map(); // equal days are one object, as the values of a dictionary are
const PARSERS = {
  ...DEFAULT_PARSERS,
  stringFromBytes: (bytes) => bytes,
  dateFromDays: (days) => {
    if (days === null || days === undefined) return days;
    if (!dayBytes.has(days)) dayBytes.set(days, encoder.encode(dayText(days)));
    return dayBytes.get(days);
  },
};
const COMPRESSORS = { ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)) };

export class ParquetTable {
  // `heap` is SQLite's memory: alloc(bytes) → address, free(address), bytes() → Uint8Array of all of it.
  constructor(url, heap, meter) {
    this.source = new Source(url, meter);
    this.heap = heap;
    this.chunks = new Map();
    this.weight = 0;
  }

  async open() {
    await this.source.open();
    const { size } = this.source;
    let tail = this.source.held(Math.max(0, size - 8), size);
    const length = tail && new DataView(tail.buffer, tail.byteOffset, 8).getUint32(0, true) + 8;
    if (!tail || length > size) throw new QueryError("unreadable", { url: this.source.url });
    await this.source.fetch([[size - length, size]]);
    tail = this.source.held(size - length, size);
    this.metadata = parquetMetadata(tail.slice().buffer, { parsers: PARSERS });
    const tree = parquetSchema(this.metadata);
    this.columns = tree.children.map((child) => this.column(child, tree));
    this.groups = this.metadata.row_groups.map((group) => Number(group.num_rows));
    this.starts = this.groups.map((_, n) => this.groups.slice(0, n).reduce((sum, rows) => sum + rows, 0));
    this.rows = Number(this.metadata.num_rows);
  }

  column(child, tree) {
    const { element } = child;
    const isDay = element.converted_type === "DATE" || element.logical_type?.type === "DATE";
    const type = isDay ? TEXT : TYPES[element.type];
    if (!type) throw new QueryError("unreadable", { url: this.source.url });
    return { name: element.name, type, element, path: getSchemaPath(tree, child.path) };
  }

  meta(group, column) {
    return this.metadata.row_groups[group].columns[column].meta_data;
  }

  range(group, column) {
    const meta = this.meta(group, column);
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    return [start, start + Number(meta.total_compressed_size)];
  }

  // Bytes of memory that a column of a row group will take: its values, and where each begins.
  cost(group, column) {
    return this.has(group, column) ? 0 : Number(this.meta(group, column).total_uncompressed_size) + 9 * this.groups[group];
  }

  has(group, column) {
    return this.chunks.has(group * 1000 + column);
  }

  chunk(group, column) {
    return this.chunks.get(group * 1000 + column);
  }

  missing(groups, columns) {
    return groups.flatMap((group) => columns.map((column) => [group, column])).filter(([g, c]) => !this.has(g, c));
  }

  async load(groups, columns) {
    const missing = this.missing(groups, columns);
    await this.source.fetch(missing.map(([group, column]) => this.range(group, column)));
    this.decodeAll(missing);
  }

  loadNow(group, columns) {
    const missing = this.missing([group], columns);
    this.source.fetchNow(missing.map(([, column]) => this.range(group, column)));
    this.decodeAll(missing);
  }

  decodeAll(missing) {
    for (const [group, column] of missing) {
      this.chunks.set(group * 1000 + column, this.decode(group, column));
      this.weight += Number(this.meta(group, column).total_uncompressed_size) + 9 * this.groups[group];
    }
    this.source.drop();
  }

  decode(group, column) {
    const { element, path, type } = this.columns[column];
    const meta = this.meta(group, column);
    const rows = this.groups[group];
    const held = this.source.held(...this.range(group, column));
    // hyparquet looks into the buffer by absolute places: it gets bytes of its own.
    const reader = { view: new DataView(held.slice().buffer), offset: 0 };
    const decoder = { pathInSchema: meta.path_in_schema, element, schemaPath: path, ...meta, parsers: PARSERS, compressors: COMPRESSORS };
    const { data } = readColumn(reader, { groupStart: 0, selectStart: 0, selectEnd: rows }, decoder);
    return type === TEXT ? this.texts(data, rows) : numbers(data, rows, type);
  }

  // Pages (and dictionaries) as they are in SQLite's memory, each once; `at` and `length` of each row's text there, -1
  // for NULL. A text of hyparquet's is a view of its page, so that nothing is copied value by value.
  texts(pages, rows) {
    const at = new Uint32Array(rows);
    const length = new Int32Array(rows).fill(-1);
    const place = new Map();
    let total = 0;
    let last = null;
    for (const page of pages) {
      for (const value of page) {
        if (!value || value.buffer === last) continue;
        last = value.buffer;
        if (place.has(last)) continue;
        place.set(last, total);
        total += last.byteLength;
      }
    }
    const block = this.heap.alloc(Math.max(1, total));
    const bytes = this.heap.bytes();
    for (const [buffer, offset] of place) bytes.set(new Uint8Array(buffer), block + offset);
    let row = 0;
    let base = 0;
    last = null;
    for (const page of pages) {
      for (const value of page) {
        if (value) {
          if (value.buffer !== last) {
            last = value.buffer;
            base = block + place.get(last);
          }
          at[row] = base + value.byteOffset;
          length[row] = value.length;
        }
        row += 1;
      }
    }
    return { type: TEXT, at, length, block };
  }

  // Give the memory back.
  clear() {
    for (const chunk of this.chunks.values()) if (chunk.block) this.heap.free(chunk.block);
    this.chunks.clear();
    this.weight = 0;
  }
}

const numbers = (pages, rows, type) => {
  const values = new Float64Array(rows).fill(NaN);
  let row = 0;
  let safe = true;
  for (const page of pages) {
    for (const value of page) {
      if (value !== null && value !== undefined) {
        values[row] = Number(value);
        safe &&= typeof value !== "bigint" || Number.isSafeInteger(values[row]);
      }
      row += 1;
    }
  }
  if (safe) return { type, values };
  const large = [];
  for (const page of pages) for (const value of page) large.push(value ?? null);
  return { type: LARGE, values: large };
};
