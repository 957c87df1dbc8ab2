"""Orders given and who does what: counted once more in the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings as tried
from tests.alignment_plans import (
    DAY,
    day,
    figures,
    made,
    milestones,
    office_days,
    raw_plans,
    rows,
    shipped,
    shipped_material,
)
from tests.standing_plans import material, plan_of
from tests.standing_plans import program as programme

from banyuasin_plan.plan.model import Decision
from banyuasin_plan.reports import decisions, matrix

if TYPE_CHECKING:
    from tests.alignment_plans import Raw

    from banyuasin_plan.reports import Material


def check_orders(raw: Raw, found: Material) -> None:
    """Every order with its state and days late, and the counts of whom it was given to."""
    report = decisions.report(found)
    wanted = {}
    for one in raw["decisions"]:
        due, done = day(one.get("due")), day(one.get("done"))
        late = max(((done or DAY) - due).days, 0) if due else 0
        state = ("done_late" if late else "done") if done else "late" if late else "open"
        wanted[one["id"]] = state, late, one["owner"]
    told = rows(report, "decisions")
    assert {row["id"]: (row["state"], row["days_late"], row["owner"]) for row in told} == wanted
    written = {one["id"]: one for one in raw["decisions"]}
    for row in told:
        due, until = day(written[row["id"]].get("due")), day(row["done_on"]) or DAY
        assert row["office_days_late"] == (office_days(due, until) if due else 0)
    states = [state for state, _, _ in wanted.values()]
    counted = figures(report)
    assert counted["orders"] == len(states)
    assert counted["orders_late"] == states.count("late")
    assert counted["orders_done"] == states.count("done") + states.count("done_late")
    assert counted["orders_done"] + counted["orders_open"] == counted["orders"]
    assert counted["orders_done_late"] == states.count("done_late")
    assert counted["orders_undated"] == sum(not one.get("due") for one in raw["decisions"])
    for row in rows(report, "owners"):
        mine = [state for state, _, owner in wanted.values() if owner == row["owner"]]
        assert row["orders"] == len(mine)
        assert row["late"] == mine.count("late")
        assert row["open"] == mine.count("late") + mine.count("open")
        assert row["done_late"] == mine.count("done_late")
        assert row["orders_done"] == len(mine) - row["open"]


def check_roles(raw: Raw, found: Material) -> None:
    """Who leads, does, supports and verifies each programme, and what each owner has."""
    report = matrix.report(found)
    told = {row["id"]: row for row in rows(report, "programs")}
    assert list(told) == [one["id"] for one in raw["programs"]]
    for program in raw["programs"]:
        mine = [one for of, one in milestones(raw) if of["id"] == program["id"]]
        row, lead = told[program["id"]], program.get("lead")
        assert row["leads"] == lead
        assert row["verifies"] == program.get("verifier")
        assert set(row["does"]) == {one.get("owner", lead) for one in mine} - {lead}
        helping = {who for one in mine for who in one.get("support", [])}
        assert set(row["supports"]) == {*program.get("support", []), *helping}
    for row in rows(report, "owners"):
        name = row["owner"]
        assert row["milestones"] == sum(
            one.get("owner", of.get("lead")) == name for of, one in milestones(raw)
        )
        assert set(row["leads"]) == {
            one["id"] for one in raw["programs"] if one.get("lead") == name
        }
        assert set(row["supports"]) == {key for key, of in told.items() if name in of["supports"]}
        assert set(row["verifies"]) == {
            one["id"] for one in raw["programs"] if one.get("verifier") == name
        }
        parts = (row["leads"], row["does"], row["supports"], row["verifies"])
        assert row["programs"] == len({one for part in parts for one in part})


def check_one_by_one(raw: Raw, found: Material) -> None:
    """Each role with the milestones it is about, and how many different owners have it."""
    report = matrix.report(found)
    told: dict[str, set[str]] = {}
    for row in rows(report, "roles"):
        program = next(one for one in raw["programs"] if one["id"] == row["program"])
        mine = [one for of, one in milestones(raw) if of["id"] == program["id"]]
        own = [one["id"] for one in mine if one.get("owner", program["lead"]) == row["owner"]]
        helped = [one["id"] for one in mine if row["owner"] in one.get("support", [])]
        every = [one["id"] for one in mine]
        wanted = {
            "lead": own,
            "does": own,
            "support": every if row["owner"] in program.get("support", []) else helped,
            "verifier": every,
        }
        assert row["ids"] == wanted[row["role"]]
        assert row["milestones"] == len(row["ids"])
        told.setdefault(row["role"], set()).add(row["owner"])
    counted = figures(report)
    for figure, role in (
        ("leading", "lead"),
        ("doing", "does"),
        ("supporting", "support"),
        ("verifying", "verifier"),
    ):
        assert counted[figure] == len(told.get(role, ()))
    assert counted["offices"] == len({who for owners in told.values() for who in owners})
    assert counted["programs"] == len(raw["programs"])


def test_shipped_plan() -> None:
    """The shipped plan's orders and roles are what its files say."""
    check_orders(shipped(), shipped_material())
    check_roles(shipped(), shipped_material())
    check_one_by_one(shipped(), shipped_material())
    assert figures(decisions.report(shipped_material()))["orders"] == 7


@tried(max_examples=60)
@given(raw_plans())
def test_generated_plans(raw: Raw) -> None:
    """So are those of any plan."""
    found = made(raw)
    check_orders(raw, found)
    check_roles(raw, found)
    check_one_by_one(raw, found)


def test_late_orders_come_first() -> None:
    """What has passed its date stands on top, then what is open by its date."""
    found = rows(decisions.report(shipped_material()), "decisions")
    assert [row["state"] for row in found] == ["late", *["open"] * 3, *["done"] * 3]
    assert found[0]["days_late"] == 1
    open_rows = [row["due"] for row in found if row["state"] == "open"]
    assert open_rows == sorted(open_rows)


def test_orders_of_one_owner() -> None:
    """Asked for an owner: what it ordered and what it was ordered."""
    whole = shipped_material()
    for name in ("setda", "bupati"):
        shown = whole.tracking.only(lambda one, name=name: one.case.owner == name)  # type: ignore[misc]
        found = rows(decisions.report(whole.narrowed(shown, frozenset({name}))), "decisions")
        assert {row["id"] for row in found} == {
            one["id"] for one in shipped()["decisions"] if name in {one["by"], one["owner"]}
        }
        assert found


def test_roles_of_one_owner() -> None:
    """Asked for an owner: the programmes in which it has a part, and its parts alone."""
    whole = shipped_material()
    shown = whole.tracking.only(lambda one: one.case.owner == "dkp")
    report = matrix.report(whole.narrowed(shown, frozenset({"dkp"})))
    assert {row["owner"] for row in rows(report, "roles")} == {"dkp"}
    assert "gertas" in {row["id"] for row in rows(report, "programs")}
    assert figures(report)["offices"] == 1


def test_due_today_is_not_late() -> None:
    """An order whose date is the data date is open; so is a day later one that has none."""
    order = {"on": "2025-04-01", "by": "setda", "text": "x", "owner": "dinkes"}
    given_orders = (
        Decision.model_validate({"id": "a", "due": "2025-04-10", **order}),
        Decision.model_validate({"id": "b", **order}),
    )
    plan = plan_of(programme("p")).model_copy(update={"decisions": given_orders})
    for on, states in (("2025-04-10", ["open", "open"]), ("2025-04-11", ["late", "open"])):
        told = rows(decisions.report(material(plan, on)), "decisions")
        assert [row["state"] for row in told] == states
