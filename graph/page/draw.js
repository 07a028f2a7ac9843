// The picture on a canvas, in the screen's own pixels: all of it until vis-network stands, then what is chosen or pointed at; and every name.

const BLOC_COLOURS = ["#2aa783", "#d98cb8", "#e9a227", "#6cb8e6", "#b59a6d", "#b9b94a", "#9f8fd6"];
const NO_BLOC = "#b4bac4";
const SMALLER = "smaller"; // blocs beyond the colours, together
const DASHES = { asserted: [], hedged: [9, 6], denied: [2, 5] };
const HEAD = { cooperation: 0.6, conflict: 0.7, relation: 0.6 }; // sizes as vis-network scales its own
const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";
const ON_MARK = "#10151f";
const MOST_NAMES = 250; // tried in a frame
const blocKey = (actor) => (actor.bloc < BLOC_COLOURS.length ? String(actor.bloc) : SMALLER);
const blocColour = (bloc) => (bloc >= 0 && bloc < BLOC_COLOURS.length ? BLOC_COLOURS[bloc] : NO_BLOC);

function readInk() {
  const style = getComputedStyle(document.documentElement);
  for (const key of ["surface", "text", "muted", "cooperation", "conflict", "relation", "accent"]) graph.ink[key] = style.getPropertyValue(`--${key}`).trim();
}

// A canvas ready to draw on in pixels of the page.
function clean(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(graph.width * ratio), Math.round(graph.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, graph.width, graph.height);
  return ctx;
}

function paintOver() {
  graph.due = 0;
  paintView(clean(byId("over")), !graph.whole);
}

// The picture, where vis-network hasn't got all of it, faded behind what is chosen or pointed at.
function paintView(ctx, all) {
  if (all) {
    ctx.globalAlpha = graph.focus ? 0.25 : 1;
    paintHulls(ctx);
    paint(ctx, shown.ties, shown.actors);
  }
  const about = graph.focus || graph.pointed;
  if (!about) return;
  ctx.globalAlpha = 1;
  const lines = [...about.ties].filter((tie) => shown.tied[tie.number]);
  paint(ctx, lines, [...about.actors].filter((actor) => shown.drawn[actor.number]), true);
}

function paint(ctx, lines, marks, every = false) {
  for (const tie of lines) paintTie(ctx, tie);
  for (const actor of [...marks].sort((a, b) => a.size - b.size)) paintMark(ctx, actor);
  paintNames(ctx, lines, marks, every);
}

const soon = () => { graph.due ||= requestAnimationFrame(paintOver); };

function paintHulls(ctx) {
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * 0.13;
  for (const { bloc, rim } of hulls()) {
    ctx.fillStyle = blocColour(bloc);
    ctx.beginPath();
    for (const { x, y } of rim) ctx.lineTo(x, y);
    ctx.fill();
  }
  ctx.globalAlpha = alpha;
}

// A tie's line and heads as vis-network draws them: the line bowed towards `via` between the middles of its marks, which
// cover its ends, and a head's tip where it meets their rim.
function courseOf(tie) {
  const { scale } = graph.camera;
  const [a, b] = [toScreen(placeOf(tie.source)), toScreen(placeOf(tie.target))];
  const via = towards(a, b, bendOf(tie));
  return { a, via, b, straight: Math.hypot(b.x - a.x, b.y - a.y), width: thickness(tie) * scale };
}

function headsOf(tie, { a, via, b, straight, width }) {
  const { scale } = graph.camera;
  const long = 15 * HEAD[tie.sign] * scale + 3 * width;
  const heads = [headAt(a, via, b, radius(tie.target) * scale, long, straight)];
  if (tie.mutual) heads.push(headAt(b, via, a, radius(tie.source) * scale, long, straight));
  return { heads, long };
}

// Where a curve comes within `r` of its end, by halving, and how a head as long as that lies there.
function headAt(from, via, to, r, long, straight) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2;
    const { x, y } = pointOn(from, via, to, middle);
    if (Math.hypot(x - to.x, y - to.y) > r) low = middle; else high = middle;
  }
  const tip = pointOn(from, via, to, low);
  const before = pointOn(from, via, to, low - long / Math.max(straight, 1));
  return { ...tip, angle: Math.atan2(tip.y - before.y, tip.x - before.x) };
}

