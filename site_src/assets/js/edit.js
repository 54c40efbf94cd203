// The form of /edit/: reads what is typed, says what is wrong with it, and keeps the entry's text up to date.
import { decode, guess, records, toYaml } from "./edit-yaml.js";

const form = document.querySelector("[data-edit]");
const fields = [...form.querySelectorAll(".field[data-key]")];
const columns = form.querySelector("[data-columns]");
const pattern = form.querySelector("template[data-column]").content.firstElementChild;
const path = form.querySelector("#e-path");
const taken = new Set(form.dataset.taken.split(" "));
const touched = new Set();
const LOOK = 1 << 18; // bytes of a file that are looked at
const ROWS = 500;

const inputOf = (field) => field.querySelector("input, select, textarea");
const valueOf = (key) => inputOf(form.querySelector(`[data-key="${key}"]`)).value.trim();
const lines = (text) => text.split("\n").map((one) => one.trim()).filter(Boolean);
const isAsked = (element) => !element.closest("[data-only]") || [...parents(element)].every((one) => one.dataset.only.split(" ").includes(valueOf("open_type") || "unconditional"));

function* parents(element) {
  for (let one = element.closest("[data-only]"); one; one = one.parentElement.closest("[data-only]")) yield one;
}

// What is wrong with one input, or nothing.
function fault(field) {
  const { key, kind, required, least, most } = field.dataset;
  const text = inputOf(field).value.trim();
  if (!text) return required === undefined || !isNeeded(key) ? "" : "这一项必填。";
  const size = kind === "texts" ? lines(text).length : [...text].length;
  const unit = kind === "texts" ? "个" : "个字";
  if (least && size < Number(least)) return `至少 ${least} ${unit}。`;
  if (most && size > Number(most)) return `最多 ${most} ${unit}，现在是 ${size} ${unit}。`;
  if (field.dataset.pattern && !new RegExp(field.dataset.pattern, "u").test(text)) return key === "id" || key === "department" ? "只能用小写字母、数字和短横线。" : "写法不对，请参照例子。";
  if (key === "id" && taken.has(text)) return "这个编号已经有数据集使用。";
  if (key === "temporal.to" && valueOf("temporal.from") > text) return "止不能早于起。";
  if (key === "data_date" && text > new Date().toLocaleDateString("sv")) return "数据日期不能在今天之后。";
  if (kind === "records" && lines(text).some((one) => one.split(/[|｜]/).length < 3)) return "每行一条，用竖线分成三段：类别｜内容｜依据。";
  return "";
}

// Parts of a record are asked for only where any part of it is given, but for records that every entry has.
function isNeeded(key) {
  const [record, part] = key.split(".");
  if (!part || ["source", "licence"].includes(record)) return true;
  if (record === "contact") return true;
  return fields.some((field) => field.dataset.key.startsWith(`${record}.`) && inputOf(field).value.trim());
}

const CATEGORIES = { 应用场景: "scenario", 数据安全: "security", 利用反馈: "feedback", 技术能力: "capability", 信用: "credit" };

function entry() {
  const made = {};
  for (const field of fields) {
    const { key, kind } = field.dataset;
    const text = inputOf(field).value.trim();
    if (!text || !isAsked(field) || ["department", "id"].includes(key)) continue;
    let value = text;
    if (kind === "texts") value = lines(text);
    if (kind === "records")
      value = lines(text).map((line) => {
        const [category, said, ...ground] = line.split(/[|｜]/).map((one) => one.trim());
        return { category: CATEGORIES[category] || "other", text: said, ground: ground.join("，") };
      });
    const [record, part] = key.split(".");
    if (part) (made[record] ??= {})[part] = value;
    else made[key] = value;
  }
  const described = [...columns.children].map(column);
  if (described.length && isAsked(columns)) {
    const primary = described.filter((one) => one.key).map((one) => one.field.name);
    made.files = [{ path: path.value.trim(), schema: { primaryKey: primary, fields: described.map((one) => one.field) } }];
  }
  return made;
}

function column(element) {
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const field = { name: element.dataset.name };
  for (const name of ["title", "type", "unit", "description"]) field[name] = part(name).value.trim();
  if (part("required").checked) field.constraints = { required: "true" };
  return { field, key: part("key").checked };
}

function columnFault(element) {
  const { field } = column(element);
  if (!field.title) return "请写名称。";
  if (!field.description) return "请写说明：含义、口径、取值来源。";
  return field.description === field.title ? "说明不能只重复名称。" : "";
}

