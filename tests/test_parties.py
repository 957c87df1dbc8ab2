"""The status by owner, group and district: the same figures over what is whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.commands import SMALL, alone, called
from tests.plans import milestone
from tests.standing_plans import PLAIN, as_json, material, plan_of, program, standing

from banyuasin_plan.formats import Screen, written
from banyuasin_plan.plan.model import Group
from banyuasin_plan.reports import status
from banyuasin_plan.words import Lang

if TYPE_CHECKING:
    from pathlib import Path

    from banyuasin_plan.plan.model import Plan

DAY = "2025-03-12"


def sample() -> Plan:
    """Late, done and by district; one programme without a group, one milestone without an owner."""
    by_district = milestone(
        "a-3",
        start="2025-03-03",
        due="2025-03-14",
        districts=["betung", "sembawa"],
        delivered={"betung": {"on": "2025-03-05", "verified": "2025-03-06"}},
        blockers=[{"since": "2025-03-10", "what": "banjir", "district": "sembawa"}],
    )
    plan = plan_of(
        program(
            "a",
            milestone("a-1", "1d", due="2025-03-04", finished="2025-03-04"),
            milestone("a-2", "1d", due="2025-03-05", owner="setda"),
            by_district,
            group="gerakan",
        ),
        program("b", milestone("b-1", "1d", due="2025-04-30"), lead=None),
        **PLAIN,
    )
    return plan.model_copy(update={"groups": (Group(id="gerakan", name="Gerakan"),)})


def rows(by: str) -> dict[str | None, dict[str, Any]]:
    """The table of the sample, by id."""
    found = as_json(status.report(material(sample(), DAY), by=by))["tables"]
    return {row["id"]: row for row in found[f"{by}s"]}


def test_by_owner() -> None:
    """Each owner's figures are those of its own milestones; what nobody owns has a row."""
    found = rows("owner")
    assert list(found) == ["setda", "dinkes", None]  # red, then by deviation
    dinkes = found["dinkes"]
    counts = {key: dinkes[key] for key in ("milestones", "done", "overdue", "red", "orange")}
    # a-3 has a blocker without a decision date: orange
    assert counts == {"milestones": 2, "done": 1, "overdue": 0, "red": 0, "orange": 1}
    # a-1 is 1 of 1, a-3 is 1 of 2 districts: 75; planned 1 and eight of ten days: 90
    assert (dinkes["planned_percent"], dinkes["actual_percent"]) == (90, 75)
    assert (dinkes["deviation"], dinkes["on_time_percent"]) == (-15, 100)
    assert found["setda"]["orange"] + found["setda"]["red"] == 1
    assert found[None]["name"] == "Without an owner"


def test_by_group() -> None:
    """Programmes without a group stand together, so that counts add up."""
    found = rows("group")
    assert {key: row["milestones"] for key, row in found.items()} == {"gerakan": 3, None: 1}
    assert sum(row["milestones"] for row in found.values()) == 4


def test_by_district() -> None:
    """A milestone counts in each of its districts, as far as it is done there."""
    found = rows("district")
    assert list(found) == ["sembawa", "betung"]
    betung, sembawa = found["betung"], found["sembawa"]
    assert (betung["done"], betung["verified"], betung["actual_percent"]) == (1, 1, 100)
    assert (sembawa["done"], sembawa["blocked"], sembawa["actual_percent"]) == (0, 1, 0)
    assert betung["blue"] == sembawa["orange"] == 1


def test_one_district_asked_for() -> None:
    """With `--district`, nobody else's deliveries are shown."""
    whole = material(sample(), DAY)
    kept = whole.narrowed(
        whole.tracking.only(lambda one: "betung" in one.case.places), frozenset({"betung"})
    )
    found = as_json(status.report(kept, by="district"))["tables"]["districts"]
    assert [row["id"] for row in found] == ["betung"]


def test_signs_of_heads_on_plain_screens() -> None:
    """A head with a status's sign has one that ASCII has, where the screen has no other."""
    made = status.report(material(sample(), DAY), by="owner")
    plain = written(made, "table", Lang.ID, Screen(plain=True))
    assert "X merah" in plain
    assert "■" not in plain
    assert "■ merah" in written(made, "table", Lang.ID, Screen())


def test_by_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--by` names its table in JSON; what it can't be is refused with what it can."""
    alone(monkeypatch, tmp_path)
    (tmp_path / "plan.yaml").write_text(SMALL, encoding="utf-8")
    outcome = called(capsys, "status", "--by", "owner", "--format", "csv")
    assert outcome.out.splitlines()[1].startswith("dinkes,Dinas Kesehatan,2,")
    outcome = called(capsys, "status", "--by", "bulan", "--lang", "en")
    assert outcome.code == 2
    assert "bulan is none of owner, program, group and district" in outcome.err


# A person's colour beside the computed one


@pytest.mark.parametrize(
    ("until", "judged"),
    [("2025-03-12", "orange"), ("2025-03-11", None), (None, "orange")],
)
def test_judged(until: str | None, judged: str | None) -> None:
    """It stands beside the computed colour up to and including its last day, never instead."""
    late = milestone("a", "1d", due="2025-03-03", judged={"status": "orange", "until": until})
    one = standing(late, DAY, **PLAIN)
    assert (one.judged.status if one.judged else None) == judged
    made = status.report(material(plan_of(program("p", late), **PLAIN), DAY))
    [row] = as_json(made)["tables"]["attention"]
    assert (row["status"], row["judged"]) == ("red", judged)
    shown = written(made, "table", Lang.EN, Screen(140))
    assert ("Judged" in shown) == (judged is not None)
