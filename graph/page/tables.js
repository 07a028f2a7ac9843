// The tables under the picture, in step with it: actors, ties and facts, sortable, a page at a time.

const PAGE = 50;

const LISTS = {
  actors: {
    caption: "Actors", sort: ["Size", -1], rows: () => able.filter((actor) => shown.alive[actor.number]),
    select: (actor) => select("actor", actor.id, true),
    columns: [
      { title: "Actor", of: (actor) => actor.label, main: true },
      { title: "Code", of: (actor) => actor.sign },
      { title: "Kind", of: (actor) => capital(words.types[actor.kind]) },
      { title: "Bloc", of: (actor) => (actor.bloc >= 0 ? page.blocs[actor.bloc] : "") },
      { title: "Facts", of: (actor) => factsOf(actor).length, number: true },
      { title: "Cooperation", of: (actor) => countTies(actor, "cooperation"), number: true },
      { title: "Conflict", of: (actor) => countTies(actor, "conflict"), number: true },
      ...[...new Set(actors.flatMap((actor) => Object.keys(actor.measures)))].map((key) => (
        { title: capital(spaced(key)), of: (actor) => actor.measures[key] ?? null, number: true })),
      { title: "Size", of: (actor) => actor.size, number: true, silent: true },
    ],
  },
  ties: {
    caption: "Ties", sort: ["Weight", -1], rows: () => shown.everyTie,
    select: (tie) => select("tie", tie.id, true),
    columns: [
      { title: "Tie", of: nameOfTie, main: true },
      { title: "Kind", of: (tie) => capital(words.signs[tie.sign]) },
      { title: "Standing", of: (tie) => capital(words.statuses[tie.status]) },
      { title: "Facts", of: (tie) => shown.counts[tie.number], number: true },
      { title: "Belief", of: (tie) => tie.weight, number: true, hint: "Belief summed over its facts" },
      { title: "Weight", of: (tie) => tie.weight - (isThing(tie.source) || isThing(tie.target) ? 1e6 : 0), number: true, silent: true },
    ],
  },
  facts: {
    caption: "Facts", sort: ["Weight", -1], rows: () => shown.facts,
    select: (fact) => select("fact", fact.id, true),
    columns: [
      { title: "Who does what", of: (fact) => `${listed(named(fact.actors)) || "Someone"} ${denial(fact)}${fact.predicate}`, main: true },
      { title: "What", of: (fact) => fact.theme || "" },
      { title: "To whom", of: (fact) => listed(named(fact.recipients)) },
      { title: "Event", of: (fact) => (fact.type ? typeWord(fact.type) : "") },
      { title: "Date", of: (fact) => (fact.days ? fact.days[0] : null), show: dateOf },
      { title: "Standing", of: (fact) => capital(words.statuses[fact.status]) },
      { title: "Belief", of: (fact) => fact.belief, number: true },
      { title: "Sources", of: (fact) => fact.sources, number: true },
      { title: "Weight", of: (fact) => parties[fact.number].filter((number) => !isThing(actors[number])).length + (fact.type ? 1 : 0) + fact.belief, number: true, silent: true },
    ],
  },
};
const lists = Object.fromEntries(Object.entries(LISTS).map(([key, list]) => [key, { key, ...list, sort: [...list.sort], at: 0, stale: true }]));

function countTies(actor, sign) {
  return tiesOf(actor).reduce((sum, tie) => sum + (tie.sign === sign ? shown.counts[tie.number] : 0), 0);
}

// How many rows there are is said at once; the rows themselves are drawn when the table is in sight, or there is time.
function drawTables() {
  for (const list of Object.values(lists)) {
    Object.assign(list, { stale: true, at: 0, order: null });
    byId(`tab-${list.key}`).textContent = `${list.caption} (${counted(list.rows().length)})`;
  }
  if (tablesInSight || (graph.whole && facts.length <= FEW)) drawOpenTable();
  else whenIdle(drawOpenTable);
}
const FEW = 400;
let tablesInSight = false;

