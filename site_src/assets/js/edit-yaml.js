// Entries as text: YAML that the portal's reader takes (every scalar is text there), and the first look at a CSV file.
const PLAIN = /^[\p{Script=Han}A-Za-z0-9](?:[^\s:#"'\\[\]{},&*!|>%@`\p{Cc}]| (?=[^\s:#]))*$/u;

// One text in YAML: bare where nothing can be misread, else between double quotes, which take JSON's escapes.
export function scalar(text) {
  return PLAIN.test(text) && text.trim() === text ? text : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// Mappings, lists and texts; what is empty is left out.
export function toYaml(value, indent = "") {
  return Object.entries(value)
    .filter(([, item]) => !isEmpty(item))
    .map(([key, item]) => `${indent}${scalar(key)}:${written(item, indent)}`)
    .join("");
}

function written(item, indent) {
  if (Array.isArray(item)) {
    return item.every((one) => typeof one === "string")
      ? ` [${item.map(scalar).join(", ")}]\n`
      : `\n${item.map((one) => `${indent}  - ${toYaml(one, `${indent}    `).trimStart()}`).join("")}`;
  }
  if (typeof item === "object") return `\n${toYaml(item, `${indent}  `)}`;
  return ` ${typeof item === "boolean" ? item : scalar(item)}\n`;
}

function isEmpty(item) {
  if (item === undefined || item === null || item === "" || item === false) return true;
  return typeof item === "object" && Object.values(item).every(isEmpty);
}

// Bytes as text: strict UTF-8, else GBK, as the portal reads them. The end may cut a character in two.
export function decode(bytes) {
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // Not UTF-8, or cut inside a character.
    }
  }
  return new TextDecoder("gb18030").decode(bytes);
}

// Records of CSV text: quotes, doubled quotes and line breaks inside them.
export function records(text, most) {
  const separator = (text.split("\n", 1)[0].match(/\t/g) || []).length > 0 && !text.split("\n", 1)[0].includes(",") ? "\t" : ",";
  const found = [];
  let row = [""];
  let quoted = false;
  for (let at = 0; at < text.length && found.length < most; at += 1) {
    const sign = text[at];
    if (quoted && sign === '"' && text[at + 1] === '"') (row[row.length - 1] += '"'), (at += 1);
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === separator) row.push("");
    else if (!quoted && (sign === "\n" || sign === "\r")) {
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      found.push(row);
      row = [""];
    } else row[row.length - 1] += sign;
  }
  if (found.length < most && (row.length > 1 || row[0])) found.push(row);
  return found;
}

// The type that all values of a column fit; codes with leading zeros and long numbers stay texts.
export function guess(values) {
  const given = values.filter((one) => one !== "" && one !== undefined);
  const all = (test) => given.length > 0 && given.every((one) => test.test(one));
  if (all(/^-?(0|[1-9]\d{0,14})$/)) return "integer";
  if (all(/^-?(0|[1-9]\d*)(\.\d+)?$/) && given.every((one) => one.length < 16)) return "number";
  if (all(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)) return "date";
  return "string";
}
