"""What a copula ascribes → the status of its clause: "is too late to go", "what Kyiv wants is to join"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from triplomat.ontology.embedding import Signature

from .governing import Governing
from .marks import weaker
from .status import VERBAL, Factuality, Statuses


class Copulas:
    """The surroundings of the clauses behind "be"; `embedded` is what a predicate makes of its complement."""

    def __init__(self, statuses: Statuses, governing: Governing, embedded: Callable[..., Factuality]) -> None:
        self._statuses = statuses
        self._tree = statuses.known.tree
        self._governing = governing
        self._embedded = embedded

    def of(self, i: int, copula: int, marker: str) -> Factuality | None:
        """The complement of what a copula ascribes: "is the only one to sign", "the trouble is that"."""
        tree = self._tree
        inner = tree.first(copula, "attr", "acomp")
        status = self._statuses.of(copula)
        if inner is None and (certain := self._far_from(copula)) is not None:
            return self._embedded(i, certain, marker, replace(status, polarity="negative"))
        if marker == "to" or (not marker and tree.tag[i] == "VB"):
            cleft = self._cleft(i, copula, status)
            if cleft is not None:
                return cleft
        if marker == "to":
            if inner is not None and (signature := self._governing.degree(inner)) is not None:
                return self._apply(signature, status)
            if inner is not None and inner < i and self._governing.singled(inner):
                return status
            return self._impersonal(i, copula, inner, status)
        if self._has_gap(i):  # "it was Chad that broke the truce", "is the prospect that alarms it"
            return replace(self._statuses.context(copula), polarity="positive")
        clause = tree.first(copula, "csubj")
        if inner is None and clause is not None and clause < copula:  # "what worries them is that it has not come"
            asks = next((kid for kid in tree.kids[clause] if tree.tag[kid] in ("WP", "WDT")), None)
            if asks is not None and tree.dep[asks] != "nsubj":
                return self._embedded(i, clause, "that", self._statuses.of(clause))
            return replace(self._statuses.context(copula), polarity="positive")
        subject = tree.first(copula, "nsubj")
        if inner is None and subject is not None and tree.lower[subject] == "it" and marker == "that":
            return status  # "if there is any comfort, it is that the rains have come"
        if inner is None:
            inner = subject
        if inner is None or tree.dep[i] not in ("ccomp", "xcomp"):
            return None
        return self._embedded(i, inner, marker, status)

    def _far_from(self, copula: int) -> int | None:
        """ "Is far from certain"."""
        tree = self._tree
        far = next((kid for kid in tree.kids_of(copula, "advmod") if tree.lower[kid] == "far"), None)
        from_ = None if far is None else tree.first(far, "prep")
        return None if from_ is None else tree.first(from_, "amod", "acomp")

    def _has_gap(self, i: int) -> bool:
        """Whether the clause at token i is a relative one, whatever the parser says: "that" is its subject."""
        tree = self._tree
        subject = tree.first(i, "nsubj", "nsubjpass")
        return (
            subject is not None
            and tree.lower[subject] in ("that", "who", "which")
            and tree.tag[subject] in ("WDT", "WP")
        )

    def _cleft(self, i: int, copula: int, status: Factuality) -> Factuality | None:
        """ "All it can do is wait", "what Kyiv wants is to join", "the last thing it wants is to lose"."""
        tree = self._tree
        subject = tree.first(copula, "nsubj", "csubj")
        if subject is None or subject >= i:
            return None
        if any(tree.lower[kid] == "last" for kid in tree.kids[subject]):
            return replace(status, polarity="negative", modality=weaker(status.modality, "intended"))
        clause = subject if tree.dep[subject] == "csubj" else tree.first(subject, "relcl")
        if clause is None or tree.pos[clause] not in VERBAL:
            return None
        base = self._statuses.of(clause)
        if tree.lemma[clause] == "do":
            return replace(base, modality=weaker(status.modality, base.modality))
        return self._embedded(i, clause, "to", base)

    def _impersonal(self, i: int, copula: int, inner: int | None, status: Factuality) -> Factuality | None:
        """ "It is impossible for China to win"; "it was wrong of China to leak it" says that it did."""
        tree = self._tree
        subject = tree.first(copula, "nsubj", "expl")
        if inner is None or subject is None or tree.lower[subject] != "it" or self._governing.pos(inner) != "adj":
            return None
        if any(tree.lower[kid] == "of" for kid in tree.kids_of(inner, "prep")):
            return replace(self._statuses.context(copula), polarity="positive")
        return self._embedded(i, inner, "to", status)

    def _apply(self, signature: Signature, base: Factuality) -> Factuality:
        effect = signature.affirmed if base.polarity == "positive" else signature.negated
        return replace(
            base,
            polarity="positive" if effect.holds else "negative",
            modality=weaker(base.modality, effect.modality),
        )
