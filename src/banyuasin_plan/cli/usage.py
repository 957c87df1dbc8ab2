"""Wrong usage in our words; the only file that knows the exceptions of typer's click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer._click import exceptions as click

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banyuasin_plan.words import Message

UsageError = click.UsageError


class Usage(Exception):  # noqa: N818 - a user's mistake, not the program's
    """A command line that can't be meant as it stands."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        """What is wrong with it and what would help."""
        super().__init__(what.key)
        self.message = what
        self.help = hint


def usage_of(error: click.UsageError) -> tuple[Message, Message | None]:
    """What typer found wrong, in our words."""
    where = message("usage.help", command=error.ctx.command_path if error.ctx else "plan")
    if isinstance(error, click.NoSuchOption):
        options = [
            name
            for parameter in (error.ctx.command.params if error.ctx else ())
            for name in parameter.opts
            if name.startswith("--")
        ]
        return message("usage.option", name=error.option_name), _meant(
            error.option_name, options, where
        )
    if isinstance(error, click.BadOptionUsage):
        return message("usage.value", name=error.option_name), where
    if isinstance(error, click.MissingParameter):
        name = error.param.metavar if error.param else ""
        return message("usage.missing", name=name or ""), where
    return message("usage.other"), where


def unknown(rule: str, name: str, known: Iterable[str]) -> Usage:
    """A name that nothing has, with the nearest one that something has."""
    return Usage(message(rule, name=name), _meant(name, known, None))


def _meant(name: str, known: Iterable[str], otherwise: Message | None) -> Message | None:
    from banyuasin_plan.plan.shape import nearest  # with the model, which help does not need

    close = nearest(name, known)
    return message("did_you_mean", name=close) if close else otherwise
