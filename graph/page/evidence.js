// The panel beside the picture: the facts behind an actor, a tie or a chain, and the sentences that they were read in.

const MANY = 40; // facts shown at first

function showEvidence() {
  const panel = byId("evidence");
  const { selection } = view;
  const key = JSON.stringify(selection);
  const scrolled = key === showEvidence.last ? panel.scrollTop : 0;
  const draw = { actor: actorPanel, tie: tiePanel, fact: factPanel }[selection?.kind] || overview;
  panel.replaceChildren(...draw(selection?.id));
  if (scrolled || showEvidence.last) panel.scrollTop = scrolled;
  showEvidence.last = key;
}

const heading = (...content) => el("h3", { class: "panel-title" }, ...content);
const button = (text, act, properties = {}) => el("button", { type: "button", ...properties, on: { click: act } }, text);
const actorLink = (actor) => button(name(shorten(actor.label, 60)), () => select("actor", actor.id, true), { class: "link" });
const tieLink = (tie) => button([el("span", { class: `line ${tie.sign} ${tie.status}`, "aria-hidden": "true" }), name(shorten(nameOfTie(tie), 90))],
  () => select("tie", tie.id, true), { class: "link tie" });

function actorPanel(id) {
  const actor = actorById.get(id);
  const kind = capital(words.types[actor.kind]);
  const bloc = actor.bloc >= 0 ? page.blocs[actor.bloc] : null;
  const state = actor.state && actorById.get(actor.state);
  const missing = [...neighbours(actor)].some((other) => !shown.drawn[other.number] && shown.alive[other.number]);
  const all = factsOf(actor);
  return [
    heading(name(actor.label)),
    el("p", { class: "muted" }, [kind, bloc].filter(Boolean).join(" · "), state ? [" · acts for ", actorLink(state)] : ""),
    actor.aliases.length ? el("p", { class: "muted small" }, "Also: ", name(actor.aliases.slice(0, 10).join(", "))) : null,
    partners(actor, "cooperation", "Cooperation with"),
    partners(actor, "conflict", "Conflict with"),
    el("div", { class: "actions" },
      missing && button("Show neighbours", () => addNeighbours(actor)),
      button(view.focus === id ? "Leave focus" : "Focus on neighbours", () => { view.focus = view.focus === id ? null : id; refresh(); fit(); }, { "aria-pressed": String(view.focus === id) }),
      button("Hide", () => { view.hidden.add(id); select(null); refresh(); }),
      button("Chain from here", () => openChain(id))),
    measureList(actor),
    ...factCards(inOrder(all), all.length),
  ].filter(Boolean);
}

// With whom an actor is on good or bad terms, by how many facts say so.
function partners(actor, sign, title) {
  const counts = new Map();
  for (const tie of tiesOf(actor)) {
    const other = tie.source === actor ? tie.target : tie.source;
    const count = tie.sign === sign && tie.status !== "denied" && !isThing(other) ? shown.counts[tie.number] : 0;
    if (count) counts.set(other, (counts.get(other) || 0) + count);
  }
  if (!counts.size) return null;
  return el("p", { class: "partners small" }, el("span", { class: `line ${sign}`, "aria-hidden": "true" }), `${title} `,
    greatest([...counts], 6, ([, count]) => count).flatMap(([other, count], i) => [i ? ", " : "", actorLink(other), ` ${count}`]), counts.size > 6 ? ` and ${counts.size - 6} more` : "");
}

function measureList(actor) {
  const entries = Object.entries(actor.measures).filter(([, value]) => value !== null);
  if (!entries.length) return null;
  const first = entries.slice(0, 2).map(([key, value]) => `${spaced(key)} ${formatted(value)}`);
  return el("details", { class: "small" }, el("summary", {}, `Measures: ${first.join(", ")}`),
    el("dl", { class: "measures" }, entries.map(([key, value]) => el("div", {}, el("dt", {}, capital(spaced(key))), el("dd", {}, formatted(value))))));
}

