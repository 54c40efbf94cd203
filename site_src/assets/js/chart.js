// Charts in the browser: one function that draws a table's numbers, for the pages that have figures and for those
// that make their own (query, statistics). Lines and columns along an axis of time or numbers are drawn by uPlot
// (vendored, fetched when the first chart comes into view); bars of categories are SVG of ours with a label each.
//
//   drawChart(element, { kind, title, unit, columns, rows })
//     kind     "line" | "column" (both along the first column) | "bar" (a bar for each row)
//     columns  [{ title, type }]: the first is the axis; type "date" | "yearmonth" | "year" | "number" | "text"
//     rows     [[axis, value, …]]: as many values as there are columns after the first; null is a gap
//   → { destroy() }
//
//   <figure data-chart="line" data-unit="元"><div data-still>…</div><details><table>…</table></details></figure>
//     wireCharts() draws it from its own table in place of the still picture, which stays for print and without scripts.
import { library } from "./library.js";

const english = document.documentElement.lang === "en";
const load = library(
  "uPlot",
  new URL("../vendor/uplot-1.6.32/uPlot.iife.min.js", import.meta.url),
  new URL("../vendor/uplot-1.6.32/uPlot.min.css", import.meta.url),
);
const words = english
  ? {
      keys: "Left and right arrow keys read point by point; drag to zoom, Escape shows all again.",
      touch: "Tap the chart to read the values there.",
      all: "Show all",
      none: "no value",
      empty: "Nothing to draw.",
    }
  : {
      keys: "用左右方向键逐点读数；拖选可放大，按 Esc 还原。",
      touch: "点图中一处，读那里的数。",
      all: "还原",
      none: "无数据",
      empty: "没有可以画的数据。",
    };

export const grouped = (value) =>
  value === null || value === undefined || Number.isNaN(value)
    ? words.none
    : Number(value).toLocaleString("en-US", { maximumSignificantDigits: 7 });

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const colour = (index) => style(`--c${(index % 8) + 1}`) || style("--accent");

const node = (name, attributes = {}, text = "") => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
};

// ---------- the axis ----------
const DAY = 86400;
const HEIGHT = 284; // as tall as the still pictures: nothing moves when one takes the other's place
const isTime = (type) => type === "date" || type === "datetime" || type === "yearmonth";

// Where a value lies on its axis: moments in seconds (UTC: a day is a day wherever it is read), all else as a number.
const place = (value, type) => {
  if (value === null || value === "") return null;
  if (!isTime(type)) return Number(value);
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = String(value).match(/\d+/g).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
};

const moment = (seconds, step) => {
  const text = new Date(seconds * 1000).toISOString();
  return step >= 360 * DAY ? text.slice(0, 4) : step >= 28 * DAY ? text.slice(0, 7) : step >= DAY ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
};

