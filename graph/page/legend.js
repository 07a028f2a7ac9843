// The legend under the picture: what each mark means, and a press hides or shows it; and the notice of what is not drawn.

// What is drawn on request alone, at first: things, and actors without a tie to another.
const ON_REQUEST = { Thing: "things", Lone: "lone" };

function chip(key, value, icon, text) {
  const wish = ON_REQUEST[value];
  const act = wish ? () => { view[wish] = !view[wish]; view.added.clear(); refresh(); fit(); } : () => toggle(key, value);
  return button([icon, el("span", {}, text)], act, { class: "chip", data: { key, value } });
}

function icon(kind, ...classes) {
  return el("span", { class: [kind, ...classes].join(" "), "aria-hidden": "true" });
}

function startLegend() {
  const present = (of) => { const found = new Set(); for (const fact of facts) found.add(of(fact)); return found; };
  const signs = present((fact) => fact.sign);
  const statuses = present((fact) => fact.status);
  const kinds = new Set(actors.map((actor) => actor.kind));
  const line = (sign, status) => {
    const picture = svg("svg", { viewBox: "0 0 34 12", width: 30, height: 12, class: `stroke ${sign}`, "aria-hidden": "true" },
      svg("path", { d: "M1 6H27", "stroke-dasharray": { hedged: "6 4", denied: "1.5 3.5" }[status] || "none", "stroke-width": 2.2 }));
    const heads = { cooperation: "M24 1.5 33 6 24 10.5z", conflict: "M29 0.5V11.5", relation: "M25 1.5 31 6 25 10.5" };
    if (heads[sign]) picture.append(svg("path", { d: heads[sign], class: `head ${sign}` }));
    return picture;
  };
  const blocs = page.blocs.slice(0, BLOC_COLOURS.length).map((title, number) => {
    const mark = icon("dot");
    mark.style.background = blocColour(number);
    return chip("bloc", String(number), mark, shorten(title, 36));
  });
  if (page.blocs.length > BLOC_COLOURS.length) blocs.push(chip("bloc", SMALLER, icon("dot", "none"), "Smaller blocs"));
  if (blocs.length && able.some((actor) => actor.bloc < 0)) blocs.push(chip("bloc", "-1", icon("dot", "none"), "No bloc"));
  const group = (title, chips) => (chips.length ? el("div", { class: "chips", role: "group", "aria-label": title }, chips) : "");
  const sized = el("span", { class: "chips muted small" }, icon("sizes"), `Size: ${page.measure ? spaced(page.measure) : "number of ties"}; width: belief`);
  byId("legend").append(
    group("Blocs", blocs),
    group("Ties", Object.keys(words.signs).filter((sign) => signs.has(sign)).map((sign) => chip("sign", sign, line(sign, "asserted"), capital(words.signs[sign])))),
    group("Standing", Object.keys(words.statuses).filter((status) => statuses.has(status)).map((status) => chip("status", status, line("plain", status), capital(words.statuses[status])))),
    group("Kinds of actor", Object.keys(words.types).filter((kind) => kinds.has(kind)).map((kind) => chip("kind", kind, icon("shape", kind), capital(words.types[kind])))
      .concat(anyLone() ? [chip("kind", "Lone", icon("shape", "Lone"), "Without ties")] : [])), sized);
}

function drawLegend() {
  for (const item of document.querySelectorAll(".chip")) {
    const on = ON_REQUEST[item.dataset.value] ? view[ON_REQUEST[item.dataset.value]] : !view.off[item.dataset.key].has(item.dataset.value);
    item.setAttribute("aria-pressed", String(on));
  }
  const count = filterCount();
  byId("filter-count").textContent = count ? ` (${count})` : "";
  const alive = able.filter((actor) => shown.alive[actor.number]);
  const drawn = alive.reduce((sum, actor) => sum + shown.drawn[actor.number], 0);
  const notice = byId("notice");
  notice.hidden = drawn === alive.length && !large && !count;
  notice.replaceChildren(...[
    drawn < alive.length || large ? `${counted(drawn)} of ${plural(alive.length, "actor")} drawn${shown.ties.length === MOST_TIES ? `, with their ${counted(MOST_TIES)} strongest ties` : ""}` : "",
    !large && drawn < alive.length && !view.lone ? button("Draw those without ties", () => { view.lone = true; refresh(); fit(); }, { class: "link" }) : "",
    large ? button(view.all ? "Back to the core" : "Draw all", () => { view.all = !view.all; view.added.clear(); refresh(); fit(); }, { class: "link" }) : "",
    large && !view.all && page.blocs.length ? blocChoice() : "",
    count ? button("Clear filters", clearFilters, { class: "link" }) : "",
  ].filter(Boolean));
}

// Beyond the core of a large graph: a whole bloc at once.
function blocChoice() {
  const draw = ({ target }) => {
    for (const actor of able) if (String(actor.bloc) === target.value) view.added.add(actor.id);
    refresh();
    fit();
  };
  const size = (bloc) => able.reduce((sum, actor) => sum + (actor.bloc === bloc), 0);
  return el("select", { "aria-label": "Draw a whole bloc", on: { change: draw } }, el("option", { value: "" }, "Draw a bloc …"),
    page.blocs.slice(0, 60).map((title, bloc) => el("option", { value: bloc }, `${shorten(title, 40)} (${size(bloc)})`)));
}

function anyLone() {
  const linked = new Set(ties.filter((tie) => !isThing(tie.source) && !isThing(tie.target)).flatMap((tie) => [tie.source, tie.target]));
  return anyTies && able.some((actor) => !linked.has(actor));
}
