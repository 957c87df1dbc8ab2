"""Rules about what already runs: each is decided on, none is done twice, none leaves a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.rules.naming import names_of, some
from banyuasin_plan.rules.places import INHERITED
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.alignment.running import Gap
    from banyuasin_plan.plan.model import Inherited
    from banyuasin_plan.rules.scope import Placed, Scope


def running_undecided(scope: Scope) -> Iterator[Finding]:
    """A running programme about which nothing is decided.

    What it finds. A running programme that no new one continues, merges or replaces and that no
    decision stops. While nothing is decided about any of several, that is said once, at the first.

    Why it matters. It is dropped without anybody having said so: its people go on or stay away as
    they think best, and its beneficiaries learn nothing. A programme may well be stopped, but by a
    decision. `plan sync` shows what becomes of each.

    Example.

    ```yaml
    inherited:
      - {id: bedah-rumah-2023, name: Bedah rumah, owner: dinkes}
      - {id: kali-bersih-2024, name: Kali bersih, owner: dinkes}  # <- W702
    programs:
      - id: pro-rakyat
        name: Pro Rakyat
        lead: dinkes
        inherits: {continues: [bedah-rumah-2023]}
    ```

    How to mend it. Name it under `inherits` of the programme that takes it on, or give it `stopped`
    with the day and who decided.

    ```yaml
    inherited:
      - {id: bedah-rumah-2023, name: Bedah rumah, owner: dinkes}
      - id: kali-bersih-2024
        name: Kali bersih
        owner: dinkes
        stopped: {on: 2025-03-10, by: setda, why: dilanjutkan kecamatan sendiri}
    programs:
      - id: pro-rakyat
        name: Pro Rakyat
        lead: dinkes
        inherits: {continues: [bedah-rumah-2023]}
    ```
    """
    if not scope.inherited or not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.running import end_of, undecided  # few plans list what runs

    if any(name not in scope.known("inherited") for _, name in scope.at(INHERITED)):
        return  # a misspelt name may be meant for one that seems undecided
    names = {one.id for one in undecided(scope.plan)}
    left = [one for one in scope.inherited if one.value.id in names]
    if len(left) == len(scope.inherited) > 1:
        said = message(
            "running_undecided.all", count=len(left), names=some([one.value.id for one in left])
        )
        yield Finding((*left[0].path, "id"), said, message("running_undecided.help"))
        return
    for one in left:
        end = end_of(one.value)
        said = message("running_undecided", name=one.value.name)
        if end and end < scope.today:
            said = message("running_undecided.ended", name=one.value.name, day=end)
        yield Finding((*one.path, "id"), said, message("running_undecided.help"))


def looks_running(scope: Scope) -> Iterator[Finding]:
    """A new programme that looks like one that runs already.

    What it finds. A new programme with a name like that of a running one that it does not name
    under `inherits`, and with the same owner or a district in common. Names are alike when their
    words are the same, when all words of one stand in the other, or when 85 % of the letters agree;
    small words, years and remarks in brackets do not count. Of several the most alike is named.

    Why it matters. Two offices serve the same people under two names, out of two budgets, and
    neither knows what the other has handed out.

    Example.

    ```yaml
    inherited:
      - {id: sayur-2020, name: Gerakan Tanam Sayur (2020), owner: dkp}
    programs:
      - id: gertas
        name: Gertas
        full_name: Program Tanam Sayur  # <- W703
        lead: dkp
      - id: lumbung
        name: Lumbung desa
        lead: dinkes
        inherits: {merges: [sayur-2020]}
    ```

    How to mend it. Say under `inherits` what becomes of the running one. If both are really two,
    give them names that show it, or accept the warning with the difference as its reason.

    ```yaml
    inherited:
      - {id: sayur-2020, name: Gerakan Tanam Sayur (2020), owner: dkp}
    programs:
      - id: gertas
        name: Gertas
        full_name: Program Tanam Sayur
        lead: dkp
        inherits: {continues: [sayur-2020]}
    ```
    """
    if not scope.inherited or not scope.sure or scope.plan is None:
        return
    from banyuasin_plan.alignment.running import (
        doubles_of,
    )  # compares names in a library of its own

    found = doubles_of(scope.plan, scope.plan.programs, scope.today)
    first = {id(one.program): one for one in reversed(found)}  # the most alike stand first
    for placed in scope.whole_programs():
        if double := first.get(id(placed.value)):
            alike = double.likeness
            where = next(
                path for path, name in names_of(placed.value, placed.path) if name == alike.one
            )
            said = message("looks_running", running=double.running.id, why=double.explained)
            yield Finding(where, said, message("looks_running.help"))


def service_gap(scope: Scope) -> Iterator[Finding]:
    """Days on which nobody serves, between the old programme and the new one.

    What it finds. A running programme that ends, by `until` or `stopped`, before any programme that
    names it takes over: on the last day that a milestone under `by` of `inherits` is done, by the
    forecast, else with the first day of the new programme. Gaps that are over are left to
    `plan sync`, since nothing can be done about them any more.

    Why it matters. The clinic closes on Friday and the new one opens a month later. For those who
    come in between there is no programme, whatever the papers say.

    Example.

    ```yaml
    inherited:
      - {id: posyandu-2022, name: Posyandu keliling, owner: dinkes, until: 2025-04-30}  # <- W704
    programs:
      - id: begesah
        name: Begesah
        lead: dinkes
        inherits: {replaces: [posyandu-2022], by: [begesah-02]}
        milestones:
          - id: begesah-01
            name: Jadwal disepakati dengan camat
            due: 2025-05-07
          - id: begesah-02
            name: Layanan dibuka
            duration: 3d
            after: [begesah-01]
    ```

    How to mend it. Let the hand-over be done earlier, or let the old programme run until then.

    ```yaml
    inherited:
      - {id: posyandu-2022, name: Posyandu keliling, owner: dinkes, until: 2025-05-31}
    programs:
      - id: begesah
        name: Begesah
        lead: dinkes
        inherits: {replaces: [posyandu-2022], by: [begesah-02]}
        milestones:
          - id: begesah-01
            name: Jadwal disepakati dengan camat
            due: 2025-05-07
          - id: begesah-02
            name: Layanan dibuka
            duration: 3d
            after: [begesah-01]
    ```
    """
    ending = [one for one in scope.inherited if one.value.until or one.value.stopped]
    taken = {name for _, name in scope.at(INHERITED)} if ending else set()
    ending = [one for one in ending if one.value.id in taken]
    if not ending or scope.plan is None or scope.forecast is None:
        return
    from banyuasin_plan.alignment.running import gaps_of, pairs_of

    gaps = {one.pair.running.id: one for one in gaps_of(pairs_of(scope.plan, scope.forecast))}
    for one in ending:
        gap = gaps.get(one.value.id)
        if gap and gap.last >= scope.today:
            yield _gap(one, gap)


def _gap(one: Placed[Inherited], gap: Gap) -> Finding:
    said = message(
        "service_gap",
        first=gap.first,
        last=gap.last,
        days=gap.days,
        name=gap.pair.program.id,
        day=gap.pair.takes_over,
    )
    by = gap.pair.by
    hint = message("service_gap.by", names=some(by)) if by else message("service_gap.help")
    stopped = one.value.stopped
    if stopped and not (one.value.until and one.value.until <= stopped.on):
        return Finding((*one.path, "stopped", "on"), said, hint)
    return Finding((*one.path, "until"), said, hint)
