"""What each command does: options → a call of the library → output, and the exit status."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from triplomat.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    from triplomat.extractors.pipeline import Extractor
    from triplomat.graph.assembly import Counts
    from triplomat.graph.build import Works

DONE, SKIPPED = 0, 1


class Skips:
    """Names each input that can't be read on standard error, and remembers that there was one."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def __call__(self, error: InputError) -> None:
        self.errors.append(error)
        print(f"triplomat: skipped {error}", file=sys.stderr)

    @property
    def status(self) -> int:
        return SKIPPED if self.errors else DONE


class Progress:
    """A bar on standard error that tells how far a build is; nothing where that is no terminal."""

    def __init__(self) -> None:
        from tqdm import tqdm

        self.bar = tqdm(unit=" articles", disable=None, dynamic_ncols=True)

    def __call__(self, what: str, count: int) -> None:
        self.bar.set_description(what, refresh=False)
        if count:
            self.bar.update(count - self.bar.n)
        else:
            self.bar.refresh()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()


def build(options: Namespace) -> int:
    from triplomat.graph.build import Works
    from triplomat.graph.updates import retry

    if not options.inputs and not options.retry:
        raise UsageError("give an INPUT, or --retry to read those of DIR again")
    skips = Skips()
    with Progress() as progress:
        works = Works(skips, progress, options.jobs)
        if options.retry:
            more = {"published": options.published, "check": options.check, **_knowledge(options)}
            counts = retry(options.output, works, inputs=options.inputs, **more)
        else:
            counts = _built(options, works)
    print(
        f"{counts.articles} articles, {counts.statements} statements, {counts.facts} facts → {options.output}",
        file=sys.stderr,
    )
    if options.store:
        from triplomat.graph.loading import load_folder

        print(f"{load_folder(options.output, options.store)} quads → {options.store}", file=sys.stderr)
    return skips.status


def _built(options: Namespace, works: Works) -> Counts:
    from triplomat.graph.assembly import Recipe
    from triplomat.graph.build import build_folder
    from triplomat.graph.contributions import Contributor
    from triplomat.ontology.terms import BASE, Names

    base = options.base_iri or BASE
    maker = Contributor(**_knowledge(options), base=base, check=options.check)
    formats = tuple(kind.strip() for kind in options.rdf.split(",") if kind.strip())
    recipe = Recipe(Names(base), options.title, options.actors, options.lexicon, formats)
    if options.engine == "local":
        return build_folder(options.inputs, options.output, maker, recipe, works, published=options.published)
    if not options.master:
        raise UsageError("--engine spark needs --master URL, as spark://host:7077, or local[2] for this machine")
    from triplomat.graph.spark import build_on_cluster

    output = options.output
    return build_on_cluster(
        options.inputs, output, maker, recipe, works, master=options.master, published=options.published
    )


def extract(options: Namespace) -> int:
    from triplomat.extractors.statement_text import json_lines
    from triplomat.graph.build import readable

    skips = Skips()
    extractor = _extractor(options)
    articles = readable(options.inputs, published=options.published, skipped=skips)
    with _output(options.output) as out:
        if options.format == "tsv":
            out.write("document\tsentence\tsubject\tpredicate\tobject\tconfidence\n")
            for row in extractor.rows(articles):
                out.write("\t".join(row) + "\n")
        else:
            for lines in extractor.told(articles, json_lines):
                out.write(lines)
    return skips.status


def events(options: Namespace) -> int:
    import csv

    from triplomat.extractors.table import COLUMNS, article_rows
    from triplomat.graph.build import readable
    from triplomat.graph.spreadsheet import harmless

    skips = Skips()
    extractor = _extractor(options)
    with _output(options.output) as out:
        writer = csv.DictWriter(out, fieldnames=COLUMNS, lineterminator="\n")
        if options.format == "csv":
            writer.writeheader()
        articles = readable(options.inputs, published=options.published, skipped=skips)
        for rows in extractor.told(articles, article_rows):
            for row in rows:
                if options.format == "jsonl":
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                else:
                    writer.writerow({name: harmless(value) for name, value in row.items()})
    return skips.status


def query(options: Namespace) -> int:
    from triplomat.graph import asking

    return asking.ask(options)


def analyze(options: Namespace) -> int:
    from triplomat.graph.analysis import report
    from triplomat.graph.knowledge_graph import load

    graph = load(options.folder)
    if options.explain:
        print(graph.explain(options.measure, options.explain, as_of=options.as_of, level=options.level))
        return DONE
    print(report(graph, as_of=options.as_of, format=options.format, level=options.level))
    return DONE


