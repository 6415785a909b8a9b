"""Our cookies: `__Host-` names only, which a lesson on a sibling host can neither read nor toss. Others are not trusted."""

from flask import Response, request

_PREFIX = "__Host-haidang"


def read(name: str) -> str:
    """Read one of our cookies."""
    return request.cookies.get(f"{_PREFIX}-{name}", "")


def write(response: Response, name: str, value: str, seconds: int | None = None, *, strict: bool = False) -> None:
    """Set a cookie. Lax: people who come from an e-mail or from another LMS stay signed in; strict: nobody leads them here."""
    response.set_cookie(
        f"{_PREFIX}-{name}",
        value,
        max_age=seconds,
        secure=True,  # browsers treat *.localhost as secure; elsewhere the service stands behind TLS
        httponly=True,
        samesite="Strict" if strict else "Lax",
        path="/",
    )


def drop(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(f"{_PREFIX}-{name}", secure=True, httponly=True, samesite="Lax", path="/")
