// Reads the search index that portal/search writes (the format is told in portal/search/layout.py): fetches the pieces
// that hold a query's pairs of characters, and finds the records in whose text every word stands, exactly.
import { fold, simplifier, words } from "./text.js";

const PLACES = 2097152;
const NONE = 255;
const VARIANTS = 12; // so many rewordings of one query are looked up
const NAMED = ["department", "domain", "area"]; // facets whose values' names are searched like text
// How good a record is, best first.
export const EXACT = 0;
export const TITLE = 1;
export const NAMES = 2;
export const REST = 3;

const got = async (url, options) => {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer;
};

const json = async (url, options) => (await got(url, options)).json();

const unpacked = async (url) => {
  const answer = await got(url);
  const stream = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

const rank = (pair) => {
  const [first, second] = Array.from(pair, (char) => char.codePointAt(0));
  return first * 0x200000 + second;
};

/** Pair → ascending places, each record · PLACES + offset. */
const readPiece = (bytes) => {
  let at = 0;
  const next = () => {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return value;
  };
  const pairs = next();
  const length = next();
  const chars = Array.from(new TextDecoder().decode(bytes.subarray(at, at + length)));
  at += length;
  const held = Array.from({ length: pairs }, next);
  const records = held.map((count) => Array.from({ length: count }, next));
  const counts = held.map((count) => Array.from({ length: count }, next));
  const places = new Map();
  for (let pair = 0; pair < pairs; pair++) {
    const total = counts[pair].reduce((sum, count) => sum + count, 0);
    const list = new Float64Array(total);
    let record = 0;
    let filled = 0;
    for (let one = 0; one < held[pair]; one++) {
      record += records[pair][one];
      let offset = 0;
      for (let n = counts[pair][one]; n > 0; n--) {
        offset += next();
        list[filled++] = record * PLACES + offset;
      }
    }
    places.set(chars[2 * pair] + chars[2 * pair + 1], list);
  }
  return places;
};

/** The columns of the table. A single-valued facet holds the value's number plus one, a `many` facet planes of bits. */
const readTable = (bytes, count, facets) => {
  let at = 0;
  const column = (planes) => {
    const values = new Uint32Array(count);
    for (let plane = 0; plane < planes; plane++) {
      for (let record = 0; record < count; record++) values[record] |= bytes[at++] << (8 * plane);
    }
    return values;
  };
  const chosen = facets.map(({ many, values }) => {
    if (!many) return column(values.length < 256 ? 1 : 2);
    return Array.from({ length: Math.ceil(values.length / 8) }, () => column(1));
  });
  return { chosen, titles: column(1), names: column(3), days: column(2), english: column(1) };
};

/** What was asked for before is not asked for again, unless it failed. */
const once = (known, key, ask) => {
  if (!known.has(key)) {
    const answer = ask();
    known.set(key, answer);
    answer.catch(() => known.delete(key));
  }
  return known.get(key);
};

/** Those starts at which both lists agree: `later` holds the same text `offset` characters further on. */
const together = (starts, later, offset) => {
  const kept = [];
  let other = 0;
  for (const start of starts) {
    while (other < later.length && later[other] < start + offset) other++;
    if (later[other] === start + offset) kept.push(start);
  }
  return kept;
};

export class SearchIndex {
  /** Ask for the entry and the table; both are small. `suspended` are ids that must not appear. */
  static async open(entryUrl, suspended = []) {
    const entry = await json(entryUrl, { cache: "no-cache" });
    const [bytes, ids] = await Promise.all([
      unpacked(entry.table),
      suspended.length ? json(`${entry.base}ids.json`) : [],
    ]);
    return new SearchIndex(entry, bytes, ids, new Set(suspended));
  }

  constructor(entry, bytes, ids, suspended) {
    this.entry = entry;
    this.count = entry.count;
    this.facets = entry.facets;
    this.table = readTable(bytes, entry.count, entry.facets);
    this.hidden = new Set(ids.flatMap((id, record) => (suspended.has(id) ? [record] : [])));
    const chars = Array.from(entry.pairs);
    this.starts = Array.from({ length: chars.length / 2 }, (_, n) => rank(chars[2 * n] + chars[2 * n + 1]));
    this.pieces = new Map();
    this.cardFiles = new Map();
    this.found = new Map();
    this.orders = new Map();
    this.simplify = undefined;
  }

  /** All records, newest data first. */
  all() {
    const records = [];
    for (let record = 0; record < this.count; record++) if (!this.hidden.has(record)) records.push(record);
    return this.newest(records.map((record) => ({ record, tier: REST })));
  }

  /** `hits` in an order of the entry's `orders`: fetched when first asked for. Without that order, as they are. */
  async ordered(hits, key) {
    const address = this.entry.orders?.[key];
    if (!address) return hits;
    const places = await once(this.orders, key, async () => {
      const bytes = await unpacked(address);
      const found = new Uint32Array(this.count);
      for (let place = 0; place < this.count; place++) {
        let record = 0;
        for (let plane = 0; plane * this.count < bytes.length; plane++) record |= bytes[plane * this.count + place] << (8 * plane);
        found[record] = place;
      }
      return found;
    });
    return [...hits].sort((a, b) => places[a.record] - places[b.record]);
  }

  /** Titles of data items with how many datasets have them, most first. */
  fields() {
    return once(this.cardFiles, "fields", () => json(this.entry.base + (this.entry.fields ?? "fields.json")));
  }

  /** `hits` by data date; equal days in the order of the index. */
  newest(hits) {
    return [...hits].sort((a, b) => this.table.days[b.record] - this.table.days[a.record] || a.record - b.record);
  }

  /**
   * What a query finds: `words` as folded, `hits` [{record, tier}] best first, and `more`, hits of synonyms only,
   * [{record, tier, by}] where `by` is the synonym. A query without words finds nothing.
   */
  async find(query) {
    let terms = words(query, this.simplify);
    let hits = await this.ranked(terms);
    if (!hits.length && !this.simplify && /\p{Script=Han}/u.test(query)) {
      // The index holds simplified characters only: a query with others finds nothing until they are exchanged.
      const table = await unpacked(`${this.entry.base}simplify.bin`);
      this.simplify = simplifier(JSON.parse(new TextDecoder().decode(table)));
      terms = words(query, this.simplify);
      hits = await this.ranked(terms);
    }
    return { words: terms, hits, more: await this.bySynonym(terms, new Set(hits.map((hit) => hit.record))) };
  }

  /** How many records hold all of the folded words. */
  async countOf(terms) {
    return (await this.ranked(terms)).length;
  }

  async ranked(terms) {
    if (!terms.length) return [];
    const each = await Promise.all(terms.map((term) => this.tiersOf(term)));
    const length = Array.from(terms.join(" ")).length;
    const { titles, days, english } = this.table;
    const hits = [];
    for (let record = 0; record < this.count; record++) {
      let tier = 0;
      for (const tiers of each) tier = Math.max(tier, tiers[record]);
      if (tier === NONE || this.hidden.has(record)) continue;
      const whole = titles[record] === length || english[record] === length;
      hits.push({ record, tier: tier === TITLE && whole ? EXACT : tier });
    }
    // In titles the query that fills more of the title comes first; then the newer data.
    const spare = (hit) => (hit.tier <= TITLE ? titles[hit.record] : 0);
    return hits.sort(
      (a, b) => a.tier - b.tier || spare(a) - spare(b) || days[b.record] - days[a.record] || a.record - b.record,
    );
  }

  async bySynonym(terms, known) {
    const variants = terms.flatMap((term, position) =>
      this.entry.synonyms.flatMap((group) => {
        const said = group.filter((word) => term.includes(word)).sort((a, b) => b.length - a.length)[0];
        const others = said ? group.filter((word) => !term.includes(word)) : [];
        return others.map((by) => ({
          by,
          terms: terms.map((one, other) => (other === position ? one.replace(said, by) : one)),
        }));
      }),
    );
    const found = await Promise.all(variants.slice(0, VARIANTS).map((variant) => this.ranked(variant.terms)));
    const more = new Map();
    for (const [number, hits] of found.entries()) {
      const { by } = variants[number];
      for (const hit of hits) {
        const before = more.get(hit.record);
        if (!known.has(hit.record) && !(before?.tier <= hit.tier)) more.set(hit.record, { ...hit, by });
      }
    }
    return [...more.values()].sort((a, b) => a.tier - b.tier);
  }

  /** For each record the best zone in which one folded word stands, NONE where it doesn't. */
  tiersOf(term) {
    return once(this.found, term, () => this.readTiers(term));
  }

  async readTiers(term) {
    const tiers = new Uint8Array(this.count).fill(NONE);
    const { titles, names, chosen, english } = this.table;
    for (const start of await this.startsOf(Array.from(term))) {
      const record = Math.floor(start / PLACES);
      const offset = start % PLACES;
      // The English title begins the zone of names, a line feed after the title.
      const title = offset < titles[record] || (offset > titles[record] && offset <= titles[record] + english[record]);
      const tier = title ? TITLE : offset < names[record] ? NAMES : REST;
      if (tier < tiers[record]) tiers[record] = tier;
    }
    for (const [number, { key, values }] of this.facets.entries()) {
      if (!NAMED.includes(key)) continue;
      const holds = ([, ...titles]) => titles.some((title) => fold(title, this.simplify).includes(term));
      const fit = new Set(values.flatMap((choice, value) => (holds(choice) ? [value + 1] : [])));
      if (!fit.size) continue;
      for (let record = 0; record < this.count; record++) {
        if (tiers[record] === NONE && fit.has(chosen[number][record])) tiers[record] = REST;
      }
    }
    return tiers;
  }

  /** Every place where the characters stand one after the other. */
  async startsOf(chars) {
    if (chars.length === 1) {
      const lists = await this.pairsFrom(chars[0]);
      return lists.flatMap((list) => Array.from(list));
    }
    // Every other pair is enough: together they cover the word. The last one covers an odd end.
    const offsets = [];
    for (let offset = 0; offset < chars.length - 1; offset += 2) offsets.push(offset);
    if (chars.length % 2) offsets.push(chars.length - 2);
    const lists = await Promise.all(offsets.map((offset) => this.pair(chars[offset] + chars[offset + 1])));
    let starts = Array.from(lists[0]);
    for (let n = 1; n < lists.length && starts.length; n++) starts = together(starts, lists[n], offsets[n]);
    return starts;
  }

  async pair(pair) {
    const number = this.pieceOf(rank(pair));
    return number < 0 ? [] : ((await this.piece(number)).get(pair) ?? []);
  }

  /** The places of all pairs that begin with a character. */
  async pairsFrom(char) {
    const low = Math.max(0, this.pieceOf(char.codePointAt(0) * 0x200000));
    const high = this.pieceOf((char.codePointAt(0) + 1) * 0x200000 - 1);
    const numbers = Array.from({ length: Math.max(0, high - low + 1) }, (_, n) => low + n);
    const loaded = await Promise.all(numbers.map((number) => this.piece(number)));
    return loaded.flatMap((piece) => [...piece].filter(([pair]) => pair.startsWith(char)).map(([, list]) => list));
  }

  /** The number of the piece that would hold a pair: the last one that doesn't start after it. */
  pieceOf(wanted) {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  piece(number) {
    return once(this.pieces, number, () => unpacked(`${this.entry.base}p${number}.bin`).then(readPiece));
  }

  /** What is shown of a record: id, title, summary, names, rows or null, static, day, and its facets' values. */
  async card(record) {
    const file = Math.floor(record / this.entry.cards);
    const cards = await once(this.cardFiles, file, () => json(`${this.entry.base}${this.entry.card ?? "c"}${file}.json`));
    const [id, title, summary, names, rows, fixed] = cards[record % this.entry.cards];
    const day = new Date(this.table.days[record] * 86400000).toISOString().slice(0, 10);
    const facets = Object.fromEntries(this.facets.map(({ key }, number) => [key, this.choices(number, record)]));
    return { id, title, summary, names, rows, fixed: Boolean(fixed), day, facets };
  }

  /** The [value, title] pairs of a record under one facet. */
  choices(number, record) {
    const { many, values } = this.facets[number];
    if (many) return values.filter((_, value) => this.holds(number, record, value));
    const held = this.table.chosen[number][record];
    return held ? [values[held - 1]] : [];
  }

  /** Whether a record has one of the values chosen of a facet (by number). */
  has(number, record, wanted) {
    if (!this.facets[number].many) return wanted.has(this.table.chosen[number][record] - 1);
    for (const value of wanted) if (value >= 0 && this.holds(number, record, value)) return true;
    return false;
  }

  /** Whether a record has one value of a facet with many. */
  holds(number, record, value) {
    return Boolean(this.table.chosen[number][value >> 3][record] & (1 << (value & 7)));
  }

  /**
   * Keep the hits that fit `chosen` (facet key → list of values; values of one facet are alternatives), and count
   * for each value how many there would be with it: hits that fit all other facets.
   */
  narrow(hits, chosen) {
    const wanted = this.facets.map(({ key, values }) => {
      const some = (chosen[key] ?? []).map((value) => values.findIndex(([one]) => one === value));
      return some.length ? new Set(some) : null;
    });
    const counts = this.facets.map(({ values }) => new Array(values.length).fill(0));
    const kept = [];
    for (const hit of hits) {
      const misses = wanted.flatMap((some, number) => (some && !this.has(number, hit.record, some) ? [number] : []));
      if (!misses.length) kept.push(hit);
      for (const [number, { many, values }] of this.facets.entries()) {
        if (misses.length > 1 || (misses.length === 1 && misses[0] !== number)) continue;
        if (many) {
          for (let value = 0; value < values.length; value++) if (this.holds(number, hit.record, value)) counts[number][value]++;
          continue;
        }
        const held = this.table.chosen[number][hit.record];
        if (held) counts[number][held - 1]++;
      }
    }
    return { hits: kept, counts };
  }
}
