"""SCORM 2004 manifests, 2nd to 4th Edition (Content Aggregation Model 1.3): sequencing, presentation, thresholds, shared data."""

from dataclasses import replace

from packages import contradictions, scorm, tree
from packages.files import Files
from packages.findings import Notes
from packages.model import SCORM2004, Completion, Item, Limits, Organisation, Package, SharedData
from packages.scorm import Edition, Manifest
from packages.scorm12 import time_limit_action
from packages.sequencing import Sequencings
from packages.tree import Element, Said

_EDITIONS = {"cam 1.3": "2nd", "2004 2nd edition": "2nd", "2004 3rd edition": "3rd", "2004 4th edition": "4th"}
_SINCE_4TH = ("data", "map", "rollupProgressMeasure")
_CONTROLS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")


def read(root: Element, files: Files, notes: Notes) -> Package:
    """Read a manifest of SCORM 2004."""
    sequencings = Sequencings(root, notes)

    def item(made: Item, element: Element) -> Item:
        return _item(made, element, sequencings, notes)

    def organisation(made: Organisation, element: Element) -> Organisation:
        return replace(
            made,
            sequencing=sequencings.read(element),
            completion=_completion(element, notes),
            objectives_global=tree.said_by(element, "objectivesGlobalToSystem", notes).flag(default=True),
            shared_data_global=tree.said_by(element, "sharedDataGlobalToSystem", notes).flag(default=True),
        )

    package = Manifest(root, files, notes, Edition(SCORM2004, edition(root, notes), item, organisation)).read()
    for one in package.organisations:
        contradictions.look(one, notes)
    return package


def edition(root: Element, notes: Notes) -> str:
    """Tell the edition: as the manifest says, or the oldest one that knows all it uses."""
    said = [tree.words(one) for one in tree.within(root, "schemaversion")]
    known = next((_EDITIONS[one.lower()] for one in said if one.lower() in _EDITIONS), None)
    if known is None:
        notes.say("no-schemaversion", about=said[0][:100] if said else "")
    return known or ("4th" if _uses_4th(root) else "2nd")


def _uses_4th(root: Element) -> bool:
    added = next(tree.within(root, *_SINCE_4TH), None) is not None
    objectives = any("adlseq" in one.tag for one in tree.within(root, "objectives"))
    return added or objectives or any(one.get("completedByMeasure") for one in tree.within(root, "completionThreshold"))


def _item(made: Item, element: Element, sequencings: Sequencings, notes: Notes) -> Item:
    presentation = tree.child(element, "presentation")
    hidden = tree.within(presentation, "hideLMSUI") if presentation is not None else ()
    controls = (Said(tree.words(one), "hideLMSUI", one, notes).one_of(_CONTROLS, "") for one in hidden)
    ready = replace(
        made,
        completion=_completion(element, notes),
        limits=Limits(action=time_limit_action(element, notes)),
        sequencing=sequencings.read(element),
        hidden_controls=tuple(control for control in controls if control),
        shared_data=tuple(
            SharedData(
                tree.attribute(one, "targetID"),
                tree.said_by(one, "readSharedData", notes).flag(default=True),
                tree.said_by(one, "writeSharedData", notes).flag(default=True),
            )
            for one in tree.children(tree.child(element, "data"), "map")
        ),
    )
    return scorm.with_launch_data(ready, tree.verbatim(tree.child(element, "dataFromLMS")))


def _completion(element: Element, notes: Notes) -> Completion:
    """Read the threshold: attributes since the 4th Edition, a plain number before it."""
    score = scorm.mastery_score(element, notes)
    threshold = tree.child(element, "completionThreshold")
    if threshold is None:
        return Completion(mastery_score=score)
    plain = tree.words(threshold)
    said = tree.said_by(threshold, "minProgressMeasure", notes)
    least = replace(said, words=said.words or plain).number(0, 1)
    weight = tree.said_by(threshold, "progressWeight", notes).number(0, 1)
    return Completion(
        mastery_score=score,
        by_measure=tree.said_by(threshold, "completedByMeasure", notes).flag(default=bool(plain)),
        least_progress=1.0 if least is None else least,
        weight=1.0 if weight is None else weight,
    )
