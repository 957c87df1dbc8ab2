"""The small words of the plan's grammar: ids, days, numbers, durations, links.

YAML hands over text only; each type here has its own strict grammar, so that `08`, `4_0`, `no`
or a timestamp never turn into something their author did not write.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

MOST_DAYS = 10_000
"""The longest duration or lag, in days (27 years)."""

ID = r"[a-z0-9][a-z0-9-]{0,63}"
_ID = re.compile(rf"{ID}\Z")
_GOAL = re.compile(rf"{ID}/{ID}\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})\Z", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?\Z", re.ASCII)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}\Z", re.ASCII)
_DURATION = re.compile(r"(0|[1-9]\d{0,4})(d|w|cd)?\Z", re.ASCII)
_LAG = re.compile(r"([+-]?)(0|[1-9]\d{0,4})(d|w|cd)?\Z", re.ASCII)
_LINK = re.compile(
    rf"({ID})(?:[ ]+(FS|SS|FF|SF)([+-]\d{{1,5}}(?:d|w|cd)?)?|(\+\d{{1,5}}(?:d|w|cd)?))?\Z", re.ASCII
)
_REMEMBERED = 1_000
"""Texts of days and of durations that are not read again: a plan has few different ones."""

ALL = "all"
"""The one word that stands for every district."""


class LinkType(StrEnum):
    """Which end of a milestone waits for which end of the one it follows."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class Duration(NamedTuple):
    """A stretch of days: of the owner's working days, or of calendar days.

    Also a lag, where days may be negative and working days are those of the plan's calendar.
    """

    days: int
    calendar: bool = False

    def __str__(self) -> str:
        """The duration as it is written in YAML."""
        return f"{self.days}{'cd' if self.calendar else 'd'}"


NO_LAG = Duration(0)


def _refused(kind: str, given: object) -> PydanticCustomError:
    """An error whose type names the rule; only a scalar is quoted back."""
    if not isinstance(given, str):
        return PydanticCustomError("wrong_type", "not a {wanted}", {"wanted": kind})
    return PydanticCustomError(kind, "{given}", {"given": given})


def parse_id(text: object) -> str:
    """An id as the plan has them: lower case letters, digits and hyphens, 64 at most."""
    if isinstance(text, str) and _ID.match(text):
        return text
    raise _refused("bad_id", text)


def is_id(text: str) -> bool:
    """Whether a text is an id as it stands."""
    return _ID.match(text) is not None


def parse_goal(text: object) -> str:
    """A goal as `set/item`."""
    if isinstance(text, str) and _GOAL.match(text):
        return text
    raise _refused("bad_id.goal", text)


def parse_day(text: object) -> date:
    """A date written `YYYY-MM-DD` and nothing else."""
    if type(text) is date:
        return text
    if isinstance(text, str):
        return _day(text)
    raise _refused("bad_date", text)


@lru_cache(_REMEMBERED)
def _day(text: str) -> date:
    if not _DAY.match(text):
        raise _refused("bad_date", text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad_date.no_such_day", "{given}", {"given": text}) from None


def parse_whole(text: object) -> int:
    """A whole number of at most 18 digits, no leading zero, no separators."""
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    if isinstance(text, str) and _WHOLE.match(text):
        return int(text)
    raise _refused("bad_number.whole", text)


def parse_number(text: object) -> float:
    """A number with a decimal point at most: at most 15 digits before it and 9 after.

    `2.100` is refused: who writes it in Indonesia means 2100.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return float(text)
    if isinstance(text, str) and _NUMBER.match(text):
        if _THOUSANDS.match(text):
            raise _refused("bad_number.ambiguous", text)
        return float(text)
    raise _refused("bad_number", text)


def parse_truth(text: object) -> bool:
    """`true` or `false`; `yes`, `no`, `on` and `off` are text."""
    if isinstance(text, bool):
        return text
    if text in ("true", "false"):
        return text == "true"
    raise _refused("bad_choice.truth", text)


def parse_duration(text: object) -> Duration:
    """`5d` or `5` working days, `2w` = 10 of them, `10cd` calendar days, `0` an event."""
    if isinstance(text, Duration):
        return text
    if isinstance(text, str):
        return _duration(text)
    raise _refused("bad_duration", text)


@lru_cache(_REMEMBERED)
def _duration(text: str) -> Duration:
    found = _DURATION.match(text)
    if not found:
        raise _refused("bad_duration", text)
    return _in_days(text, int(found[1]), found[2], "bad_duration.long")


def parse_lag(text: object) -> Duration:
    """A duration that may be negative."""
    if isinstance(text, Duration):
        return text
    found = _LAG.match(text) if isinstance(text, str) else None
    if not found:
        raise _refused("bad_link.lag", text)
    number = int(found[2])
    return _in_days(str(text), -number if found[1] == "-" else number, found[3], "bad_link.long")


def parse_link(text: str) -> dict[str, object]:
    """`ID`, `ID+3d`, `ID SS+2d`, `ID FS-2d`, `ID SF` as the keys of a link written out."""
    found = _LINK.match(text)
    if not found:
        raise _refused("bad_link", text)
    name, kind, typed_lag, bare_lag = found.groups()
    lag = typed_lag or bare_lag
    return {"id": name, "link": LinkType(kind or "FS"), "lag": parse_lag(lag) if lag else NO_LAG}


def _in_days(text: str, number: int, unit: str | None, too_long: str) -> Duration:
    days = number * 5 if unit == "w" else number
    if abs(days) > MOST_DAYS:
        raise PydanticCustomError(too_long, "{given}", {"given": text})
    return Duration(days, unit == "cd")


def _bounded(parse: Any, least: float | None, most: float | None) -> Any:
    def check(text: object) -> Any:
        number = parse(text)
        if least is not None and number < least:
            raise PydanticCustomError(
                "bad_number.small", "{given}", {"given": str(text), "least": least}
            )
        if most is not None and number > most:
            raise PydanticCustomError(
                "bad_number.large", "{given}", {"given": str(text), "most": most}
            )
        return number

    return PlainValidator(check)


Id = Annotated[str, PlainValidator(parse_id)]
GoalRef = Annotated[str, PlainValidator(parse_goal)]
Day = Annotated[date, PlainValidator(parse_day)]
Truth = Annotated[bool, PlainValidator(parse_truth)]
Span = Annotated[Duration, PlainValidator(parse_duration)]
Lag = Annotated[Duration, PlainValidator(parse_lag)]
Whole = Annotated[int, _bounded(parse_whole, 0, None)]
Positive = Annotated[int, _bounded(parse_whole, 1, None)]
Number = Annotated[float, _bounded(parse_number, 0, None)]
Percent = Annotated[float, _bounded(parse_number, 0, 100)]
Text = Annotated[str, StringConstraints(min_length=1)]


def _all_or_list(value: object) -> object:
    return [ALL] if value == ALL else value


Districts = Annotated[tuple[Id, ...], BeforeValidator(_all_or_list)]
"""District ids, or `("all",)` for every district of the plan."""
