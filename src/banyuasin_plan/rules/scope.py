"""What every rule looks at: the plan as far as it could be read, and where its pieces stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from banyuasin_plan.diagnostic import KeyOf, Span
from banyuasin_plan.plan.fields import ALL
from banyuasin_plan.plan.model import (
    Decision,
    District,
    GoalSet,
    Group,
    Inherited,
    Milestone,
    Owner,
    Plan,
    Program,
    owner_of,
)
from banyuasin_plan.schedule import (
    Schedule,
    calendars_of,
    drivers_of,
    early_of,
    reached,
    schedule_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from banyuasin_plan.diagnostic import Finding, Path, Place
    from banyuasin_plan.plan.baseline import Baseline
    from banyuasin_plan.plan.head import PlanHead
    from banyuasin_plan.schedule import Calendars
    from banyuasin_plan.schedule.passes import Early
    from banyuasin_plan.words import Message

Thing = TypeVar("Thing")

LISTS = (
    "groups",
    "goals",
    "owners",
    "districts",
    "inherited",
    "decisions",
    "programs",
    "milestones",
)
"""What a plan lists, as a scope's fields."""


@dataclass(slots=True, eq=False)
class Placed(Generic[Thing]):
    """A piece of the plan and its path in the joined files."""

    path: Path
    value: Thing


@dataclass(slots=True, eq=False)
class PlacedMilestone:
    """A milestone, its path, and the programme it belongs to."""

    path: Path
    value: Milestone
    program: Program

    @property
    def owner(self) -> str | None:
        """Who does it."""
        return owner_of(self.value, self.program)


