"""The front door: texts in; the plan, its schedule and every complaint out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Diagnostic, Finding, Severity, Unchecked
from banyuasin_plan.plan.known import known_on
from banyuasin_plan.reading.accepting import acceptances, idle_findings, sort_out
from banyuasin_plan.reading.joining import is_within, join, span_of
from banyuasin_plan.reading.shaping import MOST_FINDINGS, scope_of
from banyuasin_plan.rules import RULES, findings_of, rule_named
from banyuasin_plan.schedule import Schedule, schedule_of
from banyuasin_plan.source.pausing import garbage_left_alone
from banyuasin_plan.words import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from banyuasin_plan.diagnostic import Place, Span
    from banyuasin_plan.plan.head import PlanHead
    from banyuasin_plan.plan.model import Plan
    from banyuasin_plan.reading.accepting import Sorted
    from banyuasin_plan.reading.baselines import Shelf
    from banyuasin_plan.reading.joining import Joined
    from banyuasin_plan.reading.remembering import Memory
    from banyuasin_plan.rules import Rule
    from banyuasin_plan.rules.scope import Scope
    from banyuasin_plan.schedule import Calendars
    from banyuasin_plan.source import Mapping as Node

REVISION = 12
"""Hexadecimal digits of a revision: enough to tell the states of one plan apart."""


@dataclass(frozen=True, eq=False, repr=False)
class Loaded:
    """A plan as far as it could be read.

    `texts` and `root` are what was read, `plan` what it means (None when that can't be told).
    `as_of` is the data date; `held` says that the plan's own `as_of` holds it still. `now` is
    when it was read.
    """

    texts: Mapping[str, bytes]
    joined: Joined
    scope: Scope
    as_of: date
    held: bool
    now: datetime

    @property
    def root(self) -> Node:
        """The tree of all files."""
        return self.joined.root

    @cached_property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that no report can pass over; warnings are not even looked for."""
        return found_by(self.scope, self.joined, [rule for rule in RULES if not rule.is_warning])

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything wrong with the plan that nobody accepted, in the order of the files."""
        return self._checked.standing

    @property
    def unchecked(self) -> Unchecked | None:
        """What could not be checked for errors, and the files they stand in."""
        broken = self.joined.broken
        unread = () if broken else (span_of(self.root, path).file for path in self.scope.unread)
        files = tuple(sorted({*broken, *unread}))
        return Unchecked(bool(broken), files) if files else None

    @property
    def accepted(self) -> tuple[Diagnostic, ...]:
        """Warnings that a comment accepts where they stand."""
        return self._checked.accepted

    @cached_property
    def _checked(self) -> Sorted:
        """Every rule's findings, sorted out by what comments accept."""
        given, _ = acceptances(self.joined.comments)
        result = sort_out(found_by(self.scope, self.joined, RULES), given)
        if not result.idle:
            return result
        certain = all(one.severity is not Severity.ERROR for one in result.standing)
        codes = {rule.code: rule.severity for rule in RULES}
        rule = rule_named("idle_acceptance")
        found = idle_findings(result.idle, codes, certain=certain)
        idle = [_located(rule, one, self.joined) for one in found]
        standing = sorted((*result.standing, *idle), key=lambda one: one.order)
        return result._replace(standing=tuple(standing))

    @cached_property
    def plan(self) -> Plan | None:
        """The plan as it was known on the data date."""
        return known_on(self.scope.plan, self.as_of) if self.scope.plan else None

    @cached_property
    def revision(self) -> str:
        """A short checksum of the plan's texts in the order of their files, wherever they lie."""
        from hashlib import sha256  # 3 ms that only exports need

        found = sha256()
        for text in self.texts.values():
            found.update(len(text).to_bytes(8, "big") + text)
        return found.hexdigest()[:REVISION]

    @property
    def calendars(self) -> Calendars | None:
        """The plan's calendars."""
        return self.scope.calendars

    @cached_property
    def schedule(self) -> Schedule | None:
        """The schedule as written, promises as they stood on the data date."""
        if self.plan is None or self.calendars is None:
            return None
        if self.plan is self.scope.plan and self.scope.schedule:
            return self.scope.schedule
        return schedule_of(self.plan, self.calendars)

    @cached_property
    def forecast(self) -> Schedule | None:
        """The schedule with what is known on the data date."""
        if self.plan is None or self.calendars is None:
            return None
        return schedule_of(self.plan, self.calendars, self.as_of)

    def left_out(self) -> tuple[str, ...]:
        """Ids of milestones that are in the files but in no report: broken, or in a cycle."""
        slots = self.schedule.slots if self.schedule else {}
        return tuple(name for name in self.scope.known("milestone") if name not in slots)

    def where(self) -> Mapping[str, str]:
        """Each milestone's and programme's place as `file:line`, by id."""
        known = (*self.scope.known("program").items(), *self.scope.known("milestone").items())
        return {name: self.scope.where(paths[0]) for name, paths in known}

    def span(self, place: Place) -> Span:
        """Where a place of the plan stands."""
        return span_of(self.root, place)


def load(
    texts: Mapping[str, bytes],
    now: datetime,
    day: date | None = None,
    memory: Memory | None = None,
    shelf: Shelf | None = None,
) -> Loaded:
    """Read a plan from its files' bytes by name.

    `now` is any aware time; the data date is `day`, else the plan's `as_of`, else today in the
    plan's zone. Users' mistakes never raise; they are diagnostics. With a `memory`, what it has
    met before is not read again. `shelf` gives out the saved baseline that the plan may name.
    """
    with garbage_left_alone():
        joined = join(texts, memory.trees(texts) if memory and is_within(texts) else None)
        scope = scope_of(joined, now, memory.shaped if memory else None)
        if scope.head and scope.head.baseline:
            scope = _with_baseline(scope, scope.head, shelf)
    as_of = day or scope.today
    held = day is None and scope.head is not None and scope.head.as_of is not None
    return Loaded(texts, joined, scope, as_of, held, now)


def _with_baseline(scope: Scope, head: PlanHead, shelf: Shelf | None) -> Scope:
    """The scope with the baseline that the plan names, or with why it can't be had."""
    from banyuasin_plan.reading.baselines import baseline_named  # most plans name none

    found = baseline_named(head.baseline or "", head.id, shelf)
    if isinstance(found, Message):
        return replace(scope, no_baseline=found)
    return replace(scope, baseline=found)


def found_by(scope: Scope, joined: Joined, rules: Sequence[Rule]) -> tuple[Diagnostic, ...]:
    """What the rules find, each at its place, in the order of the files."""
    with garbage_left_alone():
        found = [_located(rule, finding, joined) for rule, finding in _enough(scope, rules)]
    return tuple(sorted(found, key=lambda one: one.order))


def _enough(scope: Scope, rules: Sequence[Rule]) -> list[tuple[Rule, Finding]]:
    """What the rules find, up to a limit; then one more that says so."""
    found = list(islice(findings_of(scope, rules), MOST_FINDINGS + 1))
    if len(found) > MOST_FINDINGS:
        said = message("too_large.plan_findings", limit=MOST_FINDINGS)
        more = Finding(found.pop()[1].place, said, message("too_large.findings.help"))
        found.append((rule_named("too_large"), more))
    return found


def _located(rule: Rule, finding: Finding, joined: Joined) -> Diagnostic:
    """A finding at its place in a file, under its rule's code."""
    span = span_of(joined.root, finding.place)
    return Diagnostic(span, rule.code, rule.severity, finding.message, finding.help)
