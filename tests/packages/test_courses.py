"""Publishing is all or nothing, whatever fails at whichever file."""

import io
import json
import re
from pathlib import Path

import pytest

from lrs.commands import enter
from lrs.web import release
from packages import courses, tree
from packages.cmi5 import NAMESPACE
from packages.findings import PackageRefused
from packages.model import Package
from storage.blobs import StoreAway
from storage.blobs.folder import Folder
from storage.errors import DatabaseAway
from tests.parts.installations import Installation
from tests.parts.zips import MANIFEST, scorm12, zipped

FILES = {f"media/{n}.txt": b"x" * n for n in range(4)}


def publish(installation: Installation, data: bytes) -> courses.Published:
    with installation.app.app_context():
        enter("haiphong")
        return courses.publish(io.BytesIO(data))


def test_all_files_lie_under_the_versions_key(installation: Installation) -> None:
    published = publish(installation, scorm12(more=FILES))

    place = courses.prefix(1, published.version_id)
    stored = [blob.key.removeprefix(place) for blob in installation.services.blobs.list(place)]
    assert stored == sorted(["imsmanifest.xml", "index.html", *FILES])


def test_files_count_from_the_manifests_folder(embedded: Installation) -> None:
    inner = zipped({f"Bai/{name}": data for name, data in unzipped(scorm12()).items()} | {"readme.txt": b"outside"})

    published = publish(embedded, inner)

    place = courses.prefix(1, published.version_id)
    assert {blob.key.removeprefix(place) for blob in embedded.services.blobs.list(place)} == {
        "imsmanifest.xml",
        "index.html",
    }


def unzipped(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("failing", range(6))
def test_a_store_that_goes_away_at_any_file_leaves_nothing(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls = iter(range(100))
    put = Folder.put

    def put_until(self: Folder, key: str, source: object) -> object:
        if next(calls) == failing:
            raise StoreAway("the store is away")
        return put(self, key, source)  # type: ignore[arg-type]

    monkeypatch.setattr(Folder, "put", put_until)

    with pytest.raises(StoreAway):
        publish(embedded, scorm12(more=FILES))

    assert list(embedded.services.blobs.list("spaces/")) == []
    assert embedded.haidang("package", "list", "--space", "haiphong") == {"packages": []}
    publish(embedded, scorm12(more=FILES))  # a retry finishes it


def test_a_database_that_goes_away_leaves_nothing(embedded: Installation) -> None:
    database = embedded.services.database
    file = Path(database.url.database or "")
    with embedded.app.app_context():
        enter("haiphong")
        release()
        database.dispose()
        aside = file.rename(file.with_suffix(".aside"))
        file.mkdir()
        with pytest.raises(DatabaseAway):
            courses.publish(io.BytesIO(scorm12(more=FILES)))
        file.rmdir()
        aside.rename(file)

    assert list(embedded.services.blobs.list("spaces/")) == []
    publish(embedded, scorm12(more=FILES))


def test_a_damaged_last_file_leaves_nothing(embedded: Installation) -> None:
    data = bytearray(zipped(unzipped(scorm12()) | {"z.bin": bytes(range(256))}))
    data[data.rindex(b"z.bin", 0, data.index(b"PK\1\2")) + 10] ^= 0xFF

    with pytest.raises(PackageRefused):
        publish(embedded, bytes(data))

    assert list(embedded.services.blobs.list("spaces/")) == []


def test_the_deepest_tree_of_items_that_is_read_can_be_stored(embedded: Installation) -> None:
    inner = '<item identifier="bai-1" identifierref="res-1"><title>Bài</title></item>'
    for n in range(tree.DEEPEST - 5):
        inner = f'<item identifier="phan-{n}"><title>Phần</title>{inner}</item>'
    manifest = re.sub("<item .*</item>", inner, MANIFEST.format(title="Bài"), flags=re.DOTALL)

    published = publish(embedded, scorm12(more={"imsmanifest.xml": manifest.encode()}))

    stored = Package.from_json(json.loads(json.dumps(published.package.to_json())))
    assert stored == published.package
    assert len(list(stored.organisations[0].walk())) == tree.DEEPEST - 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((b"", b""), []),
        (
            (b"</item>", b'</item><item identifier="bai-2" identifierref="res-1"><title>Hai</title></item>'),
            ["not-played-yet"],
        ),
        ((b'href="index.html"><', b'href="https://elsewhere.example/"><'), ["launch-elsewhere", "not-played-yet"]),
        ((b"adlcp_rootv1p2", b"adlcp_v1p3"), ["no-schemaversion", "not-played-yet"]),
    ],
)
def test_what_the_player_cannot_open_is_published_and_told(
    embedded: Installation, change: tuple[bytes, bytes], told: list[str]
) -> None:
    manifest = MANIFEST.format(title="Bài").encode().replace(*change)

    published = publish(embedded, scorm12(more={"imsmanifest.xml": manifest}))

    assert [finding.code for finding in published.findings] == told


def test_a_course_structure_alone_is_published_as_its_one_file(embedded: Installation) -> None:
    words = "<title><langstring>C</langstring></title><description><langstring>C</langstring></description>"
    structure = (
        f'<courseStructure xmlns="{NAMESPACE}"><course id="urn:c">{words}</course>'
        f'<au id="urn:a">{words}<url>https://x.example/a.html</url></au></courseStructure>'
    ).encode()

    published = publish(embedded, structure)

    place = courses.prefix(1, published.version_id)
    assert [blob.key.removeprefix(place) for blob in embedded.services.blobs.list(place)] == ["cmi5.xml"]
    assert (published.package.kind, published.package.title) == ("cmi5", "C")
