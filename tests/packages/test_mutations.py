"""Mutations of valid packages: each is read or refused, soon, and never anything else; none is half published."""

from __future__ import annotations

import io
import json
import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from lrs.commands import enter
from packages import publishing, unpacked
from packages.findings import PackageRefused
from packages.model import Package
from packages.placing import list_key, prefix
from tests.packages.mutations import FILES, mutated, whole

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation

SEED = 20
PATIENCE = 5.0


@pytest.mark.parametrize("kind", FILES)
def test_what_is_mutated_is_valid(kind: str, tmp_path: Path) -> None:
    found = unpacked.unpack(io.BytesIO(whole(kind)), tmp_path)

    assert found.package.kind == kind.removeprefix("bare ")
    assert {finding.code for finding in found.findings} <= {"launch-elsewhere"}


@pytest.mark.parametrize("count", [50, pytest.param(1000, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", FILES)
def test_a_mutation_is_read_or_refused(kind: str, count: int, tmp_path: Path) -> None:
    read = 0
    for number in range(count):
        data = mutated(kind, Random(f"{SEED} {kind} {number}"))
        folder = tmp_path / str(number)
        folder.mkdir()
        begun = time.monotonic()
        try:
            found = unpacked.unpack(io.BytesIO(data), folder)
        except PackageRefused:
            pass
        except Exception as error:
            error.add_note(f"mutation {number} of {kind}")
            raise
        else:
            read += 1
            assert Package.from_json(json.loads(json.dumps(found.package.to_json()))) == found.package
        assert time.monotonic() - begun < PATIENCE, f"mutation {number} of {kind}"
    assert 0 < read < count


@pytest.mark.parametrize("count", [5, pytest.param(170, marks=pytest.mark.long)])
def test_no_mutation_is_half_published(embedded: Installation, count: int) -> None:
    blobs = embedded.services.blobs
    wanted: set[str] = set()
    codes = set()
    with embedded.app.app_context():
        enter("haiphong")
        for kind in FILES:
            for number in range(count):
                try:
                    made = publishing.publish(io.BytesIO(mutated(kind, Random(f"{SEED + 1} {kind} {number}"))))
                except PackageRefused as refused:
                    codes |= {finding.code for finding in refused.findings}
                    continue
                listed = list_key(1, made.version_id)
                names = [name for name, _size, _hash in json.loads(blobs.get(listed).read())]
                wanted |= {listed, *(prefix(1, made.version_id) + name for name in names)}

    assert {blob.key for blob in blobs.list("spaces/")} == wanted
    assert wanted
    assert "unreadable" not in codes
    versions = embedded.haidang("package", "list", "--space", "haiphong")["packages"]
    assert len(versions) == sum(key.startswith("spaces/1/files/") for key in wanted)
