// Puts the parts together: tabs, search, legend, filters, choices, keys, light and dark.

function select(kind, id, bring = false) {
  view.selection = kind ? { kind, id } : null;
  if (kind) view.chain = null;
  reveal();
  showTab("tab-evidence");
  showEvidence();
  requestAnimationFrame(() => { drawGraph(); graph.network.redraw(); });
  markRow();
  remember();
  if (kind) say(`${byId("evidence").querySelector("h3").textContent}: ${byId("evidence").querySelector(".count")?.textContent || ""}`);
  if (bring) bringUp(kind, id);
}

// What is selected must be in the picture, also where that opened on the core.
function reveal() {
  const focus = inFocus();
  if (!focus) return;
  const ends = view.selection?.kind === "actor" ? [actorById.get(view.selection.id)] : [...focus.actors];
  const fresh = ends.filter((actor) => !shown.actors.includes(actor) && !view.added.has(actor.id));
  const undrawn = shown.ties.length === MOST_TIES && [...focus.ties].some((tie) => !graph.edges.get(tie.id));
  if (!fresh.length && !undrawn) return;
  for (const actor of fresh) view.added.add(actor.id);
  refresh();
}

function bringUp(kind, id) {
  const ids = kind === "actor" ? [id] : [...(inFocus()?.actors || [])].map((actor) => actor.id);
  const present = ids.filter((one) => graph.nodes.get(one));
  if (present.length === 1) showInGraph(present[0]);
  else if (present.length) fit(present);
  const panel = byId("evidence");
  if (innerWidth < 900) panel.closest(".side").scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
  const title = panel.querySelector("h3");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

function addNeighbours(actor) {
  for (const other of neighbours(actor)) view.added.add(other.id);
  refresh();
  showEvidence();
  fit([...neighbours(actor)].map((other) => other.id).filter((id) => graph.nodes.get(id)));
}

// Tabs by the ARIA pattern: arrows move, one is in the order of Tab.
function showTab(id) {
  const tab = byId(id);
  for (const other of tab.parentElement.querySelectorAll("[role=tab]")) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    byId(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (tab.closest(".lists")) drawOpenTable();
}

function startTabs() {
  for (const list of document.querySelectorAll("[role=tablist]")) {
    const tabs = [...list.querySelectorAll("[role=tab]")];
    list.addEventListener("click", ({ target }) => target.closest("[role=tab]") && showTab(target.closest("[role=tab]").id));
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const here = tabs.indexOf(document.activeElement);
      const next = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (here + step + tabs.length) % tabs.length : -1;
      if (next < 0) return;
      event.preventDefault();
      showTab(tabs[next].id);
      tabs[next].focus();
    });
  }
}

