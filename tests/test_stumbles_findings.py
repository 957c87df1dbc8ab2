"""What a stranger stumbled over in the checker, each mended and kept mended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from banyuasin_plan.reading import Loaded, load
from banyuasin_plan.words import Lang, say

if TYPE_CHECKING:
    from banyuasin_plan.diagnostic import Diagnostic

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
HEAD = """\
plan: {id: uji, name: Uji, start: 2025-02-20, as_of: 2025-04-10}
owners:
  - {id: dinkes, name: Dinas Kesehatan}
  - {id: inspektorat, name: Inspektorat}
  - {id: diskan, name: Dinas Perikanan}
districts:
  - {id: betung, name: Betung}
  - {id: sembawa, name: Sembawa}
decisions:
  - {id: arahan-01, on: 2025-03-03, by: inspektorat, text: Data dirapikan, owner: diskan}
"""
PROGRAM = """\
programs:
  - id: gertas
    name: Gertas
    outcome: Pekarangan ditanami
    lead: dinkes
    verifier: inspektorat
    milestones:
"""


def read(**texts: str) -> Loaded:
    """A plan from its files' texts."""
    return load({f"{name}.yaml": text.encode() for name, text in texts.items()}, NOW)


def milestone(*lines: str, name: str = "a") -> str:
    """A milestone with these lines, and with a due date if nothing ties it to a day."""
    ties = ("after:", "start:", "due:", "finished:", "not_before:")
    rest = [] if any(line.startswith(ties) for line in lines) else ["due: 2025-05-14"]
    keys = "".join(f"        {line}\n" for line in (*lines, *rest))
    return f"      - id: {name}\n        name: Aksi {name}\n        measure: Daftar\n{keys}"


def spoken(one: Diagnostic, lang: Lang = Lang.EN) -> str:
    """A finding as it is read, without its place."""
    advice = f" ({say(one.help, lang)})" if one.help else ""
    return f"{one.code} {say(one.message, lang)}{advice}"


def about(*lines: str) -> list[str]:
    """What is found about one milestone with these lines."""
    return [spoken(one) for one in found(milestone(*lines))]


def found(*written: str, head: str = HEAD) -> tuple[Diagnostic, ...]:
    """What is found in a plan with these milestones."""
    return read(a=head + PROGRAM + "".join(written)).diagnostics


def codes(*written: str) -> list[str]:
    """The codes of what is found in a plan with these milestones."""
    return [one.code for one in found(*written)]


class TestRings:
    """Milestones that wait for one another."""

    RING = (
        milestone("after: [c]", name="a"),
        milestone("after: [a]", name="b"),
        milestone("after: [b, a]", name="c"),
    )

    def test_nothing_is_redundant_in_a_ring(self) -> None:
        """Round a ring everything is waited for by way of everything, which is no finding."""
        assert codes(*self.RING) == ["E208"]

    def test_nor_behind_one(self) -> None:
        """Of what waits for a ring nobody can tell which link is the one too many."""
        assert codes(*self.RING, milestone("after: [a, b]", name="d")) == ["E208"]

    def test_beside_one(self) -> None:
        """A ring does not hide a redundant link elsewhere."""
        others = (
            milestone(name="x"),
            milestone("after: [x]", name="y"),
            milestone("after: [x, y]", name="z"),
        )
        assert codes(*self.RING, *others) == ["E208", "W213"]

    def test_links_are_named(self) -> None:
        """The place of every link in the ring is named, in waiting order."""
        ring = [
            "E208 milestones wait for one another: a → c → a "
            "(take out one of the links at a.yaml:21 and a.yaml:29)"
        ]
        assert [spoken(one) for one in found(*self.RING)] == ring

    def test_long_ring(self) -> None:
        """Of a long ring as many links are named as a reader looks through."""
        names = [f"m{number:02}" for number in range(20)]
        ring = [
            milestone(f"after: [{other}]", name=name)
            for name, other in zip(names, [*names[1:], names[0]], strict=True)
        ]
        (one,) = found(*ring)
        assert one.help
        assert say(one.help, Lang.EN).count("a.yaml:") == 12
        assert say(one.help, Lang.EN).endswith(" or 8 more")
        assert say(one.help, Lang.ID).endswith(", atau 8 kaitan lainnya")
