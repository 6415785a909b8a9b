"""What the manifests of all SCORM editions have in common: organisations, items, resources (IMS Content Packaging)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from packages import addresses, lom, tree
from packages.files import Files
from packages.findings import Notes
from packages.model import ASSET, SCO, Item, Launch, Organisation, Package, Resource, Text
from packages.tree import Element


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells one edition from the others: its name, and how what it alone says of items and organisations is read."""

    kind: str
    name: str
    item: Callable[[Item, Element], Item]
    organisation: Callable[[Organisation, Element], Organisation]


@dataclass(slots=True)
class Manifest:
    """A manifest while it is read."""

    root: Element
    files: Files
    notes: Notes
    edition: Edition
    resources: dict[str, Element] = field(default_factory=dict)
    _identifiers: Counter[str] = field(default_factory=Counter)

    def read(self) -> Package:
        """Read the package; what cannot be opened is noted, and refuses it in the end."""
        for element in tree.within(self.root, "resource"):
            if self.resources.setdefault(tree.attribute(element, "identifier"), element) is not element:
                self.notes.say("duplicate-id", element, about=tree.attribute(element, "identifier"))
        organisations = self._organisations() or (self._of_resources(),)
        if not any(item.launch for item in organisations[0].walk()):
            self.notes.say("nothing-to-launch")
        resources = tuple(self._resource(element) for element in self.resources.values())
        identifier = tree.attribute(self.root, "identifier")
        metadata = lom.read(self.root)
        return Package(self.edition.kind, self.edition.name, identifier, organisations, resources, metadata=metadata)

    def _organisations(self) -> tuple[Organisation, ...]:
        holder = tree.child(self.root, "organizations")
        if holder is None:
            holder = next(tree.within(self.root, "organizations"), None)
        read = [self._organisation(element) for element in tree.children(holder, "organization")]
        if holder is None or not read:
            return ()
        named = tree.attribute(holder, "default")
        default = next((one for one in read if one.identifier == named), read[0])
        if not any(item.launch for item in default.walk()):
            default = next((one for one in read if any(item.launch for item in one.walk())), default)
        if named and default.identifier != named:
            self.notes.say("default-organisation", holder, about=named)
        return (default, *(one for one in read if one is not default))

    def _organisation(self, element: Element) -> Organisation:
        made = Organisation(
            tree.attribute(element, "identifier"),
            lom.text(tree.child(element, "title")),
            tuple(self._item(child) for child in tree.children(element, "item")),
            structure=tree.attribute(element, "structure"),
            metadata=lom.read(element),
        )
        return self.edition.organisation(made, element)

    def _item(self, element: Element) -> Item:
        identifier = self._identifier(element)
        title = lom.text(tree.child(element, "title"))
        if not title:
            self.notes.say("no-title", element, about=identifier)
        made = Item(
            identifier,
            title or Text.of(identifier),
            self._launch(element),
            tuple(self._item(child) for child in tree.children(element, "item")),
            visible=tree.said_by(element, "isvisible", self.notes).flag(default=True),
            metadata=lom.read(element),
        )
        return self.edition.item(made, element)

    def _identifier(self, element: Element) -> str:
        """Give an item's identifier; one that was there before gets a number, for an activity is named after it."""
        said = tree.attribute(element, "identifier")
        name = said or "item"
        self._identifiers[name] += 1
        if self._identifiers[name] == 1:
            return name
        if said:
            self.notes.say("duplicate-id", element, about=said)
        return f"{name}#{self._identifiers[name]}"  # no identifier of XML has this sign

    def _launch(self, element: Element) -> Launch | None:
        named = tree.attribute(element, "identifierref")
        if not named:
            return None
        resource = self.resources.get(named)
        if resource is None or not tree.attribute(resource, "href"):
            self.notes.say("resource-missing", element, about=named)
            return None
        return self._opened(resource, tree.attribute(element, "parameters"))

    def _opened(self, resource: Element, parameters: str = "") -> Launch:
        role = self._role(resource)
        if not role:
            self.notes.say("no-scorm-type", resource, about=tree.attribute(resource, "identifier"))
        href = addresses.join(self._base(resource), tree.attribute(resource, "href"), self.notes, resource)
        address = addresses.with_parameters(href, parameters)
        settled = addresses.settle(address, self.files, self.notes, resource)
        return Launch(settled, role or SCO, tree.attribute(resource, "identifier"))

    def _of_resources(self) -> Organisation:
        """Make a table of contents for a manifest that has none: each SCO is a lesson."""
        self.notes.say("no-organisation")
        items = tuple(
            Item(name, Text.of(name), self._opened(resource))
            for name, resource in self.resources.items()
            if tree.attribute(resource, "href") and self._role(resource) != ASSET
        )
        return Organisation("", Text(), items)

    def _resource(self, element: Element) -> Resource:
        named = [tree.attribute(one, "identifierref") for one in tree.children(element, "dependency")]
        for missing in (one for one in named if one not in self.resources):
            self.notes.say("dependency-missing", element, about=missing)
        return Resource(
            tree.attribute(element, "identifier"),
            self._role(element),
            tree.attribute(element, "href"),
            tuple(name for one in tree.children(element, "file") if (name := self._file(one))),
            tuple(one for one in named if one in self.resources),
            lom.read(element),
        )

    def _role(self, resource: Element) -> str:
        return tree.said_by(resource, "scormtype", self.notes).one_of((SCO, ASSET), "")

    def _file(self, element: Element) -> str:
        """Name a listed file as it is called; one that lies elsewhere is nobody's file, one that is not there is noted."""
        said = addresses.join(self._base(element), tree.attribute(element, "href"), self.notes, element)
        name = addresses.path_of(said)
        real = addresses.located(name, self.files, self.notes, element) if name else None
        missing = self.files.within(addresses.decoded(name))
        if name and real is None and not self.notes.has("launch-file-missing", missing):
            self.notes.say("file-missing", file=missing)
        return real or ""

    def _base(self, element: Element) -> str:
        return addresses.base_of(element, self.notes)


def unchanged(organisation: Organisation, _element: Element) -> Organisation:
    """Leave an organisation as it is."""
    return organisation


def with_launch_data(item: Item, parameters: str) -> Item:
    """Give a lesson the data that its manifest has for it."""
    return replace(item, launch=replace(item.launch, parameters=parameters)) if item.launch and parameters else item


def mastery_score(element: Element, notes: Notes) -> float | None:
    """Read the score of 1.2, which some manifests of 2004 name too."""
    return tree.said_in(element, "masteryscore", notes).number(0, 100)
