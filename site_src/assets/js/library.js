// A vendored library that comes with a stylesheet, fetched when the first figure that needs it comes into view.
//
//   const load = library("uPlot", new URL("../vendor/…/uPlot.iife.min.js", import.meta.url), new URL("….css", import.meta.url));
//   const uPlot = await load();       // the same one however often it is asked; fails when its script cannot be had
//
// The addresses are made where the names stand: the build gives a name its hash in the script that writes it.
export const library = (name, script, sheet) => {
  let asked;
  return () => (asked ??= fetched(script, sheet).then(() => globalThis[name]));
};

// Without its stylesheet a library still draws, so only the script may fail.
const fetched = (address, sheet) =>
  Promise.all([
    arrived("script", { src: address }),
    arrived("link", { rel: "stylesheet", href: sheet }).catch(() => undefined),
  ]);

const arrived = (kind, attributes) =>
  new Promise((done, failed) => {
    const made = Object.assign(document.createElement(kind), attributes, { onload: done });
    made.onerror = () => failed(new Error(String(attributes.src ?? attributes.href)));
    document.head.append(made);
  });
