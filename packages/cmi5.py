"""cmi5 course structures (Quartz, 13 and 14), read strictly: the standard wants every one refused that breaks a rule."""

import re
from urllib.parse import parse_qsl, urlsplit

from packages import addresses, lom, tree
from packages.files import Files
from packages.findings import Notes
from packages.model import AU, CMI5, Aim, Completion, Item, Launch, Organisation, Package
from packages.tree import Element

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"

_STRUCTURE = {
    "courseStructure": "course (objectives )?((au|block) )+",
    "course": "title description ",
    "block": "title description (objectives )?((au|block) )+",
    "au": "title description (objectives )?url (launchParameters )?(entitlementKey )?",
    "objectives": "(objective )+",
    "title": "(langstring )+",
    "description": "(langstring )+",
}
"""The children of an element, in their order."""

_METHODS = ("AnyWindow", "OwnWindow")
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
_RESERVED = {"endpoint", "fetch", "actor", "registration", "activityid"}

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_URL = re.compile(r"[^\s<>\"{}|\\^`]+")


def read(root: Element, files: Files, notes: Notes, *, alone: bool) -> Package:
    """Read a course structure; one that came alone, without a zip, can name no file."""
    return _Structure(root, files, notes, alone=alone).read()


class _Structure:
    def __init__(self, root: Element, files: Files, notes: Notes, *, alone: bool) -> None:
        self._root = root
        self._files = files
        self._notes = notes
        self._alone = alone
        self._seen: set[str] = set()

    def read(self) -> Package:
        """Read the course and check every rule on the way."""
        self._check_structure(self._root)
        course = tree.child(self._root, "course")
        identifier = "" if course is None else self._identifier(course)
        aims = tuple(self._aim(one) for one in tree.children(tree.child(self._root, "objectives"), "objective"))
        organisation = Organisation(
            identifier,
            lom.text(tree.child(course, "title")),
            self._items(self._root),
            description=lom.text(tree.child(course, "description")),
        )
        if not any(item.launch for item in organisation.walk()):
            self._notes.say("nothing-to-launch")
        return Package(CMI5, "1.0", identifier, (organisation,), aims=aims)

    def _check_structure(self, element: Element) -> None:
        """Hold the order of elements against the table; what stands in a namespace of its own is its author's affair."""
        if not element.tag.startswith(f"{{{NAMESPACE}}}"):
            self._notes.say("cmi5-structure", element, about=tree.name(element))
            return
        own = [one for one in tree.children(element) if one.tag.startswith(f"{{{NAMESPACE}}}")]
        plain = [one for one in tree.children(element) if "}" not in one.tag]
        pattern = _STRUCTURE.get(tree.name(element), "")
        if tree.attribute(element, "idref"):
            pattern = ""
        elif tree.name(element) == "objective":
            pattern = _STRUCTURE["course"]
        if plain or not re.fullmatch(pattern, "".join(f"{tree.name(one)} " for one in own)):
            self._notes.say("cmi5-structure", element, about=tree.attribute(element, "id") or tree.name(element))
        for one in own:
            self._check_structure(one)

    def _items(self, element: Element) -> tuple[Item, ...]:
        readers = {"au": self._unit, "block": self._block}
        return tuple(readers[tree.name(one).lower()](one) for one in tree.children(element, "au", "block"))

    def _block(self, element: Element) -> Item:
        return Item(
            self._identifier(element),
            lom.text(tree.child(element, "title")),
            items=self._items(element),
            description=lom.text(tree.child(element, "description")),
            aims=self._aims(element),
        )

    def _unit(self, element: Element) -> Item:
        launch = Launch(
            self._url(element),
            AU,
            method=self._word(element, "launchMethod", _METHODS, "AnyWindow"),
            parameters=tree.verbatim(tree.child(element, "launchParameters")),
            entitlement_key=tree.verbatim(tree.child(element, "entitlementKey")),
        )
        return Item(
            self._identifier(element),
            lom.text(tree.child(element, "title")),
            launch,
            description=lom.text(tree.child(element, "description")),
            completion=Completion(self._mastery(element), self._word(element, "moveOn", _MOVE_ON, "NotApplicable")),
            aims=self._aims(element),
        )

    def _identifier(self, element: Element) -> str:
        identifier = self._iri(element, "id")
        if identifier in self._seen:
            self._notes.say("cmi5-duplicate-id", element, about=identifier)
        self._seen.add(identifier)
        return identifier

    def _iri(self, element: Element, name: str) -> str:
        said = tree.attribute(element, name)
        if not _IRI.fullmatch(said):
            self._notes.say("cmi5-iri", element, about=said or name)
        return said

    def _word(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        said = tree.attribute(element, name)
        if said and said not in allowed:
            self._notes.say("cmi5-structure", element, about=f"{name}={said}"[:100])
        return said if said in allowed else default

    def _mastery(self, element: Element) -> float | None:
        said = tree.attribute(element, "masteryScore")
        try:
            score = float(said) if said else None
        except ValueError:
            score = float("nan")
        if score is None or 0 <= score <= 1:
            return score
        self._notes.say("cmi5-structure", element, about=f"masteryScore={said}"[:100])
        return None

    def _aim(self, element: Element) -> Aim:
        identifier = self._identifier(element)
        return Aim(identifier, lom.text(tree.child(element, "title")), lom.text(tree.child(element, "description")))

    def _aims(self, element: Element) -> tuple[str, ...]:
        return tuple(self._iri(one, "idref") for one in tree.children(tree.child(element, "objectives"), "objective"))

    def _url(self, element: Element) -> str:
        """Read where a unit opens: with its files beside it or elsewhere, and with no name of the launch's own."""
        at = tree.child(element, "url")
        said = tree.verbatim(at)
        try:
            parts = urlsplit(said)
        except ValueError:
            parts = None
        if parts is None or not _URL.fullmatch(said) or (parts.scheme and not parts.netloc):
            self._notes.say("cmi5-url", at, about=said[:200])
            return said
        if any(name.lower() in _RESERVED for name, _value in parse_qsl(parts.query, keep_blank_values=True)):
            self._notes.say("cmi5-reserved-name", at, about=said[:200])
        if self._alone and not parts.scheme:
            self._notes.say("cmi5-relative-url", at, about=said[:200])
            return said
        return addresses.settle(addresses.join("", said, self._notes, at), self._files, self._notes, at)
