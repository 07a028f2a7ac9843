"""SPARQL text, a file or a shipped query's name → a result that iterates and becomes a table, CSV, TSV, JSON or Turtle.

The project's prefixes are known without being declared, and the default graph is the union of all graphs. A line
`# graphs: default` in a query asks the default graph alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from triplomat.errors import QueryError
from triplomat.ontology.terms import Names

from .lookup import in_store, labelled
from .mistakes import check_terms, explain_syntax
from .results import Result
from .shipped import find_query, prepare

if TYPE_CHECKING:
    import pyoxigraph

_DEFAULT_ONLY = re.compile(r"^#\s*graphs:\s*default\s*$", re.MULTILINE)


def run_query(
    store: pyoxigraph.Store,
    query: str,
    *,
    names: Names | None = None,
    settings: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> Result:
    """The answer to a query given as text, file or shipped name; QueryError with line and column where it is wrong."""
    names = names or Names()
    sparql = prepare(find_query(query), in_store(store, names), names, settings or {})
    return evaluate(store, sparql, names, limit=limit)


def evaluate(store: pyoxigraph.Store, sparql: str, names: Names, *, limit: int | None = None) -> Result:
    """The answer to SPARQL text, of SELECT, CONSTRUCT and DESCRIBE the first `limit` rows."""
    check_terms(sparql, names)
    try:
        answer = store.query(sparql, prefixes=dict(names.prefixes), use_default_graph_as_union=over_all(sparql))
        return labelled(Result.of(answer, names, limit=limit), store)
    except SyntaxError as error:
        raise QueryError(explain_syntax(str(error), sparql)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def over_all(sparql: str) -> bool:
    """Whether a query is put to the union of all graphs, which it is unless a line says `# graphs: default`.

    Facts, entities and articles stand in the default graph, statements in their articles' graphs; a query that needs
    only the former, or names the latter by GRAPH, is several times faster so.
    """
    return not _DEFAULT_ONLY.search(sparql)
