"""A rule about districts: what applies everywhere asks something everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.rules.naming import some
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import Scope


def district_unreached(scope: Scope) -> Iterator[Finding]:
    """A district never reached by a programme that applies to all.

    What it finds. A programme with `districts: all` and with milestones, of which none is done in
    some district: it stands under no `districts` of a milestone, and its camat does none. One
    finding a programme, with the districts' ids.

    Why it matters. The programme is said to be for everyone, and twenty camat see it come. The one
    left out asks why, and nobody can say whether it was meant. `plan coverage` counts them.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        districts: all  # <- W705
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            districts: [betung]
    ```

    How to mend it. Add the district to a milestone, or name under the programme's `districts` those
    it is for. What is one measure for the whole region is done in no district: leave `districts`
    out, or accept the warning with that reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        districts: all
        milestones:
          - id: gertas-01
            name: Bibit dibagikan
            due: 2025-05-14
            districts: [betung, sembawa]
    ```
    """
    everywhere = [one for one in scope.programs if one.value.districts == (ALL,)]
    if not everywhere or not scope.districts or not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.reach import asked_in

    whole = {one.id: one for one in scope.plan.programs}
    for one in everywhere:
        program = whole[one.value.id]
        asked = asked_in(scope.plan, program)
        left = [place.id for place in scope.plan.districts if place.id not in asked]
        if left and any(not each.cancelled for each in program.milestones):
            key = "district_unreached" if asked else "district_unreached.none"
            said = message(key, **({"names": some(left)} if asked else {}))
            yield Finding((*one.path, "districts"), said, message("district_unreached.help"))
