// Out of the page: the view as a picture, its facts as CSV or JSON, a link to it, a citation.

const FILE = "triplomat";

function download(extension, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el("a", { href: url, download: `${FILE}.${extension}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// A page in a notebook's frame has no address that could be sent.
const hasAddress = location.protocol !== "about:";
const linkTo = (part) => `${location.href.split("#")[0]}#${part}`;

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no permission, as in a sandboxed frame
    const area = el("textarea", { readonly: true, class: "hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(done);
  hint(done);
  setTimeout(() => { if (byId("hint").textContent === done) hint(""); }, 4000);
}

const factObject = (fact) => ({
  id: fact.id, actors: named(fact.actors), predicate: fact.predicate, relation: fact.relation, theme: fact.theme, recipients: named(fact.recipients),
  event: fact.type, mode: fact.mode, contexts: fact.contexts, quad: fact.quad, score: fact.score, time: fact.time, reported: fact.reported,
  polarity: fact.polarity, modality: fact.modality, attribution: fact.attribution, belief: fact.belief, sources: fact.sources, disputed_by: fact.disputed,
  evidence: evidenceOf(fact).map((statement) => {
    const article = articles[statement.article] || {};
    return { statement: statement.id, sentence: statement.text, start: statement.start, end: statement.end,
      title: article.title, source: article.source, published: article.published, url: article.url };
  }),
});

// RFC 4180; a cell that a spreadsheet would run as a formula is set off by an apostrophe.
function csvCell(value) {
  let text = value === null || value === undefined ? "" : Array.isArray(value) ? value.join("; ") : String(value);
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function factsCsv() {
  const rows = shown.facts.map((fact) => {
    const { evidence, ...plain } = factObject(fact);
    const [first = {}] = evidence;
    return { ...plain, sentence: first.sentence, title: first.title, source: first.source, published: first.published, url: first.url };
  });
  const columns = Object.keys(rows[0] || { id: null });
  return `\ufeff${[columns, ...rows.map((row) => columns.map((column) => row[column]))].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

// XML has no place for control characters, not even escaped.
const escapeXml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

// The view as SVG: what the canvas shows, in the same pixels, drawn again as shapes and texts.
function viewSvg() {
  const { ink, width, height } = graph;
  const around = hulls().map(({ bloc, rim }) => `<polygon points="${rim.map(({ x, y }) => `${short(x)},${short(y)}`).join(" ")}" fill="${blocColour(bloc)}" fill-opacity=".13"/>`).join("");
  const faded = (drawn, about) => (about ? drawn : `<g opacity=".25">${drawn}</g>`);
  const lines = shown.ties.map((tie) => faded(tieSvg(tie), !graph.focus || graph.focus.ties.has(tie))).join("");
  const near = (actor) => !graph.focus || graph.focus.actors.has(actor);
  const marks = [...shown.actors].sort((a, b) => near(a) - near(b) || a.size - b.size).map((actor) => faded(markSvg(actor), near(actor))).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif">`
    + `<title>${escapeXml(page.title)}</title><desc>${escapeXml(page.summary)}</desc><rect width="${width}" height="${height}" fill="${ink.surface}"/>`
    + `${around}${lines}${marks}${graph.names.map((box) => faded(nameSvg(box), near(box.actor))).join("")}</svg>`;
}

const short = (number) => number.toFixed(1);

function tieSvg(tie) {
  const course = courseOf(tie);
  const { a, via, b, width } = course;
  const { heads, long } = headsOf(tie, course);
  const stroke = graph.ink[tie.sign];
  const head = ({ x, y, angle }) => `<polygon points="${HEADS[tie.sign].map((point) => point.join(",")).join(" ")}" fill="${stroke}" `
    + `transform="translate(${short(x)} ${short(y)}) rotate(${short((angle * 180) / Math.PI)}) scale(${short(long)})"/>`;
  const dash = DASHES[tie.status].length ? ` stroke-dasharray="${DASHES[tie.status].map((part) => short(part * graph.camera.scale)).join(" ")}"` : "";
  return `<g opacity=".8"><title>${escapeXml(`${nameOfTie(tie)}. ${whyOf(tie)}`)}</title><path d="M${short(a.x)} ${short(a.y)}Q${short(via.x)} ${short(via.y)} ${short(b.x)} ${short(b.y)}" `
    + `fill="none" stroke="${stroke}" stroke-width="${short(width)}"${dash}/>${heads.map(head).join("")}</g>`;
}

function markSvg(actor) {
  const { x, y } = toScreen(placeOf(actor));
  const r = radius(actor) * graph.camera.scale;
  const fill = blocColour(actor.bloc);
  const hollow = actor.kind === "Person" || isThing(actor);
  const style = `fill="${hollow ? graph.ink.surface : fill}"${hollow ? ` stroke="${isThing(actor) ? graph.ink.muted : fill}" stroke-width="${isThing(actor) ? 1.5 : Math.min(4, short(r))}"` : ""}`;
  const square = `<rect x="${short(x - r)}" y="${short(y - r)}" width="${short(2 * r)}" height="${short(2 * r)}" ${style}/>`;
  const shape = {
    Organization: square, Thing: square,
    Group: `<polygon points="${short(x)},${short(y - r)} ${short(x + r)},${short(y)} ${short(x)},${short(y + r)} ${short(x - r)},${short(y)}" ${style}/>`,
  }[actor.kind] || `<circle cx="${short(x)}" cy="${short(y)}" r="${short(r)}" ${style}/>`;
  if (r < 9 || !actor.sign) return shape;
  return `${shape}<text x="${short(x)}" y="${short(y)}" text-anchor="middle" dominant-baseline="central" font-weight="600" font-size="${short(r * (actor.sign.length > 3 ? 0.55 : 0.68))}" `
    + `fill="${actor.kind === "Person" ? graph.ink.text : ON_MARK}">${escapeXml(actor.sign.slice(0, 4))}</text>`;
}

function nameSvg({ actor, lines, x, y, w }) {
  const { surface, text, muted } = graph.ink;
  return lines.map((line, i) => `<text x="${short(x + w / 2)}" y="${short(y + 11 + i * LINE)}" text-anchor="middle" font-size="${FONT}" fill="${isThing(actor) ? muted : text}" `
    + `stroke="${surface}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">${escapeXml(line)}</text>`).join("");
}

// The view painted anew, twice as fine, on a ground of its own, the title under it.
function viewPng() {
  const { width, height, ink } = graph;
  const canvas = el("canvas", { width: 2 * width, height: 2 * (height + 34) });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  ctx.fillStyle = ink.surface;
  ctx.fillRect(0, 0, width, height + 34);
  paintView(ctx, true);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink.surface;
  ctx.fillRect(0, height, width, 34);
  ctx.fillStyle = ink.text;
  ctx.font = `13px ${FAMILY}`;
  ctx.textAlign = "start";
  ctx.textBaseline = "middle";
  ctx.fillText(`${shorten(page.title, 100)} — ${page.summary}`, 12, height + 17, width - 24);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

const EXPORTS = {
  png: async () => download("png", "image/png", await viewPng()),
  svg: () => download("svg", "image/svg+xml", viewSvg()),
  csv: () => download("csv", "text/csv;charset=utf-8", factsCsv()),
  json: () => download("json", "application/json", JSON.stringify(shown.facts.map(factObject), null, 1)),
  link: () => copy(linkTo(address()), "Link copied."),
};
