"""The only place where the parts are put together. Building the application touches nothing: no file, no connection, no thread."""

import os
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NoReturn

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from lrs import config, forgery, headers, health, language, operation, resources, services, troubles, web
from lrs.backup import BackupRefused
from lrs.certificates import commands as certificate_commands
from lrs.certificates import ending, job_pages, list_pages, office_pages, phone_pages, template_pages
from lrs.certificates import pages as certificate_pages
from lrs.certificates.jobs import PaperJobs
from lrs.checking import file_pages, online_pages, wish_pages
from lrs.checking import pages as checking_pages
from lrs.design import components, stylesheet
from lrs.diagnosis import examine
from lrs.errors import Trouble
from lrs.followers import Followers, Together
from lrs.issuing import commands as issuing_commands
from lrs.issuing import pages as issuing_pages
from lrs.keys import SecretMissing
from lrs.logs import RequestLog
from lrs.mail import commands as mail_commands
from lrs.mail.server import MailServer
from lrs.outbox import Outbox, Target
from lrs.outcomes import actors, administration, handing_out, papers, renewal_pages
from lrs.outcomes import commands as rule_commands
from lrs.outcomes import pages as achievements
from lrs.outcomes.follower import Awards
from lrs.outcomes.remaking import Remaking
from lrs.people import (
    audit_pages,
    callers,
    entry_pages,
    forgotten_pages,
    guest_pages,
    identity_commands,
    keeper,
    keys_pages,
    language_pages,
    letters_pages,
    menu,
    once,
    own_pages,
    printed,
    registering_pages,
    settings_pages,
    sweeping,
    units_pages,
)
from lrs.people import commands as people_commands
from lrs.people import pages as people_pages
from lrs.people import people_pages as people_list
from lrs.people.post import Post
from lrs.platform import callers as platform_callers
from lrs.platform import commands as platform_commands
from lrs.platform import entry_pages as platform_entry
from lrs.platform import log_pages as platform_log
from lrs.platform import pages as platform_pages
from lrs.platform import sessions_pages as platform_sessions
from lrs.resources import cors, versions
from lrs.resources.alternate import AlternateSyntax
from lrs.resources.short_way import ShortWay
from lrs.site import Door
from lrs.skills import administration as skill_pages
from lrs.skills import demo as skill_demo
from lrs.webhooks import commands as webhook_commands
from lrs.webhooks import keeping
from lrs.webhooks import pages as webhook_pages
from lrs.webhooks.carrier import Carrier
from packages import api as package_api
from packages import commands as package_commands
from packages import pages as package_pages
from packages import publishing
from packages.courses import demo as course_demo
from packages.courses import pages as course_list
from packages.courses import people_pages as course_people
from packages.courses import progress_pages as course_progress
from packages.courses import reminding
from packages.courses.follower import Courses
from player import content, course_pages, open_pages
from player import pages as player_pages
from player.tracing import pages as tracing_pages
from storage import months
from storage.blobs import StoreAway
from storage.errors import DatabaseAway

COMMANDS = (
    platform_commands.platform_group,
    platform_commands.space_group,
    people_commands.account_group,
    people_commands.key_group,
    identity_commands.identity_group,
    mail_commands.mail_group,
    webhook_commands.webhook_group,
    certificate_commands.certificates_group,
    issuing_commands.issuing_group,
    package_commands.package_group,
    rule_commands.rule_group,
)


