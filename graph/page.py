"""From facts and their articles to the interactive page: one HTML file that needs no network and runs nothing but ours.

pyvis's `Network` renders it through the template in page/; nodes and edges are handed over as lists, everything else
that the page shows stands beside them as JSON, and names and quotations only ever reach the page as text.
"""

from __future__ import annotations

import base64
import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .picture import picture_svg
from .rows import data_rows, edge_rows, node_rows, summary, words
from .tables import static_tables
from .view import Measures, View, to_view

if TYPE_CHECKING:
    from triplomat.extractors.statement import Article

    from .facts import Fact

SCRIPTS = (
    *("data", "filters", "address", "places", "names", "draw", "pick", "graph", "overview", "evidence", "chain"),
    *("search", "tabs", "legend", "panel", "tables", "timeline", "export", "main"),
)
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
CORE = 150  # actors that a large graph opens on
LARGE = 400  # actors from which a graph is large


def page_html(
    facts: Iterable[Fact],
    articles: Iterable[Article],
    *,
    title: str,
    labels: Mapping[str, str] | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    measures: Measures | None = None,
    blocs: Mapping[str, int | str] | None = None,
    published: str | None = None,
    seed: int = 0,
) -> str:
    """The page as one HTML text, to be written as UTF-8; the same input gives the same bytes.

    `labels`, `aliases`, `measures` and `blocs` go by entity id; the first measure sizes the actors. `published` dates
    the page; without it, the newest article does.
    """
    view = to_view(facts, articles, labels=labels, aliases=aliases, measures=measures, blocs=blocs, seed=seed)
    return view_html(view, title=title, published=published)


def view_html(view: View, *, title: str, published: str | None = None) -> str:
    """The page of a view that is there already."""
    from pyvis.network import Network  # imports IPython and networkx: half a second that only a page should cost

    with _uncollected():
        network = Network(directed=True, cdn_resources="in_line")
        network.nodes, network.edges = node_rows(view), edge_rows(view)
        network.set_template_dir(str(files(__package__) / "page"), "page.html")
        network.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        data, evidence = data_rows(view)
        network.templateEnv.globals["page"] = {
            "title": title,
            "summary": summary(view, published),
            "policy": _policy((_own_script(), _vis())),
            "style": _read("page.css"),
            "script": _own_script(),
            "vis": _vis(),
            "data": {"title": title, "summary": summary(view, published), "core": CORE, "large": LARGE, **data},
            "evidence": evidence,
            "picture": picture_svg(view, title=title),
            "tables": static_tables(view),
            "words": words(),
        }
        return str(network.generate_html())


def frame_html(page: str, *, title: str, height: int = 760) -> str:
    """The page inside a sandboxed frame, as notebooks show it: scripts and downloads, no access to the notebook."""
    return (
        f'<iframe sandbox="allow-scripts allow-downloads allow-popups" title="{escape(title)}" '
        f'style="width:100%;height:{height}px;border:0" srcdoc="{escape(page)}"></iframe>'
    )


def mimebundle(view: View, *, title: str, published: str | None = None) -> dict[str, Any]:
    """What Jupyter shows of a graph: the page in a frame, with a picture and words where scripts are off."""
    text = f"{title}: {summary(view, published)}"
    frame = frame_html(view_html(view, title=title, published=published), title=title)
    return {
        "text/html": f"{frame}<p>{escape(text)}</p>",
        "image/svg+xml": picture_svg(view, title=title),
        "text/plain": text,
    }


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles, of which hundreds of thousands of rows hold none: half the time of a large page."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _policy(scripts: Iterable[str]) -> str:
    """A content security policy under which only these scripts run and nothing is ever fetched."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _vis() -> str:
    """vis-network as pyvis ships it, its reference to a source map (a request) taken off."""
    script = (files("pyvis") / VIS).read_text(encoding="utf-8")
    return script.partition("//# sourceMappingURL")[0].strip()


@cache
def _own_script() -> str:
    parts = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


@cache
def _read(name: str) -> str:
    return (files(__package__) / "page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
