// The picture: pyvis's renderer, vis-network, over what is shown; labels are drawn here so that none covers another.

const BLOC_COLOURS = ["#2aa783", "#d98cb8", "#e9a227", "#6cb8e6", "#b59a6d", "#b9b94a", "#9f8fd6"];
const NO_BLOC = "#b4bac4";
const SHAPES = { State: "dot", Person: "dot", Organization: "square", Group: "diamond", Thing: "square" };
const HEADS = { cooperation: "arrow", conflict: "bar", relation: "vee" };
const DASHES = { asserted: false, hedged: [9, 6], denied: [2, 5] };
const APART = 600; // actors up to which marks are pushed off each other
const NAMES = 250; // names tried in a frame
const SMALLER = "smaller"; // blocs beyond the colours, together
const blocKey = (actor) => (actor.bloc < BLOC_COLOURS.length ? String(actor.bloc) : SMALLER);
const blocColour = (bloc) => (bloc >= 0 && bloc < BLOC_COLOURS.length ? BLOC_COLOURS[bloc] : NO_BLOC);

const graph = { network: null, nodes: null, edges: null, upright: false, grow: 1, ink: {}, labels: [], focus: null };
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function readInk() {
  for (const key of ["surface", "text", "muted", "cooperation", "conflict", "relation", "accent"]) graph.ink[key] = colour(key);
}

function startGraph() {
  readInk();
  const box = byId("graph");
  graph.upright = box.clientHeight > box.clientWidth * 1.1;
  graph.nodes = new vis.DataSet();
  graph.edges = new vis.DataSet();
  drawGraph();
  graph.network = new vis.Network(box, { nodes: graph.nodes, edges: graph.edges }, {
    autoResize: true,
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, hideEdgesOnDrag: large, hideEdgesOnZoom: large, tooltipDelay: 1e9, selectConnectedEdges: false, hoverConnectedEdges: false },
    nodes: { font: { size: 0 }, borderWidth: 0, borderWidthSelected: 3 },
    edges: { selectionWidth: 1.5, hoverWidth: 1, smooth: false },
  });
  const { network } = graph;
  network.on("click", ({ nodes, edges, pointer }) => {
    const label = nodes.length ? null : labelAt(pointer.DOM);
    if (nodes.length || label) select("actor", nodes[0] || label);
    else if (edges.length) select("tie", edges[0]);
    else select(null);
  });
  network.on("hoverNode", ({ node }) => hint(hintOfActor(actorById.get(node))));
  network.on("hoverEdge", ({ edge }) => hint(hintOfTie(tieById.get(edge))));
  network.on("blurNode", () => hint(""));
  network.on("blurEdge", () => hint(""));
  network.on("afterDrawing", drawLabels);
  for (const child of box.querySelectorAll("[tabindex]")) child.tabIndex = -1;
  box.addEventListener("keydown", onKey);
}

// How much larger than planned marks and lines are drawn, so that they are still seen where many actors must fit.
function growth(box) {
  const spots = shown.actors.map(laidOut);
  if (spots.length < 2) return 1;
  const span = (key) => spots.reduce((top, at) => Math.max(top, at[key]), -Infinity) - spots.reduce((low, at) => Math.min(low, at[key]), Infinity) + 120;
  const scale = Math.min(box.clientWidth / span("x"), box.clientHeight / span("y"), 1.6);
  const largest = shown.actors.reduce((top, actor) => Math.max(top, actor.size), 1);
  const room = Math.sqrt((box.clientWidth * box.clientHeight) / spots.length);
  return Math.max(Math.min(Math.max(room * 0.28, 4), 30) / (scale * largest), 1);
}

const radius = (actor) => actor.size * graph.grow;
const thickness = (tie) => (1.2 + Math.min(Math.sqrt(tie.weight), 4)) * graph.grow;
const spot = (actor) => graph.spots?.get(actor) || laidOut(actor);
const laidOut = (actor) => (graph.upright ? { x: actor.y, y: actor.x } : { x: actor.x, y: actor.y });

function nodeItem(actor) {
  if (isThing(actor)) return { id: actor.id, size: radius(actor), shape: SHAPES.Thing, ...spot(actor), borderWidth: 1.5, color: thingColour() };
  const fill = blocColour(actor.bloc);
  const inside = actor.kind === "Person" ? graph.ink.surface : fill;
  const border = actor.kind === "Person" ? fill : graph.ink.surface;
  const state = { background: inside, border: actor.kind === "Person" ? fill : graph.ink.text };
  return {
    id: actor.id, size: radius(actor), shape: SHAPES[actor.kind], ...spot(actor),
    borderWidth: actor.kind === "Person" ? 4 : 0, borderWidthSelected: 4,
    color: { background: inside, border, highlight: state, hover: state },
  };
}

