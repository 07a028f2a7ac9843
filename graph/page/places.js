// Where everything stands in the picture: the layout's places, room for larger marks, how ties bow, hulls of blocs, the camera.

const graph = {
  network: null, whole: false, // vis-network, and whether it has all of the picture
  width: 0, height: 0, upright: false, grow: 1, thin: 0, scaledFor: 0, spots: null, bends: new Map(), firstScale: 1,
  camera: { x: 0, y: 0, scale: 1 }, ink: {}, names: [], focus: null, pointed: null,
};
const APART = 600; // actors up to which marks are pushed off each other
const WIDEST = 1.6; // no closer than this at first, or two actors would fill the window

const laidOut = (actor) => (graph.upright ? { x: actor.y, y: actor.x } : actor);
const spot = (actor) => graph.spots?.get(actor) || laidOut(actor);
const placeOf = (actor) => graph.network?.body.nodes[actor.id] || spot(actor); // a reader may have dragged it
const radius = (actor) => actor.size * graph.grow;
const thickness = (tie) => Math.max((1.1 + Math.min(Math.sqrt(tie.weight), 4)) * graph.grow, graph.thin);

function toScreen({ x, y }) {
  const { camera, width, height } = graph;
  return { x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 };
}

function measureBox() {
  const box = byId("graph");
  graph.width = box.clientWidth;
  graph.height = box.clientHeight;
  graph.upright = graph.height > graph.width * 1.1;
  const notice = byId("notice");
  graph.noticed = notice.hidden ? null : { x: notice.offsetLeft, y: notice.offsetTop, w: notice.offsetWidth, h: notice.offsetHeight };
}

const wide = () => innerWidth > 900; // as in the style: else the buttons lie in a row, and the notice at the bottom

// What lies over the picture, so that no name is written under it: the notice and the buttons.
function covered() {
  const buttons = !wide() ? { x: graph.width - 160, y: 10, w: 150, h: 36 } : { x: graph.width - 46, y: 10, w: 36, h: 150 };
  return graph.noticed ? [graph.noticed, buttons] : [buttons];
}

// The camera that shows these actors with their names, which are wider than the marks.
function cameraOn(list, most = WIDEST) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const actor of list) {
    const { x, y } = placeOf(actor);
    const r = radius(actor);
    left = Math.min(left, x - r); right = Math.max(right, x + r);
    top = Math.min(top, y - r); bottom = Math.max(bottom, y + r);
  }
  if (left > right) return { x: 0, y: 0, scale: 1 };
  const side = Math.min(62, graph.width * 0.14);
  const noticed = graph.noticed ? graph.noticed.h : 0;
  const above = wide() ? 28 + (noticed && 16) : 52;
  const below = wide() ? 40 : 40 + noticed;
  const scale = Math.min((graph.width - 2 * side) / Math.max(right - left, 1), (graph.height - above - below) / Math.max(bottom - top, 1), most);
  return { x: (left + right) / 2, y: (top + bottom) / 2 + (below - above) / 2 / scale, scale: Math.max(scale, 0.01) };
}

// Marks and lines are drawn larger than planned where many must fit: anew when the reader asks for many more, not at every filter.
function rescale() {
  const count = shown.actors.length;
  const ratio = count / (graph.scaledFor || Infinity);
  const filtered = filterCount() > 0 && graph.scaledFor > 0;
  if ((ratio > 0.5 && ratio < 2) || (filtered && ratio < 1)) return false;
  graph.scaledFor = count;
  Object.assign(graph, { grow: 1, thin: 0, spots: null });
  const { scale } = cameraOn(shown.actors);
  const largest = shown.actors.reduce((top, actor) => Math.max(top, actor.size), 1);
  const room = Math.sqrt((graph.width * graph.height) / Math.max(count, 1));
  graph.grow = Math.max(Math.min(Math.max(room * 0.28, 4), 30) / (scale * largest), 1);
  graph.thin = Math.min(1.3, room / 30) / scale;
  graph.spots = graph.grow > 1 && count <= APART ? apart(shown.actors) : null;
  graph.firstScale = scale;
  graph.bends.clear();
  return true;
}

