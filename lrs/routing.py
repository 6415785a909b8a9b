"""Rules of addresses that learn to build them when they are first asked for one.

Werkzeug writes two small programs for each rule as soon as it is known. That took 37 of the 45 milliseconds in which an application is put
together, and most processes, every command among them, build a few addresses if any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable


class LateRule(Rule):
    """A rule whose builders are written late; what it matches it knows at once."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's own signature
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: LateRule, /, **values: object) -> tuple[str, str]:
            written: Callable[..., tuple[str, str]] = (
                super(LateRule, rule)._compile_builder(append_unknown).__get__(rule, None)
            )
            setattr(rule, name, written)
            return written(**values)

        return build