function thingColour() {
  const { surface, muted, text } = graph.ink;
  return { background: surface, border: muted, highlight: { background: surface, border: text }, hover: { background: surface, border: text } };
}

// How far each tie bows: parallel ones away from each other, a lone one straight.
function bends(list) {
  const total = new Map();
  const key = (tie) => [tie.source.number, tie.target.number].sort((a, b) => a - b).join(" ");
  for (const tie of list) total.set(key(tie), (total.get(key(tie)) || 0) + 1);
  const seen = new Map();
  return new Map(list.map((tie) => {
    const order = `${tie.from} ${tie.to}`;
    seen.set(order, (seen.get(order) || 0) + 1);
    return [tie.id, total.get(key(tie)) === 1 ? 0 : 0.02 + 0.12 * seen.get(order)];
  }));
}

function edgeItem(tie, bend) {
  const stroke = graph.ink[tie.sign];
  const head = { enabled: true, type: HEADS[tie.sign], scaleFactor: tie.sign === "conflict" ? 0.7 : 0.6 };
  return {
    id: tie.id, from: tie.from, to: tie.to, width: thickness(tie), dashes: DASHES[tie.status],
    arrows: { to: head, from: tie.mutual ? head : { enabled: false } },
    color: { color: stroke, highlight: stroke, hover: stroke, opacity: 0.8 },
    smooth: bend ? { enabled: true, type: "curvedCW", roundness: bend } : { enabled: false },
  };
}

// Brings the picture in step with what is shown and selected, touching only what changed.
function drawGraph() {
  rescale();
  graph.bend = bends(shown.ties);
  graph.focus = inFocus();
  sync(graph.nodes, shown.actors, nodeItem, () => 0);
  graph.moved = false;
  sync(graph.edges, shown.ties, (tie) => edgeItem(tie, graph.bend.get(tie.id)), (tie) => graph.bend.get(tie.id));
  if (graph.network) highlight();
  describe();
}

// Marks are sized anew when many more or fewer actors are shown, not at every filter.
function rescale() {
  const ratio = shown.actors.length / (graph.scaledFor || Infinity);
  if (ratio > 0.5 && ratio < 2) return;
  graph.scaledFor = shown.actors.length;
  graph.grow = growth(byId("graph"));
  graph.spots = graph.grow > 1 && shown.actors.length <= APART ? apart(shown.actors) : null;
  graph.nodes.versions = graph.edges.versions = undefined;
  graph.moved = true;
}

// Marks that were drawn larger are pushed off each other.
function apart(list) {
  const points = list.map((actor) => ({ ...laidOut(actor), r: radius(actor) * 1.12 }));
  for (let round = 0, hit = true; hit && round < 30; round++) {
    hit = false;
    for (let i = 0; i < points.length; i++) {
      for (let j = 0; j < i; j++) {
        const a = points[i];
        const b = points[j];
        const dx = a.x - b.x || 0.1;
        const dy = a.y - b.y;
        const reach = a.r + b.r;
        if (dx * dx + dy * dy >= reach * reach) continue;
        hit = true;
        const length = Math.hypot(dx, dy);
        const push = (reach - length) / 2 / length;
        a.x += dx * push; a.y += dy * push;
        b.x -= dx * push; b.y -= dy * push;
      }
    }
  }
  return new Map(list.map((actor, i) => [actor, { x: points[i].x, y: points[i].y }]));
}

function sync(dataset, wanted, item, version) {
  const before = dataset.versions || new Map(dataset.getIds().map((id) => [id, null]));
  const now = new Map(wanted.map((entry) => [entry.id, version(entry)]));
  const gone = dataset.getIds().filter((id) => !now.has(id));
  const fresh = wanted.filter((entry) => !before.has(entry.id));
  const changed = wanted.filter((entry) => before.has(entry.id) && before.get(entry.id) !== now.get(entry.id));
  if (gone.length) dataset.remove(gone);
  if (fresh.length) dataset.add(fresh.map(item));
  if (changed.length) dataset.update(changed.map(item).map(({ x, y, ...rest }) => (graph.moved ? { x, y, ...rest } : rest))); // where a reader dragged it, it stays
  dataset.versions = now;
}

function redraw() {
  readInk();
  graph.nodes.versions = graph.edges.versions = undefined;
  drawGraph();
}

