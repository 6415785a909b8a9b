"""Publishing is all or nothing, whatever fails at whichever file."""

import io
from pathlib import Path

import pytest

from lrs.commands import enter
from lrs.web import release
from packages import courses
from packages.findings import PackageRefused
from storage.blobs import StoreAway
from storage.blobs.folder import Folder
from storage.errors import DatabaseAway
from tests.parts.installations import Installation
from tests.parts.zips import scorm12, zipped

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
