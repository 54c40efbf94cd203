// Draws the search page: facets, chosen conditions, results, pages, and what to do when nothing was found.
// Everything that comes from the catalogue or the address goes in as text.
import { kept } from "./keep.js";
import { marked, ranges } from "./search-mark.js";
import { english, home, number, said } from "./search-words.js";

const HEAD = 8; // values of a facet that show at once
const NAMES = 6; // names of data items that show in a result
const TITLES = said.facets;
const HAN = /\p{Script=Han}/u;

/** On an English page what stands in Chinese says so, to screen readers and hyphenation. */
const foreign = (text) => (english && HAN.test(text) ? { lang: "zh-CN" } : {});

/** An element with properties, data attributes and children; absent children are left out. */
export const element = (tag, { data, aria, ...properties } = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(aria ?? {})) made.setAttribute(`aria-${name}`, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
};

/** A link inside the search page; `focus` names it, so that it has the focus again after the page was redrawn. */
const step = (state, focus, properties = {}, ...children) =>
  element("a", { href: state.address(), data: { step: "", focus }, ...properties }, ...children);

const facet = (state, { key, values }, { counts, total, open }) => {
  const chosen = state.facets[key] ?? [];
  const shown = values
    .map(([value, title], place) => ({ value, title, count: counts[place], current: chosen.includes(value) }))
    .filter(({ count, current }) => count || current)
    .sort((a, b) => b.current - a.current || (key === "year" ? b.value - a.value : b.count - a.count));
  // A value that all of them have tells nothing apart.
  if (!chosen.length && (shown.length < 2 && (shown[0]?.count ?? 0) >= total)) return null;
  const item = ({ value, title, count, current }) => {
    const link = step(state.toggled(key, value), `${key}=${value}`);
    link.dataset.value = value;
    if (current) link.setAttribute("aria-current", "true");
    link.append(element("span", foreign(title), title), element("span", { className: "n" }, number(count)));
    return element("li", {}, link);
  };
  const cut = shown.length > HEAD + 1 ? HEAD : shown.length;
  const rest = shown.slice(cut);
  return element(
    "section",
    { className: "facet", data: { facet: key } },
    element("h2", {}, TITLES[key]),
    element("ul", {}, ...shown.slice(0, cut).map(item)),
    rest.length
      ? element(
          "details",
          { open },
          element("summary", {}, said.more(shown.length)),
          element("ul", {}, ...rest.map(item)),
        )
      : null,
  );
};

/** The facets with their counts; on a phone behind a button. */
export const facetPanel = (state, index, { counts, hits }) => {
  const total = hits.length;
  const unfolded = [...document.querySelectorAll(".facets details[open]")].map((one) => one.parentElement.dataset.facet);
  const drawn = index.facets
    .map((one, place) => facet(state, one, { counts: counts[place], total, open: unfolded.includes(one.key) }))
    .filter(Boolean);
  if (!drawn.length) return element("div");
  const open = document.querySelector("#search-filters")?.checked ?? false;
  const sections = element("aside", { className: "facets", aria: { label: said.filters } }, ...drawn);
  sections.append(element("label", { className: "button primary facet-close", htmlFor: "search-filters" }, said.done));
  return element(
    "div",
    {},
    element("input", { type: "checkbox", className: "facet-switch", id: "search-filters", checked: open }),
    element("label", { className: "button facet-open", htmlFor: "search-filters" }, said.filters),
    sections,
  );
};

/** The chosen conditions; each takes itself away. */
export const chips = (state, index) => {
  const made = Object.entries(state.facets).flatMap(([key, values]) =>
    values.map((value) => {
      const known = index.facets.find((one) => one.key === key)?.values.find(([one]) => one === value);
      const text = `${TITLES[key] ?? key}${said.colon}${known?.[1] ?? value}`;
      const hint = element("span", { className: "vh" }, said.remove);
      return element("li", {}, step(state.toggled(key, value), "status", { className: "chip" }, hint, text));
    }),
  );
  return element("ul", { className: "chips" }, ...made);
};

/** One result: title, summary with the match marked, where else it matched, and the line of facts. */
export const card = (found, { words, by, simplify }) => {
  const seen = by ? [...words, by] : words;
  const mark = (text, whole) => marked(text, seen, simplify, whole);
  const visible = (word) => [found.title, found.summary].some((text) => ranges(text, [word], simplify).length);
  const unseen = words.filter((word) => !visible(word));
  const names = found.names.filter((name) => ranges(name, unseen, simplify).length).slice(0, NAMES);
  const named = names.flatMap((name, place) => [place ? said.comma : "", element("span", foreign(name), mark(name))]);
  const titles = (key) => found.facets[key].map(([, title]) => title);
  const [[type, typeTitle] = []] = found.facets.type;
  const badges = [
    element("span", { className: `badge ${type === "unconditional" ? "" : "warn"}`.trim() }, typeTitle),
    found.fixed ? element("span", { className: "badge quiet" }, said.static) : null,
    foreign(found.title).lang ? element("span", { className: "badge quiet" }, said.chinese) : null,
    by ? element("span", { className: "badge quiet", data: { synonym: by } }, said.synonym(by)) : null,
  ];
  const facts = [
    ...titles("department").map((title) => element("span", foreign(title), mark(title))),
    element("span", {}, said.date, element("time", {}, found.day)),
    found.rows === null ? null : element("span", { className: "num" }, said.rows(found.rows)),
    titles("format").length ? element("span", {}, titles("format").join(" ")) : null,
    element("span", {}, ...badges.filter(Boolean).flatMap((badge) => [badge, " "])),
  ];
  return element(
    "li",
    { className: "card", data: { id: found.id } },
    element("h3", foreign(found.title), element("a", { href: `${home}dataset/${found.id}/` }, mark(found.title, kept(found.title)))),
    element("p", { className: "card-summary", ...foreign(found.summary) }, mark(found.summary)),
    named.length ? element("p", { className: "facts" }, element("span", {}, said.names, ...named)) : null,
    element("p", { className: "facts" }, ...facts),
  );
};

/** Links to the neighbouring pages of results. */
export const pager = (state, pages) => {
  if (pages < 2) return null;
  const to = (page, text) => step(state.with({ page }), "status", {}, text);
  return element(
    "nav",
    { className: "pager", aria: { label: said.paging } },
    state.page > 1 ? to(state.page - 1, said.previous) : null,
    element("span", {}, said.page(state.page, pages)),
    state.page < pages ? to(state.page + 1, said.next) : null,
  );
};

/** Nothing found: fewer words with their counts, without the conditions, browse, or ask for the data. */
export const emptyState = (state, { fewer, without }) => {
  const tips = fewer.map(({ words, count }) => {
    const link = step(state.with({ q: words.join(" "), facets: {}, page: 1 }), "status", {}, words.join(" "));
    return element("li", {}, said.instead, link, said.count(count));
  });
  if (without) {
    const link = step(state.with({ facets: {}, page: 1 }), "status", {}, said.without(without));
    tips.unshift(element("li", {}, link));
  }
  const request = new URLSearchParams(state.q ? { q: state.q } : {});
  return element(
    "div",
    { className: "notice search-empty" },
    element("h2", {}, state.q ? said.nothing(state.q) : said.nothingChosen),
    element("p", {}, said.advice),
    tips.length ? element("ul", {}, ...tips) : null,
    element(
      "p",
      { className: "actions" },
      element("a", { className: "button primary", href: `${home}forms/request/?${request}` }, said.request),
      element("a", { className: "button", href: `${home}datasets/` }, said.browse),
    ),
    element("p", { className: "muted" }, said.counted),
  );
};
