"""The configuration: `HAIDANG_*` variables, read once into one frozen object.

The table below is the truth: docs/configuration.md describes each of its lines, and a test holds that it does.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from lrs import networks, smtp_settings
from lrs.networks import Network
from lrs.token_uri import SCHEME, TokenUri
from storage.blobs.address import S3Address, parse_folder

GREETING = "GREETING_OF_HAIDANG"
"""What `haidang serve` tells the server to say once it answers; no setting."""

SIBLING = "sibling"
APART = "apart"

SERVICE = "service"
NGINX = "nginx"

STARTTLS = "starttls"
TLS = "tls"
PLAIN = "none"

_SMTP_PORTS = {STARTTLS: 587, TLS: 465, PLAIN: 25}
_PORTS = 65536
_OWN_PORT = {"http": 80, "https": 443}
_LABELS = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


class WrongSetting(Exception):
    """A variable has a value the service cannot start with; the message is one line for the person who set it."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that may differ between two installations."""

    port: int
    bind: str
    data: Path
    database_url: str = field(repr=False)  # may hold a password
    migration_database_url: str = field(repr=False)
    object_store_url: str = field(repr=False)
    secret_file: Path
    identity_keys_file: Path
    certificate_key: Path | TokenUri
    certificate_passphrase_file: Path | None
    arrangement: str
    public_url: str
    content_domain: str
    files_by: str
    language: str
    workers: int
    threads: int
    followers: str
    body_limit: int
    attachment_limit: int
    upload_limit: int
    trusted_proxies: int
    log_level: str
    metrics_token: str = field(repr=False)
    smtp_host: str
    smtp_tls: str
    smtp_port: int
    smtp_user: str
    smtp_password: str = field(repr=False)
    smtp_password_file: Path | None
    smtp_from: str
    smtp_timeout: int
    webhook_networks: tuple[Network, ...]

    @property
    def app_host(self) -> str:
        """The host name of the app, without a port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def local(self) -> bool:
        """Whether only this machine finds the service: the names that nobody set end in .localhost."""
        return self.app_host.endswith(".localhost")

    @property
    def domain(self) -> str:
        """What the app's host and the spaces' hosts have in common."""
        return self.app_host.split(".", 1)[1]

    def content_origin(self, label: str) -> str:
        """Name the origin of one package version."""
        return self._origin(f"{label}.{self.content_domain}")

    def _origin(self, host: str) -> str:
        public = urlsplit(self.public_url)
        port = f":{public.port}" if public.port else ""
        return f"{public.scheme}://{host}{port}"

    def space_url(self, slug: str, *, own_host: bool) -> str:
        """Name the address of a space: on its own host, or on that of the app."""
        return self._origin(f"{slug}.{self.domain}") if own_host else f"{self.public_url}/s/{slug}"

    @property
    def listens_on(self) -> str:
        """The address and the port of the socket, as gunicorn wants them."""
        address = f"[{self.bind}]" if ":" in self.bind else self.bind
        return f"{address}:{self.port}"

    @property
    def machine_url(self) -> str:
        """Where programs on this machine find the service: `*.localhost` resolves in browsers, not in Python or Node."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: how it is read, and what it is when nobody says."""

    variable: str
    attribute: str
    read: Callable[[str], Any]
    default: Callable[[dict[str, Any]], Any]


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,15}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text

    return read


def _path(text: str) -> Path:
    return Path(text).absolute()


def _key(text: str) -> Path | TokenUri:
    return TokenUri.read(text) if text.startswith(SCHEME) else _path(text)


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("an IP address such as 127.0.0.1, 0.0.0.0 or ::") from None


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return networks.read(text)
    except ValueError:
        raise ValueError("networks such as 10.20.0.0/24,fd12:3456::/48, without bits behind the mask") from None


def _token(text: str) -> str:
    # It comes back in a header field, where other letters have no sure spelling.
    if not re.fullmatch(r"[!-~]{16,}", text):
        raise ValueError("16 or more letters, digits and signs of ASCII, without spaces")
    return text


def _domain(text: str) -> str:
    if not _is_name(text.lower()):
        raise ValueError("a domain name such as lessons.example.org, without a port")
    return text.lower()


