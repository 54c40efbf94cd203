// Combines facets on the list of datasets. Without this file every facet value is a link to a page of its own; with
// it the links add up, counts follow, values that would find nothing disappear, and the address holds the choice.
// The index (one row a dataset) is fetched when the reader first combines something.
import { keep } from "./keep.js";

const layout = document.querySelector("[data-list]");
const english = document.documentElement.lang === "en";
const AT = { department: 3, domain: 4, topic: 14, type: 5, format: 6, feature: 12, frequency: 7, area: 8, government: 13, year: 9 };
const FACETS = Object.keys(AT);
const MANY = new Set(["format", "feature", "topic"]);
const SORTS = ["title", "rows", "downloads"];
const SIZE = Number(layout.dataset.size);
const base = layout.dataset.base;
const words = english
  ? {
      found: (n) => (n === 1 ? "1 dataset" : `${n.toLocaleString("en-US")} datasets`),
      none: "No dataset meets all of these.",
      clear: "Clear all filters",
      remove: "Remove",
      more: "Show more",
      rows: "rows",
      date: "Data as of",
      taken: (n) => `${n.toLocaleString("en-US")} downloads`,
      failed: "The list could not be fetched. Please reload the page.",
    }
  : {
      found: (n) => `共 ${n.toLocaleString("en-US")} 个数据集`,
      none: "没有同时符合这些条件的数据集。",
      clear: "清除全部条件",
      remove: "去掉条件",
      more: "显示更多",
      rows: "行",
      date: "数据日期",
      taken: (n) => `下载 ${n.toLocaleString("zh-CN")} 次`,
      failed: "筛选数据没有取到，请刷新页面重试。",
    };

const list = layout.querySelector(".cards");
const pager = layout.querySelector("[data-pager]");
const chips = layout.querySelector(".chips");
const count = layout.querySelector("[data-count]");
const sorter = layout.querySelector("[data-sort]");
const pattern = layout.querySelector("template[data-card]").content.firstElementChild;
const links = [...layout.querySelectorAll("[data-facet] a")].map((link) => ({
  link,
  item: link.closest("li"),
  facet: link.closest("[data-facet]").dataset.facet,
  value: link.dataset.value,
  title: link.firstElementChild.textContent,
  n: link.querySelector(".n"),
}));
const titles = Object.fromEntries(links.map((one) => [`${one.facet} ${one.value}`, one.title]));

let rows; // a promise: who combines quickly does not fetch it twice
const fetchRows = () => {
  rows ??= fetch(layout.dataset.list, { cache: "no-cache" }).then((answer) => answer.json()); // not older than the page
  rows.catch(() => (rows = undefined));
  return rows;
};

const nothing = () => Object.fromEntries(FACETS.map((key) => [key, new Set()]));
const home = location.pathname;
const onArrival = nothing(); // what the page of one facet value has chosen by itself
for (const { link, facet, value } of links) {
  if (link.hasAttribute("aria-current")) onArrival[facet].add(value);
}
const fromAddress = () => {
  const query = new URLSearchParams(location.search);
  const bare = !location.search && location.pathname === home;
  const chosen = bare ? onArrival : Object.fromEntries(FACETS.map((key) => [key, new Set(query.getAll(key))]));
  const sort = SORTS.includes(query.get("sort")) ? query.get("sort") : "";
  const pages = Math.min(200, Math.max(1, Number.parseInt(query.get("pages") ?? "1", 10) || 1));
  return { chosen, sort, pages };
};
let state = fromAddress();

const held = (row, facet) => {
  if (MANY.has(facet)) return row[AT[facet]];
  return [facet === "year" ? row[AT.year].slice(0, 4) : row[AT[facet]]];
};
/** The facets of which a row has none of the chosen values. */
const misses = (row) =>
  FACETS.filter((facet) => state.chosen[facet].size && !held(row, facet).some((value) => state.chosen[facet].has(value)));

/** Rows that fit, and for each value how many there would be with it: rows that fit all other facets. */
const narrow = (all) => {
  const found = [];
  const counts = new Map();
  for (const row of all) {
    const missed = misses(row);
    if (!missed.length) found.push(row);
    if (missed.length > 1) continue;
    for (const facet of missed.length ? missed : FACETS) {
      for (const value of held(row, facet)) counts.set(`${facet} ${value}`, (counts.get(`${facet} ${value}`) ?? 0) + 1);
    }
  }
  return { found, counts };
};

