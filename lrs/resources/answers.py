"""Statements as an answer: as they lie, reduced or translated, with their attachments if asked (xAPI Communication 2.1.3, 1.5)."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress

import orjson
from flask import Response

from lrs.resources import parcels
from lrs.resources.bodies import packed
from lrs.services import services
from lrs.xapi import attachments, definitions, formats, languages, multipart
from lrs.xapi.query import StatementQuery
from storage import definitions as kept
from storage.blobs import BlobMissing, Blobs
from storage.database import Tx

JSON = "application/json"


class Show:
    """How a request wants its statements."""

    def __init__(self, wanted: StatementQuery, accept_language: str | None) -> None:
        self._format = wanted.format
        self._attachments = wanted.attachments
        self._languages = languages.preferences(accept_language)

    def one(self, tx: Tx, text: str) -> Response:
        """Answer with one statement."""
        return self._answer(tx, self._shown(tx, text), [text])

    def page(self, tx: Tx, texts: list[str], more: str) -> Response:
        """Answer with a page; texts are joined as they lie."""
        shown = ",".join(self._shown(tx, text) for text in texts)
        return self._answer(tx, f'{{"statements":[{shown}],"more":{orjson.dumps(more).decode()}}}', texts)

    def _shown(self, tx: Tx, text: str) -> str:
        if self._format == formats.EXACT:
            return text
        statement = orjson.loads(text)
        if self._format == formats.IDS:
            return orjson.dumps(formats.ids(statement)).decode()
        known = {iri: found for iri, _ in definitions.of(statement) if (found := merged(tx, iri))}
        return orjson.dumps(formats.canonical(statement, self._languages, known)).decode()

    def _answer(self, tx: Tx, text: str, texts: Iterable[str]) -> Response:
        if not self._attachments:
            return packed(Response(text, mimetype=JSON))
        mark = secrets.token_hex(16)
        statements = text.encode()
        found = _attached(tx, texts)
        parts = [multipart.Part({"content-type": JSON}, [statements]), *(part for part, _ in found)]
        frame = sum(map(len, multipart.write((multipart.Part(part.headers, ()) for part in parts), mark)))
        response = Response(multipart.write(parts, mark), content_type=multipart.content_type(mark))
        response.content_length = frame + len(statements) + sum(size for _, size in found)
        return response


def merged(tx: Tx, iri: str) -> dict[str, object]:
    """Merge what statements have said of an activity, the later over the earlier."""
    known: dict[str, object] = {}
    for body in kept.of(tx, iri):
        known = definitions.merged(known, orjson.loads(body))
    return known


def _attached(tx: Tx, texts: Iterable[str]) -> list[tuple[multipart.Part, int]]:
    """Find the data of attachments, each once, and its size; what lies elsewhere, under its fileUrl, is not ours to send."""
    blobs = services().blobs
    found: dict[str, tuple[multipart.Part, int]] = {}
    seen = set()
    for text in texts:
        for _path, attachment in attachments.of(orjson.loads(text)):
            sha2 = attachment["sha2"].lower()
            if sha2 in seen:
                continue
            seen.add(sha2)
            with suppress(BlobMissing):
                blob = blobs.stat(parcels.place(tx.space, sha2))
                part = attachments.part(_data(blobs, blob.key), attachment["sha2"], attachment["contentType"])
                found[sha2] = part, blob.size
    return [*found.values()]


def _data(blobs: Blobs, key: str) -> Iterator[bytes]:
    """Open an object when its turn comes."""
    with blobs.get(key) as data:
        yield from data
