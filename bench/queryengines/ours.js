// The query page's own engine, without the page.
const worker = new Worker("/assets/js/query/worker.js", { type: "module" });
const waiting = new Map();
let last = 0;
worker.onmessage = ({ data }) => {
  const { resolve, reject } = waiting.get(data.id);
  if (data.failed) reject(new Error(JSON.stringify(data.failed)));
  else resolve(data.done);
};
const ask = (message) =>
  new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ id: last, ...message });
  });
const opened = ask({ do: "open", name: "t", url: "/data/t.parquet" });
globalThis.query = async (sql) => {
  await opened;
  return (await ask({ do: "query", sql, most: 1000 })).rows;
};