function formatted(value) {
  if (Array.isArray(value)) return value.map(formatted).join("–");
  return typeof value === "number" ? measured(value) : String(value);
}

// The facts of a tie, then those of the other ties between the same two: whoever asks about one line wants to know all that is between them.
function tiePanel(id) {
  const tie = tieById.get(id);
  const list = inOrder(tie.facts.map((number) => facts[number]));
  const others = tiesOf(tie.source).filter((other) => other !== tie && shown.counts[other.number] && (other.source === tie.target || other.target === tie.target));
  return [
    heading(actorLink(tie.source), ` ${arrowOf(tie)} `, actorLink(tie.target)),
    el("p", { class: "why" }, el("span", { class: `line ${tie.sign} ${tie.status}`, "aria-hidden": "true" }), name(whyOf(tie))),
    ...factCards(list, tie.facts.length),
    others.length ? el("h4", { class: "between" }, "Also between them") : null,
    ...others.slice(0, 8).flatMap((other) => [
      el("p", {}, tieLink(other), el("span", { class: "muted" }, ` ${wordsOfTie(other)}`)),
      el("div", { class: "cards" }, inOrder(other.facts.map((number) => facts[number])).slice(0, 5).map((fact) => factCard(fact))),
    ]),
  ].filter(Boolean);
}

// Why a tie is there, in one sentence: "Cooperation, asserted: supplies, visits. 3 facts in 2 articles, the last of June 2024."
function whyOf(tie) {
  const list = tie.facts.map((number) => facts[number]).filter((fact) => shown.passes[fact.number]);
  const said = [...new Set(greatest(list, 12, (fact) => fact.belief).map((fact) => `${denial(fact)}${fact.relation ? spaced(fact.relation) : fact.predicate}`))];
  const read = new Set(list.flatMap((fact) => fact.articles)).size;
  const [last] = greatest(list.filter((fact) => fact.days), 1, (fact) => fact.days[1]);
  return `${capital(wordsOfTie(tie))}: ${said.slice(0, 3).map((word) => shorten(word, 40)).join(", ")}${said.length > 3 ? " …" : "."} `
    + `${plural(list.length, "fact")} in ${plural(read, "article")}${last ? `, ${list.length > 1 ? "the last " : ""}${dateOf(last)}` : ""}.`;
}

function factPanel(id) {
  const fact = factById.get(id);
  const own = [...new Set(parties[fact.number].flatMap((number) => tiesOf(actors[number])))].filter((tie) => tie.facts.includes(fact.number));
  return [
    heading("One fact"),
    factCard(fact, "h4"),
    own.length ? el("h4", {}, "Part of") : null,
    own.length ? el("ul", { class: "plain" }, own.slice(0, 12).map((tie) => el("li", {}, tieLink(tie)))) : null,
  ].filter(Boolean);
}

const inOrder = (list) => list.filter((fact) => shown.passes[fact.number]).sort((a, b) => b.sources - a.sources || Boolean(b.type) - Boolean(a.type) || b.belief - a.belief || a.number - b.number);

function factCards(list, total) {
  const box = el("div", { class: "cards" }, list.slice(0, MANY).map((fact) => factCard(fact)));
  const count = list.length === total ? plural(total, "fact") : `${list.length} of ${plural(total, "fact")} within the filters`;
  const more = list.length > MANY && button(`Show the other ${list.length - MANY}`, ({ currentTarget }) => {
    box.append(...list.slice(MANY).map((fact) => factCard(fact)));
    currentTarget.remove();
  });
  return [el("h4", { class: "count" }, count), box, more || null];
}