function tell(element, text, shown) {
  const error = element.querySelector(".error");
  error.textContent = shown ? text : "";
  error.hidden = !shown || !text;
  element.classList.toggle("has-error", shown && Boolean(text));
  element.querySelector("input, select, textarea").setAttribute("aria-invalid", shown && text ? "true" : "false");
}

function refresh() {
  for (const one of form.querySelectorAll("[data-only]")) {
    one.hidden = !one.dataset.only.split(" ").includes(valueOf("open_type") || "unconditional");
  }
  let left = 0;
  for (const field of fields.filter(isAsked)) {
    const text = fault(field);
    left += text ? 1 : 0;
    tell(field, text, touched.has(field));
  }
  for (const one of columns.children) {
    const text = columnFault(one);
    left += text ? 1 : 0;
    tell(one, text, touched.has(one));
  }
  const [department, id] = [valueOf("department") || "部门", valueOf("id") || "编号"];
  form.querySelector("[data-place]").textContent = `文件位置：catalog/${department}/${id}.yml`;
  form.querySelector("[data-left]").textContent = left ? `还有 ${left} 处要填或改。` : "都填好了。";
  form.querySelector("[data-yaml]").textContent = toYaml(entry());
  const link = form.querySelector("[data-forge]");
  if (link) link.href = forge(link.dataset, department, id);
}

// The page of the forge that makes a new file; the text goes along where the forge takes it and the address stays short.
function forge({ forge: kind, url, branch }, department, id) {
  const folder = `catalog/${department}`;
  if (kind === "github") {
    const whole = `${url}/new/${branch}/${folder}?${new URLSearchParams({ filename: `${id}.yml`, value: toYaml(entry()) })}`;
    return whole.length < 8000 ? whole : `${url}/new/${branch}/${folder}?${new URLSearchParams({ filename: `${id}.yml` })}`;
  }
  return kind === "gitlab" ? `${url}/-/new/${branch}/${folder}?file_name=${encodeURIComponent(id)}.yml` : `${url}/_new/${branch}/${folder}`;
}

let chosen; // the file that was chosen last: one that is read later than its successor is not shown
async function look(file) {
  chosen = file;
  if (!file) return;
  const text = decode(new Uint8Array(await file.slice(0, LOOK).arrayBuffer())).replace(/^\ufeff/u, "");
  if (file !== chosen) return;
  const [labels = [], ...rows] = records(text, ROWS);
  const error = form.querySelector("#x-file");
  error.hidden = labels.length > 0 && labels.every((one) => one.trim());
  error.textContent = "第一行应是列名，每一列都要有。";
  columns.replaceChildren();
  if (!error.hidden) return;
  path.value = file.name;
  form.querySelector("[data-path]").hidden = false;
  labels.forEach((label, place) => {
    const one = pattern.cloneNode(true);
    const values = rows.filter((row) => row.length === labels.length).map((row) => row[place]);
    one.dataset.name = label.trim();
    for (const input of one.querySelectorAll("[id]")) input.id += `-${place}`;
    for (const told of one.querySelectorAll("label")) told.htmlFor += `-${place}`;
    one.querySelector("[data-name]").textContent = label.trim();
    one.querySelector('[data-part="title"]').value = label.trim();
    one.querySelector('[data-part="type"]').value = guess(values);
    one.querySelector('[data-part="required"]').checked = values.length > 0 && values.every(Boolean);
    columns.append(one);
  });
  refresh();
}

form.addEventListener("input", refresh);
form.addEventListener("change", (event) => {
  const field = event.target.closest(".field");
  if (event.target.id === "e-file") look(event.target.files[0]);
  if (field) touched.add(field);
  refresh();
});
form.addEventListener("focusout", (event) => {
  const field = event.target.closest(".field");
  if (field && event.target.value) touched.add(field);
  refresh();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-download]").addEventListener("click", () => {
  for (const one of [...fields, ...columns.children]) touched.add(one);
  refresh();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([toYaml(entry())], { type: "text/yaml" }));
  link.download = `${valueOf("id") || "entry"}.yml`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
form.querySelector("[data-copy-yaml]").addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(toYaml(entry()));
  event.target.textContent = "已复制";
});
refresh();
const early = form.querySelector("#e-file").files[0]; // chosen before this script was here
if (early) look(early);
