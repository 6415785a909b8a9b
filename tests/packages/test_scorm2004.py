"""What SCORM 2004 says of organisations and items beside their sequencing, in the manner of each edition."""

import pytest

from packages import scorm2004
from packages.findings import Notes
from packages.model import Completion, Limits, SharedData
from tests.packages.reading import NS2004, codes, element, item2004, read2004


def test_an_item_says_what_it_starts_with_shows_and_shares() -> None:
    item, notes = item2004(
        "<adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction><adlcp:dataFromLMS>x</adlcp:dataFromLMS>"
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI>"
        "<adlnav:hideLMSUI>suspendAll</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>"
        '<adlcp:data><adlcp:map targetID="t1"/><adlcp:map targetID="t2" writeSharedData="false"/></adlcp:data>'
    )

    assert (item.limits, item.hidden_controls) == (Limits(action="exit,message"), ("continue", "suspendAll"))
    assert item.shared_data == (SharedData("t1"), SharedData("t2", write=False))
    assert (item.launch and item.launch.parameters, codes(notes)) == ("x", [])


@pytest.mark.parametrize(
    ("inner", "completion"),
    [
        ("", Completion()),
        (
            '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8" progressWeight="0.5"/>',
            Completion(by_measure=True, least_progress=0.8, weight=0.5),
        ),
        ('<adlcp:completionThreshold completedByMeasure="true"/>', Completion(by_measure=True)),
        ("<adlcp:completionThreshold>0.6</adlcp:completionThreshold>", Completion(by_measure=True, least_progress=0.6)),
        ("<adlcp:masteryscore>70</adlcp:masteryscore>", Completion(mastery_score=70)),
    ],
)
def test_a_threshold_is_read_as_each_edition_writes_it(inner: str, completion: Completion) -> None:
    item, notes = item2004(inner)

    assert (item.completion, codes(notes)) == (completion, [])


def test_an_organisation_says_how_long_global_objectives_live() -> None:
    item = '<item identifier="i" identifierref="r"><title>I</title></item>'
    package, _ = read2004(
        item, attributes='adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="false"'
    )
    silent, _ = read2004(item)

    found = package.organisations[0]
    assert (found.objectives_global, found.shared_data_global) == (False, False)
    assert (silent.organisations[0].objectives_global, silent.organisations[0].shared_data_global) == (True, True)


@pytest.mark.parametrize(
    ("inner", "edition", "told"),
    [
        ("<schemaversion>CAM 1.3</schemaversion>", "2nd", []),
        ("<schemaversion>2004 3rd Edition</schemaversion>", "3rd", []),
        ("<schemaversion> 2004  4th edition </schemaversion>", "4th", []),
        ("<schemaversion>1.3</schemaversion><schemaversion>2004 3rd Edition</schemaversion>", "3rd", []),
        ("", "2nd", ["no-schemaversion"]),
        ("<schemaversion>2004</schemaversion>", "2nd", ["no-schemaversion"]),
        ("<adlcp:data/>", "4th", ["no-schemaversion"]),
        ("<adlseq:objectives/>", "4th", ["no-schemaversion"]),
        ('<adlcp:completionThreshold completedByMeasure="true"/>', "4th", ["no-schemaversion"]),
        ("<imsss:objectives/>", "2nd", ["no-schemaversion"]),
    ],
)
def test_an_edition_that_is_not_named_is_the_oldest_that_knows_all(inner: str, edition: str, told: list[str]) -> None:
    notes = Notes("m")

    assert scorm2004.edition(element(f"<manifest {NS2004}>{inner}</manifest>"), notes) == edition
    assert codes(notes) == told