// The heading of a card is one level below what it stands under.
function factCard(fact, level = "h5") {
  return el("article", { class: `card ${fact.sign}`, data: { fact: fact.id } },
    el(level, { class: "headline" }, ...headline(fact)),
    el("p", { class: "badges" },
      fact.type ? el("span", { class: `badge ${fact.sign}`, title: fact.quad || "" }, [typeWord(fact.type), fact.mode && spaced(fact.mode)].filter(Boolean).join(": ")) : null,
      ...fact.contexts.map((context) => el("span", { class: "badge" }, spaced(context))),
      el("span", { class: "badge" }, dateOf(fact)),
      fact.score ? el("span", { class: "badge", title: "PLOVER score, −10 (conflict) to +10 (cooperation)" }, `score ${fact.score > 0 ? "+" : "−"}${Math.abs(fact.score)}`) : null),
    el("p", { class: "standing" }, standing(fact)),
    el("p", { class: "belief" }, el("span", {}, `Belief ${fact.belief.toFixed(2)}`),
      el("meter", { min: 0, max: 1, value: fact.belief, "aria-label": "Belief" })),
    disputes(fact),
    evidenceLate() ? el("p", { class: "muted" }, "Reading the sentences …") : evidenceOf(fact).map(quotation),
    hasAddress ? el("p", { class: "copy" }, button("Copy link to this fact", () => copy(linkTo(`fact=${encodeURIComponent(fact.id)}`), "Link copied."), { class: "link small" })) : null);
}

function headline(fact) {
  const who = listed(named(fact.actors)) || "Someone";
  const whom = listed(named(fact.recipients));
  return [
    name(shorten(who, 120)), " ", denial(fact) ? el("strong", {}, denial(fact)) : "", el("span", { class: "verb" }, name(shorten(fact.predicate, 120))),
    fact.theme ? [" ", name(shorten(fact.theme, 120))] : "", whom ? [" → ", name(shorten(whom, 160))] : "",
  ].flat();
}

// "Said by the US, not by the articles themselves. Planned, promised or hoped for by one source."
function standing(fact) {
  const sources = fact.sources > 1 ? `by ${fact.sources} independent sources` : "by one source";
  const modality = words.modality_sentences[fact.modality] || capital(fact.modality);
  const said = fact.attribution ? `Said by ${fact.attribution}, not by the articles themselves. ` : "";
  if (fact.polarity !== "negative") return `${said}${modality} ${sources}.`;
  return fact.modality === "asserted" ? `${said}Denied ${sources}: it is said not to be so.` : `${said}${modality} ${sources}, that it is not so.`;
}

function disputes(fact) {
  if (!fact.disputed.length) return null;
  const entries = fact.disputed.map((entry) => {
    const other = factById.get(entry);
    return el("li", {}, other ? button(headline(other), () => select("fact", other.id, true), { class: "link" }) : name(entry));
  });
  return el("div", { class: "disputed" }, el("p", {}, "Disputed by:"), el("ul", { class: "plain" }, entries));
}

function quotation(statement) {
  const article = articles[statement.article];
  const source = article ? [article.source, readableDate(article.published)].filter(Boolean).join(", ") : "";
  const title = article ? article.title || article.id : "";
  return el("figure", {},
    el("blockquote", { dir: "auto" }, marked(statement.text, statement.marks)),
    el("figcaption", {},
      article?.url ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, name(title)) : name(title),
      source ? [" · ", name(source)] : "", " ",
      button("Copy citation", () => copy(citation(statement), "Citation copied."), { class: "link small copy" })));
}

function marked(text, marks) {
  const parts = [];
  let at = 0;
  for (let i = 0; i < marks.length; i += 3) {
    const [start, end, role] = [marks[i], marks[i + 1], page.texts[marks[i + 2]]];
    parts.push(text.slice(at, start), el("mark", { class: role === "predicate" ? "said" : null, title: role }, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

function citation(statement) {
  const article = articles[statement.article] || {};
  const parts = [article.title, article.source, readableDate(article.published), article.url].filter(Boolean).join(", ");
  return `“${statement.text}” ${parts} (characters ${statement.start}–${statement.end}, ${statement.id}).`;
}
