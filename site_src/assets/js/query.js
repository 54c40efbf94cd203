// The query page: choose tables, click or write SQL, see the answer. The address keeps the question (behind the #, so
// that no server learns of it); the engine runs in a worker and fetches parts of the published files.
import { Builder } from "./query/builder.js";
import { readSet } from "./query/catalogue.js";
import { Client, QueryFailure } from "./query/client.js";
import { drawChosen, Picker } from "./query/picker.js";
import { copyText, Result, said } from "./query/result.js";
import { join } from "./query/sql.js";
import { explain, words } from "./query/words.js";

const MOST = 50_000; // rows that an answer brings

class QueryPage {
  constructor(root) {
    this.root = root;
    this.base = root.dataset.base;
    this.sets = [];
    this.client = new Client();
    this.sql = root.querySelector("#query-sql");
    this.status = root.querySelector("[data-status]");
    this.builder = new Builder(root.querySelector("[data-builder]"), (sql) => this.offer(sql));
    this.picker = new Picker(root, root.dataset.index, (id) => this.choose(id));
    this.result = new Result(root.querySelector("[data-result]"), () => this.keep());
    this.chosen = root.querySelector("[data-chosen]");
    this.written = ""; // what clicks wrote last: anything else was written by hand
    this.wire();
    this.draw();
  }

