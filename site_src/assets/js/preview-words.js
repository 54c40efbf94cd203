// What the live table says, copies and writes into the address.
const english = document.documentElement.lang === "en";

export const words = english
  ? {
      rows: (from, to, of) => `Rows ${from}–${to} of ${of}`,
      many: "many",
      none: "No row matches. Remove a condition above.",
      loading: "Querying…",
      down: "The query service can’t be reached; these are the rows shown last. Download the files for all.",
      busy: "Too many queries from this network just now; please try again in a minute.",
      refused: "This query takes too long or is not understood; make it narrower, or ask it on the query page.",
      gone: "This dataset has been suspended; its rows can’t be queried.",
      offline: "In a copy without the portal only the first rows can be seen; the files hold all.",
      retry: "Try again",
      remove: "Remove",
      yes: "yes",
      no: "no",
      find: "contains",
      sort: (column) => `Sort by ${column}`,
      columns: "Columns",
      all: "Show all",
      copy: "Copy rows",
      copied: (n) => `${n} rows copied; paste them into a spreadsheet.`,
      notCopied: "The browser does not allow copying here.",
      size: (n) => `${n} rows a page`,
      sizeLabel: "Rows a page",
    }
  : {
      rows: (from, to, of) => `第 ${from}–${to} 行，共 ${of} 行`,
      many: "很多",
      none: "没有符合条件的行，请去掉上面的条件。",
      loading: "正在查询…",
      down: "查询服务暂时不可用，这里仍是先前的几行；需要全部数据请下载。",
      busy: "来自您所在网络的查询太多，请一分钟后再试。",
      refused: "这个查询太慢或无法理解，请缩小范围，或到查询页用 SQL。",
      gone: "这个数据集已暂停提供，不能查询。",
      offline: "离线副本里只能看前几行，全部数据在下载文件中。",
      retry: "重试",
      remove: "去掉条件",
      yes: "是",
      no: "否",
      find: "查找",
      sort: (column) => `按“${column}”排序`,
      columns: "选列",
      all: "全部显示",
      copy: "复制这些行",
      copied: (n) => `已复制 ${n} 行，可以粘贴到电子表格。`,
      notCopied: "浏览器不允许复制。",
      size: (n) => `每页 ${n} 行`,
      sizeLabel: "每页行数",
    };

// As the page itself does: a long text is folded away behind its beginning.
export const folded = (text) => {
  if (text.length <= 240 && text.split("\n").length <= 9) return text;
  const box = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = `${text.trimStart().slice(0, 60).split("\n")[0]}…`;
  box.append(summary, text);
  return box;
};

// Tab-separated, quoted only where a tab, a quote or a line end would break the row.
export const tsv = (lines) =>
  lines
    .map((line) =>
      line.map((cell) => (cell === null ? "" : /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"),
    )
    .join("\n");

export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
};

// ---------- #table=<name>&q=…&where=column:op:value&sort=-column&hide=column&size=50&page=3&at=… ----------
const part = encodeURIComponent;

export const written = (name, { search, filters, sort, hidden, size, n, tokens }, usual) => {
  const parts = [];
  if (search) parts.push(`q=${part(search)}`);
  for (const { column, op, value } of filters) parts.push(`where=${part(column)}:${op}:${part(value)}`);
  if (sort) parts.push(`sort=${sort.down ? "-" : ""}${part(sort.name)}`);
  for (const column of hidden) parts.push(`hide=${part(column)}`);
  if (size !== usual) parts.push(`size=${size}`);
  if (n) parts.push(`page=${n + 1}`, `at=${part(tokens[n])}`);
  return parts.length ? [`table=${part(name)}`, ...parts].join("&") : "";
};

export const read = (hash) => {
  const saved = { search: "", filters: [], sort: null, hidden: [], size: 0, n: 0, token: null };
  try {
    for (const piece of hash.replace(/^#/, "").split("&")) {
      const [key, ...rest] = piece.split("=");
      const text = rest.join("=");
      if (key === "table") saved.name = decodeURIComponent(text);
      if (key === "q") saved.search = decodeURIComponent(text);
      if (key === "hide") saved.hidden.push(decodeURIComponent(text));
      if (key === "size") saved.size = Number(text);
      if (key === "page") saved.n = Math.max(0, Math.floor(Number(text)) - 1) || 0;
      if (key === "at") saved.token = decodeURIComponent(text);
      if (key === "sort") saved.sort = { name: decodeURIComponent(text.replace(/^-/, "")), down: text.startsWith("-") };
      if (key === "where") {
        const [column, op, value] = text.split(":").map(decodeURIComponent);
        if (/^(contains|exact|not|startswith|gte|lte|isnull|notnull)$/.test(op)) saved.filters.push({ column, op, value });
      }
    }
  } catch {
    return null; // an address that was cut or typed wrongly
  }
  if (!saved.token) saved.n = 0;
  return saved.name ? saved : null;
};
