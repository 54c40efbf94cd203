// The table on a dataset's page: search, filter, sort and turn pages through the query API. Nothing is asked before
// the reader asks; when the API does not answer, the rows that came with the page stay, and a sentence says so.
const english = document.documentElement.lang === "en";
const SIZE = 20;
const words = english
  ? {
      rows: (from, to, of) => `Rows ${from}–${to} of ${of}`,
      none: "No row matches.",
      loading: "Querying…",
      down: "The query service can’t be reached; these are the first rows as published. Download the files for all.",
      remove: "Remove",
      yes: "yes",
      no: "no",
      find: "contains",
      sort: (column) => `Sort by ${column}`,
    }
  : {
      rows: (from, to, of) => `第 ${from}–${to} 行，共 ${of} 行`,
      none: "没有符合条件的行。",
      loading: "正在查询…",
      down: "查询服务暂时不可用，这里仍是发布时的前几行；需要全部数据请下载。",
      remove: "去掉条件",
      yes: "是",
      no: "否",
      find: "查找",
      sort: (column) => `按“${column}”排序`,
    };
const grouped = (n) => n.toLocaleString("en-US");

// As the page itself does: a long text is folded away behind its beginning.
const folded = (text) => {
  if (text.length <= 240 && text.split("\n").length <= 9) return text;
  const box = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = `${text.trimStart().slice(0, 60).split("\n")[0]}…`;
  box.append(summary, text);
  return box;
};

class Preview {
  constructor(box) {
    this.box = box;
    this.table = box.querySelector("table");
    this.body = this.table.tBodies[0];
    this.heads = [...this.table.tHead.rows[0].cells];
    this.columns = this.heads.map((th) => ({
      name: th.dataset.name,
      type: th.dataset.type,
      numeric: th.classList.contains("n"),
      title: th.textContent,
    }));
    this.status = box.querySelector("[data-status]");
    this.chips = box.querySelector("[data-chips]");
    this.next = box.querySelector("[data-next]");
    this.previous = box.querySelector("[data-previous]");
    this.state = { search: "", filters: [], sort: null, n: 0, tokens: [null] }; // tokens[n]: where page n begins
    this.of = Number(box.dataset.of);
    this.call = 0;
    this.wire();
  }

  wire() {
    const filter = this.box.querySelector("[data-filter]");
    const find = this.box.querySelector("[data-find]");
    filter.elements.column.append(...this.columns.map((column) => new Option(column.title, column.name)));
    filter.elements.op.addEventListener("change", () => {
      filter.elements.value.disabled = filter.elements.op.value === "isnull";
    });
    filter.addEventListener("submit", (event) => {
      event.preventDefault();
      const { column, op, value } = filter.elements;
      if (op.value !== "isnull" && !value.value.trim()) return value.focus();
      const label = `${column.selectedOptions[0].text} ${op.selectedOptions[0].text} ${op.value === "isnull" ? "" : value.value}`;
      this.change({
        filters: [
          ...this.state.filters,
          { key: `${column.value}__${op.value}`, value: op.value === "isnull" ? "1" : value.value.trim(), label },
        ],
      });
      value.value = "";
    });
    find.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ search: find.querySelector("input").value.trim() });
    });
    this.heads.forEach((th, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...th.childNodes);
      button.setAttribute("aria-label", words.sort(this.columns[index].title));
      button.addEventListener("click", () => this.sortBy(index));
      th.append(button);
    });
    this.next.addEventListener("click", () => this.turn(1));
    this.previous.addEventListener("click", () => this.turn(-1));
    if (this.of > this.body.rows.length) this.next.disabled = false;
  }

  sortBy(index) {
    const name = this.columns[index].name;
    const same = this.state.sort?.name === name;
    const sort = !same ? { name, down: false } : this.state.sort.down ? null : { name, down: true };
    this.heads.forEach((th, n) => {
      if (n === index && sort) th.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    this.change({ sort });
  }

  change(part) {
    Object.assign(this.state, part, { tokens: [null] });
    this.load(0);
  }

  async turn(step) {
    // The first rows came with the page; where the next ones begin, only the API knows.
    if (!(1 in this.state.tokens)) await this.load(0);
    const n = this.state.n + step;
    if (!this.down && n >= 0 && (n === 0 || this.state.tokens[n])) await this.load(n);
  }

  address(n) {
    const { search, filters, sort, tokens } = this.state;
    const query = new URLSearchParams({ _shape: "objects", _size: SIZE });
    if (search) query.set("_search", search);
    for (const { key, value } of filters) query.append(key, value);
    if (sort) query.set(sort.down ? "_sort_desc" : "_sort", sort.name);
    if (tokens[n]) query.set("_next", tokens[n]);
    return `${this.box.dataset.preview}?${query}`;
  }

  async load(n) {
    const call = ++this.call;
    this.table.setAttribute("aria-busy", "true");
    this.status.textContent = words.loading;
    this.drawChips();
    try {
      const answer = await fetch(this.address(n), { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = await answer.json();
      if (call !== this.call) return;
      this.down = false;
      this.draw(page, n);
    } catch {
      if (call !== this.call) return;
      this.down = true;
      this.status.textContent = words.down;
      this.next.disabled = this.previous.disabled = true;
    } finally {
      if (call === this.call) this.table.removeAttribute("aria-busy");
    }
  }

  draw(page, n) {
    const at = n * SIZE;
    this.state.n = n;
    this.state.tokens[n + 1] = page.next;
    this.body.replaceChildren(...page.rows.map((row) => this.row(row)));
    this.count = page.filtered_table_rows_count ?? this.count ?? this.of;
    this.status.textContent = page.rows.length
      ? words.rows(grouped(at + 1), grouped(at + page.rows.length), grouped(this.count))
      : words.none;
    this.previous.disabled = n === 0;
    this.next.disabled = !page.next;
    this.box.querySelector(".frame").scrollTop = 0;
  }

  row(values) {
    const line = document.createElement("tr");
    for (const { name, type, numeric } of this.columns) {
      const cell = line.insertCell();
      const value = values[name];
      if (numeric) cell.className = "n";
      if (value === null || value === undefined) {
        const nil = document.createElement("span");
        nil.className = "nil";
        nil.textContent = "-";
        cell.append(nil);
      } else {
        cell.append(type === "boolean" ? (Number(value) ? words.yes : words.no) : folded(String(value)));
      }
    }
    return line;
  }

  drawChips() {
    const chip = (label, drop) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = label;
      button.setAttribute("aria-label", `${words.remove} ${label}`);
      button.addEventListener("click", drop);
      item.append(button);
      return item;
    };
    const chips = this.state.filters.map((filter) =>
      chip(filter.label, () => this.change({ filters: this.state.filters.filter((one) => one !== filter) })),
    );
    if (this.state.search) {
      chips.unshift(
        chip(`${words.find} ${this.state.search}`, () => {
          this.box.querySelector("[data-find] input").value = "";
          this.change({ search: "" });
        }),
      );
    }
    this.chips.replaceChildren(...chips);
  }
}

for (const box of document.querySelectorAll("[data-preview]")) new Preview(box);