  button(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  wire() {
    this.button("run").addEventListener("click", () => this.run());
    this.button("cancel").addEventListener("click", () => this.client.stop());
    this.button("share").addEventListener("click", async (event) => {
      const button = event.currentTarget;
      this.keep();
      await copyText(location.href);
      said(button, words.copied);
    });
    this.button("rewrite").querySelector("button").addEventListener("click", () => this.put(this.builder.sql()));
    this.sql.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.run();
    });
    this.sql.addEventListener("input", () => this.button("rewrite").setAttribute("hidden", ""));
    addEventListener("hashchange", () => location.hash !== this.kept && this.restore());
  }

  // ---------- tables ----------
  get tables() {
    return this.sets.flatMap((set) => set.tables);
  }

  async choose(id, { quiet = false } = {}) {
    const error = this.button("pick-error");
    error.hidden = true;
    if (this.sets.some((set) => set.id === id)) return true;
    this.say(words.starting);
    try {
      const set = await readSet(id);
      if (!set.tables.length) throw new QueryFailure({ code: "missing" });
      for (const table of set.tables) {
        if (this.tables.some((one) => one.name === table.name)) table.name = `${id}.${table.name}`;
        Object.assign(table, await this.client.open(table.name, table.url), { set: set.title });
      }
      if (!this.sets.some((one) => one.id === id)) this.sets.push(set);
      this.draw();
      this.say("");
      if (!quiet && !this.sql.value.trim()) this.put(this.builder.sql());
      if (!quiet) this.keep();
      return true;
    } catch (failure) {
      const [text, detail] = explain(this.failure(failure), this.context());
      error.textContent = [id, text, detail].filter(Boolean).join(" ");
      error.hidden = false;
      this.say("");
      return false;
    }
  }

  remove(id) {
    this.sets = this.sets.filter((set) => set.id !== id);
    this.draw();
    this.keep();
    this.picker.input.focus();
  }

  draw() {
    const insert = (name) => this.insert(`"${name.replaceAll('"', '""')}"`);
    const waiting = this.root.hasAttribute("data-waiting");
    drawChosen(this.chosen, this.sets, { base: this.base, insert, remove: (id) => this.remove(id), waiting });
    const any = this.tables.length > 0;
    this.button("build").hidden = !any;
    this.button("samples").hidden = !any;
    const begin = document.querySelector("[data-begin]");
    if (begin) begin.hidden = any || waiting;
    if (!any) return;
    this.builder.show(this.tables);
    this.samples();
  }

  samples() {
    this.button("samples").querySelector("ul").replaceChildren(
      ...this.builder.samples().map(([text, sql]) => {
        const item = document.createElement("li");
        const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: text });
        button.addEventListener("click", () => {
          this.put(sql);
          this.run();
        });
        item.append(button);
        return item;
      }),
    );
  }

  // ---------- the question ----------
  insert(text) {
    this.sql.focus();
    this.sql.setRangeText(text, this.sql.selectionStart, this.sql.selectionEnd, "end");
    this.sql.dispatchEvent(new Event("input"));
  }

  put(sql) {
    this.written = sql;
    this.sql.value = sql;
    this.button("rewrite").hidden = true;
  }

  // Clicks wrote some SQL: it takes the place of what clicks wrote before, never of what somebody wrote by hand.
  offer(sql) {
    this.samples();
    if (!this.sql.value.trim() || this.sql.value === this.written) this.put(sql);
    else this.button("rewrite").hidden = false;
  }

  context() {
    return { sql: this.sql.value, tables: this.tables.map((one) => one.name), columns: this.tables.flatMap((one) => one.columns.map((column) => column.name)) };
  }

  failure(failure) {
    return failure.code ? failure : { code: "fault", values: { message: String(failure) } };
  }

  // ---------- the answer ----------
  async run() {
    if (this.running) return;
    this.running = true;
    this.keep();
    this.busy(true);
    const began = performance.now();
    const tick = () => this.say(words.running(Math.round((performance.now() - began) / 1000)));
    tick();
    const clock = setInterval(tick, 1000);
    let failed = null;
    try {
      const answer = await this.client.query(this.sql.value, MOST);
      const used = this.tables.filter((one) => answer.tables.includes(one.name));
      this.result.show(answer, [...new Set(used.map((one) => one.set))].join(words.lang === "en" ? ", " : "、") || "-");
      const total = used.reduce((sum, one) => sum + one.bytes, 0);
      this.say(words.done({ ...answer, rows: answer.rows.length, total }), true);
    } catch (failure) {
      failed = this.failure(failure);
    }
    clearInterval(clock);
    this.busy(false);
    this.running = false;
    if (failed) this.fail(failed);
  }

  busy(yes) {
    this.button("run").disabled = yes;
    this.button("cancel").hidden = !yes;
    this.button("error").hidden = true;
    this.root.setAttribute("aria-busy", String(yes));
    if (yes) this.result.hide();
  }

  fail(failure) {
    if (failure.code === "cancelled") {
      this.say(words.cancelled);
      return;
    }
    this.say("");
    const [text, detail] = explain(failure, this.context());
    const box = this.button("error");
    box.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
    if (detail) box.append(Object.assign(document.createElement("code"), { textContent: detail }));
    box.hidden = false;
  }

  say(text, done = false) {
    this.status.textContent = text;
    this.status.classList.toggle("is-done", done);
  }

  // ---------- the address ----------
  keep() {
    const told = new URLSearchParams();
    if (this.sets.length) told.set("data", this.sets.map((set) => set.id).join(","));
    if (this.sql.value.trim()) told.set("sql", this.sql.value);
    if (this.result.drawn) told.set("chart", this.result.drawn);
    this.kept = String(told) ? `#${told}` : "";
    history.replaceState(null, "", `${location.pathname}${this.kept}`);
    this.kept = location.hash;
  }

  // What an address asks for is fetched first: until then the form is not shown, so that nothing jumps.
  wait(yes) {
    if (yes === this.root.hasAttribute("data-waiting")) return;
    this.root.toggleAttribute("data-waiting", yes);
    this.draw();
  }

  // ?data=a (&table=t, &sql=…&chart=bar) and ?join=a,b&left=x&right=y come from other pages; #data=a,b&sql=… is ours.
  async restore() {
    const own = new URLSearchParams(location.hash.slice(1));
    const asked = new URLSearchParams(location.search);
    const from = own.has("data") || own.has("sql") ? own : asked;
    const ids = (from.get("join") ?? from.get("data") ?? "").split(",").filter(Boolean);
    this.sets = this.sets.filter((set) => ids.includes(set.id));
    this.wait(ids.length > 0 && !this.sets.length);
    for (const id of ids) await this.choose(id, { quiet: true });
    if (from.has("table") && this.tables.some((one) => one.name === from.get("table"))) this.builder.take(from.get("table"));
    this.wait(false);
    const sql = from.get("sql") ?? (from.has("join") ? this.joined(ids, from) : null);
    if (sql) {
      this.put(sql);
      this.result.drawn = from.get("chart") ?? "";
      if (this.tables.length) this.run();
    } else if (this.tables.length) this.put(this.builder.sql());
  }

  joined([mine, theirs], from) {
    const pairs = from.getAll("left").map((left, n) => [left, from.getAll("right")[n]]);
    const holding = (id, side) =>
      this.sets.find((set) => set.id === id)?.tables.find((table) => pairs.every((pair) => table.columns.some((one) => one.name === pair[side])));
    const [left, right] = [holding(mine, 0), holding(theirs, 1)];
    return left && right && pairs.length ? join(left, right, pairs) : null;
  }
}

const root = document.querySelector("[data-query]");
if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
  document.querySelector("[data-nowasm]").hidden = false;
  root.remove();
} else new QueryPage(root).restore();
