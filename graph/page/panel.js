// The panel of filters beside the picture.

function startFilters() {
  const belief = el("input", { type: "range", min: 0, max: 1, step: 0.05, id: "belief", on: { input: ({ target }) => { view.belief = Number(target.value); refresh(); } } });
  const text = el("input", { type: "search", id: "text", on: { input: ({ target }) => { clearTimeout(text.wait); text.wait = setTimeout(() => { view.text = target.value; refresh(); }, 150); } } });
  const groups = ["modality", "type", "source"].map((key) => {
    const counts = new Map();
    for (const fact of facts) for (const value of DIMENSIONS[key].of(fact)) counts.set(value, (counts.get(value) || 0) + 1);
    const values = [...counts].sort((a, b) => b[1] - a[1] || inAlphabet(a[0], b[0])).slice(0, 60);
    return el("fieldset", {}, el("legend", {}, DIMENSIONS[key].title), values.map(([value, count]) => el("label", { class: "check" },
      el("input", { type: "checkbox", data: { key, value }, on: { change: () => toggle(key, value) } }), name(shorten(DIMENSIONS[key].word(value), 60)),
      el("span", { class: "muted" }, ` ${counted(count)}`))));
  });
  byId("filters").append(
    heading("Filters"),
    el("p", { class: "muted" }, "Blocs, kinds of tie and of actor are switched in the legend under the graph, time in the timeline."),
    el("div", { class: "field" }, el("label", { for: "text" }, "Words in a fact or sentence"), text),
    el("div", { class: "field" }, el("label", { for: "belief" }, "Belief at least ", el("output", { id: "belief-value" })), belief),
    ...groups,
    el("div", { id: "hidden-actors" }),
    button("Clear all filters", clearFilters));
}

function drawFilters() {
  if (byId("filters").hidden) return; // made when first opened
  if (!byId("belief")) startFilters();
  byId("belief").value = view.belief;
  byId("belief-value").textContent = view.belief.toFixed(2);
  if (document.activeElement !== byId("text")) byId("text").value = view.text;
  for (const box of document.querySelectorAll("#filters input[type=checkbox]")) box.checked = !view.off[box.dataset.key].has(box.dataset.value);
  const hidden = [...view.hidden].map((id) => actorById.get(id));
  byId("hidden-actors").replaceChildren(...(hidden.length ? [el("h4", {}, "Hidden actors"), el("ul", { class: "plain row" }, hidden.map((actor) => el("li", {},
    button(name(shorten(actor.label)), () => { view.hidden.delete(actor.id); refresh(); }, { class: "link", title: "Show again" }))))] : []));
}
