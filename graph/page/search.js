// A combobox over actors by any of their names.
function combo({ id, label, value = "", chosen, quiet = false }) {
  const box = el("ul", { role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const input = el("input", { id: `${id}-input`, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": `${id}-list`, "aria-autocomplete": "list", placeholder: quiet ? label : null });
  input.value = value;
  let at = -1;
  let found = [];
  const none = el("p", { class: "nobody muted", hidden: true }, "No actor of that name.");
  const close = () => { box.hidden = none.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const choose = (entry) => { input.value = entry.actor.label; close(); chosen(entry.actor); };
  const mark = (next) => {
    at = (next + found.length) % found.length;
    [...box.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    box.children[at].scrollIntoView({ block: "nearest" });
  };
  const sayNone = () => {
    none.hidden = !input.value.trim();
    say(none.hidden ? "" : none.textContent);
  };
  const open = () => {
    found = findActors(input.value);
    if (!found.length) { close(); sayNone(); return; }
    box.replaceChildren(...found.map((entry, i) => el("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false",
      on: { pointerdown: (event) => { event.preventDefault(); choose(entry); } } },
    el("span", { class: "code", "aria-hidden": "true" }, entry.actor.sign), name(shorten(entry.actor.label, 60)),
    entry.alias ? el("span", { class: "muted" }, " ", name(shorten(entry.alias, 60))) : "")));
    box.hidden = false;
    none.hidden = true;
    input.setAttribute("aria-expanded", "true");
    at = -1;
    say(plural(found.length, "actor"));
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (box.hidden) open();
      if (found.length && !box.hidden) mark(at < 0 && event.key === "ArrowUp" ? found.length - 1 : at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !box.hidden && found.length) {
      event.preventDefault();
      choose(found[Math.max(at, 0)]);
    } else if (event.key === "Escape") { if (box.hidden) input.value = ""; close(); }
  });
  return el("div", { class: "combo" }, el("label", { for: `${id}-input`, class: quiet ? "hidden" : null }, label), input, box, none);
}

// Actors whose name or alias holds the words, whole beginnings first, the greater first.
function findActors(text) {
  const needle = fold(text.trim());
  if (!needle) return [];
  const hits = [];
  for (const actor of actors) {
    actor.names ??= [actor.label, ...actor.aliases, actor.sign, actor.id].map(fold);
    const ranks = actor.names.map((known) => (known === needle ? 0 : known.startsWith(needle) ? 1 : known.includes(` ${needle}`) ? 2 : known.includes(needle) ? 3 : 9));
    const best = Math.min(...ranks);
    if (best < 9) hits.push({ actor, rank: best, alias: ranks[0] === best ? null : actor.aliases[ranks.indexOf(best) - 1] || null });
  }
  return hits.sort((a, b) => isThing(a.actor) - isThing(b.actor) || a.rank - b.rank || b.actor.size - a.actor.size).slice(0, 12);
}
