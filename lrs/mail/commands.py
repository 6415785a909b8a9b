"""`haidang mail`: one letter, to see that they arrive."""

from datetime import UTC, datetime
from uuid import uuid4

import click

from lrs.commands import as_json, tell
from lrs.mail import message
from lrs.mail.answers import NotTaken, ServerTrouble
from lrs.mail.message import Envelope
from lrs.mail.server import MailServer
from lrs.services import services

_SAYS = (
    "Thư thử của Hải Đăng: máy chủ thư đã nhận thư này.\n\nA test letter of Hải Đăng: the mail server has taken it.\n"
)


@click.group("mail")
def mail_group() -> None:
    """Try the mail server that letters to people are handed to."""


@mail_group.command("test")
@click.option("--to", "to", required=True, metavar="ADDRESS", help="Where the letter goes.")
@as_json
def test(to: str, *, as_json: bool) -> None:
    """Send one letter, and say whether the mail server took it; `haidang doctor` looks without sending."""
    config = services().config
    server = MailServer.of(config)
    if server is None:
        raise click.ClickException("no mail server is named; set HAIDANG_SMTP_HOST and HAIDANG_SMTP_FROM")
    address = message.address(to)
    if not address:
        raise click.ClickException(f"{to} is no e-mail address")
    letter = Envelope(
        id=f"{uuid4()}@{config.app_host}",
        sender_name="Hải Đăng",
        sender=config.smtp_from,
        to=address,
        subject="Hải Đăng: thư thử / test",
        language="vi",
        at=datetime.now(UTC),
    )
    html = "".join(f"<p>{part}</p>" for part in _SAYS.split("\n\n"))
    try:
        server.send(message.write(letter, _SAYS, html), letter.to)
    except NotTaken as refused:
        raise click.ClickException(
            f"the mail server refuses a letter to this address: {refused.code or refused}"
        ) from None
    except ServerTrouble as trouble:
        raise click.ClickException(f"{trouble}; {trouble.advice}") from None
    words = f"{config.smtp_host} has taken the letter. If it does not arrive within minutes, look among spam, then in the server's log."
    tell({"sent": letter.id, "server": config.smtp_host}, words, as_json=as_json)
