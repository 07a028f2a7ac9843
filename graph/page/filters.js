// What is shown: the choices of the reader, the facts, ties and actors that they leave, and both in the page's address.

const DIMENSIONS = {
  sign: { title: "Kind of tie", of: (fact) => [fact.sign], word: (value) => capital(words.signs[value]) },
  status: { title: "Standing", of: (fact) => [fact.status], word: (value) => capital(words.statuses[value]) },
  modality: { title: "Modality", of: (fact) => [fact.modality], word: (value) => capital(words.modalities[value] || value) },
  type: { title: "Event", of: (fact) => [typeOf(fact)], word: typeWord },
  source: { title: "Source", of: (fact) => fact.articles.map((number) => sourceOf(articles[number])), word: (value) => value },
};
const able = actors.filter((actor) => !isThing(actor));
const large = able.length > page.large;
const core = new Set([...able].sort((a, b) => b.size - a.size || a.number - b.number).slice(0, large ? page.core : able.length).map((actor) => actor.id));

const view = {
  off: Object.fromEntries([...Object.keys(DIMENSIONS), "bloc", "kind"].map((key) => [key, new Set()])),
  belief: 0, text: "", from: null, to: null, undated: true,
  hidden: new Set(), // actors that the reader hid
  added: new Set(), // actors beyond the core that the reader asked for
  all: !large,
  things: !able.length, // whether things (oil, a treaty) are drawn beside actors
  focus: null, // an actor whose neighbours alone are shown
  selection: null, // {kind: "actor" | "tie" | "fact", id}
  chain: null, // {from, to}
};
const shown = { facts: [], actors: [], ties: [], counts: new Map() };
const listeners = [];

// Recomputes what is shown and tells every part of the page.
function refresh() {
  const focus = view.focus && neighbours(actorById.get(view.focus));
  const allowed = (actor) =>
    !view.hidden.has(actor.id) && !view.off.bloc.has(blocKey(actor)) && !view.off.kind.has(actor.kind) && (!focus || focus.has(actor));
  const actorAllowed = actors.map(allowed);
  const needle = fold(view.text.trim());
  const passes = new Uint8Array(facts.length);
  shown.facts = facts.filter((fact) => {
    const fits = factFits(fact, needle) && fact.parties.every((n) => actorAllowed[n]) && (!focus || fact.parties.length > 0);
    passes[fact.number] = fits ? 1 : 0;
    return fits;
  });
  const alive = new Set();
  for (const fact of shown.facts) for (const number of fact.parties) alive.add(number);
  shown.alive = alive;
  const open = (actor) => alive.has(actor.number) && (view.added.has(actor.id) || (isThing(actor) ? view.things : view.all || core.has(actor.id)));
  shown.counts = new Map();
  shown.everyTie = [];
  for (const tie of ties) {
    let count = 0;
    for (const number of tie.facts) count += passes[number];
    if (!count) continue;
    shown.counts.set(tie.id, count);
    shown.everyTie.push(tie);
    if (!isThing(tie.source) && !isThing(tie.target)) continue;
    alive.add(tie.source.number).add(tie.target.number);
  }
  shown.actors = actors.filter(open);
  const present = new Set(shown.actors.map((actor) => actor.number));
  shown.ties = strongest(shown.everyTie.filter((tie) => present.has(tie.source.number) && present.has(tie.target.number)));
  for (const listener of listeners) listener();
  remember();
}

// More ties than this would only be a blur, and slow: the strongest are drawn, and those of what is selected.
const MOST_TIES = 4000;

function strongest(list) {
  if (list.length <= MOST_TIES) return list;
  const own = (tie) => (view.selection?.id === tie.id || view.selection?.id === tie.from || view.selection?.id === tie.to ? 1e9 : 0);
  return [...list].sort((a, b) => strength(b) + own(b) - strength(a) - own(a)).slice(0, MOST_TIES);
}

function factFits(fact, needle) {
  for (const [key, dimension] of Object.entries(DIMENSIONS)) {
    const off = view.off[key];
    if (off.size && dimension.of(fact).every((value) => off.has(value))) return false;
  }
  if (fact.belief < view.belief) return false;
  if (view.from !== null || view.to !== null) {
    if (!fact.days) { if (!view.undated) return false; }
    else if ((view.from !== null && fact.days[1] < view.from) || (view.to !== null && fact.days[0] > view.to)) return false;
  } else if (!view.undated && !fact.days) return false;
  return !needle || textOf(fact).includes(needle);
}

