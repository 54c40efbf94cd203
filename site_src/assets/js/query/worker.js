// The engine in a thread of its own, so that the page never stands still. Told {id, do, …}; answers {id, …}.
import { startEngine } from "./engine.js";

const wasm = new URL("../../vendor/sqlite-wasm-3.54.1/sqlite3.wasm", import.meta.url).href;
let started = null;

const answers = {
  open: async (engine, { name, url }) => engine.open(name, url),
  query: async (engine, { sql, most }) => {
    const began = performance.now();
    const { columns, rows, more } = await engine.query(sql, most);
    const { bytes, requests } = engine.meter;
    Object.assign(engine.meter, { bytes: 0, requests: 0 }); // what opening the tables took counts for the first query
    return { columns, rows, more, bytes, requests, tables: [...engine.reads.keys()], ms: performance.now() - began };
  },
};

// One after the other: a query waits for the tables that were asked for before it.
let last = Promise.resolve();
self.addEventListener("message", ({ data }) => {
  last = last.then(() => answer(data));
});

const answer = async (data) => {
  try {
    started ??= startEngine(wasm);
    self.postMessage({ id: data.id, done: await answers[data.do](await started, data) });
  } catch (error) {
    const known = error.code && typeof error.code === "string";
    self.postMessage({ id: data.id, failed: { code: known ? error.code : "fault", values: error.values ?? { message: String(error) } } });
  }
};
