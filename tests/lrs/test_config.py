"""Each setting is read, has a default, refuses what is wrong without repeating it, and is described."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs import config, services
from lrs.config import SETTINGS, WrongSetting
from lrs.token_uri import TokenUri

PAGE = Path(__file__).parents[2] / "docs/configuration.md"
HERE = Path.cwd()

DEFAULTS = {
    "port": 8080,
    "bind": "127.0.0.1",
    "data": HERE / "data",
    "database_url": f"sqlite:///{HERE}/data/haidang.db",
    "migration_database_url": f"sqlite:///{HERE}/data/haidang.db",
    "object_store_url": f"file://{HERE}/data/objects",
    "secret_file": HERE / "data/keys/secret.key",
    "identity_keys_file": HERE / "data/keys/identity.keys",
    "certificate_key": HERE / "data/keys/certificates.pem",
    "certificate_passphrase_file": None,
    "arrangement": "sibling",
    "public_url": "http://app.lms.localhost:8080",
    "content_domain": "lms.localhost",
    "files_by": "service",
    "language": "vi",
    "workers": 2,
    "threads": 16,
    "followers": "inside",
    "body_limit": 16 * 2**20,
    "attachment_limit": 100 * 2**20,
    "upload_limit": 2**30,
    "trusted_proxies": 0,
    "log_level": "info",
    "metrics_token": "",
    "smtp_host": "",
    "smtp_tls": "starttls",
    "smtp_port": 587,
    "smtp_user": "",
    "smtp_password": "",
    "smtp_password_file": None,
    "smtp_from": "",
    "smtp_timeout": 20,
    "webhook_networks": (),
}

RIGHT: list[tuple[str, str, Any]] = [
    ("HAIDANG_PORT", "80", 80),
    ("HAIDANG_BIND", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - a value, nobody listens there
    ("HAIDANG_BIND", "::", "::"),
    ("HAIDANG_DATA", "/srv/hải đăng", Path("/srv/hải đăng")),
    ("HAIDANG_DATA", "elsewhere", HERE / "elsewhere"),
    ("HAIDANG_DATABASE_URL", "sqlite:////srv/a b.db", "sqlite:////srv/a b.db"),
    ("HAIDANG_DATABASE_URL", "postgresql://u:p%40w@db.example:5432/h", "postgresql://u:p%40w@db.example:5432/h"),
    ("HAIDANG_DATABASE_URL", "postgresql+psycopg:///h?host=/run/pg", "postgresql+psycopg:///h?host=/run/pg"),
    ("HAIDANG_DATABASE_URL", "postgresql://u@[::1]:5432/h", "postgresql://u@[::1]:5432/h"),
    ("HAIDANG_MIGRATION_DATABASE_URL", "postgresql://o@db/h", "postgresql://o@db/h"),
    ("HAIDANG_OBJECT_STORE_URL", "file:///srv/objects", "file:///srv/objects"),
    ("HAIDANG_OBJECT_STORE_URL", "s3+https://k:s@s3.example/bucket", "s3+https://k:s@s3.example/bucket"),
    ("HAIDANG_SECRET_FILE", "/run/secrets/haidang", Path("/run/secrets/haidang")),
    ("HAIDANG_IDENTITY_KEYS_FILE", "/run/secrets/identity", Path("/run/secrets/identity")),
    ("HAIDANG_CERTIFICATE_KEY", "/run/secrets/office.p12", Path("/run/secrets/office.p12")),
    (
        "HAIDANG_CERTIFICATE_KEY",
        "pkcs11:object=k?module-path=/usr/lib/p11.so",
        TokenUri(Path("/usr/lib/p11.so"), label="k"),
    ),
    ("HAIDANG_CERTIFICATE_PASSPHRASE_FILE", "/run/secrets/office", Path("/run/secrets/office")),
    ("HAIDANG_ARRANGEMENT", "apart", "apart"),
    ("HAIDANG_PUBLIC_URL", "https://app.lms.localhost", "https://app.lms.localhost"),
    ("HAIDANG_PUBLIC_URL", "HTTPS://App.LMS.localhost:443/", "https://app.lms.localhost"),
    ("HAIDANG_PUBLIC_URL", "http://app.lms.localhost:080", "http://app.lms.localhost"),
    ("HAIDANG_CONTENT_DOMAIN", "LMS.localhost", "lms.localhost"),
    ("HAIDANG_FILES_BY", "nginx", "nginx"),
    ("HAIDANG_LANGUAGE", "en", "en"),
    ("HAIDANG_WORKERS", "64", 64),
    ("HAIDANG_THREADS", "1", 1),
    ("HAIDANG_FOLLOWERS", "apart", "apart"),
    ("HAIDANG_BODY_LIMIT", "1024", 1024),
    ("HAIDANG_ATTACHMENT_LIMIT", "1024", 1024),
    ("HAIDANG_UPLOAD_LIMIT", "5000000000", 5_000_000_000),
    ("HAIDANG_TRUSTED_PROXIES", "2", 2),
    ("HAIDANG_LOG_LEVEL", "debug", "debug"),
    ("HAIDANG_METRICS_TOKEN", "a-token-of-16-signs", "a-token-of-16-signs"),
    ("HAIDANG_SMTP_HOST", "Mail.example.org", "mail.example.org"),
    ("HAIDANG_SMTP_HOST", "mail", "mail"),
    ("HAIDANG_SMTP_HOST", "2001:db8::25", "2001:db8::25"),
    ("HAIDANG_SMTP_TLS", "none", "none"),
    ("HAIDANG_SMTP_PORT", "2525", 2525),
    ("HAIDANG_SMTP_USER", "haidang@example.org", "haidang@example.org"),
    ("HAIDANG_SMTP_PASSWORD", "a word, with: signs", "a word, with: signs"),
    ("HAIDANG_SMTP_PASSWORD_FILE", "/run/secrets/smtp", Path("/run/secrets/smtp")),
    ("HAIDANG_SMTP_FROM", "hai.dang+app@Example.org", "hai.dang+app@Example.org"),
    ("HAIDANG_SMTP_TIMEOUT", "5", 5),
    ("HAIDANG_WEBHOOK_NETWORKS", "10.20.0.0/24, fd12::/48", (ip_network("10.20.0.0/24"), ip_network("fd12::/48"))),
]

NEEDED = {
    "HAIDANG_SMTP_HOST": {"HAIDANG_SMTP_FROM": "haidang@example.org"},
    "HAIDANG_SMTP_USER": {"HAIDANG_SMTP_PASSWORD": "a word"},
}
"""What some settings make no sense without."""

NUMBERS = ["eighty", "-1", "1.5", " 8", "8 ", "١", "9" * 5000, "0x10", "1e3", "+1", "8_0"]
WORDS = ["Apart", "apart ", "neither"]
URLS = ["", "secret", "http://secret", "sqlite://secret", "mysql://user:secret@host/name", "//secret", "secret://\n"]

WRONG = [
    ("HAIDANG_CERTIFICATE_KEY", "pkcs11:object=k?module-path=/p11.so&pin-value=secret"),
    *(
        (name, text)
        for name in (
            "HAIDANG_PORT",
            "HAIDANG_WORKERS",
            "HAIDANG_THREADS",
            "HAIDANG_BODY_LIMIT",
            "HAIDANG_ATTACHMENT_LIMIT",
            "HAIDANG_UPLOAD_LIMIT",
            "HAIDANG_TRUSTED_PROXIES",
            "HAIDANG_SMTP_PORT",
            "HAIDANG_SMTP_TIMEOUT",
        )
        for text in NUMBERS
    ),
    *(
        (name, text)
        for name in (
            "HAIDANG_ARRANGEMENT",
            "HAIDANG_FILES_BY",
            "HAIDANG_LANGUAGE",
            "HAIDANG_FOLLOWERS",
            "HAIDANG_LOG_LEVEL",
            "HAIDANG_SMTP_TLS",
        )
        for text in WORDS
    ),
    *(
        (name, text)
        for name in ("HAIDANG_DATABASE_URL", "HAIDANG_MIGRATION_DATABASE_URL", "HAIDANG_OBJECT_STORE_URL")
        for text in URLS
        if text
    ),
    ("HAIDANG_PORT", "0"),
    ("HAIDANG_PORT", "65536"),
    ("HAIDANG_WORKERS", "0"),
    ("HAIDANG_BODY_LIMIT", "1023"),
    ("HAIDANG_ATTACHMENT_LIMIT", "1023"),
    ("HAIDANG_BIND", "secret.example"),
    ("HAIDANG_BIND", "127.0.0.1:8080"),
    ("HAIDANG_BIND", "unix:/run/secret"),
    ("HAIDANG_BIND", "[::1]"),
    ("HAIDANG_DATABASE_URL", "sqlite:///:memory:"),
    ("HAIDANG_DATABASE_URL", "sqlite:///secret?mode=memory"),
    ("HAIDANG_DATABASE_URL", "postgresql://user:secret@host:port/name"),
    ("HAIDANG_DATABASE_URL", "postgresql://user:secret@host"),
    ("HAIDANG_DATABASE_URL", "postgresql+asyncpg://user:secret@host/name"),
    ("HAIDANG_OBJECT_STORE_URL", "file://secret"),
    ("HAIDANG_OBJECT_STORE_URL", "file:///"),
    ("HAIDANG_OBJECT_STORE_URL", "s3+https://key:secret@host"),
    ("HAIDANG_OBJECT_STORE_URL", "s3+https://host/bucket"),
    ("HAIDANG_OBJECT_STORE_URL", "s3://key:secret@host/bucket"),
    ("HAIDANG_PUBLIC_URL", "app.secret.example"),
    ("HAIDANG_PUBLIC_URL", "ftp://app.secret.example"),
    ("HAIDANG_PUBLIC_URL", "https://secret"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example/path"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example?"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example#"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example:0"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example:65536"),
    ("HAIDANG_PUBLIC_URL", "https://app.secret.example:"),
    ("HAIDANG_PUBLIC_URL", "https://user:secret@app.example.org"),
    ("HAIDANG_PUBLIC_URL", "https://app.sec\nret.example"),
    ("HAIDANG_PUBLIC_URL", "https://app_secret.example"),
    ("HAIDANG_PUBLIC_URL", "https://192.0.2.17"),
    ("HAIDANG_PUBLIC_URL", "https://[2001:db8::1]"),
    ("HAIDANG_CONTENT_DOMAIN", "secret.example:80"),
    ("HAIDANG_CONTENT_DOMAIN", "https://secret.example"),
    ("HAIDANG_CONTENT_DOMAIN", ".secret.example"),
    ("HAIDANG_CONTENT_DOMAIN", "192.0.2.17"),
    ("HAIDANG_CONTENT_DOMAIN", "secret.example.org"),
    ("HAIDANG_METRICS_TOKEN", "secret"),
    ("HAIDANG_METRICS_TOKEN", "a secret with spaces"),
    ("HAIDANG_METRICS_TOKEN", "một-từ-khoá-không-phải-ascii"),
    ("HAIDANG_SMTP_HOST", "mail.secret.example:25"),
    ("HAIDANG_SMTP_HOST", "smtp://mail.secret.example"),
    ("HAIDANG_SMTP_HOST", "mail.sec\nret.example"),
    ("HAIDANG_SMTP_PORT", "0"),
    ("HAIDANG_SMTP_TIMEOUT", "0"),
    ("HAIDANG_WEBHOOK_NETWORKS", "secret.example"),
    ("HAIDANG_WEBHOOK_NETWORKS", "10.20.0.1/24"),
    ("HAIDANG_SMTP_USER", "ngườidùng-secret"),
    ("HAIDANG_SMTP_PASSWORD", "mật-khẩu-secret"),
    ("HAIDANG_SMTP_PASSWORD", "two\nlines-secret"),
    ("HAIDANG_SMTP_FROM", "secret.example.org"),
    ("HAIDANG_SMTP_FROM", "Secret <secret@example.org>"),
    ("HAIDANG_SMTP_FROM", "secret@example.org\nBcc: all@example.org"),
    ("HAIDANG_SMTP_FROM", "secret..dots@example.org"),
]


def test_every_setting_has_its_default() -> None:
    read = config.read({})

    assert {setting.attribute: getattr(read, setting.attribute) for setting in SETTINGS} == DEFAULTS


def test_an_empty_value_is_none() -> None:
    assert config.read({setting.variable: "" for setting in SETTINGS}) == config.read({})


@pytest.mark.parametrize(("variable", "text", "value"), RIGHT)
def test_a_setting_is_read(variable: str, text: str, value: object) -> None:
    attribute = next(setting.attribute for setting in SETTINGS if setting.variable == variable)

    assert getattr(config.read(NEEDED.get(variable, {}) | {variable: text}), attribute) == value


def test_each_setting_is_among_those_read_here() -> None:
    assert {variable for variable, _, _ in RIGHT} == {setting.variable for setting in SETTINGS}


def test_each_setting_that_can_be_wrong_is_among_those_refused_here() -> None:
    anything_goes = {
        "HAIDANG_DATA",
        "HAIDANG_SECRET_FILE",
        "HAIDANG_IDENTITY_KEYS_FILE",
        "HAIDANG_CERTIFICATE_PASSPHRASE_FILE",
        "HAIDANG_SMTP_PASSWORD_FILE",
    }

    assert {variable for variable, _ in WRONG} == {setting.variable for setting in SETTINGS} - anything_goes


@pytest.mark.parametrize(("variable", "text"), WRONG)
def test_a_wrong_value_is_refused_in_one_line_that_does_not_repeat_it(variable: str, text: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        config.read({variable: text})

    said = str(refusal.value)
    assert said.startswith(f"{variable} should be ")
    assert "\n" not in said
    assert "secret" not in said.lower().replace("key:secret@", "")
    assert len(text) < 9 or text not in said


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({"HAIDANG_CONTENT_DOMAIN": "example.org"}, "HAIDANG_CONTENT_DOMAIN"),
        ({"HAIDANG_ARRANGEMENT": "apart", "HAIDANG_CONTENT_DOMAIN": "hd.localhost"}, "HAIDANG_CONTENT_DOMAIN"),
        ({"HAIDANG_ARRANGEMENT": "apart", "HAIDANG_CONTENT_DOMAIN": "x.hd.localhost"}, "HAIDANG_CONTENT_DOMAIN"),
        ({"HAIDANG_ARRANGEMENT": "apart", "HAIDANG_CONTENT_DOMAIN": "localhost"}, "HAIDANG_CONTENT_DOMAIN"),
    ],
)
def test_domains_must_fit_the_arrangement(environ: dict[str, str], variable: str) -> None:
    with pytest.raises(WrongSetting, match=variable):
        config.read(environ)


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({"HAIDANG_SMTP_HOST": "mail.example.org"}, "HAIDANG_SMTP_FROM"),
        ({"HAIDANG_SMTP_USER": "somebody"}, "HAIDANG_SMTP_PASSWORD_FILE"),
    ],
)
def test_a_mail_server_is_named_with_what_it_needs(environ: dict[str, str], variable: str) -> None:
    with pytest.raises(WrongSetting, match=variable):
        config.read(environ)


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_mail_servers_port_follows_from_how_it_is_spoken_to(tls: str, port: int) -> None:
    assert config.read({"HAIDANG_SMTP_TLS": tls}).smtp_port == port


def test_what_depends_on_another_setting_follows_it() -> None:
    read = config.read({"HAIDANG_PORT": "9000", "HAIDANG_DATA": "/srv/hải đăng?#%41", "HAIDANG_ARRANGEMENT": "apart"})

    assert read.public_url == "http://app.hd.localhost:9000"
    assert read.content_origin("c-1") == "http://c-1.hdc.localhost:9000"
    assert read.machine_url == "http://127.0.0.1:9000"
    parts = services.build(read)
    assert parts.database.url.database == "/srv/hải đăng?#%41/haidang.db"
    assert str(parts.blobs) == "the folder /srv/hải đăng?#%41/objects"


@pytest.mark.parametrize(("address", "listens"), [("127.0.0.1", "127.0.0.1:8080"), ("::1", "[::1]:8080")])
def test_the_socket_is_written_as_the_server_wants_it(address: str, listens: str) -> None:
    assert config.read({"HAIDANG_BIND": address}).listens_on == listens


def test_the_configuration_is_frozen_and_keeps_its_secrets() -> None:
    read = config.read(
        {
            "HAIDANG_DATABASE_URL": "postgresql://user:hidden@host/name",
            "HAIDANG_OBJECT_STORE_URL": "s3+https://key:hidden@host/bucket",
            "HAIDANG_METRICS_TOKEN": "hidden-hidden-hidden",
            "HAIDANG_SMTP_PASSWORD": "hidden",
        }
    )

    assert "hidden" not in repr(read)
    with pytest.raises(AttributeError):
        read.port = 1  # type: ignore[misc]  # that is the point


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60)
ADDRESSES = st.one_of(
    TEXT,
    st.builds("{}{}{}".format, st.sampled_from(["postgresql://", "sqlite:///", "s3+https://", "file:///"]), TEXT, TEXT),
    st.from_regex(r"postgresql://[^/]{0,9}:[^/]{0,9}@[^/]{0,9}:[0-9]{0,6}/[^/]{0,9}\Z"),
    st.from_regex(r"s3\+https?://[^/]{1,9}:[^/]{1,9}@[^/]{1,9}:[0-9]{0,6}/[a-z0-9.-]{3,9}\Z"),
)


@settings(deadline=None)
@given(st.sampled_from([setting.variable for setting in SETTINGS]), TEXT)
def test_any_text_is_a_value_or_a_clear_no(variable: str, text: str) -> None:
    try:
        config.read({variable: text})
    except WrongSetting as refusal:
        assert variable in str(refusal)  # noqa: PT017 - either is right, and then this too


@settings(deadline=None)
@given(st.sampled_from(["HAIDANG_DATABASE_URL", "HAIDANG_OBJECT_STORE_URL"]), ADDRESSES)
def test_an_accepted_address_can_be_used(variable: str, text: str) -> None:
    try:
        read = config.read({variable: text})
    except WrongSetting:
        return
    services.build(read)


def test_a_slip_of_the_pen_is_named() -> None:
    environ = {"HAIDANG_PROT": "1", "HAIDANG_PORT": "1", "HAIDANG_CASES": "/", "HAIDANG_TEST_S3": "x", "PATH": "/bin"}

    assert config.unknown(environ) == ["HAIDANG_PROT"]


def described() -> dict[str, str]:
    rows = re.findall(r"^\| `(HAIDANG_\w+)` \| (.*?) \| ", PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def test_the_page_describes_each_setting_and_no_other() -> None:
    assert list(described()) == [setting.variable for setting in SETTINGS]


def test_the_page_gives_the_defaults() -> None:
    said = {variable: re.findall(r"`([^`]*)`", default) for variable, default in described().items()}
    apart = config.read({"HAIDANG_ARRANGEMENT": "apart"})

    for setting in SETTINGS:
        value = DEFAULTS[setting.attribute]
        if setting.attribute == "smtp_port":
            assert said[setting.variable] == ["587", "465", "tls", "25", "none"]
        elif isinstance(value, int) or setting.attribute in {
            "bind",
            "arrangement",
            "files_by",
            "language",
            "followers",
            "log_level",
            "smtp_tls",
        }:
            assert said[setting.variable] == [str(value)]
        if setting.attribute in {"public_url", "content_domain"}:
            assert said[setting.variable] == [value, getattr(apart, setting.attribute)]


def test_the_page_names_no_variable_that_nobody_reads() -> None:
    named = set(re.findall(r"HAIDANG_\w*[A-Z0-9]", PAGE.read_text("utf-8")))

    assert config.unknown(dict.fromkeys(named, "")) == []


@pytest.mark.parametrize(
    ("address", "local"), [("", True), ("http://app.here.localhost", True), ("https://app.example.org", False)]
)
def test_only_names_that_end_in_localhost_are_this_machines_own(address: str, local: object) -> None:
    assert config.read({"HAIDANG_PUBLIC_URL": address}).local is local
