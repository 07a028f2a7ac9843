"""Small signed networks from the literature, typed in."""

from __future__ import annotations

import networkx as nx

ENTENTE = ("GB", "FR", "RU")
ALLIANCE = ("DE", "AH", "IT")

GAHUKU_GAMA = """
GAVEV +KOTUN +NAGAD +GAMA -OVE -ALIKA -NAGAM -GAHUK -ASARO
KOTUN +NAGAD +GAMA -OVE -NAGAM -GAHUK -NOTOH -KOHIK
OVE +ALIKA +GAHUK +MASIL +UKUDZ
ALIKA +UKUDZ
NAGAM +MASIL +NOTOH +SEUVE -NAGAD -GAMA
GAHUK +MASIL +UKUDZ +GEHAM +ASARO -NOTOH -UHETO -GAMA
MASIL +UKUDZ +GEHAM +ASARO +UHETO
UKUDZ +GEHAM +ASARO -SEUVE
NOTOH +KOHIK +UHETO -GEHAM -NAGAD
KOHIK +UHETO -GEHAM -NAGAD
GEHAM +ASARO -UHETO -NAGAD -GAMA
ASARO -SEUVE -NAGAD -GAMA
UHETO +SEUVE -NAGAD -GAMA
SEUVE -GAMA
NAGAD +GAMA
"""

SAMPSON = """
Romuald Bonaventure:1 Ambrose:1 Peter:3 Amand:2
Bonaventure Ambrose:1 Peter:3 Louis:2
Ambrose Bonaventure:1 Victor:3 Winfrid:2 Basil:-3 Elias:-2 Simplicius:-1
Berthold Bonaventure:1 Ambrose:2 Peter:3 Gregory:-1 Mark:-2 Basil:-3 Elias:-2
Peter Bonaventure:3 Berthold:1 Louis:2 John:-2 Gregory:-3 Hugh:-1
Louis Bonaventure:2 Victor:3 Hugh:1 John:-1 Gregory:-3 Basil:-2
Victor Ambrose:1 Berthold:2 Peter:3 Gregory:-3 Hugh:-1 Basil:-2
Winfrid John:3 Gregory:2 Mark:1
John Winfrid:1 Hugh:2 Basil:3 Romuald:-1 Gregory:-2 Mark:-3
Gregory Winfrid:2 John:3 Mark:1 Peter:-3 Victor:-2 Amand:-1
Hugh Winfrid:1 John:3 Boniface:2 Peter:-3 Victor:-2 Elias:-1
Boniface Winfrid:2 Gregory:3 Mark:1 Peter:-1 Amand:-3 Basil:-2
Mark Winfrid:1 Gregory:3 Albert:2 Berthold:-2 Peter:-3 Victor:-1
Albert Gregory:3 Boniface:1 Mark:2 Peter:-3 Basil:-1 Elias:-2
Amand Bonaventure:2 Mark:1 Simplicius:3 Berthold:-2 Winfrid:-1 Gregory:-3
Basil John:3 Amand:2 Elias:1 Simplicius:2 Berthold:-2 Peter:-3 Gregory:-2 Albert:-1
Elias Gregory:1 Basil:2 Simplicius:3 Berthold:-3 Peter:-1 Victor:-2
Simplicius Gregory:1 Basil:2 Elias:3 Romuald:-2 Peter:-1 Victor:-3
"""

TABLE_5 = (
    (0, 1, 0, 1, 0, 0, 0, -1, -1, 0),
    (1, 0, 1, -1, 1, -1, -1, 0, 0, 0),
    (0, 1, 0, 1, -1, 0, 0, 0, -1, 0),
    (1, -1, 1, 0, 1, -1, -1, 0, 0, 0),
    (0, 1, -1, 1, 0, 1, 0, -1, 0, -1),
    (0, -1, 0, -1, 1, 0, 1, 0, 1, -1),
    (0, -1, 0, -1, 0, 1, 0, 1, -1, 1),
    (-1, 0, 0, 0, -1, 0, 1, 0, 1, 0),
    (-1, 0, -1, 0, 0, 1, -1, 1, 0, 1),
    (0, 0, 0, 0, -1, -1, 1, 0, 1, 0),
)
TABLE_5_PN = (0.901, 0.861, 0.908, 0.861, 0.841, 0.850, 0.862, 0.902, 0.851, 0.907)


def great_powers() -> nx.Graph:
    """The powers of Europe after 1907, Triple Entente against Triple Alliance, as in Antal, Krapivsky and Redner,
    Social balance on networks: the dynamics of friendship and enmity (2006), after the Correlates of War.
    """
    graph = nx.Graph()
    for one in ENTENTE + ALLIANCE:
        for other in ENTENTE + ALLIANCE:
            if one < other:
                graph.add_edge(one, other, weight=1.0 if (one in ENTENTE) == (other in ENTENTE) else -1.0)
    return graph


def gahuku_gama() -> nx.Graph:
    """Sixteen peoples of the New Guinea highlands, allied or at war: K. E. Read, Cultures of the Central Highlands, New
    Guinea (1954).
    """
    graph = nx.Graph()
    for line in GAHUKU_GAMA.split("\n"):
        for other in line.split()[1:]:
            graph.add_edge(line.split()[0], other[1:], weight=1.0 if other[0] == "+" else -1.0)
    return graph


def sampson() -> nx.DiGraph:
    """Whom each novice of a monastery liked and disliked most, by rank, before four were sent away: S. F. Sampson, A
    novitiate in a period of change (1968), fourth time.
    """
    graph = nx.DiGraph()
    for line in SAMPSON.split("\n"):
        for other in line.split()[1:]:
            name, _, rank = other.partition(":")
            graph.add_edge(line.split()[0], name, weight=float(rank))
    return graph


def everett_borgatti() -> nx.Graph:
    """Table 5 of Everett and Borgatti, Networks containing negative ties (2014), with its PN scores in TABLE_5_PN."""
    graph = nx.Graph()
    for row, line in enumerate(TABLE_5):
        graph.add_weighted_edges_from((row, column, float(sign)) for column, sign in enumerate(line) if sign)
    return graph
