"""Rules about what people must account for: promises that moved, and colours they overruled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.plan.model import Colour
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import PlacedMilestone, Scope

STEPS = {Colour.YELLOW: 1, Colour.ORANGE: 2, Colour.RED: 3}
"""How far each colour lies from good; the others are good."""


def moved_without_reason(scope: Scope) -> Iterator[Finding]:
    """A promise that was moved without a reason.

    What it finds. An entry of `moved` without `why`.

    Why it matters. A date may move; what may not happen is that nobody remembers why. The reasons
    together show what really holds a programme up.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            moved:
              - {from: 2025-04-25, on: 2025-04-08}  # <- W313
    ```

    How to mend it. Add `why` in a few words, and `by` if somebody allowed it.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            moved:
              - {from: 2025-04-25, on: 2025-04-08, why: data tiga desa belum masuk, by: setda}
    ```
    """
    for one in scope.milestones:
        for place, moved in enumerate(one.value.moved):
            path = (*one.path, "moved", place)
            if moved.why is None and scope.reads(path, "why"):
                yield Finding(
                    path, message("moved_without_reason"), message("moved_without_reason.help")
                )


def moved_out_of_order(scope: Scope) -> Iterator[Finding]:
    """Earlier promises that do not lead to the present one.

    What it finds. Entries of `moved` that are not in the order of the days on which they were
    moved; one that gave up the very date that came after it; `moved` without a `due`.

    Why it matters. The first promise is what a milestone is held to. In a list out of order another
    date is taken for it, and who was on time is wrong.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            moved:
              - {from: 2025-04-25, on: 2025-04-08, why: data belum masuk}
              - {from: 2025-03-28, on: 2025-03-20, why: libur Lebaran}  # <- W314
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-20
            moved:
              - {from: 2025-05-20, on: 2025-04-08, why: bibit belum ada}  # <- W314
    ```

    How to mend it. Put the oldest entry first; `from` is the date that was given up, `due` the one
    that holds now.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            moved:
              - {from: 2025-03-28, on: 2025-03-20, why: libur Lebaran}
              - {from: 2025-04-25, on: 2025-04-08, why: data belum masuk}
          - id: gertas-02
            name: Bibit dibagikan
            due: 2025-05-20
            moved:
              - {from: 2025-05-09, on: 2025-04-08, why: bibit belum ada}
    ```
    """
    for one in scope.milestones:
        moved, due = one.value.moved, one.value.due
        if not moved or not scope.reads(one.path, "due", "moved"):
            continue
        if due is None:
            said = message("moved_out_of_order.no_due")
            yield Finding((*one.path, "moved"), said, message("moved_out_of_order.no_due.help"))
        promises = [*(entry.was for entry in moved), due]
        for place, entry in enumerate(moved):
            path = (*one.path, "moved", place)
            if place and entry.on < moved[place - 1].on:
                said = message("moved_out_of_order", day=entry.on, before=moved[place - 1].on)
                yield Finding(path, said, message("moved_out_of_order.help"))
            elif entry.was == promises[place + 1]:
                said = message("moved_out_of_order.same", day=entry.was)
                yield Finding(path, said, message("moved_out_of_order.same.help"))


def judged_without_reason(scope: Scope) -> Iterator[Finding]:
    """A colour that somebody set without a reason.

    What it finds. A `judged` without `why`.

    Why it matters. A person may know more than the figures do, and that is what `judged` is for.
    Without a reason it cannot be told from a wish.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            judged: {status: orange, by: setda, until: 2025-04-25}  # <- W406
    ```

    How to mend it. Write under `why` what the figures do not show.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            judged: {status: orange, why: dua camat baru diganti, by: setda, until: 2025-04-25}
    ```
    """
    for one in scope.milestones:
        judged = one.value.judged
        if judged and judged.why is None and scope.reads((*one.path, "judged"), "why"):
            yield Finding(
                (*one.path, "judged"),
                message("judged_without_reason"),
                message("judged_without_reason.help"),
            )


def judged_expired(scope: Scope) -> Iterator[Finding]:
    """A judgement that has run out.

    What it finds. A `judged` whose `until` lies before the data date.

    Why it matters. It no longer counts, but whoever reads the file takes it for the present view.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
            judged:
              status: orange
              why: dua camat baru diganti
              until: 2025-03-21  # <- W407
    ```

    How to mend it. Take it out, or judge anew with a later day.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-05-14
    ```
    """
    for one in scope.milestones:
        judged = one.value.judged
        if judged and judged.until and judged.until < scope.today:
            said = message("judged_expired", day=judged.until)
            where = (*one.path, "judged", "until")
            yield Finding(where, said, message("judged_expired.help"))


def judged_milder(scope: Scope) -> Iterator[Finding]:
    """A judgement two steps better than what the figures say.

    What it finds. A `judged` that still holds and lies two steps or more above the computed colour:
    green for orange or red, yellow for red.

    Why it matters. One step is experience. Two steps is a report that the leadership will have to
    take back. The computed colour stays beside it in every report.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
            judged:
              status: green  # <- W408
              why: tinggal tanda tangan
              until: 2025-04-25
    ```

    How to mend it. Report the work that makes it better, or judge it one step milder at most.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            due: 2025-03-14
            judged:
              status: orange
              why: tinggal tanda tangan
              until: 2025-04-25
    ```
    """
    held = {one.value.id: one for one in scope.milestones if _holds(scope, one)}
    if not held or scope.plan is None or scope.schedule is None or scope.forecast is None:
        return
    from banyuasin_plan.tracking import track  # few plans judge, and all of them are checked

    standings = track(scope.plan, scope.schedule, scope.forecast, scope.today).standings
    verdicts = {one.milestone.id: one.verdict for one in standings}
    for name, one in held.items():
        verdict, judged = verdicts.get(name), one.value.judged
        if verdict and judged and STEPS.get(verdict.colour, 0) - STEPS.get(judged.status, 0) > 1:
            said = message(
                "judged_milder",
                judged=message(f"status.{judged.status}"),
                computed=message(f"status.{verdict.colour}"),
                reason=verdict.reason,
            )
            where = (*one.path, "judged", "status")
            yield Finding(where, said, message("judged_milder.help"))


def _holds(scope: Scope, one: PlacedMilestone) -> bool:
    """Whether somebody's colour for it counts on the data date."""
    judged = one.value.judged
    return judged is not None and (judged.until is None or judged.until >= scope.today)
