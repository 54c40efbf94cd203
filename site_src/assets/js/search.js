// The search page: reads the question from the address, asks the index, draws the answer. Each step is an address of
// its own, so that it can be sent to somebody, and the back button works.
import { SearchIndex } from "./search-index.js";
import { card, chips, element, emptyState, facetPanel, pager } from "./search-view.js";
import { english, home, said } from "./search-words.js";

const ENTRY = english ? "/search/index.en.json" : "/search/index.json";
const PER_PAGE = 10;
const FEWER = 3; // suggestions of shorter queries
const TRIES = 14; // shorter queries that are looked up for them
const KEYS = ["department", "domain", "topic", "type", "format", "feature", "frequency", "area", "government", "year"];
// Orders beside that of relevance, or, without words, of the data date. `date` is known by itself, others are fetched.
const SORTS = said.sorts;

/** What is asked: words, chosen values of the facets, order, page. Never changed, only made anew. */
class State {
  constructor({ q = "", facets = {}, sort = "", page = 1 } = {}) {
    Object.assign(this, { q, facets, sort, page });
  }

  static from(search) {
    const given = new URLSearchParams(search);
    const facets = {};
    for (const key of KEYS) if (given.has(key)) facets[key] = [...new Set(given.getAll(key))];
    const page = Math.max(1, Number.parseInt(given.get("page") ?? "1", 10) || 1);
    return new State({ q: (given.get("q") ?? "").trim(), facets, sort: Object.hasOwn(SORTS, given.get("sort") ?? "") ? given.get("sort") : "", page });
  }

  with(changes) {
    return new State({ ...this, ...changes });
  }

  toggled(key, value) {
    const before = this.facets[key] ?? [];
    const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
    const facets = { ...this.facets, [key]: after };
    if (!after.length) delete facets[key];
    return this.with({ facets, page: 1 });
  }

  address() {
    const given = new URLSearchParams();
    if (this.q) given.set("q", this.q);
    for (const key of KEYS) for (const value of this.facets[key] ?? []) given.append(key, value);
    if (this.sort) given.set("sort", this.sort);
    if (this.page > 1) given.set("page", String(this.page));
    const text = given.toString();
    return text ? `?${text}` : location.pathname;
  }
}

const suspended = async () => {
  try {
    const answer = await fetch("/state.json", { cache: "no-cache" });
    return answer.ok ? Object.keys((await answer.json()).suspended ?? {}) : [];
  } catch {
    return []; // The front refuses a suspended set anyway.
  }
};

/** What may be left of one word: its parts in different scripts, and shorter pieces of those in Chinese. Half an
 * English word means nothing. */
const shorter = (word) => {
  const runs = word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? [];
  const cut = (run) => {
    const chars = /\p{Script=Han}/u.test(run) ? Array.from(run) : [];
    return Array.from({ length: Math.max(0, chars.length - 2) }, (_, gone) => chars.length - 1 - gone).flatMap((length) => [
      chars.slice(0, length).join(""),
      chars.slice(-length).join(""),
    ]);
  };
  return [...(runs.length > 1 ? runs.filter((run) => run.length > 1) : []), ...runs.flatMap(cut)];
};

/** Shorter queries that do find something, those that keep most of the words first. */
const fewerWords = async (index, words) => {
  const tries =
    words.length > 1
      ? words.map((_, place) => words.filter((_, other) => other !== place))
      : shorter(words[0] ?? "").map((one) => [one]);
  const found = [];
  for (const some of tries.slice(0, TRIES)) {
    if (words.length === 1 && found.some((one) => one.words[0].includes(some[0]))) continue; // says less than that one
    const count = await index.countOf(some);
    if (count) found.push({ words: some, count });
    if (found.length === FEWER) break;
  }
  return found;
};

/** Tell the portal which words found nothing, so that the city learns what is looked for: the words, nothing else. */
const told = new Set();
const tellMissed = (text) => {
  if (told.has(text) || !navigator.sendBeacon) return;
  told.add(text);
  navigator.sendBeacon("/search/missed", new URLSearchParams({ q: text }));
};

/** What was found, in one sentence: it is read out when it changes. */
const summary = (state, { hits, synonyms }) => {
  const by = [...new Set(hits.flatMap((hit) => hit.by ?? []))];
  const quoted = said.quoted(by.slice(0, FEWER), by.length > FEWER);
  const about = state.q ? said.about(state.q) : "";
  if (!hits.length) return about + said.none;
  if (hits.length === synonyms) return about + said.onlySynonyms(quoted, synonyms);
  return about + said.total(hits.length - synonyms) + (synonyms ? said.moreSynonyms(quoted, synonyms) : "");
};

