// Combines facets on the list of datasets. Without this file every facet value is a link to a page of its own; with
// it the links add up, counts follow, values that would find nothing disappear, and the address holds the choice.
// The index (one row a dataset) is fetched when the reader first combines something.
const layout = document.querySelector("[data-list]");
const english = document.documentElement.lang === "en";
const FACETS = ["department", "domain", "type", "format", "frequency", "area"];
const AT = { department: 3, domain: 4, type: 5, format: 6, frequency: 7, area: 8 };
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

let rows;
let shown = SIZE;
const fetchRows = async () => {
  rows ??= await (await fetch(layout.dataset.list)).json();
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
  return { chosen, sort: query.get("sort") ?? "" };
};
let state = fromAddress();

const has = (row, facet, value) => (facet === "format" ? row[6].includes(value) : row[AT[facet]] === value);
const meets = (row, except) =>
  FACETS.every((facet) => {
    if (facet === except || !state.chosen[facet].size) return true;
    return [...state.chosen[facet]].some((value) => has(row, facet, value));
  });

const collator = new Intl.Collator(english ? "en" : "zh-CN");
const orders = {
  title: (a, b) => collator.compare(a[1], b[1]),
  rows: (a, b) => (b[10] ?? -1) - (a[10] ?? -1),
};

const card = (row) => {
  const item = pattern.cloneNode(true);
  item.dataset.id = row[0];
  const link = item.querySelector("h3 a");
  link.href = `${english ? "/en" : ""}/dataset/${row[0]}/`;
  link.textContent = row[1];
  item.querySelector(".card-summary").textContent = row[2];
  const facts = item.querySelector(".facts");
  facts.replaceChildren();
  const say = (text) => facts.append(Object.assign(document.createElement("span"), { textContent: text }));
  say(titles[`department ${row[3]}`] ?? row[3]);
  say(`${words.date} ${row[9]}`);
  if (row[10] !== null) say(`${row[10].toLocaleString("en-US")} ${words.rows}`);
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
  const found = all.filter((row) => meets(row));
  if (orders[state.sort]) found.sort(orders[state.sort]);
  count.textContent = words.found(found.length);
  list.replaceChildren(...found.slice(0, shown).map(card));
  if (!found.length) list.append(Object.assign(document.createElement("li"), { className: "muted", textContent: words.none }));
  const more = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.more });
  more.addEventListener("click", () => {
    shown += SIZE;
    draw();
  });
  pager.replaceChildren(...(found.length > shown ? [more] : []));
  for (const { link, item, facet, value, n } of links) {
    const hits = all.filter((row) => has(row, facet, value) && meets(row, facet)).length;
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
  if (made.length > 1) made.push(chip(words.clear, words.clear, () => choose({ chosen: nothing(), sort: state.sort })));
  chips.replaceChildren(...made);
  sorter.value = state.sort;
  document.dispatchEvent(new CustomEvent("kaishu:list"));
};

const address = () => {
  const query = new URLSearchParams();
  for (const facet of FACETS) for (const value of [...state.chosen[facet]].sort()) query.append(facet, value);
  if (state.sort) query.set("sort", state.sort);
  return `${base}${query.size ? `?${query}` : ""}`;
};
const choose = (next) => {
  state = next;
  shown = SIZE;
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
  shown = SIZE;
  draw();
});
if (location.search) draw();
