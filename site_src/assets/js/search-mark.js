// Marks the words of a query in a text, however the text is written: full-width, upper case, traditional characters.
import { fold } from "./text.js";

/** The [from, to) ranges of `text` whose folded form is one of the words, ascending, none overlapping. */
export const ranges = (text, words, simplify) => {
  // Folded character by character, so that each folded code unit knows which stretch of the text it comes from.
  let folded = "";
  const from = [];
  const to = [];
  let at = 0;
  for (const char of text) {
    const plain = fold(char, simplify);
    for (let n = 0; n < plain.length; n++) {
      from.push(at);
      to.push(at + char.length);
    }
    folded += plain;
    at += char.length;
  }
  const found = [];
  for (const word of words) {
    for (let n = folded.indexOf(word); word && n >= 0; n = folded.indexOf(word, n + 1)) {
      found.push([from[n], to[n + word.length - 1]]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
};

/** A fragment of the text with <mark> around each range, and the stretches `whole` kept in one line. Text stays text:
 * nothing in it is read as HTML. */
export const marked = (text, words, simplify, whole = []) => {
  const found = ranges(text, words, simplify);
  const put = (into, from, to) => {
    let at = from;
    for (const [start, end] of found) {
      const [first, last] = [Math.max(start, at), Math.min(end, to)];
      if (first >= last) continue;
      into.append(text.slice(at, first), Object.assign(document.createElement("mark"), { textContent: text.slice(first, last) }));
      at = last;
    }
    into.append(text.slice(at, to));
    return into;
  };
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const [start, end] of whole) {
    put(fragment, at, start);
    fragment.append(put(Object.assign(document.createElement("span"), { className: "keep" }), start, end));
    at = end;
  }
  return put(fragment, at, text.length);
};
