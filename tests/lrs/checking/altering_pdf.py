"""Ways to alter a signed PDF, as forgers do who know the format: each makes another file of a genuine one."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from lrs.certificates import signing
from lrs.certificates.increment import ROOM, prepare
from lrs.certificates.press import Press
from tests.lrs.certificates.papers import NOW, TEMPLATE, named, seal, signed_page

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from lrs.certificates.signing import Seal

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256."""

_CONTENTS = b"/Contents <"


@dataclass(frozen=True)
class Sides:
    """A signed PDF, taken apart at its signature."""

    before: bytes
    content: bytes
    after: bytes

    @classmethod
    def of(cls, pdf: bytes) -> Sides:
        """Take it apart."""
        start = pdf.rindex(_CONTENTS) + len(_CONTENTS)
        padded = bytes.fromhex(pdf[start : start + 2 * ROOM].decode())
        length = len(cms.ContentInfo.load(padded).dump())
        return cls(pdf[:start], padded[:length], pdf[start + 2 * ROOM :])

    def with_content(self, content: bytes, *, letters: Callable[[str], str] = str.upper) -> bytes:
        """Put it together with another CMS."""
        return self.before + letters(content.ljust(ROOM, b"\0").hex()).encode() + self.after


@cache
def theirs() -> Seal:
    """Give a forger's key, whose certificate says the same name."""
    key, certificate = signing.own("Sở Mẫu", NOW)
    return signing.Seal.of(key, certificate, [])


@cache
def drawn() -> bytes:
    """Draw what was never signed."""
    with Press(TEMPLATE, {}) as press:
        return press.page(named("Kẻ Giả Mạo"))


@cache
def second() -> bytes:
    """Give another genuine paper."""
    with Press(TEMPLATE, {}) as press:
        return seal().sign(press.page(named("Lê Văn Mẫu")), "Chữ ký của đơn vị cấp", NOW)


@cache
def _forged() -> bytes:
    return theirs().sign(drawn(), "Chữ ký của đơn vị cấp", NOW)


def appended(pdf: bytes, chance: random.Random, objects: dict[int, bytes]) -> bytes:
    """Append a section, well formed, whose objects stand in place of older ones."""
    out, rows = bytearray(pdf), b""
    for number, body in objects.items():
        rows += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(_last(rb"/Size (\d+)", pdf), *(each + 1 for each in objects))
    trailer = b"<</Size %d/Root %d 0 R/Prev %d/ID[<%032x><%032x>]>>" % (
        size,
        _last(rb"/Root (\d+) 0 R", pdf),
        _last(rb"startxref\n(\d+)", pdf),
        chance.getrandbits(128),
        chance.getrandbits(128),
    )
    at = len(out)
    return bytes(out) + b"xref\n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (rows, trailer, at)


def _last(pattern: bytes, pdf: bytes) -> int:
    return int(re.findall(pattern, pdf)[-1])


def _body(pdf: bytes, number: int) -> bytes:
    found: list[bytes] = re.findall(rb"\n%d 0 obj\n(.*?)\nendobj\n" % number, pdf, re.DOTALL)
    return found[-1]


def _page(pdf: bytes) -> tuple[int, bytes]:
    number = int(re.findall(rb"\n(\d+) 0 obj\n<</Type/Page[ /]", pdf)[-1])
    return number, _body(pdf, number)


def _text(chance: random.Random) -> bytes:
    x, y = chance.randint(0, 800), chance.randint(0, 500)
    shown = b"BT /F1 %d Tf %d %d Td (Nguyen Van %d) Tj ET" % (chance.randint(5, 60), x, y, chance.randrange(10**6))
    return b"<</Length %d>>\nstream\n%b\nendstream" % (len(shown), shown)


def page_replaced(pdf: bytes, chance: random.Random) -> bytes:
    """Let the page show something else."""
    number, body = _page(pdf)
    other = re.sub(rb"/Contents[ \[]*\d+ 0 R\]?", b"/Contents 901 0 R", body)
    return appended(pdf, chance, {number: other, 901: _text(chance)})


def covered(pdf: bytes, chance: random.Random) -> bytes:
    """Lay a stamp or a free text over the page."""
    number, body = _page(pdf)
    kind = chance.choice([b"Stamp", b"FreeText", b"Square", b"Highlight", b"Widget"])
    x, y = chance.randint(0, 700), chance.randint(0, 400)
    words = b"<</Type/Annot/Subtype/%b/Rect[%d %d %d %d]/Contents(Tran Van %d)/F 4/AP<</N 902 0 R>>>>"
    other = re.sub(rb"/Annots\[", b"/Annots[901 0 R ", body)
    over = words % (kind, x, y, x + 90, y + 40, chance.randrange(10**6))
    return appended(pdf, chance, {number: other, 901: over, 902: _text(chance)})


