// A result as CSV (RFC 4180): lines end in CRLF, NULL is empty, an empty text is "".
const cell = (value) => {
  if (value === null) return "";
  const text = String(value);
  return text === "" || /[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csv = ({ columns, rows }) =>
  [columns.map((one) => cell(one.name)), ...rows.map((row) => row.map(cell))].map((line) => `${line.join(",")}\r\n`).join("");
