"""Rules about every district: there are some, and what applies to all asks something of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.rules.naming import some
from banyuasin_plan.rules.places import DISTRICTS
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import Scope


def all_of_nothing(scope: Scope) -> Iterator[Finding]:
    """Every district of a plan that has none.

    What it finds. `districts: all` in a plan without `districts`. It is said once, at the first of
    them.

    Why it matters. All of nothing is nothing. What was to be done in every district is taken for
    work done in one place, and no camat is ever asked for it.

    Example.

    ```yaml
    plan:
      id: contoh-100
      name: Contoh
      start: 2025-02-20
      as_of: 2025-04-10
    owners:
      - {id: dinkes, name: Dinas Kesehatan}
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        milestones:
          - id: sehat-01
            name: Posyandu dibuka
            due: 2025-05-14
            districts: all  # <- W214
    ```

    How to mend it. List the districts of the plan, each with its id and name, or take `districts`
    out.

    ```yaml
    plan:
      id: contoh-100
      name: Contoh
      start: 2025-02-20
      as_of: 2025-04-10
    owners:
      - {id: dinkes, name: Dinas Kesehatan}
    districts:
      - {id: betung, name: Betung}
    programs:
      - id: sehat
        name: Sehat
        lead: dinkes
        milestones:
          - id: sehat-01
            name: Posyandu dibuka
            due: 2025-05-14
            districts: all
    ```
    """
    given = any("districts" in paths[0] for paths in scope.known("owner").values())
    if given or not scope.whole:
        return
    for path, name in scope.at(DISTRICTS):
        if name == ALL:
            yield Finding(path[:-1], message("all_of_nothing"), message("all_of_nothing.help"))
            return


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
    everywhere = [one for one in scope.whole_programs() if one.value.districts == (ALL,)]
    if not everywhere or not scope.districts or not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.reach import asked_in

    for one in everywhere:
        asked = asked_in(scope.plan, one.value)
        left = [place.id for place in scope.plan.districts if place.id not in asked]
        if left and any(not each.cancelled for each in one.value.milestones):
            key = "district_unreached" if asked else "district_unreached.none"
            said = message(key, **({"names": some(left)} if asked else {}))
            yield Finding((*one.path, "districts"), said, message("district_unreached.help"))
