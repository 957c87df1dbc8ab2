"""Wrong usage in our words; the only file that knows the exceptions of typer's click."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from typer._click import exceptions as click

from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer._click.core import Context

    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.words import Message

UsageError = click.UsageError


class Usage(Exception):  # noqa: N818 - a user's mistake, not the program's
    """A command line that can't be meant as it stands."""

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        """What is wrong with it and what would help."""
        super().__init__(what.key)
        self.message = what
        self.help = hint


@contextmanager
def told_of(ctx: Context) -> Iterator[None]:
    """Give wrong usage the context that typer's parser does not know."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


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
        return _without_value(error), where
    if isinstance(error, click.MissingParameter):
        name = error.param.metavar if error.param else ""
        return message("usage.missing", name=name or ""), where
    return message("usage.other"), where


def unknown(rule: str, name: str, known: Iterable[str], otherwise: Message | None = None) -> Usage:
    """A name that nothing has, with the nearest one that something has, or another hint."""
    return Usage(message(rule, name=name), _meant(name, known, otherwise))


def unknown_id(name: str, known: Iterable[str], plan: Plan) -> Usage:
    """An id that has no answer: its milestone waits for itself, what else has it, the nearest."""
    if any(one.id == name for program in plan.programs for one in program.milestones):
        return Usage(message("usage.cyclic", name=name), message("usage.cyclic.help"))
    others = {
        "owner": [one.id for one in plan.owners],
        "district": [one.id for one in plan.districts],
        "group": [one.id for one in plan.groups],
    }
    for kind, ids in others.items():
        if name in ids:
            hint = message(f"usage.is_{kind}", name=name)
            return Usage(message("usage.id", name=name), hint)
    return unknown("usage.id", name, known, message("usage.ids"))


def _without_value(error: click.BadOptionUsage) -> Message:
    """An option that lacks its value, with what it may be, or one that takes none."""
    found = next(
        (
            one
            for one in (error.ctx.command.params if error.ctx else ())
            if error.option_name in one.opts
        ),
        None,
    )
    if getattr(found, "is_flag", False):
        return message("usage.no_value", name=error.option_name)
    choices = tuple(str(found.metavar).split("|")) if found and found.metavar else ("TEXT",)
    if len(choices) == 1:
        return message("usage.value", name=error.option_name, value=choices[0])
    return message("usage.value.choice", name=error.option_name, choices=choices)


def _meant(name: str, known: Iterable[str], otherwise: Message | None) -> Message | None:
    from banyuasin_plan.plan.naming import nearest  # with the model, which help does not need

    close = nearest(name, known)
    return message("did_you_mean", name=close) if close else otherwise