// ---------- lines and columns ----------
class Plot {
  constructor(uPlot, element, { kind, title, unit = "", columns, rows }) {
    Object.assign(this, { uPlot, element, kind, title, unit, columns, rows });
    this.type = columns[0].type;
    const sorted = rows.map((row) => [place(row[0], this.type), ...row.slice(1), row[0]]).filter((row) => row[0] !== null);
    sorted.sort((a, b) => a[0] - b[0]);
    this.labels = sorted.map((row) => row.at(-1));
    this.data = columns.map((_, index) => sorted.map((row) => (index ? row[index] ?? null : row[0])));
    this.box = document.createElement("div");
    this.box.className = "plot";
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", `${title}${english ? ". " : "。"}${words.keys}`);
    this.told = document.createElement("p");
    this.told.className = "plot-told";
    this.told.setAttribute("role", "status");
    this.again = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: words.all, hidden: true });
    this.again.addEventListener("click", () => this.reset());
    const foot = Object.assign(document.createElement("div"), { className: "plot-foot" });
    foot.append(this.told, this.again);
    element.replaceChildren(this.box, foot);
    this.draw();
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.size = new ResizeObserver(() => this.resize());
    this.size.observe(element);
    // Colours are read when the canvas is painted: another theme paints it again.
    this.theme = new MutationObserver(() => this.draw());
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-size"] });
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.draw();
    this.dark.addEventListener("change", this.redraw);
  }

  destroy() {
    this.size.disconnect();
    this.theme.disconnect();
    this.dark.removeEventListener("change", this.redraw);
    this.plot.destroy();
    this.element.replaceChildren();
  }

  get many() {
    return this.columns.length > 2;
  }


  width() {
    return Math.max(200, Math.floor(this.element.clientWidth));
  }

  resize() {
    if (this.width() !== this.plot.width) this.plot.setSize({ width: this.width(), height: HEIGHT });
  }

  draw() {
    this.plot?.destroy();
    const ink = style("--ink");
    const muted = style("--muted");
    const line = style("--line");
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8125;
    const font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    const long = Math.max(...this.columns.slice(1).map((column) => column.title.length));
    const axis = { stroke: muted, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    this.plot = new this.uPlot(
      {
        width: this.width(),
        height: HEIGHT,
        padding: [size * 1.4, this.many && this.kind === "line" ? Math.min(this.width() * 0.4, long * size + 8) : size * 1.5, 0, 0],
        legend: { show: false },
        tzDate: (seconds) => this.uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        cursor: { drag: { x: true, y: false }, points: { size: 8 }, y: false },
        scales: {
          x: { time: isTime(this.type), range: this.kind === "column" ? (_, low, high) => this.roomy(low, high) : undefined },
          y: { range: (_, low, high) => this.span(low, high) },
        },
        axes: [
          { ...axis, grid: { show: false }, size: size * 2.2, values: (_, places, __, ___, step) => places.map((at) => this.tick(at, step)) },
          { ...axis, size: (_, texts) => Math.max(...(texts ?? [""]).map((text) => text.length)) * size * 0.62 + 14, values: (_, places) => places.map(this.short) },
        ],
        series: [
          {},
          ...this.columns.slice(1).map((column, index) => ({
            label: column.title,
            stroke: colour(index),
            fill: this.kind === "column" ? colour(index) : undefined,
            width: this.kind === "column" ? 0 : 2,
            points: { show: this.kind === "line" && this.data[0].length < 40, size: 5 },
            paths: this.kind === "column" ? this.uPlot.paths.bars({ size: [0.8, 60] }) : undefined,
          })),
        ],
        hooks: {
          draw: [(plot) => this.direct(plot, font, ink)],
          setCursor: [(plot) => this.tell(plot.cursor.idx)],
          setScale: [(plot, key) => key === "x" && this.zoomed(plot)],
        },
      },
      this.data,
      this.box,
    );
    this.tell(null);
  }

  // Bars begin at zero and end within the frame; a line may show a small change of large numbers.
  span(low, high) {
    if (low === null || high === null) return [0, 1];
    const zero = this.kind === "column" || (low >= 0 && low < high * 0.6);
    const from = zero ? Math.min(0, low) : low;
    const room = (high - from || Math.abs(high) || 1) * 0.08;
    return [zero && low >= 0 ? 0 : from - room, high + room];
  }

  roomy(low, high) {
    const step = this.data[0].length > 1 ? this.data[0][1] - this.data[0][0] : 1;
    return [low - step / 2, high + step / 2];
  }

  tick(at, step) {
    if (isTime(this.type)) return moment(at, step);
    return this.type === "year" ? (Number.isInteger(at) ? String(at) : "") : this.short(at);
  }

  short(value) {
    const size = Math.abs(value);
    const units = english ? [[1e9, "bn", 1e9], [1e6, "m", 1e6]] : [[1e8, "亿", 1e8], [1e4, "万", 1e5]];
    for (const [by, name, least] of units) if (size >= least) return `${+(value / by).toPrecision(4)} ${name}`;
    return value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
  }

  // The name of each line stands at its end; the unit stands over the axis.
  direct(plot, font, ink) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = font.replace(/^[\d.]+/, (size) => parseFloat(size) * ratio);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillStyle = style("--muted");
    if (this.unit) ctx.fillText(this.unit, 4 * ratio, bbox.top - 9 * ratio);
    if (this.many && this.kind === "line") {
      const height = parseFloat(ctx.font) * 1.3;
      const ends = this.columns.slice(1).map((column, index) => {
        const values = this.data[index + 1];
        let last = values.length - 1;
        while (last > 0 && values[last] === null) last--;
        return { title: column.title, index, at: plot.valToPos(values[last] ?? 0, "y", true) };
      });
      ends.sort((a, b) => a.at - b.at);
      ends.forEach((end, index) => {
        if (index && end.at < ends[index - 1].at + height) end.at = ends[index - 1].at + height;
      });
      const room = plot.width * ratio - bbox.left - bbox.width - 8 * ratio;
      for (const end of ends) {
        let text = end.title;
        while (text.length > 2 && ctx.measureText(text).width > room) text = `${text.slice(0, -2)}…`;
        ctx.fillStyle = style("--ink"); // stays where a browser does not know how to mix colours
        ctx.fillStyle = style(`--n${(end.index % 8) + 1}`);
        ctx.fillText(text, bbox.left + bbox.width + 6 * ratio, end.at);
      }
    }
    ctx.restore();
  }

  tell(index) {
    if (index === null || index === undefined) {
      this.told.textContent = matchMedia("(hover: none)").matches ? words.touch : words.keys;
      return;
    }
    const unit = this.unit ? ` ${this.unit}` : "";
    const values = this.columns
      .slice(1)
      .map((column, n) => `${this.many || column.title !== this.title ? `${column.title} ` : ""}${grouped(this.data[n + 1][index])}${this.data[n + 1][index] === null ? "" : unit}`);
    this.told.textContent = `${this.labels[index]}${english ? ": " : "："}${values.join(english ? "; " : "；")}`;
  }

  key(event) {
    const last = this.data[0].length - 1;
    const now = this.plot.cursor.idx;
    const next = { ArrowRight: (now ?? -1) + 1, ArrowLeft: (now ?? last + 1) - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") return this.reset();
    if (next === undefined) return undefined;
    event.preventDefault();
    const index = Math.max(0, Math.min(last, next));
    const left = this.plot.valToPos(this.data[0][index], "x");
    this.plot.setCursor({ left, top: 10 });
    return undefined;
  }

  zoomed(plot) {
    const { min, max } = plot.scales.x;
    const [first, last] = this.kind === "column" ? this.roomy(this.data[0][0], this.data[0].at(-1)) : [this.data[0][0], this.data[0].at(-1)];
    this.again.hidden = min <= first && max >= last;
  }

  reset() {
    this.plot.setData(this.data);
    this.again.hidden = true;
    this.box.focus();
  }
}

