// A map of a table's points: Leaflet (vendored, fetched when the map comes into view) over a net of longitudes and
// latitudes, without tiles of others unless the city names a server in catalog/portal.yml.
//
// What the page brings: the named places with their rows in the figure's table, of many points a file of cells. Zoomed
// in far enough, the rows in view are asked of the query API; when it does not answer, the cells stay and it is said.
import { library } from "./library.js";

const english = document.documentElement.lang === "en";
const load = library(
  "L",
  new URL("../vendor/leaflet-1.9.4/leaflet.js", import.meta.url),
  new URL("../vendor/leaflet-1.9.4/leaflet.css", import.meta.url),
);
const ROWS = 300;
const NARROW = 600; // px: fewer names, smaller dots
const words = english
  ? {
      keys: "Arrow keys move, + and − zoom; the names in the table below show their point.",
      cell: (n) => (n === 1 ? "1 row" : `${n.toLocaleString("en-US")} rows`),
      loading: "Asking for the rows in view…",
      shown: (n) => `${n} rows in view`,
      more: "Zoom in further to see each row.",
      down: "The query service can’t be reached; each dot stands for the rows around it.",
      inward: "Zoom in",
      out: "Zoom out",
    }
  : {
      keys: "方向键移动，＋－缩放；下面表格里的名称可以定位到点。",
      cell: (n) => `${n.toLocaleString("zh-CN")} 行`,
      loading: "正在查询范围内的数据…",
      shown: (n) => `范围内 ${n} 行`,
      more: "再放大可看到每一行。",
      down: "查询服务暂时不可用，每个点仍代表附近的行数。",
      inward: "放大",
      out: "缩小",
    };

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

// What a point says: the row of the table, a line for each column that has a value.
const told = (titles, values) => {
  const box = document.createElement("div");
  values.forEach((value, index) => {
    if (value === null || value === undefined || value === "" || value === "-") return;
    const line = document.createElement("div");
    if (index === 0) line.append(Object.assign(document.createElement("strong"), { textContent: value }));
    else line.textContent = `${titles[index]}${english ? ": " : "："}${value}`;
    box.append(line);
  });
  return box;
};

