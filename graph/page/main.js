// Puts the parts together: tabs, search, legend, filters, choices, keys, light and dark.

function select(kind, id, bring = false) {
  view.selection = kind ? { kind, id } : null;
  if (kind) view.chain = null;
  graph.pointed = null;
  if (!reveal()) highlight();
  showTab("tab-evidence");
  showEvidence();
  markRow();
  remember();
  whenIdle(drawTimeline);
  if (kind) say(`${byId("evidence").querySelector("h3").textContent}: ${byId("evidence").querySelector(".count")?.textContent || ""}`);
  if (bring) bringUp();
}

// What is selected, or a chain, must be in the picture, also where that opened on the core; whether it had to be brought there.
function reveal() {
  const about = surroundings(view.selection, view.chain);
  if (!about) return false;
  const ends = view.selection?.kind === "actor" ? [actorById.get(view.selection.id)] : [...about.actors];
  const fresh = ends.filter((actor) => !shown.drawn[actor.number] && !view.added.has(actor.id));
  const undrawn = shown.ties.length === MOST_TIES && [...about.ties].some((tie) => !shown.tied[tie.number]);
  if (!fresh.length && !undrawn) return false;
  for (const actor of fresh) view.added.add(actor.id);
  refresh();
  return true;
}

function bringUp() {
  const list = view.selection.kind === "actor" ? [actorById.get(view.selection.id)] : [...graph.focus.actors];
  const drawn = list.filter((actor) => shown.drawn[actor.number]);
  if (drawn.length) showInGraph(drawn);
  const panel = byId("evidence");
  if (innerWidth < 900) panel.closest(".side").scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  const title = panel.querySelector("h3");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

function addNeighbours(actor) {
  for (const other of neighbours(actor)) view.added.add(other.id);
  refresh();
  fit([...neighbours(actor)].filter((other) => shown.drawn[other.number]));
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const label = () => { byId("theme").textContent = isDark() ? "Light" : "Dark"; byId("theme").setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours"); };
  byId("theme").addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; label(); recolour(); });
  dark.addEventListener("change", () => { label(); recolour(); });
  startPrinting();
  label();
}

// On paper: light colours, and the view as shapes, which fit any width.
function startPrinting() {
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    root.dataset.was = root.dataset.theme || "";
    root.dataset.theme = "light";
    recolour();
    byId("printed").replaceChildren(document.adoptNode(new DOMParser().parseFromString(viewSvg(), "image/svg+xml").documentElement));
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = root.dataset.was;
    if (!root.dataset.was) delete root.dataset.theme;
    recolour();
    byId("printed").replaceChildren();
  });
}

function startButtons() {
  document.querySelector("[data-export=link]").hidden = !hasAddress;
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit());
  byId("physics").addEventListener("click", ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    setPhysics(on);
  });
  const menu = byId("export-menu");
  menu.addEventListener("click", ({ target }) => {
    if (!target.dataset.export) return;
    EXPORTS[target.dataset.export]();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
  document.addEventListener("click", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
}

function start() {
  recall(location.hash);
  startTabs();
  byId("search").replaceWith(combo({ id: "search", label: "Find an actor", quiet: true, chosen: (actor) => select("actor", actor.id, true) }));
  refresh();
  startLegend();
  startTimeline();
  reveal();
  for (const draw of [drawLegend, drawTimeline, startGraph, drawTables, showEvidence]) draw();
  startTheme();
  startButtons();
  listeners.push(drawGraph, drawLegend, drawFilters, drawTables, drawTimeline, showEvidence, () => view.chain && drawChain(view.chain.from, view.chain.to));
  drawChain(view.chain?.from, view.chain?.to);
  if (view.chain) showTab("tab-chain");
  window.triplomat = { select, clearFilters, whereIs, view, shown, get names() { return graph.names; }, get network() { return network(); }, ready: true };
  whenRead(() => { if (view.selection) showEvidence(); if (view.text) refresh(); });
  requestAnimationFrame(() => setTimeout(startRest));
}

// What needn't be there at the first sight.
function startRest() {
  whenRead(() => whenIdle(takeOver));
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== address()) { recall(location.hash); refresh(); } });
  watchTables();
  whenIdle(() => { for (const make of [() => tieById.has(""), () => factById.has(""), () => factsOf(actors[0]), () => tiesOf(actors[0])]) if (actors.length) make(); });
}

start();
