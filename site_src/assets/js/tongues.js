// What scripts write in Chinese on an English page says so, as portal/tongues.py marks what the build writes.
const HAN = /\p{Script=Han}/u;
const WORD = /[A-Za-z]{2,}/;
const SILENT = "script, style, svg, canvas, [lang]:not(html)";

const mark = (text) => {
  const around = text.parentElement;
  if (!HAN.test(text.data) || !around || around.closest(SILENT)) return;
  const alone = around.childNodes.length === 1;
  if (alone && (!WORD.test(text.data) || around.matches("option, textarea, pre, code"))) around.lang = "zh-CN";
};

const walk = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return mark(node);
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) mark(texts.currentNode);
};

// An element keeps its mark only while it holds Chinese: a line that tells what a pointer is on says both in turn.
const unmark = (element) => {
  if (element.nodeType === Node.ELEMENT_NODE && element.lang === "zh-CN" && !HAN.test(element.textContent)) element.removeAttribute("lang");
};

new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    unmark(target);
    addedNodes.forEach(walk);
  }
}).observe(document.body, { childList: true, subtree: true });
walk(document.querySelector("main"));