// What a selection or a chain is about: its actors and ties; null where nothing is selected.
function inFocus() {
  const { selection, chain } = view;
  if (selection?.kind === "actor") {
    const actor = actorById.get(selection.id);
    return { actors: neighbours(actor), ties: new Set(actor.ties) };
  }
  if (selection?.kind === "tie") {
    const tie = tieById.get(selection.id);
    return { actors: new Set([tie.source, tie.target]), ties: new Set([tie]) };
  }
  if (selection?.kind === "fact") {
    const fact = factById.get(selection.id);
    const parties = new Set(fact.parties.map((number) => actors[number]));
    const own = [...parties].flatMap((actor) => actor.ties.filter((tie) => tie.facts.includes(fact.number)));
    return { actors: parties, ties: new Set(own) };
  }
  if (chain) {
    const steps = shortestChain(actorById.get(chain.from), actorById.get(chain.to));
    const ends = [actorById.get(chain.from), actorById.get(chain.to)];
    return { actors: new Set([...ends, ...steps.flatMap((tie) => [tie.source, tie.target])]), ties: new Set(steps) };
  }
  return null;
}

// Beside what is selected the rest fades. Set on vis's own items: through its data sets it takes a hundred times as long.
function highlight() {
  const { focus, network: { body } } = graph;
  for (const actor of shown.actors) body.nodes[actor.id].options.opacity = !focus || focus.actors.has(actor) ? 1 : 0.4;
  for (const tie of shown.ties) body.edges[tie.id].options.color.opacity = !focus ? 0.8 : focus.ties.has(tie) ? 1 : 0.22;
  const { selection } = view;
  const nodes = selection?.kind === "actor" && graph.nodes.get(selection.id) ? [selection.id] : [];
  const edges = selection?.kind === "tie" && graph.edges.get(selection.id) ? [selection.id] : [];
  graph.network.setSelection({ nodes, edges }, { highlightEdges: false });
}

// Codes inside the marks, names under them, greatest first; a name that would cover another is left out.
function drawLabels(ctx) {
  const { network, ink } = graph;
  const scale = network.getScale();
  const font = 13 / scale;
  const family = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
  const selected = view.selection?.kind === "actor" ? view.selection.id : null;
  const places = network.getPositions();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const far = network.DOMtoCanvas({ x: ctx.canvas.clientWidth, y: ctx.canvas.clientHeight });
  const inSight = (at) => at && at.x > corner.x && at.x < far.x && at.y > corner.y && at.y < far.y;
  const list = shown.actors.filter((actor) => inSight(places[actor.id])).sort((a, b) => priority(b) - priority(a) || a.number - b.number);
  const boxes = list.slice(0, 2 * NAMES).map((actor) => ({ x: places[actor.id].x - radius(actor), y: places[actor.id].y - radius(actor), w: 2 * radius(actor), h: 2 * radius(actor), id: actor.id }));
  const names = [];
  graph.labels = names;
  ctx.save();
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  for (const actor of list.slice(0, NAMES)) {
    const at = places[actor.id];
    const faded = graph.focus && !graph.focus.actors.has(actor);
    ctx.globalAlpha = faded ? 0.5 : 1;
    if (radius(actor) * scale >= 9 && actor.sign) {
      ctx.font = `600 ${radius(actor) * (actor.sign.length > 3 ? 0.55 : 0.68)}px ${family}`;
      ctx.textBaseline = "middle";
      ctx.fillStyle = actor.kind === "Person" ? ink.text : "#10151f";
      ctx.fillText(actor.sign.slice(0, 4), at.x, at.y + radius(actor) * 0.04);
    }
    ctx.font = `${isThing(actor) ? "italic " : ""}${actor.id === selected ? "700" : "500"} ${font}px ${family}`;
    const text = shorten(actor.label, 32);
    const box = roomFor(actor, at, ctx.measureText(text).width, font, scale, names, boxes, [corner, far]);
    if (!box) continue;
    names.push(box);
    ctx.textBaseline = "top";
    ctx.lineWidth = 4 / scale;
    ctx.strokeStyle = ink.surface;
    ctx.strokeText(text, box.x + box.w / 2, box.y);
    ctx.fillStyle = isThing(actor) ? ink.muted : ink.text;
    ctx.fillText(text, box.x + box.w / 2, box.y);
  }
  drawTieLabels(ctx, scale, family, [...boxes, ...names]);
  ctx.restore();
}

// Where a name is free of other names and marks: under its mark, above, right, left; that of the selected one always.
function roomFor(actor, at, w, font, scale, names, boxes, [corner, far]) {
  const gap = 3 / scale;
  const h = font * 1.2;
  const r = radius(actor);
  const places = [[at.x - w / 2, at.y + r + gap], [at.x - w / 2, at.y - r - gap - h], [at.x + r + gap, at.y - h / 2], [at.x - r - gap - w, at.y - h / 2]]
    .map(([x, y]) => ({ x, y, w, h, id: actor.id }))
    .filter((box) => box.x > corner.x && box.x + w < far.x && !names.some((other) => overlap(box, other)));
  const free = places.find((box) => !boxes.some((other) => other.id !== actor.id && overlap(box, other)));
  return free || (actor.id === view.selection?.id ? places[0] : undefined);
}

