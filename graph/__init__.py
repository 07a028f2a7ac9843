"""From statements to facts, the RDF dataset, the network and the page."""
