"""A key on a token is named by a URI, without its PIN, and what is not understood is refused in words that repeat nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrs.token_uri import TokenUri

MODULE = "module-path=/usr/lib/softhsm/libsofthsm2.so"
WHERE = Path("/usr/lib/softhsm/libsofthsm2.so")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"pkcs11:object=k?{MODULE}", TokenUri(WHERE, label="k")),
        (
            f"pkcs11:token=S%E1%BB%9F%20M%E1%BA%ABu;object=k;type=private?{MODULE}&pin-source=file:/run/pin",
            TokenUri(WHERE, token="Sở Mẫu", label="k", pin_file=Path("/run/pin")),
        ),
        (f"pkcs11:serial=00%61;id=%01%ff?{MODULE}", TokenUri(WHERE, serial=b"00a", id=b"\x01\xff")),
        (f"pkcs11:id=%01?pin-source=/run/pin&{MODULE}", TokenUri(WHERE, id=b"\x01", pin_file=Path("/run/pin"))),
    ],
)
def test_a_key_is_named(text: str, meant: TokenUri) -> None:
    assert TokenUri.read(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "pkcs11:",
        "pkcs11:object=4711",
        f"pkcs11:token=4711?{MODULE}",
        f"pkcs11:object=4711?{MODULE}&pin-value=471100",
        f"pkcs11:object=4711;pin-value=471100?{MODULE}",
        f"pkcs11:object=4711;object=2?{MODULE}",
        f"pkcs11:object=4711;type=cert?{MODULE}",
        f"pkcs11:object=4711;slot-id=1?{MODULE}",
        f"pkcs11:object=47%1?{MODULE}",
        f"pkcs11:object=4711%ff?{MODULE}",
        f"pkcs11:object=47 11?{MODULE}",
        "pkcs11:object=4711?module-path=libsofthsm2.so",
        "pkcs11:object=4711?module-name=softhsm2",
        f"pkcs11:object=4711?{MODULE}&pin-source=|/bin/pin-4711",
        f"pkcs11:object=4711?{MODULE}&pin-source=https://example.org/4711",
        f"pkcs11:object=4711?{MODULE}&pin-source=file://host/4711",
    ],
)
def test_what_is_not_understood_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="such as pkcs11:token=Office;object=certificates") as refusal:
        TokenUri.read(text)

    assert "4711" not in str(refusal.value)


def test_it_is_named_for_people() -> None:
    assert str(TokenUri.read(f"pkcs11:token=Office;object=k?{MODULE}")) == "key “k” on the token “Office”"
    assert str(TokenUri.read(f"pkcs11:id=%01?{MODULE}")) == "key 01 on the token that is there"
