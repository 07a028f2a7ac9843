// Names in the picture: codes inside the marks, names beside them, what a tie says at its middle; none covers another.

const FONT = 13;
const LINE = 15;
const widths = new Map();

function widthOf(ctx, text) {
  const key = `${ctx.font} ${text}`;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

// A long name breaks into two lines, at the space nearest to its middle.
function linesOf(actor) {
  if (actor.lines) return actor.lines;
  const text = shorten(actor.label, 44);
  const gaps = [...text.matchAll(/\s/g)].map(({ index }) => index);
  const gap = greatest(gaps, 1, (at) => -Math.abs(at - text.length / 2))[0];
  actor.lines = text.length > 17 && gap ? [shorten(text.slice(0, gap), 26), shorten(text.slice(gap + 1), 26)] : [shorten(text, 32)];
  return actor.lines;
}

const priority = (actor) => (view.selection?.id === actor.id ? 1e6 : graph.focus?.actors.has(actor) || graph.pointed?.actors.has(actor) ? 1e3 : 0) + actor.size;
const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const inSight = ({ x, y }) => x > 0 && x < graph.width && y > 0 && y < graph.height;

function paintNames(ctx, lines, marks, every) {
  const { scale } = graph.camera;
  const placed = marks.map((actor) => ({ actor, at: toScreen(placeOf(actor)), r: radius(actor) * scale })).filter(({ at }) => inSight(at))
    .sort((a, b) => priority(b.actor) - priority(a.actor) || a.actor.number - b.actor.number);
  const boxes = placed.slice(0, 2 * MOST_NAMES).map(({ actor, at, r }) => ({ x: at.x - r, y: at.y - r, w: 2 * r, h: 2 * r, actor }));
  const names = [];
  boxes.push(...covered());
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  for (const entry of placed.slice(0, MOST_NAMES)) {
    paintCode(ctx, entry);
    ctx.font = `${isThing(entry.actor) ? "italic " : ""}500 ${FONT}px ${FAMILY}`;
    const there = every && !graph.focus && graph.names.find((box) => box.actor === entry.actor);
    if (there) { names.push(there); continue; } // pointed at, with the picture and its name below
    const box = roomFor(ctx, entry, linesOf(entry.actor), names, boxes) || roomFor(ctx, entry, [shorten(entry.actor.label, 14)], names, boxes);
    if (!box) continue;
    names.push(box);
    writeName(ctx, box);
  }
  if (every || lines.length <= 120) paintWords(ctx, lines, [...boxes, ...names]);
  if (!every) graph.names = names;
}

function paintCode(ctx, { actor, at, r }) {
  if (r < 9 || !actor.sign) return;
  ctx.font = `600 ${(r * (actor.sign.length > 3 ? 0.55 : 0.68)).toFixed(1)}px ${FAMILY}`;
  ctx.textBaseline = "middle";
  ctx.fillStyle = actor.kind === "Person" ? graph.ink.text : ON_MARK;
  ctx.fillText(actor.sign.slice(0, 4), at.x, at.y + r * 0.04);
}

function writeName(ctx, { actor, lines, x, y, w }) {
  ctx.textBaseline = "top";
  ctx.lineWidth = 4;
  ctx.strokeStyle = graph.ink.surface;
  ctx.fillStyle = isThing(actor) ? graph.ink.muted : graph.ink.text;
  lines.forEach((line, i) => {
    ctx.strokeText(line, x + w / 2, y + i * LINE);
    ctx.fillText(line, x + w / 2, y + i * LINE);
  });
}

// Where a name, or its beginning, is free of other names and marks: under its mark, above, right, left; that of the selected one always.
function roomFor(ctx, { actor, at, r }, lines, names, boxes) {
  const w = Math.max(...lines.map((line) => widthOf(ctx, line)));
  const h = lines.length * LINE;
  const places = [[at.x - w / 2, at.y + r + 3], [at.x - w / 2, at.y - r - 2 - h], [at.x + r + 5, at.y - h / 2], [at.x - r - 5 - w, at.y - h / 2]]
    .map(([x, y]) => ({ x, y, w, h, actor, lines }))
    .filter((box) => box.x > 2 && box.x + w < graph.width - 2 && !names.some((other) => overlap(box, other)));
  const free = places.find((box) => !boxes.some((other) => other.actor !== actor && overlap(box, other)));
  return free || (actor.id === view.selection?.id ? places[0] : undefined);
}

// What a tie says, at its middle, where the picture has room for it.
function paintWords(ctx, lines, taken) {
  ctx.font = `italic 11.5px ${FAMILY}`;
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5;
  for (const tie of [...lines].sort((a, b) => b.weight - a.weight)) {
    const text = wordsOn(tie);
    const w = widthOf(ctx, text);
    const { a, via, b, straight } = courseOf(tie);
    if (straight < w + 44) continue;
    const at = pointOn(a, via, b, 0.5);
    const box = { x: at.x - w / 2, y: at.y - 7, w, h: 14 };
    if (!inSight(at) || taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    ctx.strokeStyle = graph.ink.surface;
    ctx.strokeText(text, at.x, at.y);
    ctx.fillStyle = graph.ink[tie.sign];
    ctx.fillText(text, at.x, at.y);
  }
}

// "supplies +2": the most believed fact of a tie, and how many more there are.
function wordsOn(tie) {
  tie.words ??= shorten(`${verbOf(tie)}${tie.facts.length > 1 ? ` +${tie.facts.length - 1}` : ""}`, 28);
  return tie.words;
}

function verbOf(tie) {
  const [best] = greatest(tie.facts.map((number) => facts[number]), 1, (fact) => fact.belief);
  return `${denial(best)}${best.relation ? spaced(best.relation) : best.predicate}`;
}
