"""The plan as its author wrote it, typed: the keys, what they mean, and nothing else.

These classes are the domain model and the schema at once. Every field has its description here
in English and in `words/id/schema.py` in Indonesian; JSON Schema, editors and docs read them.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from banyuasin_plan.plan.fields import (
    ALL,
    NO_LAG,
    Day,
    Districts,
    GoalRef,
    Id,
    Lag,
    LinkType,
    Number,
    Percent,
    Span,
    Text,
    Truth,
    Whole,
    is_id,
    parse_link,
)
from banyuasin_plan.plan.head import OwnerCalendar, PlanHead, Tolerance, Written


class OwnerKind(StrEnum):
    """What an owner is."""

    AGENCY = "agency"
    LEADER = "leader"
    TEAM = "team"
    PARTNER = "partner"


class Colour(StrEnum):
    """The colours of a milestone or programme, best first; `grey` says nothing yet."""

    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    GREY = "grey"


class Group(Written):
    """A bundle of programmes."""

    id: Id = Field(description="The group's id.")
    name: Text = Field(description="The group's name.")
    expect: Whole | None = Field(None, description="How many programmes it must have.")


class GoalItem(Written):
    """One goal of a set."""

    id: Id = Field(description="The goal's id in its set.")
    text: Text = Field(description="The goal's wording.")
    serves: tuple[GoalRef, ...] = Field((), description="Goals of other sets that it serves.")


class GoalSet(Written):
    """Goals that programmes are held against."""

    id: Id = Field(description="The set's id.")
    name: Text = Field(description="The set's name.")
    items: tuple[GoalItem, ...] = Field((), description="Its goals.")


class Owner(Written):
    """An office that answers for milestones."""

    id: Id = Field(description="The owner's id.")
    name: Text = Field(description="The owner's name.")
    kind: OwnerKind = Field(OwnerKind.AGENCY, description="Agency, leader, team or partner.")
    reports_to: Id | None = Field(None, description="Next step of the ladder of escalation.")
    capacity: Whole | None = Field(None, description="Load it carries on one day; none: no limit.")
    calendar: OwnerCalendar | None = Field(None, description="Its own days.")
    note: Text | None = Field(None, description="A remark.")


class District(Written):
    """A district, which is an owner too: its camat."""

    id: Id = Field(description="The district's id.")
    code: Text | None = Field(None, description="Official code.")
    name: Text = Field(description="The district's name.")
    capacity: Whole | None = Field(None, description="Load it carries on one day; none: no limit.")
    calendar: OwnerCalendar | None = Field(None, description="Its own days.")
    note: Text | None = Field(None, description="A remark.")


class Stopped(Written):
    """The decision that ended a running programme."""

    on: Day = Field(description="Day of the decision.")
    by: Id = Field(description="Who decided.")
    why: Text | None = Field(None, description="Reason.")


class Inherited(Written):
    """A programme that already runs."""

    id: Id = Field(description="The running programme's id.")
    name: Text = Field(description="Its name.")
    aliases: tuple[Text, ...] = Field((), description="Other spellings.")
    owner: Id | None = Field(None, description="Who runs it now.")
    districts: Districts = Field((), description="Where it runs.")
    until: Day | None = Field(None, description="Its last day.")
    stopped: Stopped | None = Field(None, description="The decision that ends it.")


class Decision(Written):
    """An order of the leadership."""

    id: Id = Field(description="The order's id.")
    on: Day = Field(description="Day of the order.")
    by: Id = Field(description="Who gave it.")
    text: Text = Field(description="What was ordered.")
    owner: Id = Field(description="Who carries it out.")
    due: Day | None = Field(None, description="Due date.")
    done: Day | None = Field(None, description="Day it was done.")


class Link(Written):
    """What a milestone waits for."""

    id: Id = Field(description="The milestone waited for.")
    link: LinkType = Field(LinkType.FS, description="FS, SS, FF or SF.")
    lag: Lag = Field(NO_LAG, description="Days between the two ends; may be negative.")
    agreed: Day | None = Field(
        None, description="Day both sides agreed to it; the schedule is the same."
    )

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        return {"id": data} if is_id(data) else parse_link(data)  # most are no more than an id

    def __str__(self) -> str:
        """The link in its short form, type always shown."""
        unit = "cd" if self.lag.calendar else "d"
        return f"{self.id} {self.link}{f'{self.lag.days:+d}{unit}' if self.lag.days else ''}"


class Moved(Written):
    """An earlier promise."""

    was: Day = Field(alias="from", description="The due date that was given up.")
    on: Day = Field(description="Day it was moved.")
    why: Text | None = Field(None, description="Reason.")
    by: Id | None = Field(None, description="Who moved it.")


class Target(Written):
    """What is to be reached, in numbers."""

    amount: Number = Field(description="How much.")
    unit: Text = Field(description="Of what.")


class Budget(Written):
    """One line of money."""

    amount: Whole = Field(description="Amount in rupiah.")
    source: Text | None = Field(None, description="Source of funds.")
    code: Text | None = Field(None, description="Budget code.")
    state: Literal["available", "shift", "none"] | None = Field(
        None, description="Available, waiting for a budget shift, or not there."
    )
    spent: Whole = Field(0, description="Spent so far, in rupiah.")


class Verified(Written):
    """Somebody else saw that it is done."""

    by: Id = Field(description="Who verified; never the owner.")
    on: Day = Field(description="Day of verification.")


class Evidence(Written):
    """What shows that it is done."""

    kind: Literal["document", "photo", "link", "minutes"] = Field(
        "document", description="Document, photo, link or minutes."
    )
    ref: Text = Field(description="Number, file name or address.")
    on: Day | None = Field(None, description="Its date.")


class Delivery(Written):
    """A milestone done in one district."""

    on: Day | None = Field(None, description="Day it was delivered.")
    amount: Number | None = Field(None, description="How much of the target.")
    evidence: Text | None = Field(None, description="What shows it.")
    verified: Day | None = Field(None, description="Day it was verified.")
    reported: Day | None = Field(None, description="Day of the last report.")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"on": data} if isinstance(data, str) else data


class Returned(Written):
    """A claim that was sent back."""

    by: Id = Field(description="Who sent it back.")
    on: Day = Field(description="Day it was sent back.")
    why: Text | None = Field(None, description="Reason.")
    district: Id | None = Field(None, description="Whose delivery; none: the whole.")


class Blocker(Written):
    """What stands in the way."""

    since: Day = Field(description="First day.")
    what: Text = Field(description="What it is.")
    need: Text | None = Field(None, description="What is needed.")
    decide_by: Day | None = Field(None, description="Day a decision is needed.")
    owner: Id | None = Field(None, description="Who can clear it.")
    district: Id | None = Field(None, description="Where.")
    closed: Day | None = Field(None, description="Day it was cleared.")


class Judged(Written):
    """A person's colour beside the computed one."""

    status: Colour = Field(description="The colour.")
    why: Text | None = Field(None, description="Reason.")
    by: Id | None = Field(None, description="Who judged.")
    until: Day | None = Field(None, description="Last day it holds.")


