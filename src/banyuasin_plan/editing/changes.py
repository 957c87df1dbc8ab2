"""What is to change in a plan, and what came of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banyuasin_plan.diagnostic import Diagnostic, Path, Span
    from banyuasin_plan.reading import Loaded
    from banyuasin_plan.source.rewriting import Rewritten
    from banyuasin_plan.words import Message


class Removed(Enum):
    """What a value becomes that is taken out with its key."""

    REMOVED = "removed"


REMOVED: Final = Removed.REMOVED


class Appended(NamedTuple):
    """Values that come to the end of a list, which is made where there is none."""

    values: tuple[object, ...]


class Change(NamedTuple):
    """One change: where in the plan, and what is to stand there.

    `path` is a path of the joined tree, as findings have it; keys on the way there are made where
    they are missing. `new` is a text as the author would write it, a number, a truth, a date, a
    list or a mapping of these (None in a mapping is left out); or `REMOVED`, or `Appended`.
    """

    path: Path
    new: object


class Refusal(NamedTuple):
    """Why nothing was changed: at which place, under which code, and by which change.

    `code` is that of the finding the change would bring; None where the text itself does not
    allow it. `change` is None where no single one can be named; `key` is that of an added item
    under which the error stands. The place is one of the text as it would be, where there is a
    code; else of the text as it is.
    """

    span: Span
    message: Message
    help: Message | None = None
    code: str | None = None
    change: Change | None = None
    key: str | None = None


class Edited(NamedTuple):
    """What changes would make of a plan's texts.

    `texts` are the files that change, whole, by name; none where anything was refused. `loaded`
    is the plan as it would be with the changes; None where no such plan came about. `warnings`
    are what the milestones that changed now draw by themselves, and did not before. `made` is how
    each of those files came about.
    """

    texts: Mapping[str, bytes]
    refusals: tuple[Refusal, ...] = ()
    loaded: Loaded | None = None
    warnings: tuple[Diagnostic, ...] = ()
    made: Mapping[str, Rewritten] = {}
