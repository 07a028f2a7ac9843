// A timeline of the facts, cooperation above and conflict below the line, with a brush for pointer and keyboard.

const SVG = "http://www.w3.org/2000/svg";
const timeline = { bins: [], inputs: {} };

function svg(tag, properties = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const startOf = (year, month = 0, day = 1) => Date.UTC(year, month, day) / 86400000;

// Bins of days, weeks, months, quarters or years, no more than about sixty.
function makeBins(low, high) {
  const span = high - low + 1;
  const [first, last] = [new Date(low * 86400000), new Date(high * 86400000)];
  const bins = [];
  if (span <= 60) for (let day = low; day <= high; day++) bins.push({ start: day, end: day, name: readableDate(isoDay(day)) });
  else if (span <= 400) for (let day = low; day <= high; day += 7) bins.push({ start: day, end: day + 6, name: `week of ${readableDate(isoDay(day))}` });
  else {
    const step = span <= 1900 ? 1 : span <= 5500 ? 3 : 12 * Math.ceil(span / 365 / 60);
    let month = first.getUTCFullYear() * 12 + Math.floor(first.getUTCMonth() / step) * step;
    const final = last.getUTCFullYear() * 12 + last.getUTCMonth();
    for (; month <= final; month += step) {
      const [year, at] = [Math.floor(month / 12), month % 12];
      const name = step === 1 ? `${MONTHS[at]} ${year}` : step === 3 ? `${MONTHS[at]} to ${MONTHS[at + 2]} ${year}` : String(year);
      bins.push({ start: startOf(year, at), end: startOf(year, at + step) - 1, name });
    }
  }
  return bins;
}

function startTimeline() {
  const box = byId("timeline");
  let [low, high, undated] = [Infinity, -Infinity, 0];
  for (const { days } of facts) {
    if (days) { low = Math.min(low, days[0]); high = Math.max(high, days[0]); } else undated++;
  }
  if (low > high) { box.hidden = true; return; }
  timeline.bins = makeBins(low, high);
  timeline.binOf = facts.map(({ days }) => (days ? binOf(days[0]) : -1));
  const last = timeline.bins.length - 1;
  const range = (key, label, value) => {
    const input = el("input", { type: "range", min: 0, max: last, value, "aria-label": label, on: { input: () => brush(key), change: () => brush(key) } });
    timeline.inputs[key] = input;
    return input;
  };
  timeline.picture = svg("svg", { viewBox: "0 0 600 60", preserveAspectRatio: "none", "aria-hidden": "true" });
  timeline.text = el("output", { class: "period" });
  timeline.undated = el("input", { type: "checkbox", on: { change: ({ target }) => { view.undated = target.checked; refresh(); } } });
  box.append(
    el("div", { class: "timeline-head" }, el("h3", {}, "When"), timeline.text,
      undated ? el("label", { class: "small" }, timeline.undated, ` without a date (${undated})`) : "",
      (timeline.reset = button("All time", () => { view.from = view.to = null; refresh(); }, { class: "link small" }))),
    el("div", { class: "brush" }, timeline.picture, ticks(), range("from", "From", 0), range("to", "To", last)));
  dragBrush(timeline.picture);
}

// Dates under the bars, no more than ten: days and months where the bins are days or weeks, else years.
function ticks() {
  const { bins } = timeline;
  const fine = bins.at(-1).end - bins[0].start <= 460;
  const word = ({ start }) => (fine ? readableDate(isoDay(start)).replace(/^(\d+ \w{3})\w* \d+$/, "$1") : isoDay(start).slice(0, 4));
  const marks = bins.map((bin, i) => ({ i, text: word(bin) })).filter(({ i, text }) => fine || !i || text !== word(bins[i - 1]));
  const every = Math.ceil(marks.length / 10);
  return el("div", { class: "ticks", "aria-hidden": "true" }, marks.filter(({ i }, n) => n % every === 0 && i < bins.length * 0.95).map(({ i, text }) => {
    const tick = el("span", {}, text);
    tick.style.left = `${((100 * i) / bins.length).toFixed(1)}%`;
    return tick;
  }));
}

function brush(moved) {
  const { from, to } = timeline.inputs;
  let [low, high] = [Number(from.value), Number(to.value)];
  if (low > high) {
    if (moved === "from") to.value = high = low; else from.value = low = high;
  }
  const last = timeline.bins.length - 1;
  view.from = low === 0 ? null : timeline.bins[low].start;
  view.to = high === last ? null : timeline.bins[high].end;
  drawPeriod();
  clearTimeout(timeline.wait);
  timeline.wait = setTimeout(refresh, large ? 120 : 30);
}

function dragBrush(picture) {
  const bin = ({ clientX }) => {
    const { left, width } = picture.getBoundingClientRect();
    return Math.max(0, Math.min(timeline.bins.length - 1, Math.floor(((clientX - left) / width) * timeline.bins.length)));
  };
  let start = null;
  const move = (event) => {
    if (start === null) return;
    const here = bin(event);
    timeline.inputs.from.value = Math.min(start, here);
    timeline.inputs.to.value = Math.max(start, here);
    brush("to");
  };
  picture.addEventListener("pointerdown", (event) => { start = bin(event); picture.setPointerCapture(event.pointerId); move(event); });
  picture.addEventListener("pointermove", move);
  picture.addEventListener("pointerup", () => { start = null; });
}

function drawTimeline() {
  const { bins, inputs } = timeline;
  if (!bins.length) return;
  const low = view.from === null ? 0 : Math.max(0, bins.findIndex((bin) => bin.end >= view.from));
  const high = view.to === null ? bins.length - 1 : Math.max(low, bins.findLastIndex((bin) => bin.start <= view.to));
  inputs.from.value = low;
  inputs.to.value = high;
  timeline.undated.checked = view.undated;
  const about = aboutSelection();
  const [all, own] = [tally(() => true), about && tally(about)];
  // Heights go by the square root, so that a day with one fact is seen beside one with hundreds.
  const top = Math.sqrt(Math.max(1, ...all.map((t) => Math.max(t.cooperation + t.relation, t.conflict))));
  timeline.shade = svg("rect", { y: 0, height: 60, class: "window" });
  timeline.picture.replaceChildren(timeline.shade, svg("g", { class: own ? "rest" : "" }, ...bars(all, top)), ...(own ? bars(own, top) : []),
    svg("line", { x1: 0, x2: 600, y1: 34.5, y2: 34.5, class: "axis" }));
  drawPeriod();
}

// How many facts of each sign fall into each bin, whatever the period that is brushed.
function tally(wanted) {
  const totals = timeline.bins.map(() => ({ cooperation: 0, conflict: 0, relation: 0 }));
  const fits = view.from !== null || view.to !== null ? fitting(false) : (fact) => shown.passes[fact.number];
  for (const fact of facts) {
    const at = timeline.binOf[fact.number];
    if (at >= 0 && wanted(fact) && fits(fact)) totals[at][fact.sign]++;
  }
  return totals;
}

// The facts of what is selected stand out in the timeline.
function aboutSelection() {
  const { selection } = view;
  if (!selection) return null;
  if (selection.kind === "fact") return (fact) => fact.id === selection.id;
  const own = selection.kind === "actor" ? factsOf(actorById.get(selection.id)).map((fact) => fact.number) : tieById.get(selection.id).facts;
  const numbers = new Set(own);
  return (fact) => numbers.has(fact.number);
}

// Cooperation and other relations stand above the line, conflict hangs below it.
function bars(totals, top) {
  const width = 600 / totals.length;
  return totals.flatMap((t, i) => {
    const x = i * width + Math.min(1, width * 0.1);
    const w = Math.max(width - Math.min(2, width * 0.2), 1);
    const above = t.cooperation + t.relation;
    const height = above ? Math.max((Math.sqrt(above) / top) * 32, 3) : 0;
    const up = above ? (height * t.cooperation) / above : 0;
    const down = t.conflict ? Math.max((Math.sqrt(t.conflict) / top) * 25, 3) : 0;
    return [
      t.cooperation && svg("rect", { x, y: 34 - up, width: w, height: up, class: "cooperation" }),
      t.relation && svg("rect", { x, y: 34 - height, width: w, height: height - up, class: "relation" }),
      t.conflict && svg("rect", { x, y: 35, width: w, height: down, class: "conflict" }),
    ].filter(Boolean);
  });
}

function binOf(day) {
  let [low, high] = [0, timeline.bins.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const bin = timeline.bins[middle];
    if (day < bin.start) high = middle - 1;
    else if (day > bin.end) low = middle + 1;
    else return middle;
  }
  return -1;
}

function drawPeriod() {
  const { bins, inputs } = timeline;
  const [low, high] = [Number(inputs.from.value), Number(inputs.to.value)];
  const width = 600 / bins.length;
  timeline.shade?.setAttribute("x", low * width);
  timeline.shade?.setAttribute("width", (high - low + 1) * width);
  const whole = low === 0 && high === bins.length - 1;
  timeline.text.textContent = whole ? `all time: ${bins[0].name} to ${bins.at(-1).name}` : low === high ? bins[low].name : `${bins[low].name} to ${bins[high].name}`;
  timeline.reset.hidden = whole;
  inputs.from.setAttribute("aria-valuetext", bins[low].name);
  inputs.to.setAttribute("aria-valuetext", bins[high].name);
}
