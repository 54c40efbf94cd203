// What of a title stays in one line: short brackets and spans of years. The twin of `phrases` in portal/render/html.py;
// a test holds the two against each other.
const TOGETHER = /（[^（）&<>"']{1,12}）|\([^()&<>"']{1,12}\)|\d{4}[—–]\d{4}年?/gu;

/** The [from, to) ranges of a title that must not break. */
export const kept = (title) => [...title.matchAll(TOGETHER)].map((found) => [found.index, found.index + found[0].length]);

/** A title as nodes of a page. */
export const keep = (title) => {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const [from, to] of kept(title)) {
    const whole = Object.assign(document.createElement("span"), { className: "keep", textContent: title.slice(from, to) });
    fragment.append(title.slice(at, from), whole);
    at = to;
  }
  fragment.append(title.slice(at));
  return fragment;
};