def filled(pdf: bytes, chance: random.Random) -> bytes:
    """Add a form field that is filled in, as some readers allow after signing."""
    root = _last(rb"/Root (\d+) 0 R", pdf)
    other = re.sub(rb"/Fields\[", b"/Fields[901 0 R ", _body(pdf, root))
    field = b"<</FT/Tx/T(n%d)/V(Pham Thi %d)/Type/Annot/Subtype/Widget/Rect[0 0 99 99]>>"
    return appended(pdf, chance, {root: other, 901: field % (chance.randrange(99), chance.randrange(10**6))})


def hidden(pdf: bytes, chance: random.Random) -> bytes:
    """Show a layer that was hidden, and hide what was shown."""
    root = _last(rb"/Root (\d+) 0 R", pdf)
    other = _body(pdf, root).removesuffix(b">>") + b"/OCProperties<</OCGs[901 0 R]/D<</OFF[901 0 R]/BaseState/%b>>>>>>"
    layer = b"<</Type/OCG/Name(l%d)>>" % chance.randrange(10**6)
    return appended(pdf, chance, {root: other % chance.choice([b"ON", b"OFF"]), 901: layer})


def root_replaced(pdf: bytes, chance: random.Random) -> bytes:
    """Name other pages in the catalogue."""
    root = _last(rb"/Root (\d+) 0 R", pdf)
    kids = b"<</Type/Pages/Kids[902 0 R]/Count 1>>"
    sheet = b"<</Type/Page/Parent 901 0 R/MediaBox[0 0 842 %d]/Contents 903 0 R>>" % chance.randint(500, 700)
    other = re.sub(rb"/Pages \d+ 0 R", b"/Pages 901 0 R", _body(pdf, root))
    return appended(pdf, chance, {root: other, 901: kids, 902: sheet, 903: _text(chance)})


def nothing_appended(pdf: bytes, chance: random.Random) -> bytes:
    """Append a section in which nothing is, or less than a section."""
    rest = [b"\n", b"%", b" ", b"\0", b"\n%%EOF\n", pdf[-chance.randint(1, 2000) :]]
    return pdf + chance.choice(rest) * chance.randint(1, 3)


def signed_again(pdf: bytes, chance: random.Random) -> bytes:
    """Append a signature of one's own over all, where the other stays within."""
    moment = NOW + timedelta(seconds=chance.randrange(10**8))
    place = prepare(drawn(), "Chữ ký của đơn vị cấp", "Sở Mẫu", moment)
    made = chance.choice([_forged(), pdf, second()])
    return chance.choice([pdf, b""]) + place.filled(Sides.of(made).content)


def of_another_key(_pdf: bytes, chance: random.Random) -> bytes:
    """Sign with a key of one's own, whose certificate has the same name; or put ours beside it."""
    sides = Sides.of(_forged())
    told = cms.ContentInfo.load(sides.content)
    ours = cms.ContentInfo.load(Sides.of(signed_page()).content)
    match chance.randrange(4):
        case 1:
            told["content"]["certificates"] = ours["content"]["certificates"]
        case 2:
            told["content"]["signer_infos"][0]["sid"] = ours["content"]["signer_infos"][0]["sid"]
            told["content"]["certificates"] = ours["content"]["certificates"]
        case 3:
            told["content"]["signer_infos"] = [*ours["content"]["signer_infos"], *told["content"]["signer_infos"]]
    return _scratched(sides.with_content(told.dump()), chance)


def _scratched(pdf: bytes, chance: random.Random) -> bytes:
    """Change the moment that is said, so that no two are the same."""
    return re.sub(rb"/M\(D:\d{14}Z\)", b"/M(D:%014dZ)" % chance.randrange(10**14), pdf)


def swapped(pdf: bytes, chance: random.Random) -> bytes:
    """Put another genuine paper's signature, or its whole section, into this one."""
    ours, other = Sides.of(pdf), Sides.of(second())
    mine, its = cms.ContentInfo.load(ours.content), cms.ContentInfo.load(other.content)
    part = chance.choice(["signed_attrs", "signature"])
    mine["content"]["signer_infos"][0][part] = its["content"]["signer_infos"][0][part]
    made = (
        ours.with_content(other.content),
        other.with_content(ours.content),
        ours.with_content(mine.dump()),
        other.with_content(mine.dump()),
    )
    return chance.choice(made)