// Rows come with the newest data first; sorting keeps that order where two are equal.
const orders = {
  title: (a, b) => a[15] - b[15],
  rows: (a, b) => (b[10] ?? -1) - (a[10] ?? -1),
  downloads: (a, b) => (b[16] ?? 0) - (a[16] ?? 0),
};

const card = (row) => {
  const item = pattern.cloneNode(true);
  item.dataset.id = row[0];
  const link = item.querySelector("h3 a");
  link.href = `${english ? "/en" : ""}/dataset/${row[0]}/`;
  link.replaceChildren(keep(row[1]));
  item.querySelector(".card-summary").textContent = row[2];
  const facts = item.querySelector(".facts");
  facts.replaceChildren();
  const say = (text) => facts.append(Object.assign(document.createElement("span"), { textContent: text }));
  say(titles[`department ${row[3]}`] ?? row[3]);
  say(`${words.date} ${row[9]}`);
  if (row[10] !== null) say(`${row[10].toLocaleString("en-US")} ${words.rows}`);
  if (row[16]) say(words.taken(row[16]));
  if (row[6].length) say(row[6].map((value) => titles[`format ${value}`] ?? value).join(" "));
  const badges = document.createElement("span");
  for (const [text, kind] of row[11]) {
    badges.append(Object.assign(document.createElement("span"), { className: `badge ${kind}`, textContent: text }), " ");
  }
  facts.append(badges);
  return item;
};

const chip = (text, label, drop) => {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: text });
  button.setAttribute("aria-label", label);
  button.addEventListener("click", drop);
  item.append(button);
  return item;
};

const draw = async () => {
  let all;
  try {
    all = await fetchRows();
  } catch {
    count.textContent = words.failed;
    return;
  }
  const { found, counts } = narrow(all);
  if (orders[state.sort]) found.sort(orders[state.sort]);
  count.textContent = words.found(found.length);
  const shown = SIZE * state.pages;
  list.replaceChildren(...found.slice(0, shown).map(card));
  if (!found.length) list.append(Object.assign(document.createElement("li"), { className: "muted", textContent: words.none }));
  const more = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.more });
  more.addEventListener("click", () => {
    const last = list.children.length;
    state = { ...state, pages: state.pages + 1 };
    history.replaceState(null, "", address());
    draw().then(() => list.children[last]?.querySelector("a")?.focus());
  });
  pager.replaceChildren(...(found.length > shown ? [more] : []));
  for (const { link, item, facet, value, n } of links) {
    const hits = counts.get(`${facet} ${value}`) ?? 0;
    const chosen = state.chosen[facet].has(value);
    n.textContent = hits;
    item.hidden = !hits && !chosen;
    if (chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const more of layout.querySelectorAll("[data-facet] details")) more.hidden = !more.querySelector("li:not([hidden])");
  const made = FACETS.flatMap((facet) =>
    [...state.chosen[facet]].map((value) => {
      const title = titles[`${facet} ${value}`] ?? value;
      return chip(title, `${words.remove} ${title}`, () => toggle(facet, value));
    }),
  );
  if (made.length > 1) made.push(chip(words.clear, words.clear, () => choose({ ...state, chosen: nothing() })));
  chips.replaceChildren(...made);
  sorter.value = state.sort;
  document.dispatchEvent(new CustomEvent("kaishu:list"));
};

const address = () => {
  const query = new URLSearchParams();
  for (const facet of FACETS) for (const value of [...state.chosen[facet]].sort()) query.append(facet, value);
  if (state.sort) query.set("sort", state.sort);
  if (state.pages > 1) query.set("pages", String(state.pages));
  return `${base}${query.size ? `?${query}` : ""}`;
};
const choose = (next) => {
  state = { ...next, pages: 1 };
  history.pushState(null, "", address());
  draw();
};
const toggle = (facet, value) => {
  const chosen = Object.fromEntries(FACETS.map((key) => [key, new Set(state.chosen[key])]));
  if (!chosen[facet].delete(value)) chosen[facet].add(value);
  choose({ ...state, chosen });
};

for (const { link, facet, value } of links) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    toggle(facet, value);
  });
}
sorter.addEventListener("change", () => choose({ ...state, sort: sorter.value }));
addEventListener("popstate", () => {
  state = fromAddress();
  draw();
});
if (location.search) draw();
