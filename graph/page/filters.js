// What is shown: the choices of the reader, the facts, ties and actors that they leave.

const DIMENSIONS = {
  sign: { title: "Kind of tie", of: (fact) => [fact.sign], word: (value) => capital(words.signs[value]) },
  status: { title: "Standing", of: (fact) => [fact.status], word: (value) => capital(words.statuses[value]) },
  modality: { title: "Modality", of: (fact) => [fact.modality], word: (value) => capital(words.modalities[value] || value) },
  type: { title: "Event", of: (fact) => [typeOf(fact)], word: typeWord },
  source: { title: "Source", of: (fact) => fact.articles.map((number) => sourceOf(articles[number])), word: (value) => value },
};
const able = actors.filter((actor) => !isThing(actor));
const large = able.length > page.large;
const core = new Set([...able].sort((a, b) => b.size - a.size || a.number - b.number).slice(0, large ? page.core : able.length));
const anyTies = ties.some((tie) => !isThing(tie.source) && !isThing(tie.target));

const view = {
  off: Object.fromEntries([...Object.keys(DIMENSIONS), "bloc", "kind"].map((key) => [key, new Set()])),
  belief: 0, text: "", from: null, to: null, undated: true,
  hidden: new Set(), // actors that the reader hid
  added: new Set(), // actors beyond the first picture that the reader asked for
  all: !large,
  things: !able.length, // whether things (oil, a treaty) are drawn beside actors
  lone: !anyTies, // whether actors without a tie to another are drawn
  focus: null, // an actor whose neighbours alone are shown
  selection: null, // {kind: "actor" | "tie" | "fact", id}
  chain: null, // {from, to}
};
// By number: facts that pass, actors that they name, actors with a tie, actors and ties drawn, and how many facts of a tie pass.
const shown = {
  facts: [], actors: [], ties: [], everyTie: [],
  passes: new Uint8Array(facts.length), alive: new Uint8Array(actors.length), linked: new Uint8Array(actors.length),
  drawn: new Uint8Array(actors.length), tied: new Uint8Array(ties.length), counts: new Int32Array(ties.length),
};
const parties = facts.map(partiesOf);
const listeners = [];

// Recomputes what is shown and tells every part of the page.
function refresh() {
  const focus = view.focus && neighbours(actorById.get(view.focus));
  const allowed = actors.map((actor) =>
    !view.hidden.has(actor.id) && !view.off.bloc.has(blocKey(actor)) && !view.off.kind.has(actor.kind) && (!focus || focus.has(actor)));
  passFacts(allowed, focus);
  passTies();
  const open = (actor) => shown.alive[actor.number] && (view.added.has(actor.id)
    || (isThing(actor) ? view.things : (view.all || core.has(actor)) && (view.lone || shown.linked[actor.number])));
  shown.actors = actors.filter(open);
  shown.drawn.fill(0);
  for (const actor of shown.actors) shown.drawn[actor.number] = 1;
  shown.ties = strongest(shown.everyTie.filter((tie) => shown.drawn[tie.source.number] && shown.drawn[tie.target.number]));
  shown.tied.fill(0);
  for (const tie of shown.ties) shown.tied[tie.number] = 1;
  for (const listener of listeners) listener();
  remember();
}

function passFacts(allowed, focus) {
  const { passes, alive } = shown;
  const fits = fitting();
  const everyone = allowed.every(Boolean);
  alive.fill(0);
  shown.facts = facts.filter((fact, number) => {
    const own = parties[number];
    const pass = fits(fact) && (everyone || own.every((party) => allowed[party])) && (!focus || own.length > 0);
    passes[number] = pass ? 1 : 0;
    if (pass) for (const party of own) alive[party] = 1;
    return pass;
  });
}

function passTies() {
  const { passes, alive, linked, counts } = shown;
  linked.fill(0);
  shown.everyTie = ties.filter((tie) => {
    let count = 0;
    for (const number of tie.facts) count += passes[number];
    counts[tie.number] = count;
    if (!count) return false;
    const [a, b] = [tie.source, tie.target];
    const things = isThing(a) || isThing(b);
    if (things) alive[a.number] = alive[b.number] = 1;
    if (!things || view.things) linked[a.number] = linked[b.number] = 1;
    return true;
  });
}

// More ties than this would only be a blur, and slow: the strongest are drawn, and those of what is selected.
const MOST_TIES = 4000;

function strongest(list) {
  if (list.length <= MOST_TIES) return list;
  const own = (tie) => (view.selection?.id === tie.id || view.selection?.id === tie.from || view.selection?.id === tie.to ? 1e9 : 0);
  return [...list].sort((a, b) => strength(b) + own(b) - strength(a) - own(a)).slice(0, MOST_TIES);
}

// A test of facts by the reader's choices, those of time left out where they don't count.
function fitting(timed = true) {
  const { belief, undated, from, to } = view;
  const needle = fold(view.text.trim());
  const tests = Object.entries(DIMENSIONS).filter(([key]) => view.off[key].size).map(([key, { of }]) => {
    const off = view.off[key];
    return (fact) => of(fact).some((value) => !off.has(value));
  });
  if (belief > 0) tests.push((fact) => fact.belief >= belief);
  if (!undated) tests.push((fact) => fact.days !== null);
  if (timed && from !== null) tests.push((fact) => !fact.days || fact.days[1] >= from);
  if (timed && to !== null) tests.push((fact) => !fact.days || fact.days[0] <= to);
  if (needle) tests.push((fact) => textOf(fact).includes(needle));
  return (fact) => tests.every((test) => test(fact));
}

function textOf(fact) {
  if (fact.folded) return fact.folded;
  const evidence = evidenceOf(fact);
  const text = fold([...named(fact.actors), fact.predicate, fact.theme || "", ...named(fact.recipients), ...evidence.map((statement) => statement.text)].join(" "));
  if (evidence.length === fact.statements.length) fact.folded = text;
  return text;
}

function neighbours(actor) {
  const found = new Set([actor]);
  for (const tie of tiesOf(actor)) found.add(tie.source).add(tie.target);
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

// Fewest ties between two actors over what the filters leave, by way of things ("a deal") only where there is no other; [] where none.
function shortestChain(from, to) {
  const steps = chainOf(from, to, false);
  return steps.length ? steps : chainOf(from, to, true);
}

function chainOf(from, to, things) {
  const next = new Map();
  for (const tie of shown.everyTie) {
    if (!things && (isThing(tie.source) || isThing(tie.target))) continue;
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
