"""Our cookies: names that a sibling cannot toss, values that no script reads."""

from flask import Flask, Response

from lrs import cookies


def header(response: Response) -> set[str]:
    return set(response.headers["Set-Cookie"].split("; "))


def test_a_cookie_is_ours_alone() -> None:
    with Flask("test").test_request_context():
        response = Response()
        cookies.write(response, "form", "word", 60)

    assert header(response) >= {
        "__Host-haidang-form=word",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=60",
    }
    assert not any(part.startswith("Domain") for part in header(response))


def test_a_dropped_cookie_is_dropped_where_it_was_set() -> None:
    with Flask("test").test_request_context():
        response = Response()
        cookies.drop(response, "form")

    assert header(response) >= {"__Host-haidang-form=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=0"}


def test_only_our_names_are_read() -> None:
    tossed = {"Cookie": "haidang-form=tossed; form=tossed; __Host-haidang-form=ours"}

    with Flask("test").test_request_context(headers=tossed):
        assert cookies.read("form") == "ours"
        assert cookies.read("session") == ""