class LiveMap {
  constructor(L, figure, box) {
    Object.assign(this, { L, figure, box });
    const data = figure.dataset;
    const [west, south, east, north] = data.map.split(",").map(Number);
    this.bounds = L.latLngBounds([south, west], [north, east]);
    this.map = L.map(box, {
      zoomControl: false,
      attributionControl: Boolean(data.tiles && data.attribution),
      preferCanvas: true,
      scrollWheelZoom: false, // the page scrolls; zooming is for keys, buttons, pinch and double click
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      markerZoomAnimation: !calm,
      zoomSnap: 0.25,
      minZoom: 3,
      maxZoom: 18,
    });
    this.map.attributionControl?.setPrefix(false);
    L.control.zoom({ zoomInTitle: words.inward, zoomOutTitle: words.out }).addTo(this.map);
    L.control.scale({ imperial: false, maxWidth: 140, position: "topright" }).addTo(this.map);
    if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution ?? "" }).addTo(this.map);
    this.net = L.layerGroup().addTo(this.map);
    this.far = L.layerGroup().addTo(this.map);
    this.near = L.layerGroup().addTo(this.map);
    this.status = figure.querySelector(".map-told");
    this.map.fitBounds(this.bounds, { animate: false });
    this.whole = this.map.getZoom();
    this.map.on("moveend", () => this.moved());
    this.readTable();
    this.around();
    this.drawNet();
    if (data.cells) this.readCells();
    this.status.textContent = words.keys;
    const painted = () => this.paint();
    new MutationObserver(painted).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", painted);
  }

  dot(place, radius) {
    const colour = style("--c1");
    const size = this.box.clientWidth < NARROW ? 0.65 : 1; // on a phone large dots run into one
    return this.L.circleMarker(place, { radius: radius * size, weight: size, color: style("--raised"), fillColor: colour, fillOpacity: 0.75 });
  }

  paint() {
    const looks = { color: style("--raised"), fillColor: style("--c1") };
    for (const layer of [this.far, this.near]) layer.eachLayer((one) => one.setStyle?.(looks));
    this.drawNet();
  }

  // The named places: a dot each, and in the table a button that shows it.
  readTable() {
    const table = this.figure.querySelector("table");
    const { lon, lat, name } = this.figure.dataset;
    const first = name ? 1 : 0;
    this.titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    for (const row of table.tBodies[0].rows) {
      const values = [...row.cells].map((cell) => cell.textContent);
      const place = [Number(values[first + 1]), Number(values[first])];
      const dot = this.dot(place, 5).bindTooltip(told(this.titles, values));
      if (!this.figure.dataset.cells) dot.addTo(this.far);
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: values[0] });
      button.addEventListener("click", () => this.show(place, dot));
      row.cells[0].replaceChildren(button);
    }
    this.columns = { lon, lat, name };
  }

  show(place, dot) {
    this.box.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    this.map.setView(place, Math.max(this.map.getZoom(), this.figure.dataset.cells ? 11 : this.map.getZoom()), { animate: false });
    this.chosen?.remove();
    this.chosen = this.L.layerGroup([dot]).addTo(this.map);
    dot.openTooltip();
  }

  around() {
    const large = document.documentElement.dataset.size === "large";
    for (const text of this.figure.querySelectorAll("[data-still] [data-at]")) {
      if (text.classList.contains("wide") && (this.box.clientWidth < NARROW || large)) continue;
      const own = text.classList.contains("own");
      const left = text.getAttribute("text-anchor") === "end";
      const [longitude, latitude] = text.dataset.at.split(",").map(Number);
      this.L.circleMarker([latitude, longitude], { radius: own ? 0 : 2, weight: 0, fillOpacity: 1, fillColor: style("--muted"), interactive: false })
        .bindTooltip(text.textContent, {
          permanent: true,
          direction: left ? "left" : "right",
          className: own ? "around own" : "around",
          offset: [left ? -5 : 5, 0],
        })
        .addTo(this.map);
    }
  }

  async readCells() {
    const answer = await fetch(this.figure.dataset.cells);
    const { cells } = await answer.json();
    for (const [longitude, latitude, count] of cells) {
      this.dot([latitude, longitude], Math.min(12, 3 + 2 * Math.log10(count))).bindTooltip(words.cell(count)).addTo(this.far);
    }
    this.cells = cells;
    if (this.early) this.moved();
  }

  // Lines at round degrees, about five across, as the still picture has them.
  drawNet() {
    this.net.clearLayers();
    const view = this.map.getBounds();
    const line = { color: style("--line"), weight: 1, interactive: false };
    const wide = view.getEast() - view.getWest();
    const size = 10 ** Math.floor(Math.log10(wide / 4));
    const step = [1, 2, 5, 10].map((by) => by * size).find((by) => by >= (wide / 4) * 0.999);
    const named = (kind, at, place, value, sides) => {
      const text = `${Math.abs(+value.toFixed(6))}°${sides[value < 0 ? 1 : 0]}`;
      const html = Object.assign(document.createElement("span"), { textContent: text });
      const icon = this.L.divIcon({ className: `degrees ${kind}`, html, iconSize: null, iconAnchor: at });
      this.L.marker(place, { icon, interactive: false, keyboard: false }).addTo(this.net);
    };
    for (let at = Math.ceil(view.getWest() / step) * step; at <= view.getEast(); at += step) {
      this.L.polyline([[view.getSouth(), at], [view.getNorth(), at]], line).addTo(this.net);
      named("x", [-3, 18], [view.getSouth(), at], at, "EW");
    }
    for (let at = Math.ceil(view.getSouth() / step) * step; at <= view.getNorth(); at += step) {
      this.L.polyline([[at, view.getWest()], [at, view.getEast()]], line).addTo(this.net);
      const low = this.map.latLngToContainerPoint([at, view.getEast()]).y > 48; // else the scale stands there
      if (low) named("y", [3, 18], [at, view.getEast()], at, "NS"); // on the right: the buttons stand on the left
    }
    this.net.eachLayer((one) => one.bringToBack?.());
  }

  async moved() {
    this.drawNet();
    // Names were laid out for the whole map; from further away they would stand in one another.
    this.box.classList.toggle("is-far", this.map.getZoom() < this.whole - 0.25);
    if (!this.cells) {
      this.early = Boolean(this.figure.dataset.cells); // somebody moved before they were here
      return;
    }
    const view = this.map.getBounds();
    const inside = this.cells
      .filter(([longitude, latitude]) => view.contains([latitude, longitude]))
      .reduce((sum, [, , count]) => sum + count, 0);
    if (inside > ROWS || this.map.getZoom() < 7) {
      this.near.clearLayers();
      if (!this.map.hasLayer(this.far)) this.far.addTo(this.map);
      this.status.textContent = words.more;
      return;
    }
    const { lon, lat, name } = this.columns;
    const call = (this.call = (this.call ?? 0) + 1);
    const query = new URLSearchParams({ _shape: "objects", _size: ROWS });
    query.append(`${lon}__gte`, view.getWest());
    query.append(`${lon}__lte`, view.getEast());
    query.append(`${lat}__gte`, view.getSouth());
    query.append(`${lat}__lte`, view.getNorth());
    this.status.textContent = words.loading;
    try {
      const answer = await fetch(`${this.figure.dataset.api}?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const { rows } = await answer.json();
      if (call !== this.call) return;
      this.near.clearLayers();
      this.far.remove();
      for (const row of rows) {
        const keys = Object.keys(row).filter((key) => key !== name && key !== "rowid");
        const values = name ? [row[name], ...keys.map((key) => row[key])] : keys.map((key) => row[key]);
        this.dot([row[lat], row[lon]], 5).bindTooltip(told(name ? [name, ...keys] : keys, values)).addTo(this.near);
      }
      this.status.textContent = words.shown(rows.length);
    } catch {
      if (call === this.call) this.status.textContent = words.down;
    }
  }
}

export const wireMaps = (root = document) => {
  const seen = new IntersectionObserver(
    async (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const still = target.querySelector("[data-still]");
        const live = Object.assign(document.createElement("div"), { className: "chart-live" });
        const box = Object.assign(document.createElement("div"), { className: "map-live" });
        const status = Object.assign(document.createElement("p"), { className: "map-told" });
        status.setAttribute("role", "status");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", still.querySelector("svg").getAttribute("aria-label"));
        live.append(box, status);
        try {
          const L = await load();
          still.before(live);
          target.classList.add("is-live");
          new LiveMap(L, target, box);
        } catch {
          live.remove(); // the still picture and the table say it all
          target.classList.remove("is-live");
        }
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of root.querySelectorAll("figure[data-map]")) seen.observe(figure);
};