class Cancelled(Written):
    """A milestone that will not be done."""

    on: Day = Field(description="Day it was cancelled.")
    why: Text | None = Field(None, description="Reason.")


def _present(value: object) -> object:
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


class Milestone(Written):
    """One line of the plan: what is to be done, by whom, by when, and how far it is."""

    # Built here, so that Program takes it as it is instead of building it once more.
    model_config = ConfigDict(defer_build=False)

    id: Id = Field(description="The milestone's id.")
    name: Text = Field(description="What is done then.")
    measure: Text | None = Field(None, description="How anyone can see that it is done.")
    owner: Id | None = Field(None, description="Who does it; default: the programme's lead.")
    support: tuple[Id, ...] = Field((), description="Who helps.")
    load: Whole = Field(
        1,
        description="Load on the owner's capacity on each day; levelling moves what is over.",
    )
    weight: Number = Field(1.0, description="Weight in planned and earned value.")
    duration: Span | None = Field(None, description="5d working days, 2w, 10cd, or 0: an event.")
    after: tuple[Link, ...] = Field((), description="What it waits for.")
    start: Day | None = Field(None, description="Must start on this day.")
    not_before: Day | None = Field(None, description="Starts on this day at the earliest.")
    due: Day | None = Field(None, description="The promise.")
    moved: tuple[Moved, ...] = Field((), description="Earlier promises.")
    districts: Districts = Field((), description="Districts it is done in, one by one.")
    target: Target | None = Field(None, description="What is to be reached, in numbers.")
    budget: tuple[Budget, ...] = Field((), description="Money.")
    progress: Percent | None = Field(
        None, description="Percent done, as reported; by district, delivered counts instead."
    )
    achieved: Number | None = Field(None, description="How much of the target is reached.")
    started: Day | None = Field(None, description="Day it began.")
    finished: Day | None = Field(None, description="Day it was done.")
    delivered: Annotated[dict[Id, Delivery], BeforeValidator(_present)] = Field(
        default_factory=dict,
        description="Districts in which it is done; counts instead of progress.",
    )
    evidence: tuple[Evidence, ...] = Field((), description="What shows that it is done.")
    verified: Verified | None = Field(None, description="Who verified it and when.")
    returned: tuple[Returned, ...] = Field((), description="Claims sent back.")
    reported: Day | None = Field(None, description="Day of the last report.")
    blockers: tuple[Blocker, ...] = Field((), description="What stands in the way.")
    judged: Judged | None = Field(
        None,
        description="A person's colour, shown beside the computed one and never instead of it.",
    )
    cancelled: Cancelled | None = Field(None, description="When and why it was cancelled.")
    note: Text | None = Field(None, description="A remark.")
    internal: Truth = Field(False, description="Left out of the public page.")


