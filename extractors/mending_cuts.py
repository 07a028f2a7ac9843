"""Repairs of sentences that a parse has cut where they go on."""

from __future__ import annotations

from .columns import SUBJECTS, Columns, hang, kids_of


def cut_pair(parse: Columns, place: int) -> None:
    """ "Yerevan, 9 August - Armenia | and Azerbaijan signed": a name alone is no sentence but one of two subjects.

    The cut may stand before "and", behind it, or on both sides.
    """
    joint = parse.begins[place] - (parse.lower[parse.begins[place]] != "and")
    name = joint - 1
    start = max((begin for begin in parse.begins if begin <= name), default=0)
    if (
        name < start
        or parse.dep[name] != "ROOT"
        or any(parse.pos[j] not in ("PROPN", "DET") for j in range(start, joint))
    ):
        return
    after = range(joint + 1, min(joint + 8, len(parse.head)))
    second = next((j for j in after if parse.dep[j] in SUBJECTS and parse.pos[j] in ("PROPN", "NOUN")), None)
    if second is None or min([second, *(kid for kid in kids_of(parse, second) if kid > joint)]) != joint + 1:
        return
    hang(parse, name, parse.head[second], parse.dep[second])
    hang(parse, second, name, "conj")
    hang(parse, joint, name, "cc")
    parse.begins[:] = [begin for begin in parse.begins if not name < begin <= joint + 1]
