"""From an article to statements: reading, parsing, linking, clauses, factuality, time, events."""