const priority = (actor) => (view.selection?.id === actor.id ? 1e6 : graph.focus?.actors.has(actor) ? 1e3 : 0) + actor.size;
const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

// What a tie says, at its middle, where the picture has room for it.
function drawTieLabels(ctx, scale, family, taken) {
  if (shown.ties.length > 120 && !graph.focus) return;
  const font = 11 / scale;
  ctx.font = `italic ${font}px ${family}`;
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5 / scale;
  const list = graph.focus ? shown.ties.filter((tie) => graph.focus.ties.has(tie)) : shown.ties;
  for (const tie of [...list].sort((a, b) => b.weight - a.weight)) {
    const text = labelOfTie(tie);
    const w = ctx.measureText(text).width;
    const middle = middleOf(tie);
    if (!middle || middle.length * scale < w * scale + 30) continue;
    const box = { x: middle.x - w / 2, y: middle.y - font / 2, w, h: font };
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = graph.ink.surface;
    ctx.strokeText(text, middle.x, middle.y);
    ctx.fillStyle = graph.ink[tie.sign];
    ctx.fillText(text, middle.x, middle.y);
  }
}

function labelOfTie(tie) {
  const list = tie.facts.map((number) => facts[number]).sort((a, b) => b.belief - a.belief);
  const best = list[0];
  const said = best.relation ? spaced(best.relation) : best.predicate;
  return shorten(`${tie.status === "denied" ? "not: " : ""}${said}${list.length > 1 ? ` +${list.length - 1}` : ""}`, 28);
}

function middleOf(tie) {
  const edge = graph.network.body.edges[tie.id]; // vis has no public way to ask where an edge runs
  if (!edge?.connected) return null;
  const { x, y } = edge.edgeType.getPoint(0.5);
  return { x, y, length: Math.hypot(edge.from.x - edge.to.x, edge.from.y - edge.to.y) };
}

function labelAt({ x, y }) {
  const at = graph.network.DOMtoCanvas({ x, y });
  return graph.labels.find((box) => overlap({ x: at.x, y: at.y, w: 0.01, h: 0.01 }, box))?.id;
}

const hint = (text) => { byId("hint").textContent = text; };
const hintOfActor = (actor) => `${actor.label}: ${plural(actor.facts.length, "fact")}`;
const hintOfTie = (tie) => `${nameOfTie(tie)}: ${plural(shown.counts.get(tie.id) || 0, "fact")} (${wordsOfTie(tie)})`;

function fit(ids) {
  const { network } = graph;
  network.fit({ ...(ids && { nodes: ids }), maxZoomLevel: 1.6, animation: false });
  const room = 1 - Math.min(70 / byId("graph").clientWidth, 0.2); // names are wider than marks
  network.moveTo({ scale: network.getScale() * room });
}

function showInGraph(id) {
  const actor = actorById.get(id);
  graph.network.focus(id, { scale: Math.max(graph.network.getScale(), actor ? 0.7 : 0.5), animation: calm() || large ? false : { duration: 300 } });
}

function zoom(factor) {
  graph.network.moveTo({ scale: graph.network.getScale() * factor });
}

function pan(dx, dy) {
  const { x, y } = graph.network.getViewPosition();
  const step = 60 / graph.network.getScale();
  graph.network.moveTo({ position: { x: x + dx * step, y: y + dy * step } });
}

function onKey(event) {
  const keys = {
    ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit(), Escape: () => select(null),
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

function setPhysics(on) {
  graph.network.setOptions({
    physics: on
      ? { enabled: true, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -90, springLength: 130, avoidOverlap: 0.6 }, stabilization: false }
      : { enabled: false },
  });
}

// The picture in words, for those who don't see it.
function describe() {
  const strongest = [...shown.ties].sort((a, b) => strength(b) - strength(a)).slice(0, 3).map((tie) => `${nameOfTie(tie)} (${words.signs[tie.sign]})`);
  const greatest = [...shown.actors].sort((a, b) => b.size - a.size).slice(0, 5).map((actor) => actor.label);
  byId("graph-text").textContent = `${plural(shown.actors.length, "actor")} and ${plural(shown.ties.length, "tie")} shown.`
    + (greatest.length ? ` Greatest: ${greatest.join(", ")}.` : "") + (strongest.length ? ` Strongest ties: ${strongest.join("; ")}.` : "");
}
