"""What a Host header means, whatever somebody writes into it."""

from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lrs.hosts import APP, CONTENT, MACHINE, SPACE, UNKNOWN, Host, Hosts, content_label, is_reserved, is_slug

SIBLING = Hosts("app.lms.localhost", "lms.localhost", "lms.localhost")
APART = Hosts("app.hd.localhost", "hd.localhost", "hdc.localhost")
ARRANGEMENTS = pytest.mark.parametrize("hosts", [SIBLING, APART], ids=["sibling", "apart"])
VERSION = UUID("0123456789abcdef0123456789abcdef")
LABEL = f"c-{VERSION.hex}"

names = st.text(st.sampled_from("abcxyz019-_.:[]cC%@/ ÉKıß\0"), max_size=70)
labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", fullmatch=True)
ports = st.one_of(st.just(""), st.integers(0, 99999).map(lambda number: f":{number}"))


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("app.lms.localhost", Host(APP)),
        ("app.lms.localhost:8080", Host(APP)),
        ("APP.LMS.Localhost", Host(APP)),
        ("app.lms.localhost.", Host(APP)),
        ("app.lms.localhost.:8080", Host(APP)),
        ("haiphong.lms.localhost", Host(SPACE, "haiphong")),
        ("HaiPhong.lms.localhost:1", Host(SPACE, "haiphong")),
        ("so-gd-7.lms.localhost", Host(SPACE, "so-gd-7")),
        (f"{LABEL}.lms.localhost:8080", Host(CONTENT, version=VERSION)),
        (f"{LABEL.upper()}.lms.localhost", Host(CONTENT, version=VERSION)),
        ("127.0.0.1", Host(MACHINE)),
        ("127.0.0.1:8080", Host(MACHINE)),
        ("localhost:8080", Host(MACHINE)),
        ("[::1]:8080", Host(MACHINE)),
    ],
)
def test_a_known_host_is_told(header: str, meaning: Host) -> None:
    assert SIBLING.tell(header) == meaning


@pytest.mark.parametrize(
    "header",
    [
        "",
        ".",
        ":8080",
        ".lms.localhost",
        "lms.localhost",
        "a.b.lms.localhost",
        "app.app.lms.localhost",
        f"a.{LABEL}.lms.localhost",
        "app.lms.localhost..",
        "app.lms.localhost:port",
        "app.lms.localhost:123456",
        "app.lms.localhost:80:80",
        "app.lms.localhost,app.lms.localhost",
        "app.lms.localhost\n",
        "app.lms.localhost\0.evil.example",
        "app.lms.localhost.evil.example",
        "evil-app.lms.localhost.evil",
        "xapp.lms.localhost@evil.example",
        "-a.lms.localhost",
        "a-.lms.localhost",
        "hải-phòng.lms.localhost",
        "xn--hi-phng-fya.lms.localhost",
        "www.lms.localhost",
        "api.lms.localhost",
        "static.lms.localhost",
        "admin.lms.localhost",
        "c-.lms.localhost",
        "c-x.lms.localhost",
        f"{LABEL}0.lms.localhost",
        f"{LABEL[:-1]}.lms.localhost",
        "a" * 64 + ".lms.localhost",
        "127.0.0.2",
        "127.0.0.1.lms.localhost",
        "10.0.0.1",
        "[::]",
        "::1",
    ],
)
def test_anything_else_is_unknown(header: str) -> None:
    assert SIBLING.tell(header) == Host(UNKNOWN)


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("app.hd.localhost", Host(APP)),
        ("haiphong.hd.localhost", Host(SPACE, "haiphong")),
        (f"{LABEL}.hdc.localhost", Host(CONTENT, version=VERSION)),
        (f"{LABEL}.hd.localhost", Host(UNKNOWN)),
        ("haiphong.hdc.localhost", Host(UNKNOWN)),
        ("app.hdc.localhost", Host(UNKNOWN)),
    ],
)
def test_content_lies_apart_where_it_should(header: str, meaning: Host) -> None:
    assert APART.tell(header) == meaning


@ARRANGEMENTS
@settings(deadline=None)
@given(header=names)
@example("K.lms.localhost")
@example("ı.lms.localhost")
@example("ß.lms.localhost")
def test_no_header_is_too_strange(hosts: Hosts, header: str) -> None:
    found = hosts.tell(header)

    assert found.kind in {APP, SPACE, CONTENT, MACHINE, UNKNOWN}
    assert (found.kind == SPACE) == bool(found.slug)
    assert (found.kind == CONTENT) == (found.version is not None)


@ARRANGEMENTS
@settings(deadline=None)
@given(label=st.one_of(labels, names), port=ports, dot=st.sampled_from(["", "."]))
def test_a_space_is_told_only_by_one_label_that_a_space_may_have(hosts: Hosts, label: str, port: str, dot: str) -> None:
    found = hosts.tell(f"{label}.{hosts.domain}{dot}{port}")

    assert (found.kind == SPACE) == (is_slug(label.lower()) and len(port) < 7)
    assert found.kind != SPACE or found.slug == label.lower()


@ARRANGEMENTS
@settings(deadline=None)
@given(version=st.uuids(), port=ports)
def test_the_label_of_a_version_leads_to_its_content_alone(hosts: Hosts, version: UUID, port: str) -> None:
    label = content_label(version)

    assert hosts.tell(f"{label}.{hosts.content_domain}{port}") == Host(CONTENT, version=version)
    assert not is_slug(label)
    assert len(label) <= 63


@ARRANGEMENTS
@settings(deadline=None)
@given(header=st.one_of(names, labels))
def test_a_host_of_another_domain_is_never_ours(hosts: Hosts, header: str) -> None:
    found = hosts.tell(f"{header}.example.org")

    assert found == Host(UNKNOWN)


@settings(deadline=None)
@given(label=labels)
def test_a_space_may_not_take_a_name_that_means_something_else(label: str) -> None:
    assert not is_slug(f"c-{label}")
    assert not is_slug(f"xn--{label}")


@pytest.mark.parametrize(
    "word", ["app", "www", "api", "static", "admin", "", "A", "a.b", "a_b", "-a", "a-", "a" * 64, "a\n"]
)
def test_a_name_that_cannot_stand_in_a_host_is_refused(word: str) -> None:
    assert not is_slug(word)


@pytest.mark.parametrize("word", ["haiphong", "a", "7", "so-gd-dt", "a" * 63, "application", "cx-1"])
def test_other_names_are_free(word: str) -> None:
    assert is_slug(word)


@pytest.mark.parametrize(
    ("word", "kept"), [("app", True), ("www", True), ("c-1", True), ("a_b", False), ("haiphong", False), ("", False)]
)
def test_a_name_that_is_kept_is_told_from_one_that_cannot_stand(word: str, kept: bool) -> None:  # noqa: FBT001
    assert is_reserved(word) == kept
