"""A spot check: which claims to look at, drawn so that anybody can draw the same again.

Stratified by who made the claim. Every office gets its share of the draw, rounded down; what is
left over goes by largest remainder, and by lot among equal ones (Hare's method of proportional
allocation). Within an office the lot decides. The lot of a claim is the SHA-256 of the seed and
the claim's key: it depends on nothing else, so the same seed and the same claims give the same
draw on every machine, and a new claim moves the draw of its own office at most by one place.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from hashlib import sha256
from math import floor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from banyuasin_plan.tracking.claims import Claim

SEED = 1
WHOLE = 100


class Portion(NamedTuple):
    """How many to draw: a number, or with `percent` that share of all, rounded up."""

    amount: Fraction
    percent: bool

    def of(self, count: int) -> int:
        """How many that is of so many, never more than there are."""
        wanted = self.amount * count / WHOLE if self.percent else self.amount
        return min(count, -floor(-wanted))


def draw(claims: Sequence[Claim], portion: Portion, seed: int = SEED) -> tuple[Claim, ...]:
    """The claims to look at, in the order in which they were given."""
    strata: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        strata[claim.by or ""].append(claim)
    sizes = {name: len(members) for name, members in strata.items()}
    drawn: set[str] = set()
    for name, count in _allocated(sizes, portion.of(len(claims)), seed).items():
        ranked = sorted(strata[name], key=lambda claim: _lot(seed, claim.key))
        drawn.update(claim.key for claim in ranked[:count])
    return tuple(claim for claim in claims if claim.key in drawn)


def _allocated(sizes: Mapping[str, int], count: int, seed: int) -> dict[str, int]:
    """How many of the draw fall to each stratum."""
    total = sum(sizes.values())
    shares = {name: Fraction(size * count, total) for name, size in sizes.items()}
    given = {name: floor(share) for name, share in shares.items()}
    left = count - sum(given.values())
    ranked = sorted(shares, key=lambda name: (given[name] - shares[name], _lot(seed, name)))
    for name in ranked[:left]:
        given[name] += 1
    return given


def _lot(seed: int, name: str) -> bytes:
    return sha256(f"{seed}:{name}".encode()).digest()
