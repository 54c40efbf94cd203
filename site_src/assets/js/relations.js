// The graph of relations: pointing to a box, or reaching it with Tab, shows its neighbours and what the list says of
// them; kinds of relation can be left out. Without this script every box is still a link and the list says it all.
import { keep } from "./keep.js";

const graph = document.querySelector("svg.graph");
const panel = document.querySelector("[data-chosen]");
const nodes = new Map([...(graph?.querySelectorAll(".node") ?? [])].map((node) => [node.dataset.node, node]));
const edges = [...(graph?.querySelectorAll(".edge") ?? [])];
const items = [...document.querySelectorAll(".ties > li")];
const left = new Set();
let chosen = null;

const draw = () => {
  for (const edge of edges) edge.classList.toggle("off", edge.dataset.kinds.split(" ").every((kind) => left.has(kind)));
  const touching = edges.filter(
    (edge) => !edge.classList.contains("off") && [edge.dataset.one, edge.dataset.to].includes(chosen),
  );
  const near = new Set(touching.flatMap((edge) => [edge.dataset.one, edge.dataset.to]));
  graph.classList.toggle("lit", chosen !== null);
  for (const edge of edges) edge.classList.toggle("on", touching.includes(edge));
  for (const [id, node] of nodes) {
    node.classList.toggle("on", id === chosen);
    node.classList.toggle("near", id !== chosen && near.has(id));
  }
};

const tell = () => {
  panel.replaceChildren();
  const node = nodes.get(chosen);
  if (!node) return;
  const title = document.createElement("strong");
  title.append(keep(node.querySelector("title").textContent));
  const list = document.createElement("ul");
  for (const item of items) {
    if (left.has(item.dataset.kind) || !item.dataset.ends.split(" ").includes(chosen)) continue;
    const line = document.createElement("li");
    const kind = item.querySelector(".badge").cloneNode(true);
    for (const link of item.querySelectorAll(".tie a")) {
      if (link.getAttribute("href") !== node.getAttribute("href")) {
        line.append(kind, " ", link.cloneNode(true));
      }
    }
    const found = item.querySelector(".facts .num");
    if (found) line.append(Object.assign(document.createElement("span"), { className: "muted", textContent: ` ${found.textContent}` }));
    list.append(line);
  }
  const open = document.createElement("a");
  open.href = node.getAttribute("href");
  open.textContent = panel.dataset.open;
  panel.append(title, list, open);
};

const choose = (id) => {
  if (id === chosen) return;
  chosen = id;
  draw();
  tell();
};

if (graph && panel) {
  let touched = null;
  for (const [id, node] of nodes) {
    node.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && choose(id));
    node.addEventListener("focus", () => choose(id));
    node.addEventListener("pointerdown", (event) => (touched = event.pointerType === "mouse" ? null : chosen));
    // A finger has no way to point: the first touch chooses, the second opens.
    node.addEventListener("click", (event) => {
      if (touched === null && event.pointerType !== "touch") return;
      if (touched !== id) event.preventDefault();
      choose(id);
    });
  }
  // Choosing ends with Escape or a click beside the boxes; pointing away keeps it, so that its links can be reached.
  graph.addEventListener("click", (event) => event.target.closest(".node") || choose(null));
  document.addEventListener("keydown", (event) => event.key === "Escape" && choose(null));
  for (const box of document.querySelectorAll(".kinds input")) {
    box.addEventListener("change", () => {
      if (box.checked) left.delete(box.value);
      else left.add(box.value);
      draw();
      tell();
      for (const item of items) item.hidden = left.has(item.dataset.kind);
    });
    if (!box.checked) box.dispatchEvent(new Event("change"));
  }
}
