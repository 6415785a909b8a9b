"""Signatures are those of Standard Webhooks."""

from __future__ import annotations

import base64
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from lrs.webhooks import signing

_ID, _TIME, _BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_comes_out() -> None:
    """The vector of the libraries in the specification's own repository."""
    fields = signing.headers(_ID, _TIME, _BODY, [_SECRET])

    assert fields == {"webhook-id": _ID, "webhook-timestamp": str(_TIME), "webhook-signature": _SIGNATURE}


def test_two_secrets_sign_both_and_another_body_is_signed_otherwise() -> None:
    new = signing.new_secret()

    both = signing.headers(_ID, _TIME, _BODY, [new, _SECRET])["webhook-signature"].split(" ")

    assert both[1] == _SIGNATURE
    assert both[0] == signing.headers(_ID, _TIME, _BODY, [new])["webhook-signature"] != _SIGNATURE
    assert signing.headers(_ID, _TIME, b"{}", [_SECRET])["webhook-signature"] != _SIGNATURE


def test_a_secret_is_32_bytes_of_its_own() -> None:
    made = {signing.new_secret() for _ in range(20)}

    assert len(made) == 20
    for each in made:
        prefix, _, text = each.partition("_")
        assert (prefix, len(base64.b64decode(text, validate=True))) == ("whsec", 32)


def test_the_specifications_own_library_takes_what_we_sign_and_nothing_else() -> None:
    old, new, other = (signing.new_secret() for _ in range(3))
    body = '{"text": "Kỹ năng số"}'.encode()
    fields = signing.headers("5f0c0000-0000-4000-8000-000000000000", int(time.time()), body, [new, old])

    for secret in (old, new):
        assert Webhook(secret).verify(body, fields) == {"text": "Kỹ năng số"}
    for secret, said in ((other, body), (new, body + b" ")):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(said, fields)
    late = signing.headers("5f0c", int(time.time()) - 600, body, [new])
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(new).verify(body, late)