// ---------- bars of categories ----------
const bars = (element, { title, unit = "", columns, rows }) => {
  const top = Math.max(0, ...rows.map((row) => row[1] ?? 0));
  const list = document.createElement("div");
  list.className = "bars";
  list.setAttribute("role", "img");
  list.setAttribute("aria-label", `${title}${english ? ": " : "："}${rows.slice(0, 12).map((row) => `${row[0]} ${grouped(row[1])}`).join(english ? "; " : "；")}`);
  for (const row of rows) {
    const name = Object.assign(document.createElement("span"), { className: "bars-name", textContent: row[0] ?? words.none });
    const value = Object.assign(document.createElement("span"), { className: "bars-value", textContent: `${grouped(row[1])}${unit ? ` ${unit}` : ""}` });
    const picture = node("svg", { class: "bars-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none" });
    picture.append(node("rect", { width: top ? Math.max(0, (100 * (row[1] ?? 0)) / top) : 0, height: 10 }));
    list.append(name, picture, value);
  }
  if (!rows.length) list.textContent = words.empty;
  element.replaceChildren(list);
  void columns;
  return { destroy: () => element.replaceChildren() };
};

export async function drawChart(element, options) {
  if (options.kind === "bar" || !options.rows.length) return bars(element, options);
  return new Plot(await load(), element, options);
}

// ---------- figures that hold their table ----------
export const readTable = (table) => {
  const columns = [...table.tHead.rows[0].cells].map((cell) => ({ title: cell.dataset.title ?? cell.textContent.trim(), type: cell.dataset.type ?? "number" }));
  const rows = [...table.tBodies[0].rows].map((row) =>
    [...row.cells].map((cell, index) => {
      const text = (cell.dataset.v ?? cell.textContent).trim();
      if (!index) return text;
      return text === "" || text === "-" ? null : Number(text.replaceAll(",", ""));
    }),
  );
  return { columns, rows };
};

export const wireCharts = (root = document) => {
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const live = Object.assign(document.createElement("div"), { className: "chart-live" });
        const still = target.querySelector("[data-still]");
        still.before(live);
        drawChart(live, {
          kind: target.dataset.chart,
          title: target.querySelector("figcaption")?.textContent.trim() ?? "",
          unit: target.dataset.unit,
          ...readTable(target.querySelector("table")),
        }).then(
          () => target.classList.add("is-live"),
          () => live.remove(), // the still picture and the table say it all
        );
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of root.querySelectorAll("figure[data-chart]:not([data-chart=bar])")) seen.observe(figure);
};
