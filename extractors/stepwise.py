"""The model's transition parsers (dependencies, named entities), stepping through all texts of a batch together.

spaCy's own loop runs without Python's lock, and takes it back several times a word to look for errors, which costs more
than the steps themselves. This one keeps the lock; steps and scores are spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc
from spacy.util import minibatch

NAME = "triplomat_stepwise"
_WORDS = 8000
"""Words that are parsed together; each takes some four kilobytes meanwhile."""


class _Stepwise:
    """What parser and entity recognizer do otherwise than spaCy's."""

    def greedy_parse(self: Any, docs: list[Doc], drop: float = 0.0) -> Any:
        """The final states of the docs, the best-scored transition taken at each step."""
        batch = self.moves.init_batch(docs)
        steps = self.model.predict(docs)
        states = [state for state in batch if not state.is_final()]
        while states:
            states = self.transition_states(states, steps.predict(states))
        steps.clear_memory()
        return batch

    def pipe(self: Any, docs: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        error_handler = self.get_error_handler()
        for batch in map(list, minibatch(docs, size=batch_size)):  # type: ignore[no-untyped-call]
            try:
                for group in _groups(batch):
                    self.set_annotations(group, self.predict(group))
                yield from batch
            except Exception as error:
                error_handler(self.name, self, batch, error)


class StepwiseParser(_Stepwise, DependencyParser):  # type: ignore[misc]
    """A dependency parser, the whole batch a step at a time."""


class StepwiseRecognizer(_Stepwise, EntityRecognizer):  # type: ignore[misc]
    """A named entity recognizer, the whole batch a step at a time."""


@Language.factory(NAME, default_config={"of": "parser"})
def make_stepwise(nlp: Language, name: str, of: str) -> Any:
    """The component that does what component `of` of the same pipeline does, with its model."""
    model = nlp.get_pipe(of)
    made = StepwiseParser if type(model) is DependencyParser else StepwiseRecognizer
    options = {key: value for key, value in model.cfg.items() if key in _OPTIONS[made]}  # type: ignore[attr-defined]
    return made(nlp.vocab, model.model, name, model.moves, scorer=model.scorer, **options)  # type: ignore[attr-defined]


def step_together(nlp: Language) -> None:
    """Put stepwise components in the place of a pipeline's own, where those are spaCy's and search no beam."""
    for name in nlp.pipe_names:
        pipe = nlp.get_pipe(name)
        if type(pipe) in (DependencyParser, EntityRecognizer) and pipe.cfg["beam_width"] == 1:  # type: ignore[attr-defined]
            nlp.add_pipe(NAME, name=f"{name}_stepwise", before=name, config={"of": name})
            nlp.remove_pipe(name)
            nlp.rename_pipe(f"{name}_stepwise", name)


_SHARED = {"update_with_oracle_cut_size", "beam_width", "beam_density", "beam_update_prob", "incorrect_spans_key"}
_OPTIONS: dict[type, set[str]] = {
    StepwiseRecognizer: _SHARED,
    StepwiseParser: _SHARED - {"incorrect_spans_key"} | {"min_action_freq", "learn_tokens"},
}


def _groups(docs: list[Doc]) -> Iterator[list[Doc]]:
    """Docs of like length together."""
    group: list[Doc] = []
    size = 0
    for doc in sorted(docs, key=len):
        if group and size + len(doc) > _WORDS:
            yield group
            group, size = [], 0
        group.append(doc)
        size += len(doc)
    if group:
        yield group
