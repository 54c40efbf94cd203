// squirreling over hyparquet, by the same author: the columns that a query names, a row group at a time.
import { asyncBufferFromUrl, parquetMetadataAsync, parquetRead } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { collect, executeSql } from "squirreling";

const opened = (async () => {
  const file = await asyncBufferFromUrl({ url: "/data/t.parquet" });
  return { file, metadata: await parquetMetadataAsync(file) };
})();
const held = new Map(); // row group and columns → rows, as our own engine keeps columns

globalThis.query = async (sql) => {
  const { file, metadata } = await opened;
  const all = metadata.schema.slice(1).map((one) => one.name);
  const groups = metadata.row_groups.map((one) => Number(one.num_rows));
  const source = {
    numRows: Number(metadata.num_rows),
    columns: all,
    scan: ({ columns = all }) => ({
      appliedWhere: false,
      appliedLimitOffset: false,
      async *rows() {
        let start = 0;
        for (const count of groups) {
          const key = `${start} ${columns}`;
          if (!held.has(key)) {
            let found;
            const done = (rows) => (found = rows);
            await parquetRead({ file, metadata, columns, rowStart: start, rowEnd: start + count, rowFormat: "object", compressors, onComplete: done });
            held.set(key, found);
          }
          for (const row of held.get(key)) {
            const cells = {};
            for (const name of columns) cells[name] = () => Promise.resolve(row[name]);
            yield { columns, cells, resolved: row };
          }
          start += count;
        }
      },
    }),
  };
  const rows = await collect(executeSql({ tables: { t: source }, query: sql }));
  return rows.map((row) => Object.values(row).map((value) => (typeof value === "bigint" ? Number(value) : value instanceof Date ? value.toISOString().slice(0, 10) : value)));
};
