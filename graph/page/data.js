// What the page holds, read from its JSON blocks, and small means to say it in words.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("data-page");
const words = read("data-words");

// Rows as records: a column is a property, looked up in its row when asked; the values of coded columns are numbers of texts.
function records({ columns, coded = [], rows }) {
  class Entry {
    constructor(row, number) { this.row = row; this.number = number; }
  }
  columns.forEach((column, at) => Object.defineProperty(Entry.prototype, column, {
    get: coded.includes(column) ? function value() { return page.texts[this.row[at]]; } : function value() { return this.row[at]; },
  }));
  return rows.map((row, number) => new Entry(row, number));
}

class Tie {
  constructor({ from, to, sign, status, mutual, weight, facts }, number) {
    this.from = from; this.to = to; this.sign = sign; this.status = status; this.mutual = mutual; this.weight = weight; this.facts = facts;
    this.number = number; this.key = null; this.source = actorById.get(from); this.target = actorById.get(to);
  }

  get id() { return (this.key ??= `${this.from}${this.mutual ? "~" : ">"}${this.to}:${this.sign}:${this.status}`); }
}

// Entries by id, gathered when first asked for.
function byIdOf(list) {
  let found = null;
  const map = () => (found ??= new Map(list.map((entry) => [entry.id, entry])));
  return { get: (id) => map().get(id), has: (id) => map().has(id) };
}

const articles = records(page.articles);
const facts = records(page.facts);
const actors = read("data-nodes");
actors.forEach((actor, number) => { actor.number = number; });
const actorById = byIdOf(actors);
const ties = read("data-edges").map((edge, number) => new Tie(edge, number));
const tieById = byIdOf(ties);
const factById = byIdOf(facts);
const isThing = (actor) => actor.kind === "Thing";

// The parties of a fact are numbers of actors, or names where the picture doesn't have them; here the numbers, once each.
function partiesOf(fact) {
  const found = [];
  for (const list of [fact.actors, fact.recipients]) {
    for (const party of list) if (typeof party === "number" && !found.includes(party)) found.push(party);
  }
  return found;
}

// The lists that hang on an actor, made for all of them at once when one is asked for.
function hangers(entries, ownersOf) {
  let lists = null;
  return (actor) => {
    if (!lists) {
      lists = actors.map(() => []);
      for (const entry of entries) for (const number of ownersOf(entry)) lists[number].push(entry);
    }
    return lists[actor.number];
  };
}
const tiesOf = hangers(ties, (tie) => [tie.source.number, tie.target.number]);
const factsOf = hangers(facts, partiesOf);

// Statements with their sentences are the bulk of the page: they lie in blocks at its end, each read when first asked for.
const blocks = new Map();
const evidenceLate = () => document.readyState === "loading"; // the end of the page isn't there yet, or only half of a block
const whenRead = (act) => (evidenceLate() ? addEventListener("DOMContentLoaded", act, { once: true }) : act());
function statementOf(number) {
  if (evidenceLate()) return null;
  const at = Math.floor(number / page.block);
  if (!blocks.has(at)) {
    const { statements, sentences } = read(`data-evidence-${at}`);
    const list = records(statements);
    for (const statement of list) statement.text = sentences[statement.sentence];
    blocks.set(at, list);
  }
  return blocks.get(at)[number % page.block];
}
const evidenceOf = (fact) => fact.statements.map(statementOf).filter(Boolean);

const sourceOf = (article) => article.source || article.title || article.id;

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function readableDate(time) {
  if (!time) return "";
  return time
    .split("/")
    .map((part) => {
      const week = /^(\d{4})-W(\d\d)/.exec(part);
      if (week) return `week ${Number(week[2])} of ${week[1]}`;
      const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(part) || [];
      if (!year) return part;
      return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
    })
    .join(" to ");
}

const isoDay = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const dateOf = (fact) => (fact.time ? readableDate(fact.time) : fact.reported ? `reported ${readableDate(fact.reported)}` : "no date");
const shorten = (text, length = 40) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
const plural = (count, noun) => `${counted(count)} ${noun}${count === 1 ? "" : "s"}`;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const named = (parties) => parties.map((party) => (typeof party === "number" ? actors[party].label : party));
const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
// "12,345", and three digits that count; Intl takes longer to start than all of the page's own numbers to write.
const counted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const measured = (number) => (Math.abs(number) >= 1000 ? counted(Math.round(number)) : String(Number(number.toPrecision(3))));
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// The greatest few of a list by a score, without sorting all of it.
function greatest(list, count, score) {
  const best = [];
  for (const entry of list) {
    const value = score(entry);
    if (best.length === count && value <= best.at(-1)[0]) continue;
    let at = best.length;
    while (at && best[at - 1][0] < value) at--;
    best.splice(at, 0, [value, entry]);
    if (best.length > count) best.pop();
  }
  return best.map(([, entry]) => entry);
}

// "not: " before the words of a denied fact that don't say it themselves.
const denial = (fact) => (fact.polarity === "negative" && !/\b(not|no|never|nor|neither|without)\b|n['’]t\b/i.test(fact.predicate) ? "not: " : "");

// "suppliesTo" → "supplies to"
const spaced = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/_/g, " ").toLowerCase();
const typeOf = (fact) => fact.type || "none";
const typeWord = (type) => words.events[type] || (type === "none" ? "No event type" : capital(spaced(type)));
const arrowOf = (tie) => (tie.mutual ? "↔" : "→");
const nameOfTie = (tie) => `${tie.source.label} ${arrowOf(tie)} ${tie.target.label}`;
const strength = (tie) => tie.weight * { asserted: 1, hedged: 0.5, denied: 0.25 }[tie.status];
const wordsOfTie = (tie) => `${words.signs[tie.sign]}, ${words.statuses[tie.status]}`;

// An element from properties and children; strings become text, never markup.
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const name = (text, properties = {}) => el("bdi", properties, text);
const byId = (id) => document.getElementById(id);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const say = (text) => { byId("status").textContent = text; };