def cms_altered(pdf: bytes, chance: random.Random) -> bytes:
    """Write the CMS otherwise, in parts that are not signed."""
    sides = Sides.of(pdf)
    told = cms.ContentInfo.load(sides.content)
    data, who = told["content"], told["content"]["signer_infos"][0]
    match chance.randrange(10):
        case 0:  # the other of the two numbers
            r, s = decode_dss_signature(who["signature"].native)
            who["signature"] = encode_dss_signature(r, ORDER - s)
        case 1:
            number = core.Integer(chance.randrange(10**9))
            who["unsigned_attrs"] = cms.CMSAttributes([{"type": "1.2.840.113549.1.9.13", "values": [number]}])
        case 2:
            data["certificates"] = [*data["certificates"], _certificate()]
        case 3:
            data["certificates"] = [_certificate()]
        case 4:
            data["version"] = chance.choice(["v0", "v3", "v4", "v5"])
        case 5:
            data["signer_infos"] = [
                who,
                cms.ContentInfo.load(Sides.of(_forged()).content)["content"]["signer_infos"][0],
            ]
        case 6:
            data["digest_algorithms"] = [{"algorithm": chance.choice(["sha1", "sha512", "md5"])}]
        case 7:
            who["digest_algorithm"] = {"algorithm": chance.choice(["sha1", "sha384", "sha512"])}
        case 8:
            del data["certificates"]
        case _:
            who["signature"] = who["signature"].native + chance.randbytes(chance.randint(1, 4))
    return sides.with_content(told.dump())


def _certificate() -> object:
    return cms.ContentInfo.load(Sides.of(_forged()).content)["content"]["certificates"][0]


def cms_wrapped(pdf: bytes, chance: random.Random) -> bytes:
    """Write the CMS with other lengths, with bytes behind it, or with other digits."""
    sides = Sides.of(pdf)
    content = sides.content
    inner = content[4:]  # behind the tag and a length of three bytes
    at = chance.randrange(len(content))
    more = bytes(chance.randint(0, 400)) + chance.randbytes(chance.randint(1, 30)) + b"\1"
    made = (
        sides.with_content(b"\x30\x80" + inner + b"\0\0"),
        sides.with_content(b"\x30\x83" + len(inner).to_bytes(3) + inner),
        sides.with_content(content + more),
        sides.with_content(content, letters=str.lower),
        sides.with_content(cms.ContentInfo({"content_type": "data", "content": content}).dump()),
        sides.with_content(content[:at] + bytes([content[at] ^ chance.randint(1, 255)]) + content[at + 1 :]),
    )
    return chance.choice(made)


def range_altered(pdf: bytes, chance: random.Random) -> bytes:
    """Say that less is signed, or say it twice."""
    found = re.search(rb"/ByteRange\[(\d{10}) (\d{10}) (\d{10}) (\d{10})\]", pdf)
    assert found is not None
    numbers = [int(each) for each in found.groups()]
    at = chance.randrange(4)
    numbers[at] = max(0, numbers[at] + chance.choice([-1, 1]) * chance.randint(1, 500))
    other = b"/ByteRange[%010d %010d %010d %010d]" % tuple(numbers)
    if other == found[0]:
        other = b"/ByteRange[0000000000 0000000000 0000000000 0000000000]"
    how = chance.randrange(3)
    if how == 0:
        return pdf[: found.start()] + other + pdf[found.end() :]
    if how == 1:
        return pdf[: found.start()] + other + pdf[found.start() :]
    return pdf[: found.end()] + other + pdf[found.end() :]


def redrawn(pdf: bytes, chance: random.Random) -> bytes:
    """Change what is drawn, and keep its length, so that no number in the file has to change."""
    streams = list(re.finditer(rb"/FlateDecode[^\n]*>>\nstream\n", pdf))
    start = chance.choice(streams).end()
    end = pdf.index(b"\nendstream", start)
    try:
        plain = bytearray(zlib.decompress(pdf[start:end]))
    except zlib.error:
        plain = bytearray(b"0")
    at = chance.randrange(len(plain))
    plain[at] ^= chance.randint(1, 255)
    for level in (9, 6, 1):
        packed = zlib.compress(bytes(plain), level)
        if len(packed) <= end - start:
            return pdf[:start] + packed.ljust(end - start, b"\0") + pdf[end:]
    return pdf[:start] + bytes([pdf[start] ^ 1]) + pdf[start + 1 :]


def of_bytes(pdf: bytes, chance: random.Random) -> bytes:
    """Change a bit or a byte, take some out, put some in, double some, exchange some, or cut."""
    at, size = chance.randrange(len(pdf)), chance.randint(1, 300)
    other = second()
    made = (
        pdf[:at] + bytes([pdf[at] ^ 1 << chance.randrange(8)]) + pdf[at + 1 :],
        pdf[:at] + bytes([pdf[at] ^ chance.randint(1, 255)]) + pdf[at + 1 :],
        pdf[:at] + pdf[at + size :],
        pdf[:at] + chance.randbytes(size) + pdf[at:],
        pdf[:at] + pdf[max(0, at - size) :],
        pdf[:at] + other[at:],
        pdf[:at],
    )
    return chance.choice(made)


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    page_replaced,
    covered,
    filled,
    hidden,
    root_replaced,
    nothing_appended,
    signed_again,
    of_another_key,
    swapped,
    cms_altered,
    cms_wrapped,
    range_altered,
    redrawn,
    of_bytes,
)