// A combobox over actors by any of their names.
function combo({ id, label, value = "", chosen, quiet = false }) {
  const box = el("ul", { role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const input = el("input", { id: `${id}-input`, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": `${id}-list`, "aria-autocomplete": "list", placeholder: quiet ? label : null });
  input.value = value;
  let at = -1;
  let found = [];
  const close = () => { box.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const choose = (entry) => { input.value = entry.actor.label; close(); chosen(entry.actor); };
  const mark = (next) => {
    at = (next + found.length) % found.length;
    [...box.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    box.children[at].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    found = findActors(input.value);
    if (!found.length) { close(); say(input.value ? "No actor of that name." : ""); return; }
    box.replaceChildren(...found.map((entry, i) => el("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false",
      on: { pointerdown: (event) => { event.preventDefault(); choose(entry); } } },
    el("span", { class: "code", "aria-hidden": "true" }, entry.actor.sign), name(shorten(entry.actor.label, 60)),
    entry.alias ? el("span", { class: "muted" }, " ", name(shorten(entry.alias, 60))) : "")));
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = -1;
    say(plural(found.length, "actor"));
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (box.hidden) open();
      if (found.length && !box.hidden) mark(at < 0 && event.key === "ArrowUp" ? found.length - 1 : at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !box.hidden) {
      event.preventDefault();
      choose(found[Math.max(at, 0)]);
    } else if (event.key === "Escape") { if (box.hidden) input.value = ""; close(); }
  });
  return el("div", { class: "combo" }, el("label", { for: `${id}-input`, class: quiet ? "hidden" : null }, label), input, box);
}

// Actors whose name or alias holds the words, whole beginnings first, the greater first.
function findActors(text) {
  const needle = fold(text.trim());
  if (!needle) return [];
  const hits = [];
  for (const actor of actors) {
    actor.names ??= [actor.label, ...actor.aliases, actor.sign, actor.id].map(fold);
    const ranks = actor.names.map((known) => (known === needle ? 0 : known.startsWith(needle) ? 1 : known.includes(` ${needle}`) ? 2 : known.includes(needle) ? 3 : 9));
    const best = Math.min(...ranks);
    if (best < 9) hits.push({ actor, rank: best, alias: ranks[0] === best ? null : actor.aliases[ranks.indexOf(best) - 1] || null });
  }
  return hits.sort((a, b) => isThing(a.actor) - isThing(b.actor) || a.rank - b.rank || b.actor.size - a.actor.size).slice(0, 12);
}

// The legend: what each mark means; a press hides or shows it.
function chip(key, value, icon, text) {
  const act = value === "Thing" ? () => { view.things = !view.things; view.added.clear(); refresh(); fit(); } : () => toggle(key, value);
  return button([icon, el("span", {}, text)], act, { class: "chip", data: { key, value } });
}

function icon(kind, ...classes) {
  return el("span", { class: [kind, ...classes].join(" "), "aria-hidden": "true" });
}

function startLegend() {
  const present = (of) => new Set(facts.map(of));
  const signs = present((fact) => fact.sign);
  const statuses = present((fact) => fact.status);
  const kinds = new Set(actors.map((actor) => actor.kind));
  const line = (sign, status) => {
    const picture = svg("svg", { viewBox: "0 0 34 12", width: 34, height: 12, class: `stroke ${sign}`, "aria-hidden": "true" },
      svg("path", { d: "M1 6H27", "stroke-dasharray": { hedged: "6 4", denied: "1.5 3.5" }[status] || "none", "stroke-width": 2.2 }));
    const heads = { cooperation: "M24 1.5 33 6 24 10.5z", conflict: "M29 0.5V11.5", relation: "M25 1.5 31 6 25 10.5" };
    if (heads[sign]) picture.append(svg("path", { d: heads[sign], class: `head ${sign}` }));
    return picture;
  };
  const blocs = page.blocs.slice(0, BLOC_COLOURS.length).map((title, number) => {
    const mark = icon("dot");
    mark.style.background = blocColour(number);
    return chip("bloc", String(number), mark, shorten(title, 36));
  });
  if (page.blocs.length > BLOC_COLOURS.length) blocs.push(chip("bloc", SMALLER, icon("dot", "none"), "Smaller blocs"));
  if (blocs.length && able.some((actor) => actor.bloc < 0)) blocs.push(chip("bloc", "-1", icon("dot", "none"), "No bloc"));
  const group = (title, chips) => (chips.length ? el("div", { class: "chips", role: "group", "aria-label": title }, chips) : "");
  const sized = el("span", { class: "chips muted small" }, icon("sizes"), `Size: ${page.measure ? spaced(page.measure) : "number of ties"}; width: belief`);
  byId("legend").append(
    group("Blocs", blocs),
    group("Ties", Object.keys(words.signs).filter((sign) => signs.has(sign)).map((sign) => chip("sign", sign, line(sign, "asserted"), capital(words.signs[sign])))),
    group("Standing", Object.keys(words.statuses).filter((status) => statuses.has(status)).map((status) => chip("status", status, line("plain", status), capital(words.statuses[status])))),
    group("Kinds of actor", Object.keys(words.types).filter((kind) => kinds.has(kind)).map((kind) => chip("kind", kind, icon("shape", kind), capital(words.types[kind])))), sized);
}

function drawLegend() {
  for (const item of document.querySelectorAll(".chip")) {
    const on = item.dataset.value === "Thing" ? view.things : !view.off[item.dataset.key].has(item.dataset.value);
    item.setAttribute("aria-pressed", String(on));
  }
  const count = filterCount();
  byId("filter-count").textContent = count ? ` (${count})` : "";
  const [drawn, all] = [shown.actors.filter((actor) => !isThing(actor)).length, able.filter((actor) => shown.alive.has(actor.number)).length];
  const notice = byId("notice");
  notice.hidden = !large && !count;
  notice.replaceChildren(...[
    large ? `${drawn.toLocaleString("en")} of ${plural(all, "actor")} drawn${shown.ties.length === MOST_TIES ? `, with their ${MOST_TIES.toLocaleString("en")} strongest ties` : ""}. ` : "",
    large ? button(view.all ? "Back to the core" : "Draw all", () => { view.all = !view.all; view.added.clear(); refresh(); fit(); }, { class: "link" }) : "",
    large && !view.all && page.blocs.length ? blocChoice() : "",
    count ? button("Clear filters", clearFilters, { class: "link" }) : "",
  ].filter(Boolean));
}

// Beyond the core of a large graph: a whole bloc at once.
function blocChoice() {
  const draw = ({ target }) => {
    for (const actor of able) if (String(actor.bloc) === target.value) view.added.add(actor.id);
    refresh();
    fit();
  };
  const size = (bloc) => able.reduce((sum, actor) => sum + (actor.bloc === bloc), 0);
  return el("select", { "aria-label": "Draw a whole bloc", on: { change: draw } }, el("option", { value: "" }, "Draw a bloc …"),
    page.blocs.slice(0, 60).map((title, bloc) => el("option", { value: bloc }, `${shorten(title, 40)} (${size(bloc)})`)));
}

function startFilters() {
  const belief = el("input", { type: "range", min: 0, max: 1, step: 0.05, id: "belief", on: { input: ({ target }) => { view.belief = Number(target.value); refresh(); } } });
  const text = el("input", { type: "search", id: "text", on: { input: ({ target }) => { clearTimeout(text.wait); text.wait = setTimeout(() => { view.text = target.value; refresh(); }, 150); } } });
  const groups = ["modality", "type", "source"].map((key) => {
    const counts = new Map();
    for (const fact of facts) for (const value of DIMENSIONS[key].of(fact)) counts.set(value, (counts.get(value) || 0) + 1);
    const values = [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0])).slice(0, 60);
    return el("fieldset", {}, el("legend", {}, DIMENSIONS[key].title), values.map(([value, count]) => el("label", { class: "check" },
      el("input", { type: "checkbox", data: { key, value }, on: { change: () => toggle(key, value) } }), name(shorten(DIMENSIONS[key].word(value), 60)), el("span", { class: "muted" }, ` ${count.toLocaleString("en")}`))));
  });
  byId("filters").append(
    heading("Filters"),
    el("p", { class: "muted" }, "Blocs, kinds of tie and of actor are switched in the legend under the graph, time in the timeline."),
    el("div", { class: "field" }, el("label", { for: "text" }, "Words in a fact or sentence"), text),
    el("div", { class: "field" }, el("label", { for: "belief" }, "Belief at least ", el("output", { id: "belief-value" })), belief),
    ...groups,
    el("div", { id: "hidden-actors" }),
    button("Clear all filters", clearFilters));
}

function drawFilters() {
  byId("belief").value = view.belief;
  byId("belief-value").textContent = view.belief.toFixed(2);
  if (document.activeElement !== byId("text")) byId("text").value = view.text;
  for (const box of document.querySelectorAll("#filters input[type=checkbox]")) box.checked = !view.off[box.dataset.key].has(box.dataset.value);
  const hidden = [...view.hidden].map((id) => actorById.get(id));
  byId("hidden-actors").replaceChildren(...(hidden.length ? [el("h4", {}, "Hidden actors"), el("ul", { class: "plain row" }, hidden.map((actor) => el("li", {},
    button(name(shorten(actor.label)), () => { view.hidden.delete(actor.id); refresh(); }, { class: "link", title: "Show again" }))))] : []));
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const label = () => { byId("theme").textContent = isDark() ? "Light" : "Dark"; byId("theme").setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours"); };
  byId("theme").addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; label(); redraw(); });
  dark.addEventListener("change", () => { label(); redraw(); });
  addEventListener("beforeprint", () => { document.documentElement.dataset.was = document.documentElement.dataset.theme || ""; document.documentElement.dataset.theme = "light"; redraw(); });
  addEventListener("afterprint", () => { document.documentElement.dataset.theme = document.documentElement.dataset.was; if (!document.documentElement.dataset.was) delete document.documentElement.dataset.theme; redraw(); });
  label();
}

function startButtons() {
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
  document.addEventListener("pointerdown", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
}

function start() {
  recall(location.hash);
  startTabs();
  byId("search").replaceWith(combo({ id: "search", label: "Find an actor", quiet: true, chosen: (actor) => select("actor", actor.id, true) }));
  startLegend();
  startFilters();
  startTimeline();
  refresh();
  startGraph();
  startTheme();
  startButtons();
  listeners.push(drawGraph, drawLegend, drawFilters, drawTables, drawTimeline, showEvidence, () => view.chain && drawChain(view.chain.from, view.chain.to));
  for (const listener of listeners.slice(1)) listener();
  reveal();
  drawChain(view.chain?.from, view.chain?.to);
  if (view.chain) showTab("tab-chain");
  fit();
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== address()) { recall(location.hash); refresh(); } });
  window.triplomat = {
    select, clearFilters, view, shown, network: graph.network,
    ready: true,
  };
  (window.requestIdleCallback || setTimeout)(() => evidenceOf({ statements: [] }));
}

start();
