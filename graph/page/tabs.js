// Tabs by the ARIA pattern: arrows move, one is in the order of Tab.
function showTab(id) {
  const tab = byId(id);
  for (const other of tab.parentElement.querySelectorAll("[role=tab]")) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    byId(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (id === "tab-filters") drawFilters();
  if (tab.closest(".lists")) drawOpenTable();
}

function startTabs() {
  for (const list of document.querySelectorAll("[role=tablist]")) {
    const tabs = [...list.querySelectorAll("[role=tab]")];
    list.addEventListener("click", ({ target }) => target.closest("[role=tab]") && showTab(target.closest("[role=tab]").id));
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const here = tabs.indexOf(document.activeElement);
      const next = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (here + step + tabs.length) % tabs.length : -1;
      if (next < 0) return;
      event.preventDefault();
      showTab(tabs[next].id);
      tabs[next].focus();
    });
  }
}
