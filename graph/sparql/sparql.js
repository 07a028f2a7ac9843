"use strict";
fetch("/prefixes.json").then((answer) => answer.json()).then((prefixes) => {
  const known = Object.entries(prefixes);
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.forkAutocompleter && delete Yasgui.Yasqe.Autocompleters["prefixes"];
  Yasgui.defaults.requestConfig.endpoint = "/sparql";
  Yasgui.defaults.requestConfig.method = "POST";
  Yasgui.defaults.yasqe.value = known.filter(([name]) => ["tm", "rel", "country", "rdfs"].includes(name))
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n") +
    "\nSELECT ?who ?what ?whom WHERE {\n  ?e tm:relation rel:supplies ;\n    tm:actor ?who ;\n    tm:theme/rdfs:label ?what ;\n    tm:recipient ?whom .\n}\nLIMIT 100";
  // an id of ours is read at this server, wherever its IRI would lead
  const base = prefixes.tm.slice(0, -"ontology#".length);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !link.href.startsWith(base) || link.href.startsWith(location.origin)) return;
    event.preventDefault();
    window.open("/" + link.href.slice(base.length), "_blank", "noopener");
  }, true);
  new Yasgui(document.getElementById("yasgui"), {
    persistenceId: null,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
  });
});