function textOf(fact) {
  fact.folded ??= fold([
    ...named(fact.actors), fact.predicate, fact.theme || "", ...named(fact.recipients), ...evidenceOf(fact).map(sentenceOf),
  ].join(" "));
  return fact.folded;
}

function neighbours(actor) {
  const found = new Set([actor]);
  for (const tie of actor.ties) found.add(tie.source).add(tie.target);
  return found;
}

function toggle(key, value) {
  const off = view.off[key];
  if (!off.delete(value)) off.add(value);
  refresh();
}

function filterCount() {
  return Object.values(view.off).reduce((sum, off) => sum + off.size, 0) + (view.belief > 0) + (view.text.trim() !== "")
    + (view.from !== null || view.to !== null) + !view.undated + (view.hidden.size > 0) + (view.focus !== null);
}

function clearFilters() {
  for (const off of Object.values(view.off)) off.clear();
  Object.assign(view, { belief: 0, text: "", from: null, to: null, undated: true, focus: null });
  view.hidden.clear();
  refresh();
}

// Fewest ties between two actors over what the filters leave; [] where none.
function shortestChain(from, to) {
  const next = new Map();
  for (const tie of shown.everyTie) {
    for (const [a, b] of [[tie.source, tie.target], [tie.target, tie.source]]) {
      if (!next.has(a)) next.set(a, new Map());
      const strongest = next.get(a).get(b);
      if (!strongest || tie.weight > strongest.weight) next.get(a).set(b, tie);
    }
  }
  const came = new Map([[from, null]]);
  for (const actor of came.keys()) {
    if (actor === to) break;
    for (const [other, tie] of next.get(actor) || []) if (!came.has(other)) came.set(other, { actor, tie });
  }
  const steps = [];
  for (let step = came.get(to); step; step = came.get(step.actor)) steps.unshift(step.tie);
  return steps;
}

// The view as the part of the address after "#", and back.
function address() {
  const query = new URLSearchParams();
  for (const [key, off] of Object.entries(view.off)) for (const value of off) query.append(`no-${key}`, value);
  for (const key of ["hidden", "added"]) for (const value of view[key]) query.append(key, value);
  for (const key of ["text", "focus"]) if (view[key]) query.set(key, view[key]);
  if (view.belief) query.set("belief", view.belief);
  for (const key of ["from", "to"]) if (view[key] !== null) query.set(key, isoDay(view[key]));
  if (!view.undated) query.set("undated", "0");
  if (large && view.all) query.set("all", "1");
  if (view.things) query.set("things", "1");
  if (view.selection) query.set(view.selection.kind, view.selection.id);
  if (view.chain) query.append("chain", view.chain.from), query.append("chain", view.chain.to);
  return query.toString();
}

function remember() {
  try { history.replaceState(null, "", `#${address()}`); } catch { /* a sandboxed frame has no address of its own */ }
}

function recall(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of Object.keys(view.off)) view.off[key] = new Set(query.getAll(`no-${key}`));
  for (const key of ["hidden", "added"]) view[key] = new Set(query.getAll(key).filter((id) => actorById.has(id)));
  view.text = query.get("text") || "";
  view.focus = actorById.has(query.get("focus")) ? query.get("focus") : null;
  view.belief = Math.min(Math.max(Number(query.get("belief")) || 0, 0), 1);
  for (const key of ["from", "to"]) {
    const day = Date.parse(query.get(key) || "") / 86400000;
    view[key] = Number.isFinite(day) ? Math.round(day) : null;
  }
  view.undated = query.get("undated") !== "0";
  view.all = !large || query.get("all") === "1";
  view.things = !able.length || query.get("things") === "1";
  const stores = { actor: actorById, tie: tieById, fact: factById };
  view.selection = null;
  for (const [kind, store] of Object.entries(stores)) if (store.has(query.get(kind))) view.selection = { kind, id: query.get(kind) };
  const [from, to] = query.getAll("chain");
  view.chain = actorById.has(from) && actorById.has(to) ? { from, to } : null;
}
