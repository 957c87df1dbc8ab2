"""Rules about the shape of the plan: keys, types, and the grammar of every value.

The model itself finds these while it reads (`plan.shape`); here they get their pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope


def unknown_key(scope: Scope) -> Iterator[Finding]:
    """A key that the plan's language does not have."""
    return scope.said("unknown_key")


def missing_key(scope: Scope) -> Iterator[Finding]:
    """A key that must be there and is not, or is empty."""
    return scope.said("missing_key")


def wrong_type(scope: Scope) -> Iterator[Finding]:
    """A list, a mapping or a text where something else belongs."""
    return scope.said("wrong_type")


def bad_id(scope: Scope) -> Iterator[Finding]:
    """An id with other characters than lower case letters, digits and hyphens."""
    return scope.said("bad_id")


def bad_date(scope: Scope) -> Iterator[Finding]:
    """A date that is not written year-month-day, or a day that does not exist."""
    return scope.said("bad_date")


def bad_number(scope: Scope) -> Iterator[Finding]:
    """A number in a form that could be read in two ways, or out of its range."""
    return scope.said("bad_number")


def bad_duration(scope: Scope) -> Iterator[Finding]:
    """A duration that is not days, weeks or calendar days."""
    return scope.said("bad_duration")


def bad_link(scope: Scope) -> Iterator[Finding]:
    """A link that is not an id, a type and a lag."""
    return scope.said("bad_link")


def bad_choice(scope: Scope) -> Iterator[Finding]:
    """A word that is none of those to choose from."""
    return scope.said("bad_choice")


def no_plan(scope: Scope) -> Iterator[Finding]:
    """Files without the key `plan`, which says when the plan starts."""
    return scope.said("no_plan")


def plan_twice(scope: Scope) -> Iterator[Finding]:
    """The key `plan` in two files of the same plan."""
    return scope.said("plan_twice")
