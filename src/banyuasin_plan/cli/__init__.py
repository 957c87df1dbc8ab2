"""The command line: arguments in, one call, output and an exit code out.

Here, and nowhere below, are the clock, the terminal and the environment.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from banyuasin_plan.cli.output import complain, prepare_streams
from banyuasin_plan.words import Lang, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLEAN, FINDINGS, USAGE, CANNOT = 0, 1, 2, 3
"""Exit codes: clean; findings or `--fail-on` met; wrong usage; could not run."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code. Users' mistakes never show a traceback."""
    _leave_plugins_alone()
    prepare_streams()
    lang = language(arguments, os.environ) or Lang.ID
    try:
        return _run(arguments, lang)
    except BrokenPipeError:
        _let_go_of_stdout()
        return CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if "--debug" in arguments:
            raise
        said = message("cannot.bug", what=f"{type(error).__name__}: {error}")
        complain(said, lang)
        return CANNOT


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang | None:
    """The language asked for by `--lang`, else by PLAN_LANG; None where neither says one."""
    given = environment.get("PLAN_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            given = arguments[place + 1]
        elif argument.startswith("--lang="):
            given = argument.removeprefix("--lang=")
    return Lang(given) if given in list(Lang) else None


def _run(arguments: Sequence[str], lang: Lang) -> int:
    from banyuasin_plan.cli.app import command_line
    from banyuasin_plan.cli.usage import Usage, UsageError, usage_of
    from banyuasin_plan.revisions.refusals import NoPast
    from banyuasin_plan.source import ParserMissing
    from banyuasin_plan.workspace import Unavailable
    from banyuasin_plan.workspace.refusals import reason

    try:
        return command_line(lang, list(arguments))
    except Usage as error:
        complain(error.message, lang, error.help)
        return USAGE
    except UsageError as error:
        said, hint = usage_of(error)
        complain(said, lang, hint)
        return USAGE
    except Unavailable as error:
        complain(error.message, lang)
        return CANNOT
    except NoPast as error:
        complain(error.message, lang, error.help)
        return CANNOT
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(message("unreadable", path=str(error.filename or "-"), why=reason(error)), lang)
        return CANNOT
    except ParserMissing:
        complain(message("cannot.parser"), lang)
        return CANNOT


def _leave_plugins_alone() -> None:
    """Tell pydantic that it has no plugins, before it looks for them.

    It would go through every installed package; only to be able to, it imports importlib.metadata
    and email. Its loader (pydantic 2.14) is this one function; were it renamed, it would run.
    """
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(loader.__name__, loader)


def _let_go_of_stdout() -> None:
    """Point stdout at nothing, so that nobody writes to the closed pipe at exit."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