function paintTie(ctx, tie) {
  const course = courseOf(tie);
  const { a, via, b, width } = course;
  const { heads, long } = headsOf(tie, course);
  const chosen = graph.focus?.ties.has(tie) || graph.pointed?.ties.has(tie);
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = graph.ink[tie.sign];
  ctx.globalAlpha *= chosen ? 1 : 0.8;
  ctx.lineWidth = (chosen ? Math.max(width, 1.5) : width) * (view.selection?.kind === "tie" && view.selection.id === tie.id ? 1.6 : 1);
  ctx.setLineDash(DASHES[tie.status].map((part) => part * graph.camera.scale));
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  ctx.quadraticCurveTo(via.x, via.y, b.x, b.y);
  ctx.stroke();
  ctx.setLineDash([]);
  for (const head of heads) paintHead(ctx, tie.sign, head, long);
  ctx.restore();
}

// Arrow for cooperation, bar for conflict, open angle for other relations, as in vis-network.
const HEADS = {
  cooperation: [[0, 0], [-1, 0.3], [-0.9, 0], [-1, -0.3]],
  conflict: [[0, 0.5], [0, -0.5], [-0.15, -0.5], [-0.15, 0.5]],
  relation: [[-1, 0.3], [0, 0], [-1, -0.3], [-0.8, 0]],
};
function paintHead(ctx, sign, { x, y, angle }, long) {
  const [cos, sin] = [Math.cos(angle) * long, Math.sin(angle) * long];
  ctx.beginPath();
  for (const [dx, dy] of HEADS[sign]) ctx.lineTo(x + dx * cos - dy * sin, y + dx * sin + dy * cos);
  ctx.closePath();
  ctx.fill();
}

function trace(ctx, kind, { x, y }, r) {
  ctx.beginPath();
  if (kind === "Organization" || kind === "Thing") ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (kind === "Group") { ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath(); } else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function paintMark(ctx, actor) {
  const at = toScreen(placeOf(actor));
  const r = radius(actor) * graph.camera.scale;
  const { surface, muted, accent } = graph.ink;
  const fill = blocColour(actor.bloc);
  if (view.selection?.id === actor.id) {
    trace(ctx, actor.kind, at, r + 5);
    ctx.fillStyle = accent;
    ctx.fill();
    trace(ctx, actor.kind, at, r + 2.5);
    ctx.fillStyle = surface;
    ctx.fill();
  }
  trace(ctx, actor.kind, at, r);
  ctx.fillStyle = actor.kind === "Person" || isThing(actor) ? surface : fill;
  ctx.fill();
  if (actor.kind !== "Person" && !isThing(actor)) return;
  ctx.lineWidth = isThing(actor) ? 1.5 : Math.min(4, r);
  ctx.strokeStyle = isThing(actor) ? muted : fill;
  ctx.stroke();
}

// What is selected, in a chain or pointed at, and what lies round it; null where nothing is.
function surroundings(selection, chain) {
  if (selection?.kind === "actor") {
    const actor = actorById.get(selection.id);
    return { actors: neighbours(actor), ties: new Set(tiesOf(actor)) };
  }
  if (selection?.kind === "tie") {
    const tie = tieById.get(selection.id);
    return { actors: new Set([tie.source, tie.target]), ties: new Set([tie]) };
  }
  if (selection?.kind === "fact") {
    const fact = factById.get(selection.id);
    const own = new Set(parties[fact.number].map((number) => actors[number]));
    return { actors: own, ties: new Set([...own].flatMap((actor) => tiesOf(actor).filter((tie) => tie.facts.includes(fact.number)))) };
  }
  if (!chain) return null;
  const ends = [actorById.get(chain.from), actorById.get(chain.to)];
  const steps = shortestChain(...ends);
  return { actors: new Set([...ends, ...steps.flatMap((tie) => [tie.source, tie.target])]), ties: new Set(steps) };
}
