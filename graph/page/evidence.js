// The panel beside the picture: the facts behind an actor, a tie or a chain, and the sentences that they were read in.

const MANY = 40; // facts shown at first

function showEvidence() {
  const panel = byId("evidence");
  const { selection } = view;
  const draw = { actor: actorPanel, tie: tiePanel, fact: factPanel }[selection?.kind] || overview;
  panel.replaceChildren(...draw(selection?.id));
  if (selection) panel.scrollTop = 0;
}

const heading = (...content) => el("h3", { class: "panel-title" }, ...content);
const button = (text, act, properties = {}) => el("button", { type: "button", ...properties, on: { click: act } }, text);
const actorLink = (actor) => button(name(shorten(actor.label, 60)), () => select("actor", actor.id, true), { class: "link" });
const tieLink = (tie) => button([el("span", { class: `line ${tie.sign} ${tie.status}`, "aria-hidden": "true" }), name(shorten(nameOfTie(tie), 90))],
  () => select("tie", tie.id, true), { class: "link tie" });

function overview() {
  const strongest = shown.everyTie.filter((tie) => !isThing(tie.source) && !isThing(tie.target)).sort((a, b) => strength(b) - strength(a)).slice(0, 8);
  const greatest = shown.actors.filter((actor) => !isThing(actor)).sort((a, b) => b.size - a.size).slice(0, 8);
  return [
    heading("At a glance"),
    el("p", { class: "muted" }, "Choose an actor or a tie in the graph or the tables to read the sentences behind it."),
    el("h4", {}, "Strongest ties"),
    el("ul", { class: "plain" }, strongest.map((tie) => el("li", {}, tieLink(tie), el("span", { class: "muted" }, ` ${plural(shown.counts.get(tie.id), "fact")}, ${wordsOfTie(tie)}`)))),
    el("h4", {}, "Greatest actors"),
    el("ul", { class: "plain row" }, greatest.map((actor) => el("li", {}, actorLink(actor)))),
  ];
}

function actorPanel(id) {
  const actor = actorById.get(id);
  const kind = capital(words.types[actor.kind]);
  const bloc = actor.bloc >= 0 ? page.blocs[actor.bloc] : null;
  const state = actor.state && actorById.get(actor.state);
  const missing = [...neighbours(actor)].some((other) => !shown.actors.includes(other) && shown.alive.has(other.number));
  const list = inOrder(actor.facts);
  return [
    heading(name(actor.label)),
    el("p", { class: "muted" }, [kind, bloc].filter(Boolean).join(" · "), state ? [" · acts for ", actorLink(state)] : ""),
    actor.aliases.length ? el("p", { class: "muted small" }, "Also: ", name(actor.aliases.slice(0, 10).join(", "))) : null,
    measureList(actor),
    el("div", { class: "actions" },
      missing && button("Show neighbours", () => addNeighbours(actor)),
      button(view.focus === id ? "Leave focus" : "Focus on neighbours", () => { view.focus = view.focus === id ? null : id; refresh(); fit(); }, { "aria-pressed": String(view.focus === id) }),
      button("Hide", () => { view.hidden.add(id); select(null); refresh(); }),
      button("Chain from here", () => openChain(id))),
    ...factCards(list, actor.facts.length),
  ].filter(Boolean);
}

function measureList(actor) {
  const entries = Object.entries(actor.measures).filter(([, value]) => value !== null);
  if (!entries.length) return null;
  return el("dl", { class: "measures" }, entries.map(([key, value]) => el("div", {}, el("dt", {}, capital(spaced(key))), el("dd", {}, formatted(value)))));
}

function formatted(value) {
  if (Array.isArray(value)) return value.map(formatted).join("–");
  return typeof value === "number" ? value.toLocaleString("en", { maximumSignificantDigits: 3 }) : String(value);
}

function tiePanel(id) {
  const tie = tieById.get(id);
  const list = inOrder(tie.facts.map((number) => facts[number]));
  const others = shown.everyTie.filter((other) => other !== tie
    && ((other.from === tie.from && other.to === tie.to) || (other.from === tie.to && other.to === tie.from)));
  return [
    heading(actorLink(tie.source), ` ${arrowOf(tie)} `, actorLink(tie.target)),
    el("p", { class: "muted" }, el("span", { class: `line ${tie.sign} ${tie.status}`, "aria-hidden": "true" }), capital(wordsOfTie(tie))),
    ...factCards(list, tie.facts.length),
    others.length ? el("h4", {}, "Also between them") : null,
    others.length ? el("ul", { class: "plain" }, others.map((other) => el("li", {}, tieLink(other), el("span", { class: "muted" }, ` ${wordsOfTie(other)}`)))) : null,
  ].filter(Boolean);
}

