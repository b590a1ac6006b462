// A map to move about on, over our own sketch or over tiles. Fetched only when somebody opens a map.

const TOUCHING = 44;
const ABOUT_METRES = 400;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const byTouch = matchMedia("(pointer: coarse)").matches;
const shown = new WeakSet();

export async function show(map) {
  if (shown.has(map)) return;
  shown.add(map);
  try {
    const [sketch] = await Promise.all([
      fetch(map.dataset.sketch).then((answer) => answer.json()),
      import(map.dataset.leaflet),
      style(map.dataset.style),
    ]);
    draw(map, window.L, sketch);
  } catch (error) {
    shown.delete(map);
    throw error;
  }
}

function style(address) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    link.onload = resolve;
    link.onerror = reject;
    document.head.prepend(link);
  });
}

function draw(map, L, sketch) {
  const said = map.dataset;
  const places = [...map.querySelectorAll("[data-point]")].map((item) => ({
    item,
    number: item.value,
    title: item.querySelector("a, strong").textContent,
    at: item.dataset.point.split(",").map(Number),
    about: "about" in item.dataset,
  }));
  const drawn = map.querySelector(".lw-map__sheet");
  const sheet = document.createElement("div");
  sheet.className = "lw-map__sheet lw-map__sheet--live";
  drawn.classList.add("lw-map__sheet--paper");
  drawn.after(sheet);
  const leaflet = L.map(sheet, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    dragging: !byTouch,
    minZoom: 8,
    maxZoom: said.tiles ? 18 : 16,
    zoomSnap: 0.5,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
  });
  leaflet.createPane("ground").style.zIndex = 300;
  sheet.setAttribute("role", "group");
  sheet.setAttribute("aria-label", said.sayMap);
  L.control.zoom({ position: "topright", zoomInTitle: said.sayIn, zoomOutTitle: said.sayOut }).addTo(leaflet);
  leaflet.fitBounds(L.latLngBounds(places.map((each) => each.at)).pad(0.15), { maxZoom: 14, animate: false });

  map.querySelector("[data-by-touch]").hidden = !byTouch;
  pins(map, leaflet, L, places);
  if (said.tiles) {
    L.tileLayer(said.tiles).addTo(leaflet);
    map.querySelector("[data-with-tiles]").hidden = false;
    map.querySelector("[data-without-tiles]").hidden = true;
  } else {
    ground(leaflet, L, sketch, JSON.parse(said.names), places);
  }
}

// Our own drawing: flat shapes whose colours the style sheet knows, and names as far as there is room for them.
function ground(leaflet, L, sketch, elsewhere, places) {
  const still = (className) => ({ pane: "ground", className, interactive: false, smoothFactor: 0.5 });
  L.polygon(sketch.borough, still("lw-sketch__borough")).addTo(leaflet);
  for (const [north, east, radius] of sketch.greens) {
    L.circle([north, east], { ...still("lw-sketch__green"), radius }).addTo(leaflet);
  }
  const river = L.polyline(sketch.river.line, still("lw-sketch__river")).addTo(leaflet);
  for (const road of sketch.roads) L.polyline(road, still("lw-sketch__road")).addTo(leaflet);
  const names = L.layerGroup().addTo(leaflet);
  const again = () => {
    river.setStyle({ weight: Math.max(3, sketch.river.across / metresOf(leaflet)) });
    names.clearLayers();
    const { x: wide, y: high } = leaflet.getSize();
    const taken = places.map((each) => leaflet.latLngToContainerPoint(each.at)).map(({ x, y }) => [x, y, 30, 28]);
    taken.push([wide - 30, 50, 34, 62]);
    for (const [name, north, east, rank] of [...sketch.names, ...elsewhere].sort((a, b) => a[3] - b[3])) {
      if (rank > leaflet.getZoom() - 10.5) continue;
      const { x, y } = leaflet.latLngToContainerPoint([north, east]);
      const half = name.length * 4.2 + 4;
      if (x < half || x > wide - half || y < 14 || y > high - 14) continue;
      if (taken.some(([a, b, w, h]) => Math.abs(a - x) < w + half && Math.abs(b - y) < h)) continue;
      taken.push([x, y, half, 22]);
      const words = Object.assign(document.createElement("span"), { textContent: name });
      const icon = L.divIcon({ className: "lw-map__name", html: words, iconSize: [0, 0] });
      L.marker([north, east], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 })
        .addTo(names)
        .getElement()
        .setAttribute("aria-hidden", "true");
    }
  };
  leaflet.on("zoomend moveend", again);
  again();
}

// How many metres a pixel is in the middle of the map.
function metresOf(leaflet) {
  return (40075016 * Math.cos((leaflet.getCenter().lat * Math.PI) / 180)) / 2 ** (leaflet.getZoom() + 8);
}

// A pin is a button with the name. Those that would lie on each other share one, and are listed together.
function pins(map, leaflet, L, places) {
  const layer = L.layerGroup().addTo(leaflet);
  const panel = document.createElement("div");
  panel.className = "lw-map__panel";
  panel.tabIndex = -1;
  panel.hidden = true;
  panel.setAttribute("role", "group");
  map.querySelector(".lw-map__sheet--live").after(panel);
  let pressed = null;

  function shut() {
    panel.hidden = true;
    pressed?.setAttribute("aria-expanded", "false");
    const back = pressed;
    pressed = null;
    return back;
  }

  function open(button, here) {
    if (button === pressed) return void shut();
    shut();
    pressed = button;
    button.setAttribute("aria-expanded", "true");
    const list = document.createElement("ol");
    list.className = "lw-map__places";
    list.append(...here.map((each) => each.item.cloneNode(true)));
    const close = Object.assign(document.createElement("button"), {
      type: "button",
      className: "lw-plain",
      textContent: map.dataset.sayClose,
    });
    close.addEventListener("click", () => shut()?.focus());
    panel.replaceChildren(list, close);
    panel.setAttribute("aria-label", here.map((each) => each.title).join(", "));
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  map.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pressed) shut().focus();
  });

  function again() {
    shut();
    layer.clearLayers();
    const groups = [];
    for (const place of places) {
      const at = leaflet.latLngToLayerPoint(place.at);
      const group = groups.find((each) => Math.abs(each.at.x - at.x) < TOUCHING + 12 && Math.abs(each.at.y - at.y) < TOUCHING);
      if (group) group.here.push(place);
      else groups.push({ at, here: [place] });
    }
    for (const { here } of groups) {
      const about = here.every((each) => each.about);
      if (about) {
        const radius = Math.max(ABOUT_METRES, 34 * metresOf(leaflet));
        L.circle(here[0].at, { radius, className: "lw-sketch__about", interactive: false }).addTo(layer);
      }
      const button = document.createElement("button");
      button.type = "button";
      button.className = `lw-pin lw-pin--${here[0].item.dataset.kind}${about ? " lw-pin--about" : ""}`;
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", here.map((each) => `${each.number}. ${each.title}`).join(", "));
      const numbers = here.slice(0, 2).map((each) => each.number).join(", ") + (here.length > 2 ? " …" : "");
      const chip = Object.assign(document.createElement("span"), { className: "lw-pin__chip" });
      if (here.length === 1) chip.append(here[0].item.querySelector("svg").cloneNode(true));
      if (places.length > 1) chip.append(numbers);
      button.append(chip);
      button.addEventListener("click", () => open(button, here));
      const icon = L.divIcon({ className: "lw-map__pin", html: button, iconSize: [0, 0] });
      L.marker(here[0].at, { icon, keyboard: false, interactive: false }).addTo(layer);
    }
  }

  leaflet.on("zoomend", again);
  again();
}
