"""A rule about groups of programmes: as many as were announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Path
    from banyuasin_plan.rules.scope import Scope


def group_size(scope: Scope) -> Iterator[Finding]:
    """A group with more or fewer programmes than it says it has.

    What it finds. A group with `expect` for which the number of programmes that name it is another.
    Nothing is said while a file, or the group of some programme, cannot be read.

    Why it matters. The number was announced: twelve movements, seven flagship programmes. A
    programme that fell out when files were moved, or one that was counted twice, is noticed here
    and not by the press.

    Example.

    ```yaml
    groups:
      - id: unggulan
        name: Program Unggulan
        expect: 2  # <- E209
    programs:
      - id: sehat
        name: Banyuasin Sehat
        lead: dinkes
        group: unggulan
    ```

    How to mend it. Give the missing programme its `group`, take it from one that does not belong,
    or change `expect` if the number itself has changed.

    ```yaml
    groups:
      - id: unggulan
        name: Program Unggulan
        expect: 2
    programs:
      - id: sehat
        name: Banyuasin Sehat
        lead: dinkes
        group: unggulan
      - id: makmur
        name: Banyuasin Makmur
        lead: dkp
        group: unggulan
    ```
    """
    if not scope.whole:
        return
    counts: dict[str, int] = {}
    for program in scope.programs:
        if program.value.group:
            counts[program.value.group] = counts.get(program.value.group, 0) + 1
    if any(_hides_a_group(path) for path in scope.unread):
        return
    for group in scope.groups:
        expect, count = group.value.expect, counts.get(group.value.id, 0)
        if expect is not None and count != expect:
            yield Finding(
                (*group.path, "expect"),
                message("group_size", name=group.value.name, expect=expect, count=count),
                message("group_size.help"),
            )


def _hides_a_group(unread: Path) -> bool:
    """Whether a programme, or the group it names, is among what could not be read."""
    match unread:
        case ("programs", _) | ("programs", _, "id" | "group"):
            return True
    return False
