"""A key that nobody can take out of its token signs certificates: for many at once, after a fork, and again once the token is back."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from lrs.certificates import signing
from lrs.certificates.signing import NoSigningKey
from lrs.certificates.token import Token
from lrs.token_uri import TokenUri
from tests.lrs.certificates.papers import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography import x509

    from tests.parts.softhsm import Tokens

CONTENT = b"what is signed"


@pytest.fixture
def office(tokens: Tokens) -> tuple[Token, x509.Certificate]:
    """Make a token, and give it with the certificate of its key."""
    key, certificate = signing.own("Sở Mẫu", NOW)
    tokens.make("Office", key, certificate)
    return Token(TokenUri.read(tokens.uri("Office"))), certificate


def test_a_token_signs_for_many_at_once(office: tuple[Token, x509.Certificate]) -> None:
    token, certificate = office

    with ThreadPoolExecutor(8) as many:
        made = list(many.map(token.sign, [CONTENT] * 40))

    assert token.certificates() == [certificate]
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    for each in made:
        public.verify(each, CONTENT, ec.ECDSA(hashes.SHA256()))


def test_a_process_that_was_forked_off_begins_anew(office: tuple[Token, x509.Certificate]) -> None:
    token, _ = office
    token.sign(CONTENT)
    opened = token._opened
    assert opened is not None

    assert forked(lambda: token.sign(CONTENT))
    assert not forked(
        lambda: opened.key.sign(bytes(32), mechanism=opened.mechanism)
    )  # what the parent opened is of no use
    assert token.sign(CONTENT)


def forked(deed: Callable[[], object]) -> bool:
    """Tell whether a process that is forked off can do something."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if deed() else 1)
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
            os._exit(2)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def test_a_token_that_was_away_signs_again(office: tuple[Token, x509.Certificate], tokens: Tokens) -> None:
    token, _ = office
    token.sign(CONTENT)
    tokens.take_away()

    with pytest.raises(NoSigningKey, match="whether the token is there") as away:
        token.sign(CONTENT)
    tokens.put_back()

    assert "“Office”" in str(away.value)
    assert token.sign(CONTENT)


def test_a_wrong_pin_is_tried_once(office: tuple[Token, x509.Certificate], tokens: Tokens) -> None:
    token, _ = office
    right = tokens.pin.read_text()
    tokens.pin.write_text("914827\n")

    for _ in range(5):
        with pytest.raises(NoSigningKey, match="refused the PIN") as refused:
            token.sign(CONTENT)
        assert "914827" not in str(refused.value)
    tried = pkcs11.TokenFlag.USER_PIN_COUNT_LOW
    assert tried in pkcs11.lib(str(token.uri.module)).get_token(token_label="Office").flags
    tokens.pin.write_text(right)

    assert token.sign(CONTENT)
    tokens.pin.unlink()
    with pytest.raises(NoSigningKey, match="cannot read the PIN"):
        Token(token.uri).sign(CONTENT)


def test_a_certificate_of_another_key_and_one_that_is_missing_are_found_at_once(tokens: Tokens) -> None:
    key, _ = signing.own("Sở Mẫu", NOW)
    _, other = signing.own("Sở Mẫu", NOW)
    tokens.make("Other", key, other)
    tokens.make("None", key)

    for token, said in (("Other", "not that of its key"), ("None", "0 certificates"), ("Nowhere", "No token matching")):
        with pytest.raises(NoSigningKey, match=said):
            Token(TokenUri.read(tokens.uri(token))).sign(CONTENT)


def test_a_module_that_is_none_is_named(tokens: Tokens) -> None:
    uri = TokenUri.read(f"pkcs11:object=k?module-path={tokens.pin}&pin-source={tokens.pin}")

    with pytest.raises(NoSigningKey, match=str(tokens.pin)):
        Token(uri).sign(CONTENT)


def test_rsa_signs_as_well(tokens: Tokens) -> None:
    key = rsa.generate_private_key(65537, 2048)
    certificate = signing.vouched("Sở Mẫu", key, NOW)
    tokens.make("Office", key, certificate)

    assert Token(TokenUri.read(tokens.uri("Office", "id=%01"))).certificates() == [certificate]
