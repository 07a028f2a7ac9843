// The picture's renderer, vis-network as pyvis brings it: started when the first view is painted, kept in step with what is shown.

const SHAPES = { State: "dot", Person: "dot", Organization: "square", Group: "diamond", Thing: "square" };
const ARROWS = { cooperation: "arrow", conflict: "bar", relation: "vee" };
const SLICE = 200; // ties handed over at a time, so that the page answers in between

function startGraph() {
  readInk();
  measureBox();
  rescale();
  bow(shown.ties);
  graph.focus = surroundings(view.selection, view.chain);
  fit();
  new ResizeObserver(resized).observe(byId("graph"));
  startPicking();
  describe();
}

// The first view painted, vis-network is run from the text in the page, a slice at a time while nothing else is to do.
function takeOver() {
  if (graph.whole) return;
  if (!graph.network) makeNetwork();
  else addTies(SLICE);
  if (graph.held.ties.size < shown.ties.length) whenIdle(takeOver);
  else handOver();
}
const whenIdle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: 400 }) : setTimeout(act, 30));

// All of it at once, for whoever can't wait; null as long as the renderer's text isn't read to its end.
function network() {
  if (evidenceLate()) return null;
  if (!graph.network) makeNetwork();
  if (!graph.whole) { addTies(Infinity); handOver(); }
  return graph.network;
}

function makeNetwork() {
  const source = el("script");
  source.textContent = byId("vis-network").textContent;
  document.head.append(source);
  graph.nodes = new vis.DataSet(shown.actors.map(nodeItem));
  graph.edges = new vis.DataSet();
  graph.held = { actors: new Set(shown.actors), ties: new Set() };
  graph.network = new vis.Network(byId("graph"), { nodes: graph.nodes, edges: graph.edges }, {
    autoResize: true,
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: false, selectable: false, hideEdgesOnDrag: large, hideEdgesOnZoom: large },
    nodes: { font: { size: 0 }, borderWidth: 0, borderWidthSelected: 0 },
    edges: { selectionWidth: 0, hoverWidth: 0, smooth: { enabled: true, type: "curvedCW", roundness: 0 }, arrows: { to: { enabled: true } } },
  });
  graph.network.moveTo({ position: graph.camera, scale: graph.camera.scale });
  graph.network.on("beforeDrawing", (ctx) => inPixels(ctx, () => paintHulls(ctx)));
  graph.network.on("afterDrawing", (ctx) => {
    inPixels(ctx, () => paintNames(ctx, shown.ties, shown.actors, false));
    if (graph.focus || graph.pointed) paintOver();
  });
  graph.network.on("click", ({ pointer }) => choose(pointer.DOM));
  for (const child of byId("graph").querySelectorAll("[tabindex]")) child.tabIndex = -1;
}

// vis-network draws in units of the picture; names and hulls go by pixels of the page.
function inPixels(ctx, draw) {
  const { x, y } = graph.network.getViewPosition();
  const scale = graph.network.getScale();
  if (!graph.whole && (x !== graph.camera.x || y !== graph.camera.y || scale !== graph.camera.scale)) soon(); // moved before it is whole
  graph.camera = { x, y, scale };
  ctx.save();
  const ratio = ctx.canvas.width / graph.width;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw();
  ctx.restore();
}

function addTies(most) {
  const fresh = shown.ties.filter((tie) => !graph.held.ties.has(tie)).slice(0, most);
  for (const tie of fresh) graph.held.ties.add(tie);
  if (fresh.length) graph.edges.add(fresh.map(edgeItem));
}

function handOver() {
  graph.whole = true;
  keepInStep();
  byId("graph").classList.add("drawn");
  paintOver();
}

function nodeItem(actor) {
  const { surface, muted } = graph.ink;
  const fill = blocColour(actor.bloc);
  const hollow = actor.kind === "Person" || isThing(actor);
  const colours = { background: hollow ? surface : fill, border: isThing(actor) ? muted : fill };
  return {
    id: actor.id, size: radius(actor), shape: SHAPES[actor.kind], ...spot(actor),
    borderWidth: actor.kind === "Person" ? 4 : isThing(actor) ? 1.5 : 0, color: { ...colours, highlight: colours },
  };
}

