"""The format of the index, shared with site_src/assets/js/search-index.js. All numbers are little-endian.

`search/index.json` (asked for anew each time, a few kB):
    count     how many records; records are numbered 0 … count-1, in an order that keeps like with like
    base      where the other files are; it holds a digest of their words, so they may be kept for ever, and stays
              the same while no title, text or number of rows changes
    table     the address of the table, which changes with every date
    facets    [{key, many, values: [[value, title], …]}, …]
    synonyms  [[word, …], …]
    pairs     the first pair of each piece, two characters each, one after the other
    cards     how many records one card file holds
    orders    {title, rows, downloads}: addresses of the orders, `downloads` only where anything was counted

`search/index.en.json` is what a page in English asks instead. The same, but: values are [value, English title, and,
where that is another one, the Chinese title, which counts as text too]; and, where anything is in English, the order
by title is that of English titles, and
    card      which card files: "e" (without this key "c")
    fields    the file of the titles of data items (without this key fields.json)

Packed files (gzip, so that they are small behind any server):
    table         per facet the value numbers of all records, from 1 up, 0 meaning none (bytes; two planes, low then
                  high, from 256 values on; `many`: a bit set of ceil(values/8) planes instead);
                  then the length of the folded titles (1 plane), the end of the zone of names (3), the data date in
                  days since 1970 (2), the length of the folded English title, which begins the zone of names (1)
    p<n>.bin      a piece of the pairs. Varints (LEB128): how many pairs; the byte length of the pairs' characters;
                  those in UTF-8, two each; varints again: per pair how many records hold it; then, pair by pair, the
                  records (differences); per pair and record how many places; the places (differences)
    c<n>.json     cards: [[id, title, summary, [names], rows or null, static 0/1], …]
    e<n>.json     the same, title and summary in English where there is English; only where there is any
    fields.json   [[title of a data item, how many records have it], …], most first: for suggestions
    by-<key>.bin  all records in an order, first to last (2 planes; 3 from 65,537 records on)
    ids.json      all ids; asked for only while something is suspended
    simplify.bin  JSON [traditional characters, simplified ones]; asked for only when a Han query found nothing

A pair is two neighbouring characters of the folded text, neither a blank; its place is the offset of the first, counted
in characters. A query word of n characters stands in a text exactly where its pairs stand at consecutive places. The
last character of a run that begins no pair in its record is kept as a pair with a line feed, for queries of one
character.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence

PLACES = 1 << 21
"""Places per record: 50 files with 200 columns and the longest names an entry may have stay below."""
LAST = "\n"
PIECE_BYTES = 12_000
"""A piece is closed when it has so many bytes unpacked: about 5 kB over the wire, and few files."""
CARDS = 8


def varints(numbers: Iterable[int]) -> bytes:
    """LEB128: seven bits a byte, the eighth says that more follow. Most lists have small numbers only."""
    told = list(numbers)
    if not told or max(told) < 128:
        return bytes(told)
    out = bytearray()
    for number in told:
        rest = number
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def differences(numbers: Sequence[int]) -> list[int]:
    """The first as it is, then how much each is above the one before."""
    return [number - before for number, before in zip(numbers, (0, *numbers), strict=False)]


def planes(numbers: Sequence[int], count: int) -> bytes:
    """Fixed-width numbers byte by byte: all lowest bytes, then the next ones. Equal bytes side by side pack well."""
    return b"".join(bytes(number >> 8 * plane & 255 for number in numbers) for plane in range(count))


def packed(content: bytes) -> bytes:
    """Gzip without a time stamp: same content, same bytes."""
    return gzip.compress(content, 9, mtime=0)