def serve(options: Namespace) -> int:
    try:
        from triplomat.graph.serve import serve as serve_graph
    except ImportError as error:
        raise UsageError(
            f"serving needs more packages ({error}); install them with: pip install 'triplomat[serve]'"
        ) from error
    serve_graph(
        options.folder,
        host=options.host,
        port=options.port,
        timeout=options.timeout,
        token_file=options.update_token,
        origins=options.allow_origin,
    )
    return DONE


def mcp(options: Namespace) -> int:
    try:
        from triplomat.graph.agents import serve as serve_tools
    except ImportError as error:
        raise UsageError(
            f"this needs more packages ({error}); install them with: pip install 'triplomat[mcp]'"
        ) from error
    serve_tools(options.graph)
    return DONE


def evaluate(options: Namespace) -> int:
    from triplomat.extractors.evaluation import evaluate as score

    print(score(options.statements, options.gold))
    return DONE


def actors(options: Namespace) -> int:
    from triplomat.extractors.formats import iso_day
    from triplomat.ontology.actors import explain_name, load_actors

    on = options.on and iso_day(options.on)
    if options.on and not on:
        raise UsageError(f"{options.on!r} is no date; give it as YYYY-MM-DD, as in 2024-06-20")
    print(explain_name(load_actors(options.actors), options.name, on=on))
    return DONE


def add(options: Namespace) -> int:
    from triplomat.graph.build import Works
    from triplomat.graph.updates import add as add_inputs

    skips = Skips()
    with Progress() as progress:
        works = Works(skips, progress, options.jobs)
        counts = add_inputs(
            options.folder,
            options.inputs,
            works,
            published=options.published,
            check=options.check,
            **_knowledge(options),
        )
    print(f"{counts.articles} articles, {counts.facts} facts → {options.folder}", file=sys.stderr)
    return skips.status


def remove(options: Namespace) -> int:
    from triplomat.graph.updates import remove as remove_articles

    counts = remove_articles(options.folder, options.articles)
    print(f"{counts.articles} articles, {counts.facts} facts → {options.folder}", file=sys.stderr)
    return DONE


def diff(options: Namespace) -> int:
    from triplomat.graph.knowledge_graph import load
    from triplomat.graph.updates import describe_changes
    from triplomat.graph.updates import diff as differences

    before, after = load(options.before), load(options.after)
    text = describe_changes(differences(before, after), before.labels | after.labels)
    print(text or "no difference")
    return DONE


def export(options: Namespace) -> int:
    from triplomat.graph.exports import export as export_graph
    from triplomat.graph.knowledge_graph import load
    from triplomat.graph.loading import load_folder

    if options.output.startswith(("http://", "https://")):
        if options.kind != "sparql":
            raise UsageError(f"{options.output}: a server takes the kind sparql")
        print(f"{load_folder(options.folder, options.output)} quads → {options.output}")
        return DONE
    print("\n".join(export_graph(load(options.folder), options.kind, Path(options.output))))
    return DONE


def check(options: Namespace) -> int:
    from triplomat.graph.checking import check_folder

    violations = check_folder(options.folder)
    for violation in violations:
        print(violation)
    if violations:
        print(f"triplomat: {len(violations)} violations of the shapes", file=sys.stderr)
        return SKIPPED
    print(f"{options.folder}: conforms to all shapes")
    return DONE


def lexicon(options: Namespace) -> int:
    if not options.sentence.strip():
        raise UsageError('give a sentence, as in triplomat lexicon explain "Russia threatened Ukraine."')
    print(_extractor(options).explain(options.sentence))
    return DONE


def _knowledge(options: Namespace) -> dict[str, Any]:
    if getattr(options, "jobs", 1) < 1:
        raise UsageError(f"--jobs must be 1 or more, not {options.jobs}")
    return {
        "model": options.model,
        "actors": options.actors,
        "lexicon": options.lexicon,
        "encoder": not options.no_encoder,
    }


def _extractor(options: Namespace) -> Extractor:
    from triplomat.extractors.pipeline import Extractor

    return Extractor(**_knowledge(options), processes=getattr(options, "jobs", 1))


@contextmanager
def _output(path: Path | None) -> Iterator[IO[str]]:
    """A file, or standard output; a file that was begun and not ended isn't left behind."""
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; give a file with -o")
    partial = path.with_name(path.name + ".part")
    try:
        handle = partial.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose another file with -o") from error
    try:
        with handle:
            yield handle
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