def _is_name(text: str) -> bool:
    """Tell a host's name from a bare address, which has no sub-domains."""
    return bool(_LABELS.fullmatch(text)) and not text.rsplit(".", 1)[-1].isdigit()


def _origin(text: str) -> str:
    said = re.fullmatch(r"(https?)://([a-z0-9.-]+)(?::([0-9]{1,5}))?/?", text.lower())
    scheme, host = (said[1], said[2]) if said else ("", "")
    port = int(said[3]) if said and said[3] else _OWN_PORT.get(scheme, 0)
    if not _is_name(host) or "." not in host or not 0 < port < _PORTS:
        raise ValueError("an address such as https://app.example.org, a host name with a dot and no path")
    # Browsers leave the scheme's own port out, and origins are compared letter by letter.
    return f"{scheme}://{host}" if port == _OWN_PORT[scheme] else f"{scheme}://{host}:{port}"


def _database(text: str) -> str:
    on_a_server = (
        r"postgresql(\+psycopg)?://([^:/@]*(:[^@]*)?@)?([\w.-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/[^/?#]+(\?.*)?"
    )
    in_a_file = r"sqlite:///[^:?#][^?#]*"  # in memory there would be a database for each connection
    if not re.fullmatch(f"{on_a_server}|{in_a_file}", text):
        raise ValueError("sqlite:///path or postgresql://user:password@host:port/database, both percent-encoded")
    return text


def _objects(text: str) -> str:
    parse = {"file": parse_folder, "s3+http": S3Address.parse, "s3+https": S3Address.parse}
    try:
        parse[text.partition("://")[0]](text)
    except (KeyError, ValueError):
        raise ValueError(
            "file:///path or s3+https://KEY:SECRET@host:port/bucket (s3+http without TLS), percent-encoded"
        ) from None
    return text


def _public_url(so_far: dict[str, Any]) -> str:
    domain = "lms.localhost" if so_far["arrangement"] == SIBLING else "hd.localhost"
    return f"http://app.{domain}:{so_far['port']}"


def _content_domain(so_far: dict[str, Any]) -> str:
    if so_far["arrangement"] == SIBLING:
        return str(urlsplit(so_far["public_url"]).hostname).split(".", 1)[1]
    return "hdc.localhost"


_MIB = 1024 * 1024