// Marks that were drawn larger are pushed off each other; sorted from left to right, only near ones are compared.
function apart(list) {
  const points = list.map((actor) => ({ actor, x: laidOut(actor).x, y: laidOut(actor).y, r: radius(actor) * 1.14 }));
  const widest = points.reduce((most, { r }) => Math.max(most, r), 0);
  for (let round = 0, hit = true; hit && round < 30; round++) {
    hit = false;
    points.sort((a, b) => a.x - b.x || a.actor.number - b.actor.number);
    for (let i = 0; i < points.length; i++) {
      const a = points[i];
      for (let j = i + 1; j < points.length && points[j].x - a.x < a.r + widest; j++) hit = push(a, points[j]) || hit;
    }
  }
  return new Map(points.map(({ actor, x, y }) => [actor, { x, y }]));
}

function push(a, b) {
  const dx = a.x - b.x || 0.1;
  const dy = a.y - b.y;
  const reach = a.r + b.r;
  if (dx * dx + dy * dy >= reach * reach) return false;
  const length = Math.hypot(dx, dy);
  const by = (reach - length) / 2 / length;
  a.x += dx * by; a.y += dy * by;
  b.x -= dx * by; b.y -= dy * by;
  return true;
}

// How far ties bow: those between the same two actors fan out evenly about the straight line, whatever the filters hide.
function bow(list) {
  const key = ({ source: { number: a }, target: { number: b } }) => (a < b ? a * actors.length + b : b * actors.length + a);
  const pairs = new Map();
  for (const tie of list) if (!graph.bends.has(tie)) pairs.set(key(tie), []);
  if (!pairs.size) return;
  for (const tie of ties) pairs.get(key(tie))?.push(tie);
  for (const own of pairs.values()) {
    const [a, b] = [laidOut(own[0].source), laidOut(own[0].target)];
    const long = Math.hypot(a.x - b.x, a.y - b.y) * graph.firstScale || 1;
    const step = Math.min(Math.max(34 / long, 0.08), 0.26, 1.1 / Math.max(own.length - 1, 1));
    own.forEach((tie, i) => graph.bends.set(tie, (i - (own.length - 1) / 2) * step * (tie.source.number < tie.target.number ? 1 : -1)));
  }
}
const bendOf = (tie) => graph.bends.get(tie) || 0;

// The point that a bowed tie is drawn towards: vis-network's own rule for its smooth type "curvedCW" (and "curvedCCW" below 0).
function towards(a, b, bend) {
  const share = 0.5 * Math.abs(bend) + 0.5;
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (0.5 * bend + 0.5) * Math.PI;
  const long = share * Math.hypot(b.x - a.x, b.y - a.y);
  return { x: a.x + long * Math.sin(angle), y: a.y + long * Math.cos(angle) };
}

function pointOn(a, via, b, t) {
  const s = 1 - t;
  return { x: s * s * a.x + 2 * s * t * via.x + t * t * b.x, y: s * s * a.y + 2 * s * t * via.y + t * t * b.y };
}

// Blocs that stand together, each with a hull round its marks; one that others stand in the midst of has none.
function hulls() {
  if (shown.actors.length > APART) return [];
  const spots = shown.actors.map((actor) => ({ bloc: actor.bloc, at: toScreen(placeOf(actor)), r: radius(actor) * graph.camera.scale }));
  const found = [];
  for (let bloc = 0; bloc < Math.min(page.blocs.length, BLOC_COLOURS.length); bloc++) {
    const own = spots.filter((spot) => spot.bloc === bloc);
    if (own.length < 2) continue;
    const middles = outline(own.map(({ at }) => at)); // a rough test first: most of a tangled picture fails it
    if (strangers(spots, bloc, middles) * 3 > own.length) continue;
    const rim = outline(own.flatMap(({ at, r }) => around(at, r + 11)));
    if (strangers(spots, bloc, rim) * 3 <= own.length) found.push({ bloc, rim });
  }
  return found;
}

const strangers = (spots, bloc, rim) => spots.reduce((sum, spot) => sum + (spot.bloc !== bloc && within(spot.at, rim)), 0);
const around = ({ x, y }, r) => Array.from({ length: 16 }, (_, i) => ({ x: x + r * Math.cos((i * Math.PI) / 8), y: y + r * Math.sin((i * Math.PI) / 8) }));

// Andrew's monotone chain (Information Processing Letters 9, 1979).
function outline(points) {
  const sorted = points.sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && side(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}
const side = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
const within = (p, rim) => rim.every((a, i) => side(a, rim[(i + 1) % rim.length], p) >= 0);
