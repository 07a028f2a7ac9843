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
  new Yasgui(document.getElementById("yasgui"), {
    persistenceId: null,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
  });
});
