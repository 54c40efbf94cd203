// Search in a folder without a server: every word of the query must stand in a record's folded text; titles come first.
// One classic script with its data, because a page read from a disk may neither fetch nor load modules.
(() => {
  const data = $data;
  const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  const MOST = 100;
  const to = Array.from(data.simplify[1]);
  const simplify = new Map(Array.from(data.simplify[0], (char, place) => [char, to[place]]));
  const fold = (text) => Array.from(text.normalize("NFKC").toLowerCase(), (char) => simplify.get(char) ?? char).join("");
  const english = document.documentElement.lang === "en";
  const home = new URL(english ? "../en/" : "../", document.currentScript.src);
  const SHOWN = english ? 3 : 2;
  const input = document.querySelector("main form input[name=q]");
  if (!input) return;
  const form = input.form;
  const box = document.getElementById("kaishu-search") ?? form.parentElement.appendChild(document.createElement("div"));

  const alternatives = (word) => {
    const found = data.synonyms.filter((group) => group.includes(word)).flat();
    return [word, ...found];
  };
  const find = (words) => {
    const wanted = words.map(alternatives);
    const hits = [];
    for (const record of data.records) {
      const text = record[1];
      if (!wanted.every((group) => group.some((word) => text.includes(word)))) continue;
      const title = fold(record[2][0] + "\n" + record[3][0]);
      const exact = words.every((word) => text.includes(word)) ? 0 : 4;
      const place = words.every((word) => title.includes(word)) ? 0 : words.some((word) => title.includes(word)) ? 1 : 2;
      hits.push([exact + place, record]);
    }
    return hits.sort((a, b) => a[0] - b[0]).map((hit) => hit[1]);
  };
  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (english && /\p{Script=Han}/u.test(text)) made.lang = "zh-CN";
    if (kind) made.className = kind;
    return made;
  };
  const card = (record) => {
    const [title, summary, department] = record[SHOWN];
    const item = element("li", "", "card");
    const head = element("h3", "");
    const link = element("a", title);
    link.href = new URL(record[0], home).href;
    head.append(link);
    item.append(head, element("p", summary, "card-summary"), element("p", department, "facts"));
    return item;
  };
  const show = (query) => {
    const words = [...new Set(fold(query).split(BLANK).filter(Boolean))];
    box.replaceChildren();
    const status = element("p", "", "muted");
    status.setAttribute("role", "status");
    box.append(status);
    if (!words.length) {
      status.textContent = "";
      return;
    }
    const hits = find(words);
    const few = hits.length > MOST;
    const found = english
      ? hits.length + (hits.length === 1 ? " dataset" : " datasets") + (few ? ", the first " + MOST + " shown" : "")
      : "找到 " + hits.length + " 个数据集" + (few ? "，显示前 " + MOST + " 个" : "");
    const none = english ? "Nothing found. Try another word, or browse." : "没有找到。请换个词，或按部门、领域浏览。";
    status.textContent = hits.length ? found : none;
    const list = element("ul", "", "cards");
    list.append(...hits.slice(0, MOST).map(card));
    box.append(list);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(input.value);
  });
  input.addEventListener("input", () => show(input.value));
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  show(input.value);
})();