function edgeItem(tie) {
  const stroke = graph.ink[tie.sign];
  const head = { enabled: true, type: ARROWS[tie.sign], scaleFactor: HEAD[tie.sign] };
  const bend = bendOf(tie);
  return {
    id: tie.id, from: tie.from, to: tie.to, width: thickness(tie), dashes: tie.status === "asserted" ? false : DASHES[tie.status],
    arrows: tie.mutual ? { to: head, from: head } : { to: head }, color: { color: stroke, highlight: stroke, opacity: 0.8 },
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
  };
}

// Brings the picture in step with what is shown. What is filtered out is only hidden: taking it out and in again is slow.
function drawGraph() {
  const rescaled = rescale();
  bow(shown.ties);
  graph.focus = surroundings(view.selection, view.chain);
  if (graph.network && rescaled) restyle();
  if (graph.whole) keepInStep();
  else soon();
  describe();
}

function keepInStep() {
  const { held, nodes, network: { body } } = graph;
  const fresh = shown.actors.filter((actor) => !held.actors.has(actor));
  for (const actor of fresh) held.actors.add(actor);
  if (fresh.length) nodes.add(fresh.map(nodeItem));
  addTies(Infinity);
  for (const actor of held.actors) Object.assign(body.nodes[actor.id].options, { hidden: !shown.drawn[actor.number], physics: Boolean(shown.drawn[actor.number]) });
  for (const tie of held.ties) body.edges[tie.id].options.hidden = !shown.tied[tie.number];
  body.emitter.emit("_dataChanged");
  lookAgain();
}

// Sizes, places and colours anew: after a change of scale, and between light and dark.
function restyle() {
  const { nodes, edges, held } = graph;
  nodes.update([...held.actors].map(nodeItem));
  edges.update([...held.ties].map(edgeItem));
}

function recolour() {
  readInk();
  if (graph.network) {
    graph.nodes.update([...graph.held.actors].map(nodeItem).map(({ x, y, ...rest }) => rest)); // where a reader dragged it, it stays
    graph.edges.update([...graph.held.ties].map(edgeItem));
  }
  drawGraph();
}

// The selection, a chain or the pointer: drawn above the picture, which fades; the picture itself stays as it is.
function lookAgain() {
  byId("graph").classList.toggle("faded", Boolean(graph.focus));
  soon();
}

function highlight() {
  graph.focus = surroundings(view.selection, view.chain);
  lookAgain();
}

function look(camera, animated = false) {
  const animation = animated && graph.network && !calm() && !large ? { duration: 300, easingFunction: "easeInOutQuad" } : false;
  if (!animation) graph.camera = camera;
  graph.network?.moveTo({ position: { x: camera.x, y: camera.y }, scale: camera.scale, animation });
  soon();
}

const fit = (list = shown.actors) => look(cameraOn(list));

// Brings actors into sight, where they aren't: a picture that stands still is easier to read.
function showInGraph(list) {
  const seen = ({ x, y }) => x > 30 && x < graph.width - 30 && y > 30 && y < graph.height - 30;
  if (list.every((actor) => seen(toScreen(placeOf(actor))))) return;
  look(cameraOn(list, Math.min(WIDEST, graph.firstScale * 1.6)), true);
}

const zoom = (factor) => look({ ...graph.camera, scale: graph.camera.scale * factor });
const pan = (dx, dy) => look({ ...graph.camera, x: graph.camera.x + (dx * 60) / graph.camera.scale, y: graph.camera.y + (dy * 60) / graph.camera.scale });

function resized() {
  const before = [graph.width, graph.height];
  measureBox();
  if (before[0] === graph.width && before[1] === graph.height) return;
  if (!graph.network) { graph.scaledFor = 0; rescale(); bow(shown.ties); fit(); }
  soon();
}

function setPhysics(on) {
  network()?.setOptions({
    physics: on
      ? { enabled: true, solver: "forceAtlas2Based", forceAtlas2Based: { gravitationalConstant: -90, springLength: 130, avoidOverlap: 0.6 }, stabilization: false }
      : { enabled: false },
  });
}

// The picture in words, for those who don't see it.
function describe() {
  const strongest = greatest(shown.ties, 3, strength).map((tie) => `${nameOfTie(tie)} (${words.signs[tie.sign]})`);
  const names = greatest(shown.actors, 5, (actor) => actor.size).map((actor) => actor.label);
  byId("graph-text").textContent = `${plural(shown.actors.length, "actor")} and ${plural(shown.ties.length, "tie")} shown.`
    + (names.length ? ` Greatest: ${names.join(", ")}.` : "") + (strongest.length ? ` Strongest ties: ${strongest.join("; ")}.` : "");
}
