"""A saved baseline: dates, weights and links as they were on a day, for comparison later."""

from pydantic import BaseModel, ConfigDict, Field

from banyuasin_plan.plan.fields import Day, Id, Number, Text
from banyuasin_plan.plan.model import Link


class Kept(BaseModel):
    """A milestone as a baseline keeps it.

    `first` to `due`, else `finish`, is what was promised; `start` and `finish` are its dates in
    the schedule as it was written then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Text
    program: Id
    first: Day = Field(alias="from")
    due: Day | None = None
    start: Day
    finish: Day
    weight: Number = 1.0
    after: tuple[Link, ...] = ()

    @property
    def stretch(self) -> tuple[int, int]:
        """First and last day of the promise, as ordinals."""
        last = self.due or self.finish
        return min(self.first, last).toordinal(), last.toordinal()


class Baseline(BaseModel):
    """A baseline: its name, whose it is, the data date it was saved on, and its milestones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    baseline: Id
    of: Id
    saved: Day
    milestones: tuple[Kept, ...] = ()