function factPanel(id) {
  const fact = factById.get(id);
  const own = [...new Set(fact.parties.flatMap((n) => actors[n].ties))].filter((tie) => tie.facts.includes(fact.number));
  return [
    heading("One fact"),
    factCard(fact),
    own.length ? el("h4", {}, "Part of") : null,
    own.length ? el("ul", { class: "plain" }, own.slice(0, 12).map((tie) => el("li", {}, tieLink(tie)))) : null,
  ].filter(Boolean);
}

const inOrder = (list) => {
  const passing = new Set(shown.facts);
  return list.filter((fact) => passing.has(fact)).sort((a, b) => b.sources - a.sources || b.belief - a.belief || a.number - b.number);
};

function factCards(list, total) {
  const box = el("div", { class: "cards" }, list.slice(0, MANY).map(factCard));
  const count = list.length === total ? plural(total, "fact") : `${list.length} of ${plural(total, "fact")} within the filters`;
  const more = list.length > MANY && button(`Show the other ${list.length - MANY}`, ({ currentTarget }) => {
    box.append(...list.slice(MANY).map(factCard));
    currentTarget.remove();
  });
  return [el("h4", { class: "count" }, count), box, more || null];
}

function factCard(fact) {
  return el("article", { class: `card ${fact.sign}`, data: { fact: fact.id } },
    el("h5", {}, ...headline(fact)),
    el("p", { class: "badges" },
      fact.type ? el("span", { class: `badge ${fact.sign}`, title: fact.quad || "" }, [typeWord(fact.type), fact.mode && spaced(fact.mode)].filter(Boolean).join(": ")) : null,
      ...fact.contexts.map((context) => el("span", { class: "badge" }, spaced(context))),
      el("span", { class: "badge" }, dateOf(fact)),
      fact.score ? el("span", { class: "badge", title: "PLOVER score, −10 (conflict) to +10 (cooperation)" }, `score ${fact.score > 0 ? "+" : "−"}${Math.abs(fact.score)}`) : null),
    el("p", { class: "standing" }, standing(fact)),
    el("p", { class: "belief" }, el("span", {}, `Belief ${fact.belief.toFixed(2)}`),
      el("meter", { min: 0, max: 1, value: fact.belief, "aria-label": "Belief" })),
    disputes(fact),
    evidenceOf(fact).map(quotation));
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
    el("blockquote", { dir: "auto" }, marked(sentenceOf(statement), statement.marks)),
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
  return `“${sentenceOf(statement)}” ${parts} (characters ${statement.start}–${statement.end}, ${statement.id}).`;
}

// Chains: who links one actor to another.
function openChain(from = view.chain?.from, to = view.chain?.to) {
  showTab("tab-chain");
  drawChain(from, to);
  byId("chain").querySelector(from && !to ? "#chain-to-input" : "#chain-from-input").focus();
}

function drawChain(from, to) {
  const ends = { from: actorById.get(from), to: actorById.get(to) };
  const set = (key) => (actor) => {
    ends[key] = actor;
    if (ends.from && ends.to) { view.selection = null; view.chain = { from: ends.from.id, to: ends.to.id }; refresh(); }
  };
  const result = el("div", { class: "steps" });
  byId("chain").replaceChildren(
    heading("Shortest chain"),
    el("p", { class: "muted" }, "How two actors are linked, over the ties that the filters leave."),
    combo({ id: "chain-from", label: "From", value: ends.from?.label, chosen: set("from") }),
    combo({ id: "chain-to", label: "To", value: ends.to?.label, chosen: set("to") }), result);
  if (!view.chain || !ends.from || !ends.to) return;
  const steps = shortestChain(ends.from, ends.to);
  const count = ends.from === ends.to ? "That is the same actor." : steps.length ? `${plural(steps.length, "step")}:` : "No chain within the filters.";
  result.append(el("p", { role: "status" }, count), el("ol", { class: "plain" }, steps.map((tie) => el("li", {}, tieLink(tie)))),
    button("Clear", () => { view.chain = null; drawChain(); refresh(); }));
}
