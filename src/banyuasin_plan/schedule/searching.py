"""The search for a good order: priority rules, justification, and chance around the best so far.

Schedules are compared by what `model.md` wants, in that order: weighted days past due, the end,
movement against the dates without limits. Chance is seeded and its amount is set by the part's
size, so that the same plan always has the same schedule.
"""

from __future__ import annotations

from itertools import compress
from operator import add, sub
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.schedule.sequencing import Sequencer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from banyuasin_plan.schedule.compiling import Part

EFFORT = 75_000
"""Tasks placed in one search, all passes together; what a task costs more counts more."""

_FEWEST, _EACH = 4, 50
_LARGE = 300
_HEAVY = 8
_PASS = 20
_WINDOW = 0.25
_REACH = 4
_SIDEWAYS = 0.02
_BLENDS = (0.75, 0.5, 0.25, 0.75, 0.5, 0.25)


class Value(NamedTuple):
    """How good a schedule is, smaller being better: office days past due times weight, and end.

    The end is office time, with what must still follow a task added to it.
    """

    past_due: float
    end: int


class Trial(NamedTuple):
    """A schedule that was tried: its states, its value, and the states from which it was pushed."""

    states: list[int]
    value: Value
    pulled: list[int]


class Search:
    """One search over a part, from its priority rules to where its passes are used up."""

    def __init__(self, part: Part, least: Value, early: Sequence[int]) -> None:
        """`least` is a value no schedule can better; `early` the states without limits."""
        self.part, self.least, self.early = part, least, early
        self.lines = Sequencer(part)
        self.chance = Random(len(part.places))  # noqa: S311 - the same choices in every run
        cost = sum(_cost(part, task, quick=self.lines.quick) for task in range(len(part.places)))
        effort = EFFORT if len(part.places) <= _LARGE else EFFORT // 4  # reading takes long too
        self.most = max(min(effort // (_PASS + cost), _EACH * len(part.places)), _FEWEST)
        self._ends: list[dict[int, int]] = [{} for _ in part.places]
        self._begins: list[dict[int, int]] = [{} for _ in part.places]

    def run(self) -> list[int]:
        """The best states found."""
        best = self._start()
        if best.value > self.least:
            best = self._wander(best)
        return self._settle(best).states

    def _start(self) -> Trial:
        """The best of the priority rules, each improved by justification."""
        best: Trial | None = None
        for keys in _rules(self.part, self.begins(self.early)):
            if best and (best.value <= self.least or self.lines.passes >= self.most):
                break
            trial = self._improved(self._tried(self.lines.order(keys)))
            if best is None or self._better(trial, best):
                best = trial
        return best or self._tried(range(len(self.part.places)))

    def _wander(self, best: Trial) -> Trial:
        """Shake the order inside a window of time, justify, keep what is not worse."""
        part, random = self.part, self.chance.random
        worked = [days for days in part.days if days]
        reach = _REACH * sum(worked) / max(len(worked), 1)
        now = best
        while best.value > self.least and self.lines.passes < self.most:
            keys = self.begins(now.pulled)
            low, high = min(keys), max(keys)
            middle = low + random() * (high - low)
            width = _WINDOW * (high - low) + 1
            shaken = [key + random() * reach if abs(key - middle) < width else key for key in keys]
            trial = self._improved(self._tried(self.lines.order(shaken)))
            if trial.value <= now.value or random() < _SIDEWAYS:
                now = trial
            if self._better(trial, best):
                best = trial
        return best

    def _settle(self, best: Trial) -> Trial:
        """Draw the best order towards the dates without limits as long as that costs nothing."""
        early = self.begins(self.early)
        tried: dict[float, Trial] = {}
        for share in _BLENDS:
            if tried.get(share) is best:  # it would come out as it did
                continue
            tried[share] = best
            mixed = zip(self.begins(best.states), early, strict=True)
            rest = 1 - share
            keys = [share * ours + rest * wish for ours, wish in mixed]
            trial = self._tried(self.lines.order_by_start(keys))
            if self._better(trial, best):
                best = trial
        return best

    def _improved(self, trial: Trial) -> Trial:
        """Double justification, as long as it helps (Valls, Ballestin, Quintanilla, EJOR 2005)."""
        while True:
            ends = self.ends(trial.states)
            latest = self._latest(trial, ends)
            pulled = self.lines.pull(self.lines.order_by_end(ends), latest, trial.states)
            states = self.lines.push(self.lines.order_by_start(self.begins(pulled)))
            value = self.value(states)
            if value > trial.value:
                return Trial(trial.states, trial.value, pulled)
            if value == trial.value:
                better = Trial(states, value, pulled)
                return better if self._better(better, trial) else trial._replace(pulled=pulled)
            trial = Trial(states, value, pulled)

    def _latest(self, trial: Trial, ends: Sequence[int]) -> list[int]:
        """How late each task may lie without the schedule being worse."""
        end = trial.value.end
        latest = [
            state + end - tail - at
            for state, tail, at in zip(trial.states, self.part.tails, ends, strict=True)
        ]
        for task, _, until in self.part.promises:
            kept = trial.states[task] + max(until - ends[task], 0)
            latest[task] = min(latest[task], kept)
        for task, aim in enumerate(self.part.wanted):
            if aim is not None:
                latest[task] = min(latest[task], max(aim, trial.states[task]))
        return latest

    def _tried(self, order: Sequence[int]) -> Trial:
        states = self.lines.push(order)
        return Trial(states, self.value(states), states)

    def _better(self, one: Trial, other: Trial) -> bool:
        if one.value != other.value:
            return one.value < other.value
        return self.movement(one.states) < self.movement(other.states)

    def movement(self, states: Sequence[int]) -> int:
        """Days by which work lies elsewhere than it would without limits, all together."""
        moved = map(sub, states, self.early)
        return sum(map(abs, compress(moved, self.part.days)))

    def value(self, states: Sequence[int]) -> Value:
        """The value of these states."""
        ends = self.ends(states)
        late = sum(
            weight * (ends[task] - until)
            for task, weight, until in self.part.promises
            if ends[task] > until
        )
        return Value(late, max(map(add, ends, self.part.tails)))

    def begins(self, states: Sequence[int]) -> Sequence[int]:
        """Where the states begin, in office time."""
        if self.part.plain:
            return states
        return [self._begin(task, state) for task, state in enumerate(states)]

    def ends(self, states: Sequence[int]) -> list[int]:
        """Where the states end, in office time."""
        if self.part.plain:
            return list(map(add, states, self.part.days))
        return [self._end(task, state) for task, state in enumerate(states)]

    def _begin(self, task: int, state: int) -> int:
        known = self._begins[task]
        if state not in known:
            known[state] = self.part.office_time(task, state)[0]
        return known[state]

    def _end(self, task: int, state: int) -> int:
        known = self._ends[task]
        if state not in known:
            known[state] = self.part.office_time(task, state)[1]
        return known[state]


def _cost(part: Part, task: int, *, quick: bool) -> int:
    return 1 if quick else _HEAVY + (part.needs[task] is not None) + len(part.odd[task])


def _rules(part: Part, early: Sequence[int]) -> Iterator[Sequence[float]]:
    """Priority rules as keys, smallest first: early start, then those that look ahead.

    Latest start and finish, the greatest rank positional weight among them, in office time before
    an end that does not matter; where due dates are promised, the earliest of them, and weight.
    """
    count = range(len(part.places))
    yield early
    if part.promises:
        yield from _due_rules(part, early)
    yield [-part.tails[task] for task in count]
    yield [-part.tails[task] - part.days[task] for task in count]
    yield [early[task] - part.tails[task] for task in count]


def _due_rules(part: Part, early: Sequence[int]) -> Iterator[Sequence[float]]:
    """Earliest due date, least slack, and weight by duration, for what a task delays."""
    never = max(until for _, _, until in part.promises) + max(early) + sum(part.days)
    due: list[float] = [never - tail for tail in part.tails]
    heavy: list[float] = [0.0] * len(due)
    for task, weight, until in part.promises:
        due[task] = min(due[task], until)
        heavy[task] = max(heavy[task], weight / max(part.days[task], 1))
    for task in reversed(range(len(due))):
        for other, shift in part.behind[task]:
            due[task] = min(due[task], due[other] - part.days[other] - shift + part.days[task])
            heavy[task] = max(heavy[task], heavy[other])
    yield due
    yield [at - days for at, days in zip(due, part.days, strict=True)]
    yield [-weight for weight in heavy]
