"""Rules about what is reported: facts in order, none to come, none verified by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.rules.scope import Scope

DONE = 100
"""The progress that says there is nothing left to do."""

FACTS = (
    ("milestones", ("started",)),
    ("milestones", ("finished",)),
    ("milestones", ("reported",)),
    ("milestones", ("verified", "on")),
    ("milestones", ("cancelled", "on")),
    ("milestones", ("returned", "on")),
    ("milestones", ("evidence", "on")),
    ("milestones", ("moved", "on")),
    ("milestones", ("after", "agreed")),
    ("milestones", ("delivered", "on")),
    ("milestones", ("delivered", "verified")),
    ("milestones", ("delivered", "reported")),
    ("milestones", ("blockers", "since")),
    ("milestones", ("blockers", "closed")),
    ("inherited", ("stopped", "on")),
    ("decisions", ("on",)),
    ("decisions", ("done",)),
)
"""Where the days of facts stand; plans and promises are none."""

RECENT = frozenset({"started", "finished", "reported", "verified", "returned", "delivered"})
"""Facts that happen in a plan's own time; a letter, an order or an obstacle may be far older."""


def finished_before_started(scope: Scope) -> Iterator[Finding]:
    """A milestone that was finished before it began.

    What it finds. A `finished` that lies before `started`.

    Why it matters. One of the two days is wrong, and both go into reports: how long work takes, and
    since when it has been done. A figure that anyone can see is impossible costs the others their
    credit.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            started: 2025-03-10
            finished: 2025-03-04  # <- E401
    ```

    How to mend it. Ask the office which day is right.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            started: 2025-03-04
            finished: 2025-03-10
    ```
    """
    for one in scope.milestones:
        started, finished = one.value.started, one.value.finished
        if started and finished and finished < started:
            said = message("finished_before_started", finished=finished, started=started)
            yield Finding((*one.path, "finished"), said)


def in_the_future(scope: Scope) -> Iterator[Finding]:
    """A fact dated after the data date.

    What it finds. A day on which something began, was finished, delivered, verified, reported,
    agreed, moved, sent back, stopped or cancelled, the day of a piece of evidence or the first or
    last day of a blocker, that lies after the plan's `as_of`, or without one after today.

    Why it matters. What has not happened yet cannot have been reported. A finish that is entered
    ahead of time makes the plan look better today than it is, and is forgotten when it does not
    come true.

    Example. With `as_of` at 10 April 2025:

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            started: 2025-04-01
            finished: 2025-04-14  # <- E402
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified:
              by: inspektorat
              on: 2025-04-16  # <- E402
    ```

    How to mend it. Report what has happened. What is meant to happen goes into `start` and `due`.
    If the day has come since, move `as_of`, or take it out.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            started: 2025-04-01
            due: 2025-04-14
    ```
    """
    for path, day in scope.at(FACTS):
        if day > scope.today:
            said = message("in_the_future", day=day, today=scope.today)
            yield Finding(path, said, message("in_the_future.help"))


def long_before(scope: Scope) -> Iterator[Finding]:
    """A fact dated long before the plan.

    What it finds. A day on which something began, was finished, delivered, verified, sent back or
    reported, that lies more than a year before the plan's first day, or before `prepare_from` where
    that is given.

    Why it matters. Nearly always the year was mistyped, or a spreadsheet made a date of a number:
    2025 alone becomes 17 July 1905. Work that seems to have run for a hundred years is never late
    in its beginning, and spoils every figure on how long things take.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            measure: Daftar bertanda tangan
            started: 1905-07-17  # <- W419
    ```

    How to mend it. Ask the office which day is right. A day that is meant is accepted where it
    stands: `# plan: accept W419 because` and the reason.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            measure: Daftar bertanda tangan
            started: 2025-03-17
    ```
    """
    if scope.head is None:
        return
    first = scope.head.facts_from
    for path, day in scope.at(place for place in FACTS if place[1][0] in RECENT):
        if day < first:
            said = message("long_before", day=day, first=scope.head.first)
            yield Finding(path, said, message("long_before.help"))


def done_without_finish(scope: Scope) -> Iterator[Finding]:
    """Progress of 100 without the day it was finished.

    What it finds. A milestone with a `progress` of 100 and no `finished`, unless it is done
    district by district.

    Why it matters. Reported as whole, and yet not done: it stays among the unfinished, falls
    overdue, and its office complains with reason. Whether it was done in time can never be told.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            progress: 100  # <- W403
    ```

    How to mend it. Add `finished` with the day. If something is still missing, say how far the work
    is.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            progress: 100
            finished: 2025-03-13
    ```
    """
    for one in scope.milestones:
        value = one.value
        if (
            value.progress == DONE
            and value.finished is None
            and not value.districts
            and not value.cancelled
            and scope.reads(one.path, "finished")
        ):
            yield Finding(
                (*one.path, "progress"),
                message("done_without_finish"),
                message("done_without_finish.help"),
            )


def verified_unfinished(scope: Scope) -> Iterator[Finding]:
    """A verification of something that is not finished.

    What it finds. A milestone with `verified` but without `finished`, and not delivered in all of
    its districts either; a delivery with `verified` but without its day.

    Why it matters. Somebody vouches for what nobody says is done. Verified figures are those that
    go to the press: one of them that turns out to be empty is worse than ten that are late.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            progress: 90
            verified: {by: inspektorat, on: 2025-03-15}  # <- E404
          - id: gertas-02
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {evidence: Berita acara, verified: 2025-03-20}  # <- E404
    ```

    How to mend it. Add the day on which it was done, or take the verification out until it is.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified: {by: inspektorat, on: 2025-03-15}
          - id: gertas-02
            name: Bibit dibagikan
            districts: [betung, sembawa]
            delivered:
              betung: {on: 2025-03-18, evidence: Berita acara, verified: 2025-03-20}
    ```
    """
    for one in scope.milestones:
        if one.value.verified and not scope.may_be_finished(one):
            yield Finding(
                (*one.path, "verified"),
                message("verified_unfinished"),
                message("verified_unfinished.help"),
            )
        for name, fact in one.value.delivered.items():
            if fact.verified and fact.on is None:
                yield Finding(
                    (*one.path, "delivered", name, "verified"),
                    message("verified_unfinished.delivery"),
                    message("verified_unfinished.help"),
                )


def verified_by_owner(scope: Scope) -> Iterator[Finding]:
    """A milestone verified by the office that did it.

    What it finds. A `verified` whose `by` is the owner of the milestone, or the lead of its
    programme where the milestone names no owner.

    Why it matters. Nobody is judge in their own case. The public figure counts only what somebody
    else has seen, and it stands up to a question only as long as that is true of all of it.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified:
              by: dkp  # <- E405
              on: 2025-03-15
    ```

    How to mend it. Let another office look at it: the verifier of the programme, or the
    inspectorate. Until then leave `verified` out: it counts as reported.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dkp
        milestones:
          - id: gertas-01
            name: Daftar pekarangan disahkan
            finished: 2025-03-13
            evidence: [{kind: document, ref: Daftar pekarangan}]
            verified:
              by: inspektorat
              on: 2025-03-15
    ```
    """
    for one in scope.milestones:
        verified = one.value.verified
        if verified and verified.by == one.owner and scope.reads_owner(one):
            yield Finding(
                (*one.path, "verified", "by"),
                message("verified_by_owner", name=verified.by),
                message("verified_by_owner.help"),
            )
