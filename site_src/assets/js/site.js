// On every page: theme and large type, copy buttons, today's date in citations, this server's address in examples,
// and the marks of datasets that are suspended or under query since the pages were built.
const root = document.documentElement;
const english = root.lang === "en";

const remember = (key, value) => {
  try {
    if (value) localStorage.setItem(`kaishu-${key}`, value);
    else localStorage.removeItem(`kaishu-${key}`);
  } catch {
    // Not remembered, but in force on this page.
  }
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

for (const button of document.querySelectorAll("[data-toggle]")) {
  const kind = button.dataset.toggle;
  const show = () =>
    button.setAttribute("aria-pressed", String(kind === "theme" ? isDark() : root.dataset.size === "large"));
  button.addEventListener("click", () => {
    if (kind === "theme") root.dataset.theme = isDark() ? "light" : "dark";
    else if (root.dataset.size === "large") delete root.dataset.size;
    else root.dataset.size = "large";
    remember(kind, root.dataset[kind]);
    show();
  });
  if (kind === "theme") dark.addEventListener("change", show); // evening falls while the page is open
  show();
}

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
for (const place of document.querySelectorAll("[data-today]")) {
  place.textContent = today.replaceAll("-", place.dataset.today || "-");
}

const official = document.querySelector("[data-portal]")?.dataset.portal;
if (official && location.protocol !== "file:" && official !== location.origin) {
  for (const code of document.querySelectorAll("[data-example] code")) {
    code.textContent = code.textContent.replaceAll(official, location.origin);
  }
}

for (const box of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const label = english ? "Copy" : "复制";
  button.type = "button";
  button.className = "copy";
  button.textContent = label;
  button.addEventListener("click", async () => {
    const text = box.querySelector("code, .cite-text").textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = english ? "Copied" : "已复制";
    setTimeout(() => (button.textContent = label), 2000);
  });
  box.append(button);
}

/** A day as the page's language writes it. */
const dayOf = (iso = "") => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T12:00`) : null;
  return day ? day.toLocaleDateString(english ? "en-GB" : "zh-CN", { year: "numeric", month: "long", day: "numeric" }) : iso;
};

const applyState = (state) => {
  const marks = { suspended: state.suspended ?? {}, under_query: state.under_query ?? {} };
  for (const item of document.querySelectorAll(".card[data-id], [data-listed]")) {
    if (marks.suspended[item.dataset.id]) item.hidden = true;
  }
  for (const note of document.querySelectorAll("[data-mark]")) {
    const mark = marks[note.dataset.mark]?.[note.dataset.id];
    if (!mark) continue;
    note.textContent = note.dataset.text.replace("{since}", dayOf(mark.since)).replace("{reason}", mark.reason ?? "");
    note.hidden = false;
  }
};

if (location.protocol !== "file:" && document.querySelector(".card[data-id], [data-listed], [data-mark]")) {
  const read = fetch("/state.json", { cache: "no-cache" }).then((answer) => (answer.ok ? answer.json() : {}));
  read.then(applyState).catch(() => {});
  // Lists that scripts draw later are marked too.
  document.addEventListener("kaishu:list", () => read.then(applyState).catch(() => {}));
}

// What an address points to inside something folded is unfolded; younger browsers do so by themselves.
const unfold = () => {
  const place = document.querySelector(":target");
  let moved = false;
  for (let one = place?.closest("details"); one; one = one.parentElement.closest("details")) {
    moved ||= !one.open && one !== place;
    one.open = true;
  }
  if (moved) place.scrollIntoView();
};
unfold();
addEventListener("hashchange", unfold);

if (english && location.protocol !== "file:") import("./tongues.js").catch(() => {});

// Suggestions come with their index, so they are fetched when a search box first has the focus; what is typed until
// they are here counts too.
for (const box of location.protocol === "file:" ? [] : document.querySelectorAll("form[role=search] input[name=q]")) {
  const attach = () => {
    const before = box.value;
    import("./suggest.js").then((made) => made.attach(box, before)).catch(() => {});
  };
  if (document.activeElement === box) attach();
  else box.addEventListener("focus", attach, { once: true });
}