function watchTables() {
  const seen = new Map();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting);
    tablesInSight = [...seen.values()].some(Boolean);
    if (tablesInSight) drawOpenTable();
  });
  for (const list of Object.values(lists)) observer.observe(byId(`list-${list.key}`));
}

function drawOpenTable() {
  for (const list of Object.values(lists)) {
    const panel = byId(`list-${list.key}`);
    if (panel.hidden || !list.stale) continue;
    drawTable(list, panel);
    list.stale = false;
  }
}

function drawTable(list, panel) {
  list.order ??= sorted(list);
  const rows = list.order.slice(list.at, list.at + PAGE);
  const visible = list.columns.filter((column) => !column.silent);
  const table = el("table", {},
    el("caption", { class: "hidden" }, visible.some(({ title }) => title === list.sort[0]) ? `${list.caption}, sorted by ${list.sort[0].toLowerCase()}` : list.caption),
    el("thead", {}, el("tr", {}, visible.map((column) => head(list, panel, column)))),
    el("tbody", {}, rows.map((row) => el("tr", { data: { id: row.id }, class: view.selection?.id === row.id ? "chosen" : null },
      visible.map((column) => cell(list, row, column))))));
  panel.replaceChildren(
    el("div", { class: "scroll" }, table),
    el("p", { class: "pager" },
      button("Previous", () => turn(list, panel, -PAGE), { disabled: list.at === 0 }),
      el("span", {}, list.order.length ? `${counted(list.at + 1)}–${counted(list.at + rows.length)} of ${counted(list.order.length)}` : "None within the filters"),
      button("Next", () => turn(list, panel, PAGE), { disabled: list.at + PAGE >= list.order.length })));
}

function head(list, panel, column) {
  const [by, way] = list.sort;
  const current = by === column.title;
  return el("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": current ? (way > 0 ? "ascending" : "descending") : "none" },
    button([column.title, el("span", { "aria-hidden": "true" }, current ? (way > 0 ? " ▲" : " ▼") : "")], () => {
      list.sort = [column.title, current ? -way : column.number ? -1 : 1];
      Object.assign(list, { order: null, at: 0 });
      drawTable(list, panel);
      [...panel.querySelectorAll("th button")].find((item) => item.textContent.startsWith(column.title))?.focus();
    }, { class: "sort", title: column.hint || null }));
}

function cell(list, row, column) {
  const value = column.show ? column.show(row) : column.of(row);
  const text = column.number ? (value === null ? "" : formatted(value)) : value;
  if (column.main) return el("th", { scope: "row" }, button(name(shorten(text, 120)), () => list.select(row), { class: "link" }));
  return el("td", { class: column.number ? "number" : null }, name(shorten(String(text), 200)));
}

function sorted(list) {
  const [title, way] = list.sort;
  const { of } = list.columns.find((column) => column.title === title);
  const keyed = list.rows().map((row, place) => [of(row), place, row]);
  keyed.sort(([a, i], [b, j]) => {
    if (a === null || b === null) return a === b ? i - j : a === null ? 1 : -1;
    const order = typeof a === "number" && typeof b === "number" ? a - b : inAlphabet(String(a), String(b));
    return way * order || i - j;
  });
  return keyed.map(([, , row]) => row);
}
let collator = null; // slow to make
const inAlphabet = (a, b) => (collator ??= new Intl.Collator("en", { numeric: true })).compare(a, b);

function turn(list, panel, by) {
  list.at = Math.max(list.at + by, 0);
  drawTable(list, panel);
  panel.querySelectorAll(".pager button")[by > 0 ? 1 : 0].focus();
}

function markRow() {
  for (const row of document.querySelectorAll(".lists tr[data-id]")) row.classList.toggle("chosen", row.dataset.id === view.selection?.id);
}
