// SQLite itself reading pages of the database file by ranges (sql.js-httpvfs).
import { createDbWorker } from "sql.js-httpvfs";

const config = { from: "inline", config: { serverMode: "full", requestChunkSize: 4096, url: "/data/t.db" } };
const opened = createDbWorker([config], "/engines/sqlite.worker.js", "/engines/sql-wasm.wasm");
globalThis.query = async (sql) => {
  const [found] = await (await opened).db.exec(sql);
  return found.values;
};
