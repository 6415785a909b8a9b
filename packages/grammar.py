"""What IMS Content Packaging 1.1 allows where, as its schema says: which elements an element holds, which attributes it must have.

What breaks it is told and never refused: it is read as far as it can be. Elements of other vocabularies may stand anywhere.
"""

from dataclasses import dataclass

from lxml import etree

from packages.findings import Notes
from packages.tree import Element

_VOCABULARY = "imscp"
"""Part of the name of every version's namespace. A manifest without it uses names as it likes, and they are read as they are."""

_MOST_ABOUT = 100


@dataclass(frozen=True, slots=True)
class _Rule:
    holds: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


def _rule(holds: str = "", needs: str = "") -> _Rule:
    return _Rule(frozenset(holds.split()), tuple(needs.split()))


_DOCUMENT = _rule("manifest")
_RULES = {
    "manifest": _rule("metadata organizations resources manifest", "identifier"),
    "metadata": _rule("schema schemaversion"),
    "schema": _rule(),
    "schemaversion": _rule(),
    "organizations": _rule("organization"),
    "organization": _rule("title item metadata", "identifier"),
    "item": _rule("title item metadata", "identifier"),
    "title": _rule(),
    "resources": _rule("resource"),
    "resource": _rule("metadata file dependency", "identifier type"),
    "file": _rule("metadata", "href"),
    "dependency": _rule(needs="identifierref"),
}


def check(root: Element, notes: Notes) -> None:
    """Note what breaks the grammar of a manifest: the same mistake once, where it is made first."""
    vocabulary = etree.QName(root).namespace or ""
    if _VOCABULARY in vocabulary:
        _check(root, _DOCUMENT, f"{{{vocabulary}}}*", notes)


def _check(element: Element, around: _Rule, ours: str, notes: Notes) -> None:
    """Go down as far as there are rules: what an unknown element holds is its own matter."""
    name, parent = etree.QName(element).localname, element.getparent()
    if name not in around.holds:
        within = "" if parent is None else f" in {etree.QName(parent).localname}"
        notes.say("unknown-element", element, about=f"{name}{within}"[:_MOST_ABOUT])
        return
    rule = _RULES[name]
    for attribute in rule.needs:
        if element.get(attribute) is None:
            notes.say("missing-attribute", element, about=f"{name} {attribute}")
    for child in element.iterchildren(ours):
        _check(child, rule, ours, notes)
