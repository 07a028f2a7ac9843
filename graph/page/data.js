// What the page holds, read from its JSON blocks, and small means to say it in words.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("data-page");
const words = read("data-words");

// Rows as records; the values of coded columns are numbers of texts.
function records({ columns, coded = [], rows }) {
  const isCoded = columns.map((column) => coded.includes(column));
  return rows.map((row, number) => {
    const record = { number };
    for (let i = 0; i < columns.length; i++) record[columns[i]] = isCoded[i] ? page.texts[row[i]] : row[i];
    return record;
  });
}

const articles = records(page.articles);
const facts = records(page.facts);
const actors = read("data-nodes");
const ties = read("data-edges");
const actorById = new Map(actors.map((actor) => [actor.id, actor]));
for (const tie of ties) tie.id = `${tie.from}${tie.mutual ? "~" : ">"}${tie.to}:${tie.sign}:${tie.status}`;
const tieById = new Map(ties.map((tie) => [tie.id, tie]));
const factById = new Map(facts.map((fact) => [fact.id, fact]));

actors.forEach((actor, number) => Object.assign(actor, { number, ties: [], facts: [] }));
for (const tie of ties) {
  tie.source = actorById.get(tie.from);
  tie.target = actorById.get(tie.to);
  tie.source.ties.push(tie);
  tie.target.ties.push(tie);
}
// The parties of a fact are numbers of actors, or names where the picture doesn't have them.
for (const fact of facts) {
  fact.parties = [...fact.actors, ...fact.recipients].filter((party) => typeof party === "number");
  for (const number of fact.parties) if (actors[number].facts.at(-1) !== fact) actors[number].facts.push(fact);
}
const isThing = (actor) => actor.kind === "Thing";

// Statements with their sentences are the bulk of the page: they are read when first asked for, or when there is time.
let held = null;
function evidenceOf(fact) {
  held ??= read("data-evidence");
  held.statements = Array.isArray(held.statements) ? held.statements : records(held.statements);
  return fact.statements.map((number) => held.statements[number]);
}
const sentenceOf = (statement) => held.sentences[statement.sentence];

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
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const named = (parties) => parties.map((party) => (typeof party === "number" ? actors[party].label : party));
const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

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
