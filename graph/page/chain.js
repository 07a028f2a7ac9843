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
    if (!ends.from || !ends.to) return;
    view.selection = null;
    view.chain = { from: ends.from.id, to: ends.to.id };
    if (!reveal()) refresh();
    showInGraph([...graph.focus.actors].filter(({ number }) => shown.drawn[number]));
  };
  const result = el("div", { class: "steps" });
  byId("chain").replaceChildren(
    heading("Shortest chain"),
    el("p", { class: "muted" }, "How two actors are linked, over the ties that the filters leave."),
    combo({ id: "chain-from", label: "From", value: ends.from?.label, chosen: set("from") }),
    combo({ id: "chain-to", label: "To", value: ends.to?.label, chosen: set("to") }), result);
  if (!view.chain || !ends.from || !ends.to) return;
  const steps = shortestChain(ends.from, ends.to);
  result.append(el("p", { role: "status" }, lengthOf(steps, ends)),
    el("ol", { class: "plain ranked" }, steps.map((tie) => el("li", {}, tieLink(tie), el("span", { class: "muted small" }, name(sayingOf(tie)))))),
    button("Clear", () => { view.chain = null; drawChain(); refresh(); }));
}

function lengthOf(steps, { from, to }) {
  if (from === to) return "That is the same actor.";
  if (!steps.length) return "No chain within the filters.";
  const shared = steps.some((tie) => isThing(tie.source) || isThing(tie.target));
  return `${plural(steps.length, "step")}${shared ? ", by way of what both have to do with" : ""}:`;
}
