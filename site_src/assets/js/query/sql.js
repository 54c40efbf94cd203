// SQL written from clicks: quoting, conditions, groups, joins. Nothing here touches the page.
export const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
export const literal = (text) => `'${text.replaceAll("'", "''")}'`;

const NUMERIC = new Set(["integer", "number", "year", "boolean"]);
export const isNumeric = (column) => NUMERIC.has(column.type);

const value = (column, text) => (isNumeric(column) && /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? text.trim() : literal(text));
const like = (text) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
const liked = (pattern, text) => `LIKE ${literal(pattern)}${/[\\%_]/.test(text) ? " ESCAPE '\\'" : ""}`;

export const condition = ({ column, op, text }) => {
  const name = quoted(column.name);
  if (op === "empty") return `${name} IS NULL`;
  if (op === "full") return `${name} IS NOT NULL`;
  if (op === "contains") return `${name} ${liked(`%${like(text)}%`, text)}`;
  if (op === "begins") return `${name} ${liked(`${like(text)}%`, text)}`;
  return `${name} ${op} ${value(column, text)}`;
};

// {table, conditions, group, measure, of, order: "" | "key" | "-key" | "value" | "-value", limit, names}
export const select = ({ table, conditions = [], group, measure, of, order, limit, names }) => {
  const ask = [];
  if (group) ask.push(quoted(group.name));
  const computed = measure === "count" || (measure && of);
  let title = "";
  if (computed) {
    title = measure === "count" ? names.count : `${of.name}${names[measure]}`;
    const inner = measure === "count" ? "count(*)" : measure === "distinct" ? `count(DISTINCT ${quoted(of.name)})` : `${measure}(${quoted(of.name)})`;
    ask.push(`${inner} AS ${quoted(title)}`);
  }
  const lines = [`SELECT ${ask.join(", ") || "*"}`, `FROM ${quoted(table)}`];
  const kept = conditions.filter((one) => one.op === "empty" || one.op === "full" || one.text !== "");
  if (kept.length) lines.push(`WHERE ${kept.map(condition).join("\n  AND ")}`);
  if (group) lines.push(`GROUP BY ${quoted(group.name)}`);
  const down = order?.startsWith("-") ? " DESC" : "";
  const by = order?.replace(/^-/, "");
  if (by === "value" && computed) lines.push(`ORDER BY ${quoted(title)}${down}`);
  else if (by && by !== "value") lines.push(`ORDER BY ${quoted(by)}${down}`);
  if (limit) lines.push(`LIMIT ${limit}`);
  return lines.join("\n");
};

// Two tables with the columns that belong together: [[mine, theirs], …]. Of the second one, what the first lacks.
export const join = (mine, theirs, pairs) => {
  const keys = new Set(pairs.map(([, right]) => right));
  const taken = new Set(mine.columns.map((one) => one.name));
  const more = theirs.columns
    .filter((one) => !keys.has(one.name))
    .map((one) => `b.${quoted(one.name)}${taken.has(one.name) ? ` AS ${quoted(`${theirs.name}.${one.name}`)}` : ""}`);
  const on = pairs.map(([left, right]) => `a.${quoted(left)} = b.${quoted(right)}`).join(" AND ");
  return [`SELECT ${["a.*", ...more].join(", ")}`, `FROM ${quoted(mine.name)} AS a`, `JOIN ${quoted(theirs.name)} AS b ON ${on}`, "LIMIT 100"].join("\n");
};
