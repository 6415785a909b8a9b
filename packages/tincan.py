"""xAPI packages, as tincan.xml describes them: activities, of which those with a launch are lessons."""

from packages import addresses, lom, tree
from packages.files import Files
from packages.findings import Notes
from packages.model import ACTIVITY, XAPI, Item, Launch, Organisation, Package, Text
from packages.tree import Element


def read(root: Element, files: Files, notes: Notes) -> Package:
    """Read the activities; one without a launch is only a definition of what statements speak about."""
    items = tuple(
        _item(one, files, notes) for one in tree.within(root, "activity") if tree.child(one, "launch") is not None
    )
    if not items:
        notes.say("nothing-to-launch")
    title = items[0].title if items else Text()
    identifier = items[0].identifier if items else ""
    return Package(XAPI, "", identifier, (Organisation(identifier, title, items),))


def _item(element: Element, files: Files, notes: Notes) -> Item:
    launch = tree.child(element, "launch")
    identifier = tree.attribute(element, "id")
    title = _texts(element, "name")
    if not title:
        notes.say("no-title", element, about=identifier)
    address = addresses.join("", tree.words(launch), notes, launch)
    return Item(
        identifier,
        title or Text.of(identifier),
        Launch(addresses.settle(address, files, notes, launch), ACTIVITY),
        description=_texts(element, "description"),
    )


def _texts(element: Element, name: str) -> Text:
    """Read words that stand in an element of their own for each language."""
    return Text(tuple(pair for one in tree.children(element, name) for pair in _said(one)))


def _said(element: Element) -> tuple[tuple[str, str], ...]:
    words = Text.of(tree.words(element), tree.attribute(element, "lang") or "und")
    return words.said or lom.text(element).said
