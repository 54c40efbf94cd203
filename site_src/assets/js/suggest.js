// Suggestions under a search box: datasets, data items, departments, topics. Loaded when a search box first has the
// focus. It asks the same index as the search page (search-index.js), so what it offers is there, and a table of
// titles for a large city need not be fetched whole. Enter searches for what was typed unless an arrow key chose.
import { kept } from "./keep.js";
import { SearchIndex } from "./search-index.js";
import { marked } from "./search-mark.js";
import { fold, words } from "./text.js";

const WAIT = 80; // ms after the last key
const MOST = { dataset: 5, field: 4, department: 3, domain: 2, topic: 2 };
const english = document.documentElement.lang === "en";
const base = english ? "/en/" : "/";
const ENTRY = english ? "/search/index.en.json" : "/search/index.json";
const SAID = english
  ? {
      label: "Suggestions",
      dataset: "Datasets",
      field: "Data items",
      department: "Departments",
      domain: "Domains",
      topic: "Topics",
      sets: (n) => (n === 1 ? "1 dataset" : `${n} datasets`),
      all: (text) => `Search for “${text}”`,
      found: (n) => (n === 1 ? "1 suggestion; arrow keys choose" : `${n} suggestions; arrow keys choose`),
    }
  : {
      label: "检索建议",
      dataset: "数据集",
      field: "数据项",
      department: "部门",
      domain: "领域",
      topic: "专题",
      sets: (n) => `${n.toLocaleString("zh-CN")} 个数据集`,
      all: (text) => `检索“${text}”`,
      found: (n) => `有 ${n} 条建议，按上下箭头选择`,
    };

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

let opened;
const open = () => {
  opened ??= (async () => {
    const state = await fetch("/state.json", { cache: "no-cache" }).then(
      (answer) => (answer.ok ? answer.json() : {}),
      () => ({}),
    );
    const index = await SearchIndex.open(ENTRY, Object.keys(state.suspended ?? {}));
    return { index, fields: await index.fields(), counts: index.narrow(index.all(), {}).counts };
  })();
  opened.catch(() => (opened = undefined));
  return opened;
};

/** Values of a facet whose titles hold all words: those that begin with the first word before others. */
const named = ({ index, counts }, key, terms) => {
  const place = index.facets.findIndex((one) => one.key === key);
  if (place < 0) return [];
  return index.facets[place].values
    .map(([value, ...titles], number) => ({
      value,
      title: titles[0],
      count: counts[place][number],
      folded: fold(titles.join("\n"), index.simplify),
    }))
    .filter(({ folded, count }) => count && terms.every((term) => folded.includes(term)))
    .sort((a, b) => b.folded.startsWith(terms[0]) - a.folded.startsWith(terms[0]) || b.count - a.count)
    .slice(0, MOST[key])
    .map(({ value, title, count }) => ({ kind: key, text: title, note: SAID.sets(count), href: `${base}${key}/${value}/` }));
};

const fieldsOf = ({ index, fields }, terms) =>
  fields
    .map(([title, count]) => ({ title, count, folded: fold(title, index.simplify) }))
    .filter(({ folded }) => terms.every((term) => folded.includes(term)))
    .sort((a, b) => b.folded.startsWith(terms[0]) - a.folded.startsWith(terms[0]) || b.count - a.count)
    .slice(0, MOST.field)
    .map(({ title, count }) => ({
      kind: "field",
      text: title,
      note: SAID.sets(count),
      href: `${base}search/?${new URLSearchParams({ q: title })}`,
    }));

/** What is offered for a text, and the folded words that are marked in it. */
const suggestions = async (text) => {
  const known = await open();
  const { index } = known;
  let terms = words(text, index.simplify);
  if (!terms.length) return { terms, found: [] };
  let hits = await index.ranked(terms);
  if (!hits.length && !index.simplify && /\p{Script=Han}/u.test(text)) {
    ({ hits, words: terms } = await index.find(text)); // brings the table from traditional characters
  }
  const best = hits.filter((hit) => hit.tier === hits[0].tier || hit.tier < 2).slice(0, MOST.dataset);
  const cards = await Promise.all(best.map((hit) => index.card(hit.record)));
  const datasets = cards.map(({ id, title, facets }) => ({
    kind: "dataset",
    text: title,
    note: facets.department?.[0]?.[1] ?? "",
    href: `${base}dataset/${id}/`,
  }));
  return {
    terms,
    found: [
      ...datasets,
      ...fieldsOf(known, terms),
      ...["department", "topic", "domain"].flatMap((key) => named(known, key, terms)),
    ],
  };
};

let boxes = 0;

class Suggestions {
  constructor(input, before) {
    const id = `suggest-${++boxes}`;
    Object.assign(this, { input, id, turn: 0, at: -1, options: [], timer: 0 });
    this.list = element("div", { id, className: "suggest", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", SAID.label);
    this.status = element("span", { className: "vh" });
    this.status.setAttribute("role", "status");
    input.form.append(this.list, this.status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener("input", (event) => event.isComposing || this.soon());
    input.addEventListener("compositionend", () => this.soon());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    input.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    open().catch(() => {});
    if (input.value !== before) this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), WAIT);
  }

  async show() {
    const turn = ++this.turn;
    const text = this.input.value.trim();
    if (!text) return this.close();
    let answer;
    try {
      answer = await suggestions(text);
    } catch {
      return this.close(); // The search itself will say what is wrong.
    }
    if (turn !== this.turn || document.activeElement !== this.input) return undefined;
    return this.draw(text, answer);
  }

  draw(text, { terms, found }) {
    if (!found.length) return this.close();
    const all = { kind: "all", text: SAID.all(text), note: "", href: `${base}search/?${new URLSearchParams({ q: text })}` };
    this.options = [];
    const drawn = [...grouped(found)].map(([kind, some]) => {
      const heading = element("span", { id: `${this.id}-${kind}`, className: "suggest-kind" }, SAID[kind]);
      heading.setAttribute("role", "presentation");
      const group = element("div", {}, heading, ...some.map((one) => this.option(one, terms)));
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", heading.id);
      return group;
    });
    this.list.replaceChildren(...drawn, this.option(all, []));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = SAID.found(found.length);
    return this.choose(-1);
  }

  option({ kind, text, note, href }, terms) {
    const said = element("span", {}, marked(text, terms, undefined, kept(text)));
    if (english && kind !== "all" && /\p{Script=Han}/u.test(text)) said.lang = "zh-CN";
    const made = element("a", { href, tabIndex: -1, className: `suggest-${kind}`, id: `${this.id}-${this.options.length}` }, said);
    if (note) made.append(element("span", { className: "suggest-note" }, note));
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    this.options.push(made);
    return made;
  }

  choose(at) {
    this.at = at;
    for (const [place, option] of this.options.entries()) option.setAttribute("aria-selected", String(place === at));
    if (at < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", this.options[at].id);
    this.options[at].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing) return; // Enter and the arrows belong to the input method
    if (event.key === "ArrowDown" && this.list.hidden) {
      event.preventDefault();
      this.show();
    } else if (this.list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = this.options.length + 1; // one place is the box itself
      this.choose(((this.at + 1 + (event.key === "ArrowDown" ? 1 : count - 1)) % count) - 1);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.options[this.at].click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  close() {
    clearTimeout(this.timer);
    this.turn++;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.choose(-1);
  }
}

const grouped = (found) => {
  const groups = new Map();
  for (const one of found) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return groups;
};

/** Give a search box suggestions; `before` is what it held when somebody came to it. */
export const attach = (input, before = input.value) => new Suggestions(input, before);