SETTINGS = (
    Setting("HAIDANG_PORT", "port", _whole(1, 65535), lambda _: 8080),
    Setting("HAIDANG_BIND", "bind", _address, lambda _: "127.0.0.1"),
    Setting("HAIDANG_DATA", "data", _path, lambda _: Path("data").absolute()),
    Setting(
        "HAIDANG_DATABASE_URL", "database_url", _database, lambda c: f"sqlite:///{quote(str(c['data'] / 'haidang.db'))}"
    ),
    Setting("HAIDANG_MIGRATION_DATABASE_URL", "migration_database_url", _database, lambda c: c["database_url"]),
    Setting(
        "HAIDANG_OBJECT_STORE_URL",
        "object_store_url",
        _objects,
        lambda c: f"file://{quote(str(c['data'] / 'objects'))}",
    ),
    Setting("HAIDANG_SECRET_FILE", "secret_file", _path, lambda c: c["data"] / "keys" / "secret.key"),
    Setting(
        "HAIDANG_IDENTITY_KEYS_FILE",
        "identity_keys_file",
        _path,
        lambda c: c["data"] / "keys" / "identity.keys",
    ),
    Setting("HAIDANG_CERTIFICATE_KEY", "certificate_key", _key, lambda c: c["data"] / "keys" / "certificates.pem"),
    Setting("HAIDANG_CERTIFICATE_PASSPHRASE_FILE", "certificate_passphrase_file", _path, lambda _: None),
    Setting("HAIDANG_ARRANGEMENT", "arrangement", _one_of(SIBLING, APART), lambda _: SIBLING),
    Setting("HAIDANG_PUBLIC_URL", "public_url", _origin, _public_url),
    Setting("HAIDANG_CONTENT_DOMAIN", "content_domain", _domain, _content_domain),
    Setting("HAIDANG_FILES_BY", "files_by", _one_of(SERVICE, NGINX), lambda _: SERVICE),
    Setting("HAIDANG_LANGUAGE", "language", _one_of("vi", "en"), lambda _: "vi"),
    Setting("HAIDANG_WORKERS", "workers", _whole(1, 64), lambda _: 2),
    Setting("HAIDANG_THREADS", "threads", _whole(1, 256), lambda _: 16),
    Setting("HAIDANG_FOLLOWERS", "followers", _one_of("inside", "apart"), lambda _: "inside"),
    Setting("HAIDANG_BODY_LIMIT", "body_limit", _whole(1024, 1024 * _MIB), lambda _: 16 * _MIB),
    Setting("HAIDANG_ATTACHMENT_LIMIT", "attachment_limit", _whole(1024, 1024 * 1024 * _MIB), lambda _: 100 * _MIB),
    Setting("HAIDANG_UPLOAD_LIMIT", "upload_limit", _whole(1024, 1024 * 1024 * _MIB), lambda _: 1024 * _MIB),
    Setting("HAIDANG_TRUSTED_PROXIES", "trusted_proxies", _whole(0, 10), lambda _: 0),
    Setting("HAIDANG_LOG_LEVEL", "log_level", _one_of("debug", "info", "warning", "error"), lambda _: "info"),
    Setting("HAIDANG_METRICS_TOKEN", "metrics_token", _token, lambda _: ""),
    Setting("HAIDANG_SMTP_HOST", "smtp_host", smtp_settings.host, lambda _: ""),
    Setting("HAIDANG_SMTP_TLS", "smtp_tls", _one_of(*smtp_settings.PORTS), lambda _: smtp_settings.STARTTLS),
    Setting("HAIDANG_SMTP_PORT", "smtp_port", _whole(1, 65535), lambda c: smtp_settings.PORTS[c["smtp_tls"]]),
    Setting("HAIDANG_SMTP_USER", "smtp_user", smtp_settings.visible, lambda _: ""),
    Setting("HAIDANG_SMTP_PASSWORD", "smtp_password", smtp_settings.visible, lambda _: ""),
    Setting("HAIDANG_SMTP_PASSWORD_FILE", "smtp_password_file", _path, lambda _: None),
    Setting("HAIDANG_SMTP_FROM", "smtp_from", smtp_settings.sender, lambda _: ""),
    Setting("HAIDANG_SMTP_TIMEOUT", "smtp_timeout", _whole(1, 120), lambda _: 20),
    Setting("HAIDANG_WEBHOOK_NETWORKS", "webhook_networks", _networks, lambda _: ()),
)

_FOR_OTHERS = re.compile(r"HAIDANG_(TEST_.*|CASES)")


def read(environ: Mapping[str, str]) -> Config:
    """Read the configuration; WrongSetting names the variable, what it should be, and not what it was: that may be a secret."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environ.get(setting.variable, "")
        try:
            values[setting.attribute] = setting.read(text) if text else setting.default(values)
        except ValueError as error:
            raise WrongSetting(f"{setting.variable} should be {error}") from None
    config = Config(**values)
    _check_domains(config)
    _check_mail(config)
    return config


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Name the variables that look like ours and are not: usually a slip of the pen."""
    known = {setting.variable for setting in SETTINGS}
    ours = (name for name in environ if name.startswith("HAIDANG_"))
    return sorted(name for name in ours if name not in known and not _FOR_OTHERS.fullmatch(name))


def _check_domains(config: Config) -> None:
    siblings = config.content_domain == config.domain
    if config.arrangement == SIBLING and not siblings:
        raise WrongSetting(f"HAIDANG_CONTENT_DOMAIN should be {config.domain} in the sibling arrangement")
    inside = f".{config.content_domain}".endswith(f".{config.domain}") or f".{config.domain}".endswith(
        f".{config.content_domain}"
    )
    if config.arrangement == APART and inside:
        raise WrongSetting("HAIDANG_CONTENT_DOMAIN should be a registrable domain of its own in the apart arrangement")


def _check_mail(config: Config) -> None:
    if config.smtp_host and not config.smtp_from:
        raise WrongSetting(
            "HAIDANG_SMTP_FROM should be the address that letters are from, since HAIDANG_SMTP_HOST is set"
        )
    if config.smtp_user and not (config.smtp_password or config.smtp_password_file):
        raise WrongSetting("HAIDANG_SMTP_PASSWORD_FILE should name the file with the password of HAIDANG_SMTP_USER")
