// What the panel shows when nothing is chosen: how friendly the facts are, the strongest ties, the greatest actors, what is disputed.

const SIGNED = { cooperation: 1, conflict: 1, relation: 0.25 }; // ties that say who is for or against whom come first

function overview() {
  const between = shown.everyTie.filter((tie) => !isThing(tie.source) && !isThing(tie.target));
  const strongest = greatest(between, 7, (tie) => strength(tie) * SIGNED[tie.sign]);
  const first = greatest(able.filter((actor) => shown.alive[actor.number]), 8, (actor) => actor.size);
  const disputed = shown.facts.filter((fact) => fact.disputed.length);
  return [
    heading("At a glance"),
    ...balance(),
    el("p", { class: "muted" }, "Choose an actor or a tie to read the sentences behind it."),
    el("h4", {}, "Strongest ties"),
    el("ul", { class: "plain ranked" }, strongest.map((tie) => el("li", {}, tieLink(tie), el("span", { class: "muted small" }, name(sayingOf(tie)))))),
    el("h4", {}, "Greatest actors"),
    el("ul", { class: "plain row" }, first.map((actor) => el("li", {}, actorLink(actor)))),
    ...(disputed.length ? [el("h4", {}, "Disputed"), el("ul", { class: "plain" }, disputed.slice(0, 6).map((fact) => el("li", {},
      button(headline(fact), () => select("fact", fact.id, true), { class: "link" }))))] : []),
  ];
}

// "visits +1 · 2 facts, hedged or attributed"
function sayingOf(tie) {
  const count = shown.counts[tie.number];
  return `${shorten(verbOf(tie), 44)}${count > 1 ? ` · ${plural(count, "fact")}` : ""}${tie.status === "asserted" ? "" : ` · ${words.statuses[tie.status]}`}`;
}

// The facts by sign as a bar, and in words by sign and standing.
function balance() {
  const count = (key, of) => shown.facts.reduce((sum, fact) => sum + (of(fact) === key), 0);
  const signs = Object.keys(words.signs).map((sign) => [sign, count(sign, (fact) => fact.sign)]).filter(([, number]) => number);
  const statuses = Object.keys(words.statuses).map((status) => [status, count(status, (fact) => fact.status)]).filter(([, number]) => number);
  if (!signs.length) return [el("p", {}, "No facts within the filters.")];
  const part = ([sign, number]) => { const share = el("span", { class: sign }); share.style.flexGrow = number; return share; };
  return [
    el("div", { class: "balance", "aria-hidden": "true" }, signs.map(part)),
    el("p", { class: "small" }, `${plural(shown.facts.length, "fact")}: ${listed(signs.map(([sign, number]) => `${counted(number)} ${sign === "relation" ? "other" : `of ${words.signs[sign]}`}`))}; `
      + `${listed(statuses.map(([status, number]) => `${counted(number)} ${words.statuses[status]}`))}.`),
  ];
}
