// What lies under the pointer, a click on it, and the keys of the picture.

const NEAR = 9; // pixels from a line at which it is still meant

// A line at the foot of the picture, with the sentence that says most for it.
function hint(text, quote = "") {
  byId("hint").replaceChildren(...(text ? [name(text)] : []), ...(quote ? [el("q", { dir: "auto" }, shorten(quote, 300))] : []));
}

function hintAt({ kind, entry }) {
  if (kind === "actor") { hint(`${entry.label}: ${plural(factsOf(entry).filter((fact) => shown.passes[fact.number]).length, "fact")}`); return; }
  const [best] = inOrder(entry.facts.map((number) => facts[number]));
  hint(`${nameOfTie(entry)}. ${whyOf(entry)}`, best && !evidenceLate() ? evidenceOf(best)[0]?.text : "");
}

// The actor, name or tie at a point of the picture on the screen; marks before names before lines, the nearest first.
function pick(point) {
  const { scale } = graph.camera;
  const away = (actor) => { const at = toScreen(placeOf(actor)); return Math.hypot(at.x - point.x, at.y - point.y) - radius(actor) * scale; };
  const [mark] = greatest(shown.actors, 1, (actor) => -away(actor));
  if (mark && away(mark) <= 2) return { kind: "actor", entry: mark };
  const name = graph.names.find((box) => overlap({ x: point.x, y: point.y, w: 0.01, h: 0.01 }, box));
  if (name) return { kind: "actor", entry: name.actor };
  const [tie] = greatest(shown.ties, 1, (line) => -distanceTo(line, point));
  return tie && distanceTo(tie, point) <= NEAR ? { kind: "tie", entry: tie } : null;
}

function distanceTo(tie, point) {
  const { a, via, b } = courseOf(tie);
  if (Math.min(a.x, via.x, b.x) > point.x + NEAR || Math.max(a.x, via.x, b.x) < point.x - NEAR
    || Math.min(a.y, via.y, b.y) > point.y + NEAR || Math.max(a.y, via.y, b.y) < point.y - NEAR) return Infinity;
  let least = Infinity;
  for (let i = 0, from = a; i < 14; i++) {
    const to = pointOn(a, via, b, (i + 1) / 14);
    least = Math.min(least, toSegment(point, from, to));
    from = to;
  }
  return least;
}

function toSegment(p, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

// Where in the window a tie can be clicked, or null where others lie over all of it.
function whereIs(id) {
  const tie = tieById.get(id);
  const { left, top } = byId("graph").getBoundingClientRect();
  const { a, via, b } = courseOf(tie);
  for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const at = pointOn(a, via, b, t);
    if (inSight(at) && pick(at)?.entry === tie) return { x: left + at.x, y: top + at.y };
  }
  return null;
}

function choose(point) {
  const found = pick(point);
  select(found && found.kind, found && found.entry.id);
}

function point(found) {
  if (found?.entry === graph.pointed?.entry) return;
  graph.pointed = found && { ...surroundings({ kind: found.kind, id: found.entry.id }), entry: found.entry };
  byId("graph").style.cursor = found ? "pointer" : "";
  if (found) hintAt(found); else hint("");
  soon();
}

function startPicking() {
  const box = byId("graph");
  const at = ({ clientX, clientY }) => { const { left, top } = box.getBoundingClientRect(); return { x: clientX - left, y: clientY - top }; };
  box.addEventListener("click", (event) => { if (!graph.network) choose(at(event)); }); // afterwards vis-network tells clicks from drags
  box.addEventListener("pointermove", (event) => {
    if (event.buttons || event.pointerType === "touch" || graph.looking) return;
    graph.looking = requestAnimationFrame(() => { graph.looking = 0; point(pick(at(event))); });
  });
  box.addEventListener("pointerleave", () => point(null));
  box.addEventListener("keydown", onKey);
}

function onKey(event) {
  const keys = {
    ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit(), Escape: () => { hint(""); select(null); },
  };
  if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}