@dataclass(frozen=True, eq=False, repr=False)
class Scope:
    """The plan under examination.

    `ids` holds, for each kind of thing, every id with the paths it is given at, the ids of
    pieces included whose shape is broken. `unread` are paths of values that could not be read,
    so that nobody takes them for missing. `whole` is False while a file could not be read; what
    is unknown then may stand in it. Facts are held against `today`; `spans` says where a path is.
    `baseline` is the one that the plan names, `no_baseline` why it can't be had.
    """

    today: date
    spans: Callable[[Path], Span]
    head: PlanHead | None = None
    groups: tuple[Placed[Group], ...] = ()
    goals: tuple[Placed[GoalSet], ...] = ()
    owners: tuple[Placed[Owner], ...] = ()
    districts: tuple[Placed[District], ...] = ()
    inherited: tuple[Placed[Inherited], ...] = ()
    decisions: tuple[Placed[Decision], ...] = ()
    programs: tuple[Placed[Program], ...] = ()
    milestones: tuple[PlacedMilestone, ...] = ()
    ids: Mapping[str, Mapping[str, list[Path]]] = field(default_factory=dict)
    complaints: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    unread: frozenset[Path] = frozenset()
    whole: bool = True
    baseline: Baseline | None = None
    no_baseline: Message | None = None

    def said(self, rule: str) -> Iterator[Finding]:
        """What reading the files already found under a rule's name."""
        yield from self.complaints.get(rule, ())

    @property
    def offices(self) -> tuple[Placed[Owner] | Placed[District], ...]:
        """Every owner, districts included."""
        return (*self.owners, *self.districts)

    @property
    def sure(self) -> bool:
        """Whether everything could be read, so that what is not there is really missing."""
        return self.whole and not self.unread

    def reads(self, path: Path, *keys: str) -> bool:
        """Whether these keys of a mapping were read, or are truly not there."""
        return not self.unread or not any((*path, key) in self.unread for key in keys)

    def at(self, places: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[Path, Any]]:
        """What stands at these places, each a list of the plan and keys one in the other."""
        for kind, keys in places:
            found = [(one.path, one.value) for one in self._given[kind].get(keys[0], ())]
            for key in keys:
                found = _below(found, key)
            yield from found

    @cached_property
    def _given(self) -> Mapping[str, Mapping[str, Sequence[Any]]]:
        """For each list of the plan, the pieces in which a key is given, by key."""
        found: dict[str, dict[str, list[Any]]] = {}
        for kind in LISTS:
            found[kind] = by_key = defaultdict(list)
            for one in getattr(self, kind):
                for key in one.value.model_fields_set:
                    by_key[key].append(one)
        return found

    def reads_owner(self, one: PlacedMilestone) -> bool:
        """Whether what says who does a milestone was read, or is truly not there."""
        return self.reads(one.path, "owner") and (
            one.value.owner is not None or self.reads(one.path[:2], "lead")
        )

    def may_be_finished(self, one: PlacedMilestone) -> bool:
        """Whether it is finished or delivered everywhere, or what could not be read may say so."""
        value = one.value
        if value.finished or not self.reads(one.path, "finished", "districts", "delivered"):
            return True
        if value.districts == (ALL,) and not (self.plan and self.whole):
            return True
        places = self.plan.everywhere(value.districts) if self.plan else value.districts
        return bool(places) and all(
            place in value.delivered and value.delivered[place].on for place in places
        )

    def in_order(self, paths: Iterable[Path]) -> list[Path]:
        """Paths in the order in which they stand in the files."""
        return sorted(paths, key=self.spans)

    def where(self, path: Path) -> str:
        """A path as `file:line`, to name another place in a message."""
        span = self.spans(path)
        return f"{span.file}:{span.line}"

    def place(self, place: Place) -> str:
        """Where a finding points, as `file:line`."""
        if isinstance(place, Span):
            return f"{place.file}:{place.line}"
        return self.where(place.path if isinstance(place, KeyOf) else place)

    def known(self, kind: str) -> Mapping[str, list[Path]]:
        """Every id of a kind: `milestone`, `program`, `owner`, `group`, `goal`, `inherited`."""
        return self.ids.get(kind, {})

    @cached_property
    def plan(self) -> Plan | None:
        """The pieces as one plan; None while its head can't be read."""
        if self.head is None:
            return None
        inside: dict[Path, list[Milestone]] = {}
        for one in self.milestones:
            inside.setdefault(one.path[:2], []).append(one.value)
        return Plan.model_construct(
            plan=self.head,
            groups=_values(self.groups),
            goals=_values(self.goals),
            owners=_values(self.owners),
            districts=_values(self.districts),
            inherited=_values(self.inherited),
            decisions=_values(self.decisions),
            programs=tuple(
                placed.value.model_copy(update={"milestones": tuple(inside.get(placed.path, ()))})
                for placed in self.programs
            ),
        )

    def whole_programs(self) -> Iterator[Placed[Program]]:
        """The programmes of the plan, each with its milestones; none while there is no plan."""
        whole = self.plan.programs if self.plan else ()
        for placed, program in zip(self.programs, whole, strict=False):
            yield Placed(placed.path, program)

    @cached_property
    def calendars(self) -> Calendars | None:
        """The plan's calendars; None while its head can't be read."""
        return calendars_of(self.plan) if self.plan else None

    @cached_property
    def early(self) -> Early | None:
        """The forward pass as written, while every milestone could be read; else None."""
        if self.plan is None or self.calendars is None or not self.whole or self.unread:
            return None
        return early_of(self.plan, self.calendars)

    @cached_property
    def written_finish(self) -> Mapping[str, date]:
        """Each milestone's finish by the plan as written; none while it can't be told."""
        return reached(self.early) if self.early else {}

    @cached_property
    def forecast_finish(self) -> Mapping[str, date]:
        """Each milestone's finish by the forecast; none while it can't be told."""
        return reached(self.forecast_early) if self.forecast_early else {}

    @cached_property
    def written_driver(self) -> Mapping[str, str]:
        """By the plan as written, the milestone that drives each one that a link drives."""
        return drivers_of(self.early) if self.early else {}

    @cached_property
    def forecast_driver(self) -> Mapping[str, str]:
        """By the forecast, the milestone that drives each one that a link drives."""
        return drivers_of(self.forecast_early) if self.forecast_early else {}

    @cached_property
    def forecast_early(self) -> Early | None:
        """The forward pass on the data date; None while it can't be told."""
        if self.plan is None or self.calendars is None or self.early is None:
            return None
        return early_of(self.plan, self.calendars, self.today)

    @cached_property
    def forecast(self) -> Schedule | None:
        """The forecast on the data date, whose facts are all known; None while it can't be told."""
        if self.plan is None or self.calendars is None or self.early is None:
            return None
        return schedule_of(self.plan, self.calendars, self.today)

    @cached_property
    def schedule(self) -> Schedule | None:
        """The schedule as written, while every milestone could be read; else None."""
        if self.plan is None or self.calendars is None or self.early is None:
            return None
        return schedule_of(self.plan, self.calendars, early=self.early)


def _below(pieces: Iterable[tuple[Path, Any]], key: str) -> list[tuple[Path, Any]]:
    """What stands under a key of these pieces, with its path; of what holds several every item."""
    found: list[tuple[Path, Any]] = []
    for path, piece in pieces:
        value = getattr(piece, key)
        if value is None:
            continue
        if type(value) is tuple:
            found += [((*path, key, step), item) for step, item in enumerate(value)]
        elif type(value) is dict:
            found += [((*path, key, name), item) for name, item in value.items()]
        else:
            found.append(((*path, key), value))
    return found


def _values(placed: Iterable[Placed[Thing]]) -> tuple[Thing, ...]:
    return tuple(one.value for one in placed)
