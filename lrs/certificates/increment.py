"""A place for a signature, appended to a PDF that the press drew: one section, and not a byte of what was there is touched.

ISO 32000-1, 7.5.6 (incremental updates) and 12.8 (signatures); ISO 14289-1, 7.18.4: a form field has a name and stands in the structure.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

ROOM = 8192
"""Bytes that are kept free for a signature and its chain of certificates."""

_RANGE = "/ByteRange[{:010} {:010} {:010} {:010}]"
_OBJECT = rb"\n%d 0 obj\n(.*?)\nendobj\n"


class NotOurPdf(Exception):
    """This is not how the press draws: there is no place to sign in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A PDF with room for the digits of a signature, between the two parts that are signed."""

    before: bytes
    after: bytes

    @property
    def digest(self) -> bytes:
        """Hash what is signed."""
        hashed = sha256(self.before)
        hashed.update(self.after)
        return hashed.digest()

    def filled(self, signature: bytes) -> bytes:
        """Write a signature into its place."""
        if len(signature) > ROOM:
            raise NotOurPdf(f"a signature of {len(signature)} bytes does not fit into {ROOM}")
        return self.before + b"<" + signature.ljust(ROOM, b"\0").hex().upper().encode() + b">" + self.after


def prepare(pdf: bytes, field: str, signer: str, moment: datetime) -> Place:
    """Append the field, its place in the structure, and the signature that is still without digits."""
    old = _Old(pdf)
    form, widget, signature = old.size, old.size + 1, old.size + 2
    page, root, tree = old.number("Page"), old.reference(old.trailer, "Root"), old.number("StructTreeRoot")
    document, parents = old.number("StructElem/S/Document"), _number(rb"/ParentTreeNextKey (\d+)", old.body(tree))
    changed = {
        page: _added(old.body(page), f"/Annots[{widget} 0 R]"),
        root: _added(old.body(root), f"/AcroForm<</Fields[{widget} 0 R]/SigFlags 3>>"),
        tree: _next_parent(old.body(tree), parents, form),
        document: re.sub(rb"/K\[([^\]]*)\]", rb"/K[\1 %d 0 R]" % form, old.body(document), count=1),
        form: _form(document, widget, page),
        widget: _widget(page, signature, parents, field),
    }
    out, offsets = bytearray(pdf + b"\n"), {}
    for number, body in changed.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    offsets[signature] = len(out)
    head = b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:%b)/Name%b/Contents " % (
        signature,
        f"{moment:%Y%m%d%H%M%S}Z".encode(),
        _text(signer),
    )
    before = len(out) + len(head)
    after = before + 2 * ROOM + 2
    rest_length = len(_RANGE.format(0, 0, 0, 0)) + len(b">>\nendobj\n")
    table = _table(offsets, after + rest_length, old, root, sha256(out).hexdigest()[:32])
    range_said = _RANGE.format(0, before, after, rest_length + len(table)).encode()
    return Place(bytes(out) + head, range_said + b">>\nendobj\n" + table)


class _Old:
    """The PDF as the press drew it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        at = pdf.rfind(b"trailer\n")
        self.trailer = pdf[at:]
        if at < 0 or not pdf.endswith(b"%%EOF"):
            raise NotOurPdf("it does not end as the press ends")
        self.size = _number(rb"/Size (\d+)", self.trailer)
        self.last = _number(rb"startxref\n(\d+)", self.trailer)

    def number(self, kind: str) -> int:
        """Find the one object of a kind."""
        found = re.findall(rb"\n(\d+) 0 obj\n<</Type/" + kind.encode() + rb"[/<>\[ ]", self.pdf)
        if len(found) != 1:
            raise NotOurPdf(f"it has {len(found)} objects of the kind {kind}")
        return int(found[0])

    def reference(self, body: bytes, key: str) -> int:
        """Read which object an entry means."""
        return _number(rb"/" + key.encode() + rb" (\d+) 0 R", body)

    def body(self, number: int) -> bytes:
        """Give an object's text."""
        found = re.search(_OBJECT % number, self.pdf, re.DOTALL)
        if found is None:
            raise NotOurPdf(f"object {number} is not there")
        return found[1]


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise NotOurPdf(f"{pattern!r} is not there")
    return int(found[1])


def _added(body: bytes, entry: str) -> bytes:
    return body.removesuffix(b">>") + entry.encode() + b">>"


def _next_parent(tree: bytes, key: int, form: int) -> bytes:
    """Say under the next number of the structure's parents where the field stands."""
    body, found = re.subn(rb"/Nums\[([^\]]*)\]", rb"/Nums[\1 %d %d 0 R]" % (key, form), tree, count=1)
    if not found:
        raise NotOurPdf("the structure has no list of parents")
    return body.replace(b"/ParentTreeNextKey %d" % key, b"/ParentTreeNextKey %d" % (key + 1))


def _form(document: int, widget: int, page: int) -> bytes:
    kid = f"<</Type/OBJR/Obj {widget} 0 R/Pg {page} 0 R>>"
    return f"<</Type/StructElem/S/Form/P {document} 0 R/Pg {page} 0 R/K[{kid}]>>".encode()


def _widget(page: int, signature: int, parent: int, field: str) -> bytes:
    """Write a field that takes no place on the page: what is seen of the signature is the page's own."""
    head = f"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/F 132/Rect[0 0 0 0]/P {page} 0 R/V {signature} 0 R"
    return head.encode() + b"/StructParent %d/TU%b>>" % (parent, _text(field))


def _text(text: str) -> bytes:
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper().encode() + b">"


def _table(offsets: dict[int, int], at: int, old: _Old, root: int, mark: str) -> bytes:
    """Write where the new objects lie, each in a section of its own, and the new end."""
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in sorted(offsets.items()))
    kept = b"".join(found[0] for found in [re.search(rb"/Info \d+ 0 R", old.trailer)] if found is not None)
    first = re.search(rb"/ID\[(\([^)]*\)|<[^>]*>)", old.trailer)
    if first is None:
        raise NotOurPdf("it has no identifier")
    trailer = b"<</Size %d/Root %d 0 R%b/Prev %d/ID[%b<%b>]>>" % (
        max(offsets) + 1,
        root,
        kept,
        old.last,
        first[1],
        mark.upper().encode(),
    )
    return b"xref\n0 1\n0000000000 65535 f \n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (rows, trailer, at)
