// The figures of a dataset's page: charts and maps are drawn when they come into view, short tables are printed open.
if (document.querySelector("figure[data-chart=line], figure[data-chart=column]")) {
  import("./chart.js").then(({ wireCharts }) => wireCharts());
}
if (document.querySelector("figure[data-map]")) import("./map.js").then(({ wireMaps }) => wireMaps());

const closed = [];
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll(".chart > details[data-short]:not([open])")) {
    box.open = true;
    closed.push(box);
  }
});
addEventListener("afterprint", () => {
  for (const box of closed.splice(0)) box.open = false;
});
