// The view as the part of the page's address after "#", and back: so that what one reader sees can be sent to another.

const usual = { things: !able.length, lone: !anyTies };

function address() {
  const query = new URLSearchParams();
  for (const [key, off] of Object.entries(view.off)) for (const value of off) query.append(`no-${key}`, value);
  for (const key of ["hidden", "added"]) for (const value of view[key]) query.append(key, value);
  for (const key of ["text", "focus"]) if (view[key]) query.set(key, view[key]);
  if (view.belief) query.set("belief", view.belief);
  for (const key of ["from", "to"]) if (view[key] !== null) query.set(key, isoDay(view[key]));
  if (!view.undated) query.set("undated", "0");
  if (large && view.all) query.set("all", "1");
  for (const key of ["things", "lone"]) if (view[key] !== usual[key]) query.set(key, view[key] ? "1" : "0");
  if (view.selection) query.set(view.selection.kind, view.selection.id);
  if (view.chain) query.append("chain", view.chain.from), query.append("chain", view.chain.to);
  return query.toString();
}

function remember() {
  const hash = address();
  if (hash === location.hash.slice(1)) return;
  try { history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]); } catch { /* a sandboxed frame has no address of its own */ }
}

function recall(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of Object.keys(view.off)) view.off[key] = new Set(query.getAll(`no-${key}`));
  for (const key of ["hidden", "added"]) view[key] = new Set(query.getAll(key).filter((id) => actorById.has(id)));
  view.text = query.get("text") || "";
  view.focus = actorById.has(query.get("focus")) ? query.get("focus") : null;
  view.belief = Math.min(Math.max(Number(query.get("belief")) || 0, 0), 1);
  for (const key of ["from", "to"]) {
    const day = Date.parse(query.get(key) || "") / 86400000;
    view[key] = Number.isFinite(day) ? Math.round(day) : null;
  }
  view.undated = query.get("undated") !== "0";
  view.all = !large || query.get("all") === "1";
  for (const key of ["things", "lone"]) view[key] = query.has(key) ? query.get(key) === "1" : usual[key];
  const stores = { actor: actorById, tie: tieById, fact: factById };
  view.selection = null;
  for (const [kind, store] of Object.entries(stores)) if (query.has(kind) && store.has(query.get(kind))) view.selection = { kind, id: query.get(kind) };
  const [from, to] = query.getAll("chain");
  view.chain = from && actorById.has(from) && actorById.has(to) ? { from, to } : null;
}
