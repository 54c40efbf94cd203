// The twin of portal/text.py: how text is folded and cut into words. A test holds the two against each other.

// What Python calls a blank, written out, because JavaScript's \s is not quite the same set.
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** A table from traditional to simplified characters, as simplify.bin of the search index holds it. */
export const simplifier = ([traditional, simplified]) => {
  const to = Array.from(simplified);
  return new Map(Array.from(traditional, (char, position) => [char, to[position]]));
};

/** NFKC, lower case and, where a table is given, simplified characters: equal for two spellings of one word. */
export const fold = (text, simplify) => {
  const plain = text.normalize("NFKC").toLowerCase();
  if (!simplify) return plain;
  return Array.from(plain, (char) => simplify.get(char) ?? char).join("");
};

/** The folded words that must all stand in a hit's folded text, in the order typed, each once. */
export const words = (query, simplify) => [...new Set(fold(query, simplify).split(BLANK).filter(Boolean))];
