"""A space that belongs to one journey alone: who walks there meets nobody from another one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.parts.lessons import publish

if TYPE_CHECKING:
    from tests.parts.installations import Installation, Person


@dataclass
class Town:
    """A space, and those whom somebody has put into it before the journey begins."""

    installation: Installation
    slug: str = field(default_factory=lambda: f"pho-{uuid.uuid4().hex[:12]}")
    name: str = "Phường Hải Yến"

    def __post_init__(self) -> None:
        self.installation.haidang("space", "add", self.slug, "--name", self.name)

    @property
    def home(self) -> str:
        """The address of its first page."""
        return f"{self.installation.public_url}/s/{self.slug}/"

    def add(self, role: str, name: str, **known: str) -> str:
        """Add somebody; give back the account."""
        options = [word for key, value in known.items() for word in (f"--{key.replace('_', '-')}", value)]
        told = self.installation.haidang(
            "account", "add", "--space", self.slug, "--role", role, "--name", name, *options
        )
        return str(told["account"])

    def link(self, account: str) -> str:
        """Make a link for somebody, as the operator does."""
        return str(self.installation.haidang("account", "link", "--space", self.slug, "--account", account)["url"])

    def newcomer(self, role: str, name: str) -> str:
        """Add somebody and make their first link."""
        return self.link(self.add(role, name))

    def publish(self, package: bytes) -> str:
        """Publish a lesson; give back its version."""
        return publish(self.installation, package, self.slug)

    def inside(self, account: str, device: str = "") -> Person:
        """Let somebody in who needs no screen; the device is what a browser calls itself."""
        person = self.installation.visitor()
        person.account = account
        person.headers["User-Agent"] = device
        path = self.link(account).removeprefix(self.installation.public_url)
        answer = person.post(path, form_at=path)
        assert answer.status_code == 303, answer.text
        return person