def create_app(environ: Mapping[str, str]) -> Flask:
    """Put the service together from a configuration."""
    parts = services.build(config.read(environ))
    app = web.WebApp("lrs")
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 300
    app.url_map.merge_slashes = (
        False  # its redirects know nothing of a space's own host, on which /s/<space> is left out
    )
    public = parts.config.public_url, parts.identity_keys
    remind = reminding.chore(reminding.Ways(*public, by_mail=bool(parts.config.smtp_host)))
    ends = [ending.chore(parts.identity_keys)] if parts.config.smtp_host else []
    courses = Courses(*public)
    app.extensions["haidang.followers"] = Followers(
        parts.database,
        [Together(Awards(*public), courses)],
        chores=[months.ahead, sweeping.idle_guests, remind, *ends],
        jobs=[Remaking(*public, courses.settle), PaperJobs(app, parts, handing_out.step)],
    )
    server = MailServer.of(parts.config)
    targets: list[Target] = [Carrier(app, parts)] if server is None else [Carrier(app, parts), Post(app, parts, server)]
    app.extensions["haidang.outbox"] = Outbox(parts.database, targets)
    services.attach(app, parts)
    app.extensions["haidang.reseal"] = [actors.reseal, printed.reseal, keeping.reseal]
    app.extensions["haidang.hole"] = papers.hole
    app.extensions["haidang.at_start"] = [publishing.sweep]
    app.extensions["haidang.demo"] = _demo
    keeper.attach(app, parts.database)
    language.init_app(app)
    headers.init_app(app)
    app.before_request(cors.preflight)
    app.before_request(versions.choose)  # before anything can be refused: an answer names the version of its request
    web.init_app(app, callers.identify, platform_callers.identify)
    troubles.init_app(app)
    forgery.init_app(app)
    menu.init_app(app)
    language_pages.init_app(app)
    once.init_app(app)
    for blueprint in (
        health.pages,
        stylesheet.pages,
        components.pages,
        operation.operation,
        people_pages.pages,
        entry_pages.pages,
        forgotten_pages.pages,
        own_pages.pages,
        language_pages.pages,
        guest_pages.pages,
        registering_pages.pages,
        people_list.pages,
        letters_pages.pages,
        units_pages.pages,
        keys_pages.pages,
        webhook_pages.pages,
        audit_pages.pages,
        achievements.pages,
        skill_pages.pages,
        settings_pages.pages,
        certificate_pages.pages,
        template_pages.pages,
        office_pages.pages,
        list_pages.pages,
        job_pages.pages,
        phone_pages.pages,
        renewal_pages.pages,
        platform_entry.pages,
        platform_pages.pages,
        platform_sessions.pages,
        platform_log.pages,
        administration.pages,
        issuing_pages.pages,
        checking_pages.pages,
        online_pages.pages,
        file_pages.pages,
        wish_pages.pages,
        package_pages.pages,
        package_api.api,
        course_list.pages,
        course_people.pages,
        course_progress.pages,
        player_pages.pages,
        course_pages.pages,
        course_pages.enrol_pages,
        open_pages.pages,
        tracing_pages.pages,
    ):
        app.register_blueprint(blueprint)
    resources.init_app(app)
    for command in COMMANDS:
        app.cli.add_command(command)
    inside = content.create_content_app(parts)
    app.extensions["haidang.content"] = inside
    proxies = parts.config.trusted_proxies
    long_way = AlternateSyntax(app.wsgi_app, parts.config.body_limit)
    door = RequestLog(
        Door(parts.hosts, ShortWay(long_way, keeper.keeper_of(app), resources.usual(parts)), inside.wsgi_app),
        behind_proxy=proxies > 0,
    )
    app.wsgi_app = ProxyFix(door, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else door  # type: ignore[method-assign]
    return app


def _demo(slug: str) -> None:
    """Put into the demo's space what is missing there."""
    course_demo.fill(slug)
    skill_demo.fill(slug)
    certificate_commands.make_demo_key()


def __getattr__(name: str) -> Any:
    """Build `app` for the server that asks for it: importing this module does not even read the configuration."""
    if name == "app":
        return create_app(os.environ)
    raise AttributeError(name)


_SAID_IN_ONE_LINE = (config.WrongSetting, DatabaseAway, StoreAway, SecretMissing, BackupRefused, Trouble)


class Program(click.Group):
    """The program `haidang`: the commands that the parts of the application bring with them."""

    @cached_property
    def _app(self) -> Flask:
        return create_app(os.environ)

    def what_is_wrong(self) -> str:
        """Name the first part that is not well: the likely reason of whatever went wrong."""
        parts: services.Services = self._app.extensions["haidang"]
        with self._app.app_context():
            found = next((finding for finding in examine(parts, quick=True) if not finding.fine), None)
        return f"{found.part}: {found.seen}; {found.advice}" if found else ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        return self._app.cli.list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command."""
        return self._app.cli.get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command inside the application."""
        with self._app.app_context():
            return super().invoke(ctx)


program = Program(
    "haidang", help="Hải Đăng: a learning record store and content player. docs/operation.md tells how to run it."
)


def main() -> None:
    """Run the program `haidang`; what a person can mend is said in one line."""
    try:
        program()
    except _SAID_IN_ONE_LINE as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(f"{error.filename or 'the system'}: {error.strerror or error}")
    except Exception:
        wrong = program.what_is_wrong()
        if not wrong:
            raise
        _give_up(wrong)


def _give_up(reason: str) -> NoReturn:
    print(f"haidang: {' '.join(reason.split())}", file=sys.stderr)  # noqa: T201 - a command speaks
    sys.exit(1)