class Inherits(Written):
    """What a programme does with running ones."""

    continues: tuple[Id, ...] = Field((), description="Running programmes it carries on.")
    merges: tuple[Id, ...] = Field((), description="Running programmes it takes in.")
    replaces: tuple[Id, ...] = Field((), description="Running programmes it takes the place of.")
    by: tuple[Id, ...] = Field((), description="Milestones that hand over.")


class Program(Written):
    """A programme: a lead, an outcome, and the milestones that lead to it."""

    id: Id = Field(description="The programme's id.")
    name: Text = Field(description="Its name.")
    full_name: Text | None = Field(None, description="The name written out.")
    aliases: tuple[Text, ...] = Field((), description="Other spellings.")
    group: Id | None = Field(None, description="The group it belongs to.")
    outcome: Text | None = Field(None, description="What anyone can see on the last day.")
    lead: Id | None = Field(None, description="The owner that answers for it.")
    support: tuple[Id, ...] = Field((), description="Owners that help.")
    verifier: Id | None = Field(None, description="Who verifies its milestones.")
    goals: tuple[GoalRef, ...] = Field((), description="Goals it serves.")
    inherits: Inherits | None = Field(None, description="Running programmes it deals with.")
    districts: Districts = Field((), description="Where it applies.")
    tolerance: Tolerance | None = Field(None, description="Its own thresholds.")
    milestones: tuple[Milestone, ...] = Field((), description="Its milestones.")


class Plan(Written):
    """A whole plan, its files joined."""

    plan: PlanHead = Field(description="What holds for the whole plan.")
    groups: tuple[Group, ...] = Field((), description="How programmes are bundled.")
    goals: tuple[GoalSet, ...] = Field((), description="What programmes are held against.")
    owners: tuple[Owner, ...] = Field((), description="Who answers for milestones.")
    districts: tuple[District, ...] = Field((), description="Where the plan applies.")
    inherited: tuple[Inherited, ...] = Field((), description="What already runs.")
    decisions: tuple[Decision, ...] = Field((), description="What the leadership ordered.")
    programs: tuple[Program, ...] = Field((), description="The programmes.")

    def everybody(self) -> "tuple[Owner | District, ...]":
        """Every owner, districts included."""
        return (*self.owners, *self.districts)

    def everywhere(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """District ids with `all` spelled out, in the plan's order."""
        return tuple(place.id for place in self.districts) if written == (ALL,) else written


def owner_of(milestone: Milestone, program: Program) -> str | None:
    """Who does the milestone: its own owner, else the programme's lead."""
    return milestone.owner or program.lead
