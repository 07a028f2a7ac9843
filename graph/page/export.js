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
}

const factObject = (fact) => ({
  id: fact.id, actors: named(fact.actors), predicate: fact.predicate, relation: fact.relation, theme: fact.theme, recipients: named(fact.recipients),
  event: fact.type, mode: fact.mode, contexts: fact.contexts, quad: fact.quad, score: fact.score, time: fact.time, reported: fact.reported,
  polarity: fact.polarity, modality: fact.modality, attribution: fact.attribution, belief: fact.belief, sources: fact.sources, disputed_by: fact.disputed,
  evidence: evidenceOf(fact).map((statement) => {
    const article = articles[statement.article] || {};
    return { statement: statement.id, sentence: sentenceOf(statement), start: statement.start, end: statement.end,
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

const escapeXml = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

// The view as SVG: what the canvas shows, drawn again as shapes.
function viewSvg() {
  const places = graph.network.getPositions();
  const { ink } = graph;
  const margin = 70;
  const xs = shown.actors.map((actor) => places[actor.id].x);
  const ys = shown.actors.map((actor) => places[actor.id].y);
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin];
  const [width, height] = [Math.max(0, ...xs) + margin - left, Math.max(0, ...ys) + margin - top];
  const heads = {
    cooperation: `<path d="M0 0 10 5 0 10z" fill="${ink.cooperation}"/>`,
    conflict: `<path d="M8 0V10" stroke="${ink.conflict}" stroke-width="3"/>`,
    relation: `<path d="M1 1 9 5 1 9" fill="none" stroke="${ink.relation}" stroke-width="1.6"/>`,
  };
  const markers = Object.entries(heads).map(([sign, shape]) => `<marker id="head-${sign}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto-start-reverse">${shape}</marker>`).join("");
  const lines = shown.ties.map((tie) => tieSvg(tie, places)).join("");
  const marks = shown.actors.map((actor) => actorSvg(actor, places[actor.id])).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif">`
    + `<title>${escapeXml(page.title)}</title><defs>${markers}</defs><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${ink.surface}"/>${lines}${marks}</svg>`;
}

function tieSvg(tie, places) {
  const [a, b] = [places[tie.from], places[tie.to]];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const bend = graph.bend.get(tie.id) || 0;
  const via = { x: (a.x + b.x) / 2 + dy * bend, y: (a.y + b.y) / 2 - dx * bend };
  const rim = (from, size) => {
    const length = Math.hypot(via.x - from.x, via.y - from.y) || 1;
    return `${(from.x + ((via.x - from.x) * size) / length).toFixed(1)} ${(from.y + ((via.y - from.y) * size) / length).toFixed(1)}`;
  };
  const dash = { asserted: "", hedged: ' stroke-dasharray="9 6"', denied: ' stroke-dasharray="2 5"' }[tie.status];
  const head = `url(#head-${tie.sign})`;
  return `<path d="M${rim(a, radius(tie.source) + 2)}Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${rim(b, radius(tie.target) + 3)}" fill="none" stroke="${graph.ink[tie.sign]}" stroke-opacity=".8" `
    + `stroke-width="${thickness(tie).toFixed(1)}"${dash} marker-end="${head}"${tie.mutual ? ` marker-start="${head}"` : ""}><title>${escapeXml(hintOfTie(tie))}</title></path>`;
}

function actorSvg(actor, { x, y }) {
  const r = radius(actor);
  const fill = blocColour(actor.bloc);
  const style = actor.kind === "Person" ? `fill="${graph.ink.surface}" stroke="${fill}" stroke-width="4"` : `fill="${fill}"`;
  const shape = {
    Organization: `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" ${style}/>`,
    Group: `<polygon points="${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}" ${style}/>`,
    Thing: `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" fill="${graph.ink.surface}" stroke="${graph.ink.muted}" stroke-width="1.5"/>`,
  }[actor.kind] || `<circle cx="${x}" cy="${y}" r="${r}" ${style}/>`;
  const code = `<text x="${x}" y="${y}" text-anchor="middle" dominant-baseline="central" font-weight="600" font-size="${Math.round(r * 0.68)}" fill="${actor.kind === "Person" ? graph.ink.text : "#10151f"}">${escapeXml(actor.sign.slice(0, 4))}</text>`;
  const label = `<text x="${x}" y="${y + r + 14}" text-anchor="middle" font-size="13" fill="${graph.ink.text}" stroke="${graph.ink.surface}" stroke-width="3" paint-order="stroke">${escapeXml(shorten(actor.label, 32))}</text>`;
  return shape + code + label;
}

// The canvas on a ground of its own, with the title under it.
function viewPng() {
  const source = byId("graph").querySelector("canvas");
  const ratio = source.width / source.clientWidth;
  const foot = Math.round(34 * ratio);
  const canvas = el("canvas", { width: source.width, height: source.height + foot });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = graph.ink.surface;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(source, 0, 0);
  ctx.fillStyle = graph.ink.text;
  ctx.font = `${13 * ratio}px system-ui, sans-serif`;
  ctx.fillText(`${shorten(page.title, 100)} — ${page.summary}`, 12 * ratio, source.height + foot * 0.62, canvas.width - 24 * ratio);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

const EXPORTS = {
  png: async () => download("png", "image/png", await viewPng()),
  svg: () => download("svg", "image/svg+xml", viewSvg()),
  csv: () => download("csv", "text/csv;charset=utf-8", factsCsv()),
  json: () => download("json", "application/json", JSON.stringify(shown.facts.map(factObject), null, 1)),
  link: () => copy(`${location.href.split("#")[0]}#${address()}`, "Link copied."),
};
