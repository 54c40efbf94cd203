// A file of this origin, read by byte ranges. What was fetched is counted; a file that changes under our hands is noticed.
const TAIL = 65536; // the end of the file comes first: it holds the directory, and small files whole
const GAP = 16384; // ranges that lie closer than this are fetched as one
const LARGEST = 8 << 20;

export class QueryError extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

const refusal = (status) => {
  if (status === 410) return "suspended";
  if (status === 404) return "missing";
  if (status === 429) return "busy";
  return "network";
};

// Ranges of bytes joined where only little lies between them, in the order of the file.
export const joined = (ranges) => {
  const found = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1);
    if (last && start - last[1] <= GAP && end - last[0] <= LARGEST) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
};

export class Source {
  constructor(url, meter) {
    this.url = url;
    this.meter = meter; // {bytes, requests}: shared by all files of a query
    this.pieces = []; // [start, Uint8Array]
    this.tag = null;
    this.size = 0;
  }

  // The end of the file; afterwards `size` is known.
  async open() {
    const answer = await this.ask(`bytes=-${TAIL}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.count(bytes.length);
    const said = /\/(\d+)$/.exec(answer.headers.get("Content-Range") ?? "");
    this.size = answer.status === 206 && said ? Number(said[1]) : bytes.length;
    this.check(answer.headers.get("ETag"));
    this.pieces = [[this.size - bytes.length, bytes]];
  }

  async ask(range) {
    let answer;
    try {
      // Not through the browser's cache: it locks a file while one part of it arrives, and asks for others twice
      // (measured in Chromium: twice the bytes); and a file that was replaced or suspended is noticed at once.
      answer = await fetch(this.url, { headers: { Range: range }, cache: "no-store" });
    } catch {
      throw new QueryError("network", { url: this.url });
    }
    if (!answer.ok) throw new QueryError(refusal(answer.status), { url: this.url, status: answer.status });
    return answer;
  }

  check(tag) {
    const plain = tag?.replace(/^W\//, "").replace(/-gz"$/, '"') ?? null;
    if (this.tag && plain && this.tag !== plain) throw new QueryError("changed", { url: this.url });
    this.tag ??= plain;
  }

  count(bytes) {
    this.meter.bytes += bytes;
    this.meter.requests += 1;
  }

  // What is already here of [start, end), or undefined.
  held(start, end) {
    const piece = this.pieces.find(([at, bytes]) => at <= start && end <= at + bytes.length);
    return piece && piece[1].subarray(start - piece[0], end - piece[0]);
  }

  keep(start, end, status, bytes) {
    this.count(bytes.length);
    if (status === 200) {
      this.pieces = [[0, bytes]]; // a server without ranges sent all of it
      return;
    }
    if (bytes.length !== end - start) throw new QueryError("network", { url: this.url });
    this.pieces.push([start, bytes]);
  }

  // Fetch ranges side by side; then `held` gives them.
  async fetch(ranges) {
    const wanted = joined(ranges.filter(([start, end]) => !this.held(start, end)));
    await Promise.all(
      wanted.map(async ([start, end]) => {
        const answer = await this.ask(`bytes=${start}-${end - 1}`);
        this.check(answer.headers.get("ETag"));
        this.keep(start, end, answer.status, new Uint8Array(await answer.arrayBuffer()));
      }),
    );
  }

  // The same while SQLite waits: a worker may stand still.
  fetchNow(ranges) {
    for (const [start, end] of joined(ranges.filter(([from, to]) => !this.held(from, to)))) {
      const asked = new XMLHttpRequest();
      asked.open("GET", this.url, false);
      asked.responseType = "arraybuffer";
      asked.setRequestHeader("Range", `bytes=${start}-${end - 1}`);
      asked.setRequestHeader("Cache-Control", "no-cache"); // what "no-store" is above
      try {
        asked.send();
      } catch {
        throw new QueryError("network", { url: this.url });
      }
      if (asked.status !== 200 && asked.status !== 206) {
        throw new QueryError(refusal(asked.status), { url: this.url, status: asked.status });
      }
      this.check(asked.getResponseHeader("ETag"));
      this.keep(start, end, asked.status, new Uint8Array(asked.response));
    }
  }

  // Forget what was fetched between the ends: it has been decoded. The end of the file stays.
  drop() {
    if (this.pieces[0]?.[1].length < this.size) this.pieces.length = 1;
  }
}
