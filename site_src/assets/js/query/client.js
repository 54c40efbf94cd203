// The worker of the engine as promises; cancelling ends the thread and starts another one.
const LONGEST = 120_000;

export class QueryFailure extends Error {
  constructor({ code, values }) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export class Client {
  constructor() {
    this.opened = new Map(); // name → address: a new worker opens them again
    this.waiting = new Map();
    this.last = 0;
  }

  start() {
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data: { id, done, failed } }) => {
      const promise = this.waiting.get(id);
      this.waiting.delete(id);
      if (failed) promise?.reject(new QueryFailure(failed));
      else promise?.resolve(done);
    });
    this.worker.addEventListener("error", (event) => this.stop({ code: "fault", values: { message: event.message } }));
    for (const [name, url] of this.opened) this.worker.postMessage({ id: 0, do: "open", name, url });
  }

  ask(message) {
    if (!this.worker) this.start();
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...message });
    });
  }

  async open(name, url) {
    const found = await this.ask({ do: "open", name, url });
    this.opened.set(name, url);
    return found;
  }

  async query(sql, most) {
    const late = setTimeout(() => this.stop({ code: "slow" }), LONGEST);
    try {
      return await this.ask({ do: "query", sql, most });
    } catch (failure) {
      if (failure.code === "changed" || failure.code === "fault") this.stop(failure);
      throw failure;
    } finally {
      clearTimeout(late);
    }
  }

  stop(reason = { code: "cancelled" }) {
    this.worker?.terminate();
    this.worker = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new QueryFailure(reason));
  }
}