class SearchPage {
  constructor(mount) {
    this.mount = mount;
    this.title = document.title;
    this.turn = 0;
    this.status = element("p", { tabIndex: -1, data: { focus: "status" } });
    this.status.setAttribute("role", "status");
    this.side = element("div");
    this.chips = element("div");
    this.results = element("div");
    this.sort = element("select", {}, element("option", { value: "" }, said.relevance));
    this.order = element("label", {}, said.sort, this.sort);
    const head = element("div", { className: "results-head" }, this.status, this.order);
    const list = element("section", { aria: { label: said.results } }, this.chips, head, this.results);
    mount.replaceChildren(element("div", { className: "list-layout" }, this.side, list));
    this.input = document.querySelector("main input[name=q]");
  }

  start() {
    this.input?.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(new State({ q: this.input.value.trim(), sort: this.state.sort }), "status");
    });
    this.sort.addEventListener("change", () => this.go(this.state.with({ sort: this.sort.value, page: 1 })));
    this.mount.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-step]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.go(State.from(new URL(link.href).search), link.dataset.focus);
    });
    addEventListener("popstate", () => this.show());
    const typed = document.activeElement === this.input ? this.input.value : ""; // before this script was here
    this.show();
    if (typed) this.input.value = typed;
  }

  go(state, focus) {
    history.pushState(null, "", state.address());
    return this.show(focus);
  }

  async show(focus) {
    const turn = ++this.turn;
    const state = State.from(location.search);
    this.state = state;
    if (this.input) this.input.value = state.q;
    document.title = state.q ? `${state.q} - ${this.title}` : this.title;
    this.status.textContent = said.searching;
    this.mount.setAttribute("aria-busy", "true");
    try {
      this.opened ??= suspended().then((ids) => SearchIndex.open(ENTRY, ids));
      const index = await this.opened;
      const answer = await this.answer(index, state);
      if (turn === this.turn) this.draw(index, state, answer, focus);
    } catch (fault) {
      this.opened = undefined;
      if (turn === this.turn) this.fail(fault);
    } finally {
      if (turn === this.turn) this.mount.removeAttribute("aria-busy");
    }
  }

  async answer(index, state) {
    const found = state.q ? await index.find(state.q) : { words: [], hits: index.all(), more: [] };
    const ordered = (hits) => (state.sort === "date" ? index.newest(hits) : index.ordered(hits, state.sort));
    const every = [...(await ordered(found.hits)), ...(await ordered(found.more))];
    const { hits, counts } = index.narrow(every, state.facets);
    const pages = Math.max(1, Math.ceil(hits.length / PER_PAGE));
    const page = Math.min(state.page, pages);
    const shown = hits.slice((page - 1) * PER_PAGE, page * PER_PAGE);
    const cards = await Promise.all(
      shown.map(async (hit) => ({ hit, card: await index.card(hit.record) })),
    );
    const synonyms = hits.filter((hit) => hit.by).length;
    const fewer = hits.length || !state.q ? [] : await fewerWords(index, found.words);
    return { words: found.words, hits, synonyms, counts, pages, page, cards, fewer, without: every.length };
  }

  draw(index, state, answer, focus) {
    this.status.textContent = summary(state, answer);
    this.offer(index, state);
    this.order.hidden = answer.hits.length < 2;
    this.side.replaceChildren(facetPanel(state, index, answer));
    this.chips.replaceChildren(chips(state, index));
    if (answer.hits.length) {
      const drawn = answer.cards.map(({ hit, card: found }) =>
        card(found, { words: answer.words, by: hit.by, simplify: index.simplify }),
      );
      const turned = pager(state.with({ page: answer.page }), answer.pages);
      const title = element("h2", { className: "vh" }, said.found);
      this.results.replaceChildren(title, element("ol", { className: "cards" }, ...drawn), ...(turned ? [turned] : []));
    } else {
      if (state.q && !answer.without) tellMissed(state.q);
      this.results.replaceChildren(emptyState(state, answer));
    }
    if (focus) this.focus(focus);
  }

  /** The orders that there are: by use only once anything was counted, by relevance only where words were asked for. */
  offer(index, state) {
    const known = Object.entries(SORTS).filter(([key]) => key === "date" || index.entry.orders?.[key]);
    const offered = state.q ? [["", said.relevance], ...known] : known;
    this.sort.replaceChildren(...offered.map(([value, text]) => element("option", { value }, text)));
    this.sort.value = state.sort || (state.q ? "" : "date");
  }

  /** The link that was used has the focus again; where it is gone, the line that says what was found. */
  focus(name) {
    const places = [...this.mount.querySelectorAll("[data-focus]")];
    const place = places.find((one) => one.dataset.focus === name) ?? this.status;
    place.focus({ preventScroll: place !== this.status });
  }

  fail(fault) {
    console.error(fault);
    this.status.textContent = said.failed;
    const again = element("button", { type: "button", className: "button" }, said.again);
    again.addEventListener("click", () => this.show());
    const [before, browse, after] = said.failedWhy;
    this.results.replaceChildren(
      element(
        "div",
        { className: "notice warn" },
        element("p", {}, before, element("a", { href: `${home}datasets/` }, browse), after),
        element("p", {}, again),
      ),
    );
  }
}

const mount = document.querySelector("#kaishu-search");
if (mount) new SearchPage(mount).start();
