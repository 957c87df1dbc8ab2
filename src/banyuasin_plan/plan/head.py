"""What holds for the whole plan, its days and its calendar; and what every mapping of it is."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from banyuasin_plan.plan.fields import Day, Id, Number, Positive, Text, Truth, Whole

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Written(BaseModel):
    """A mapping of the plan: unchangeable, closed to unknown keys, empty values absent."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _absent(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            known = {field.alias or name for name, field in cls.model_fields.items()}
            return {key: v for key, v in data.items() if v is not None or key not in known}
        return data


class Period(Written):
    """Days in a row, both ends included."""

    first: Day = Field(alias="from", description="First day.")
    last: Day = Field(alias="to", description="Last day, included.")
    why: Text | None = Field(None, description="Reason, as reports show it.")


class OwnerCalendar(Written):
    """An owner's own days, on top of the plan's."""

    closed: tuple[Period, ...] = Field((), description="Days on which this owner does not work.")
    open: tuple[Period, ...] = Field((), description="Days worked although the plan is closed.")


class WorkCalendar(OwnerCalendar):
    """The working days of the whole plan."""

    closed: tuple[Period, ...] = Field((), description="Days on which every office is closed.")
    open: tuple[Period, ...] = Field((), description="Days worked although they are holidays.")
    week: tuple[Weekday, ...] = Field(WEEK[:5], description="Working days of the week.")
    holidays: Literal["id", "none"] = Field("id", description="Built-in holiday table, or none.")
    joint_leave: Truth = Field(True, description="Whether joint leave closes offices too.")


class Tolerance(Written):
    """Thresholds of the colours; what is left out is taken from the plan, then the default."""

    red_overdue: Whole | None = Field(None, description="Office days overdue above which: red.")
    red_blocker: Whole | None = Field(None, description="Office days blocked above which: red.")
    stale: Whole | None = Field(None, description="Office days without a report: yellow above it.")
    tight: Whole | None = Field(None, description="Office days of room at or below which: yellow.")
    deviation: tuple[Number, Number] | None = Field(
        None, description="Percentage points behind that are red, under 70 % planned and from it."
    )


class Escalation(Written):
    """Office days late after which each step of the ladder is told."""

    owner: Whole = Field(1, description="The owner.")
    head: Whole = Field(3, description="The head of the agency.")
    reports_to: Whole = Field(5, description="Whom the agency reports to.")
    secretary: Whole = Field(7, description="The regional secretary, with a proof meeting.")
    leader: Whole = Field(10, description="The head of the region.")


AROUND = timedelta(days=366)
"""How long before a plan what is reported may have happened, and after it something fall due."""


class PlanHead(Written):
    """What holds for the whole plan."""

    id: Id = Field(description="The plan's id.")
    name: Text = Field(description="The plan's name, as reports head it.")
    notice: Text | None = Field(None, description="A warning that heads every output.")
    start: Day = Field(description="Day 1.")
    days: Annotated[Positive, Field(le=36_525)] = Field(100, description="How many days it runs.")
    count: Literal["calendar", "working"] = Field(
        "calendar", description="Whether the days count calendar days or working days."
    )
    prepare_from: Day | None = Field(None, description="Work may be planned from this day on.")
    language: Literal["id", "en"] = Field("id", description="Language of the plan's outputs.")
    timezone: Literal["WIB", "WITA", "WIT"] = Field(
        "WIB", description="Zone that says what today is."
    )
    as_of: Day | None = Field(None, description="Data date of a finished or an example plan.")
    calendar: WorkCalendar = Field(WorkCalendar.model_construct(), description="Working days.")
    baseline: Id | None = Field(None, description="Saved baseline that planned values come from.")
    tolerance: Tolerance = Field(
        Tolerance.model_construct(), description="Thresholds of the colours."
    )
    escalation: Escalation = Field(
        Escalation.model_construct(), description="When each step is told of a delay."
    )

    @property
    def first(self) -> date:
        """The first day on which work may be planned."""
        return min(self.start, self.prepare_from or self.start)

    @property
    def facts_from(self) -> date:
        """The earliest day of which a report tells: a year before work may be planned."""
        return self.first - AROUND
