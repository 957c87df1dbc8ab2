"""A form as data: packed for a workbook and back, and one text for every value."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyuasin_plan.form import (
    DELIVERY,
    MARKER,
    PROGRESS,
    PROPOSAL,
    SCHEMA,
    Form,
    Kind,
    Row,
    Value,
    canonical,
    packed,
    schema_of,
    unpacked,
    value_of,
)

DAY = date(2025, 4, 10)
ROWS = (
    Row("gertas-04", "gertas-04", None, None, {"progress": "40", "note": "a _x0041_ b\n é"}),
    Row("gertas-05#2", "gertas-05", None, (DAY, "bibit", "betung"), {"blocker_closed": None}),
    Row("gertas-02@betung", "gertas-02", "betung", None, {"delivered": "2025-03-12"}),
    Row("new-01", None, None, None, {"program": None, "budget": "250000000"}),
)
FORM = Form(SCHEMA, "report", "uji", "f00", "dkp", DAY, "id", ROWS)


def test_packed_and_back() -> None:
    """A form survives its own packing, whatever its texts hold."""
    assert unpacked(packed(FORM)) == FORM


def test_packed_is_plain() -> None:
    """What is packed is ASCII without `_x`, and no cell begins or ends in a blank."""
    for cell in packed(FORM):
        assert cell.isascii()
        assert "_x" not in cell
        assert cell == cell.strip()


def test_row_order_does_not_matter() -> None:
    """Rows of the machine sheet that were sorted are the same rows."""
    marker, head, *rows = packed(FORM)
    again = unpacked((marker, head, *reversed(rows)))
    assert again is not None
    assert set(map(str, again.rows)) == set(map(str, ROWS))


def test_fields_by_kind_of_row() -> None:
    """A milestone, a district's delivery and a proposal are each asked their own fields."""
    assert [row.fields for row in ROWS] == [PROGRESS, PROGRESS, DELIVERY, PROPOSAL]


def _with(place: int, **changed: object) -> tuple[str, ...]:
    cells = list(packed(FORM))
    cells[place] = json.dumps({**json.loads(cells[place]), **changed})
    return tuple(cells)


@pytest.mark.parametrize(
    "cells",
    [
        (),
        (MARKER,),
        ("something else", *packed(FORM)[1:]),
        (MARKER, "no json"),
        (MARKER, "[]"),
        (MARKER, "[" * 100_000),
        (MARKER, "1" * 10_000),
        (*packed(FORM), "{}"),
        (*packed(FORM), packed(FORM)[2]),
        _with(1, schema=SCHEMA + 1),
        _with(1, schema=True),
        _with(1, as_of="10/04/2025"),
        _with(1, owner=None),
        _with(2, key=7),
        _with(2, sent=[]),
        _with(2, sent={"unknown": None}),
        _with(2, sent={"progress": "lots"}),
        _with(2, sent={"started": "2025-02-30"}),
        _with(2, sent={"progress": 40}),
        _with(2, blocker=["2025-04-10"]),
        _with(2, blocker="2025-04-10"),
        _with(2, blocker=["2025-04-10", "bibit", 7]),
    ],
    ids=lambda cells: str(cells)[-60:],
)
def test_broken_form_is_none(cells: tuple[str, ...]) -> None:
    """Whatever is not whole, of another schema, or of a wrong type is no form."""
    assert unpacked(cells) is None


def test_first_schema() -> None:
    """A form of the first schema is read; it does not say in which district a blocker is."""
    old = list(_with(1, schema=1))
    old[3] = _with(3, blocker=["2025-04-10", "bibit"])[3]
    found = unpacked(old)
    assert found is not None
    assert (found.schema, found.rows[1].blocker) == (1, (DAY, "bibit"))


def test_schema_of_newer_form() -> None:
    """A form of a newer schema can be told from a broken one."""
    assert schema_of(_with(1, schema=SCHEMA + 1)) == SCHEMA + 1
    assert schema_of((MARKER, "{}")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        (" \r\n ", None),
        (" a\r\nb\rc ", "a\nb\nc"),
        (DAY, "2025-04-10"),
        (40, "40"),
        (40.0, "40"),
        (62.5, "62.5"),
        (0.07 * 100, "7"),
        (-0.0, "0"),
        (250_000_000, "250000000"),
        (1e-9, "0.000000001"),
        (999_999_999_999_999, "999999999999999"),
    ],
)
def test_canonical(value: Value, text: str | None) -> None:
    """One text for a value, whichever way it came."""
    assert canonical(value) == text


@given(st.decimals(0, 10**9, places=4))
def test_number_is_the_same_from_a_cell(number: object) -> None:
    """A number that went through a workbook's 17 digits is the same text."""
    text = canonical(float(str(number)))
    back = value_of(text, Kind.NUMBER)
    assert isinstance(back, float)
    assert canonical(float(f"{back:.17g}")) == text


@given(st.decimals(0, 100, places=2))
def test_percent_is_the_same_from_a_cell(number: object) -> None:
    """A percentage that a workbook held as a share is the same text."""
    text = canonical(float(str(number)))
    assert text is not None
    assert canonical(float(f"{float(text) / 100:.17g}") * 100) == text
