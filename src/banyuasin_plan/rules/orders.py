"""A rule about what the leadership ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import Scope


def order_late(scope: Scope) -> Iterator[Finding]:
    """An order past its date that is not carried out.

    What it finds. A decision whose `due` has passed on the data date, without `done`.

    Why it matters. An order that nobody asks about again teaches everyone that orders can wait.
    `plan decisions` lists them with those they were given to.

    Example.

    ```yaml
    decisions:
      - id: arahan-11
        on: 2025-03-24
        by: setda
        text: Penanggung jawab layanan ditunjuk
        owner: dinkes
        due: 2025-04-09  # <- W711
    ```

    How to mend it. Write under `done` on which day it was carried out, carry it out, or have the
    one who gave it set a new date.

    ```yaml
    decisions:
      - id: arahan-11
        on: 2025-03-24
        by: setda
        text: Penanggung jawab layanan ditunjuk
        owner: dinkes
        due: 2025-04-09
        done: 2025-04-08
    ```
    """
    from banyuasin_plan.alignment.orders import days_late, state_of

    for one in scope.decisions:
        if state_of(one.value, scope.today) == "late" and scope.reads(one.path, "done"):
            days = days_late(one.value, scope.today)
            said = message("order_late", days=days, owner=one.value.owner)
            yield Finding((*one.path, "due"), said, message("order_late.help"))
