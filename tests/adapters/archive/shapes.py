"""The catalogue held to shapes of DCAT-AP, by a validator of others."""

from pathlib import Path

from pyshacl import validate
from rdflib import Graph

SHAPES = Path(__file__).with_name("dcat_ap.ttl")


def shape_faults(graph: Graph) -> str:
    """What the validator finds, in its words; empty when all is as the profile wants it."""
    fit, _, said = validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if fit else str(said)
