"""What changed between two states of a plan, in the plan's own terms."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from banyuasin_plan.tracking.moves import FACTS, Move, Pair, Side, moves_of
from banyuasin_plan.tracking.standing import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pydantic import BaseModel

    from banyuasin_plan.plan.model import Milestone, Moved, Plan
    from banyuasin_plan.tracking import Standing

NEVER_THE_SAME = frozenset({"id", "name", "after"})
"""Keys that a renamed milestone need not share with what it was."""

LISTS = ("groups", "goals", "owners", "districts", "inherited", "decisions", "programs")
"""What a plan lists besides milestones."""

DATE_ONLY = frozenset({"as_of"})
"""Keys of the plan's head that say when one looks, not what is planned."""


IN_BASELINES = frozenset({"weight", "after"})
"""Keys, besides dates, that a baseline keeps."""


class Promise(NamedTuple):
    """A due date that was moved, given or taken back.

    `reason` is the record under `moved` that names the old date, None where nobody wrote one.
    """

    pair: Pair
    old: date | None
    new: date | None
    reason: Moved | None

    @property
    def days(self) -> int | None:
        """Calendar days that it was moved by, negative when it is earlier now."""
        return (self.new - self.old).days if self.old and self.new else None

    @property
    def explained(self) -> bool:
        """Whether the move is recorded with a reason."""
        return bool(self.reason and self.reason.why)


class Edit(NamedTuple):
    """A thing of the plan whose other keys changed, or that came or went (without `keys`).

    `kind` is the list it stands in, `plan` for what holds for all.
    """

    kind: str
    id: str
    how: str
    keys: tuple[str, ...] = ()


class Changes(NamedTuple):
    """Everything that differs between two states; `pairs` are the milestones in both.

    With `dates_only` the older one is a baseline, which knows no colours.
    """

    old: Side
    new: Side
    added: tuple[Standing, ...]
    removed: tuple[Standing, ...]
    pairs: tuple[Pair, ...]
    moves: tuple[Move, ...]
    promises: tuple[Promise, ...]
    edits: tuple[Edit, ...]
    dates_only: bool = False

    @property
    def renamed(self) -> tuple[Pair, ...]:
        """Milestones with another id or name."""
        return tuple(
            pair
            for pair in self.pairs
            for old, new in ((pair.old.milestone, pair.new.milestone),)
            if (old.id, old.name) != (new.id, new.name)
        )

    @property
    def progressed(self) -> tuple[Pair, ...]:
        """Milestones of which another share is done or verified, or whose state is another."""
        return tuple(pair for pair in self.pairs if _progressed(pair))

    @property
    def turned(self) -> tuple[Pair, ...]:
        """Milestones with another colour; those that are cancelled have none."""
        if self.dates_only:
            return ()
        return tuple(pair for pair in self.pairs if _colour(pair.old) != _colour(pair.new))

    @property
    def handed_over(self) -> tuple[Pair, ...]:
        """Milestones with another owner."""
        return tuple(pair for pair in self.pairs if pair.old.case.owner != pair.new.case.owner)

    def only(self, wanted: Callable[[Standing], bool]) -> Changes:
        """What changed of the milestones that are wanted in either state."""

        def kept(pair: Pair) -> bool:
            return wanted(pair.old) or wanted(pair.new)

        pairs = tuple(filter(kept, self.pairs))
        ids = {pair.new.milestone.id for pair in pairs}
        return self._replace(
            old=self.old._replace(tracking=self.old.tracking.only(wanted)),
            new=self.new._replace(tracking=self.new.tracking.only(wanted)),
            added=tuple(filter(wanted, self.added)),
            removed=tuple(filter(wanted, self.removed)),
            pairs=pairs,
            moves=tuple(one for one in self.moves if kept(one.pair)),
            promises=tuple(one for one in self.promises if kept(one.pair)),
            edits=tuple(one for one in self.edits if one.kind == "milestones" and one.id in ids),
        )

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(
            self.added
            or self.removed
            or self.moves
            or self.promises
            or self.edits
            or self.renamed
            or self.progressed
            or self.turned
            or self.handed_over
        )


def changes_since(baseline: Side, now: Side) -> Changes:
    """What changed since a baseline: dates, promises, weights, links, and progress since then."""
    found = changes_between(baseline, now)
    edits = (
        one._replace(keys=tuple(key for key in one.keys if key in IN_BASELINES))
        for one in found.edits
        if one.kind == "milestones"
    )
    return found._replace(
        # a baseline leaves out what is cancelled: that it is not in it is no news
        added=tuple(one for one in found.added if one.case.state is not State.CANCELLED),
        edits=tuple(one for one in edits if one.keys),
        dates_only=True,
    )


def changes_between(old: Side, new: Side) -> Changes:
    """What changed from one state to the other.

    A milestone that is gone and one that is new are the same under another id when they have the
    same name, or agree in every key besides id, name and links, and no third one does.
    """
    before = {one.milestone.id: one for one in old.tracking.standings}
    after = {one.milestone.id: one for one in new.tracking.standings}
    renamed = _renames(
        [one for name, one in before.items() if name not in after],
        [one for name, one in after.items() if name not in before],
    )
    once = {now: then for then, now in renamed.items()}
    pairs = tuple(
        Pair(before[once.get(name, name)], one)
        for name, one in after.items()
        if once.get(name, name) in before
    )
    promises = tuple(_promises(pairs))
    edits = (*_edited_milestones(pairs, renamed, promises), *_edited_rest(old.plan, new.plan))
    return Changes(
        old,
        new,
        tuple(one for name, one in after.items() if name not in before and name not in once),
        tuple(one for name, one in before.items() if name not in after and name not in renamed),
        pairs,
        moves_of(old, new, pairs),
        promises,
        edits,
    )


def _renames(gone: Sequence[Standing], come: Sequence[Standing]) -> dict[str, str]:
    """New ids by old ones: by name first, then by all the rest."""
    found: dict[str, str] = {}
    for alike in (_name_of, _rest_of):
        left = [one for one in gone if one.milestone.id not in found]
        free = [one for one in come if one.milestone.id not in found.values()]
        before, after = _single(left, alike), _single(free, alike)
        found |= {
            one.milestone.id: after[key].milestone.id for key, one in before.items() if key in after
        }
    return found


def _single(
    standings: Iterable[Standing], alike: Callable[[Standing], object]
) -> dict[object, Standing]:
    """Those by what they are recognised by, where nothing else is so."""
    by_key: dict[object, list[Standing]] = {}
    for one in standings:
        if (key := alike(one)) is not None:
            by_key.setdefault(key, []).append(one)
    return {key: ones[0] for key, ones in by_key.items() if len(ones) == 1}


def _name_of(one: Standing) -> object:
    return unicodedata.normalize("NFC", one.milestone.name).casefold()


def _rest_of(one: Standing) -> object:
    """Every key but those that change with an id; None where that is too little to go by."""
    keys = sorted(one.milestone.model_fields_set - NEVER_THE_SAME)
    if not one.milestone.measure and not one.milestone.due:
        return None
    return repr([(key, getattr(one.milestone, key)) for key in keys])


def _progressed(pair: Pair) -> bool:
    old, new = pair.old.case, pair.new.case
    return (old.actual, old.verified, old.state) != (new.actual, new.verified, new.state)


def _colour(one: Standing) -> object:
    return one.verdict.colour if one.verdict else None


def _promises(pairs: Iterable[Pair]) -> Iterator[Promise]:
    for pair in pairs:
        old, new = pair.old.milestone, pair.new.milestone
        if old.due != new.due:
            yield Promise(pair, old.due, new.due, _reason(old, new))


def _reason(old: Milestone, new: Milestone) -> Moved | None:
    """The record of the move away from the old due date, the last one there is."""
    return next((one for one in reversed(new.moved) if one.was == old.due), None)


def _edited_milestones(
    pairs: Iterable[Pair], renamed: Mapping[str, str], promises: Iterable[Promise]
) -> Iterator[Edit]:
    """Milestones with changed keys that nothing else tells of."""
    promised = {one.pair.new.milestone.id for one in promises}
    for pair in pairs:
        old, new = pair.old.milestone, pair.new.milestone
        told = {"id", "name", "due"}
        if pair.old.case.owner != pair.new.case.owner:
            told.add("owner")
        if new.id in promised:
            told.add("moved")
        if _progressed(pair):
            told |= {*FACTS, "verified", "cancelled"}
        if renamed and old.after:
            links = [
                link.model_copy(update={"id": renamed.get(link.id, link.id)}) for link in old.after
            ]
            old = old.model_copy(update={"after": tuple(links)})
        if keys := tuple(key for key in _differing(old, new) if key not in told):
            yield Edit("milestones", new.id, "edited", keys)


def _edited_rest(old: Plan, new: Plan) -> Iterator[Edit]:
    """What else of the plan came, went or changed."""
    if keys := tuple(key for key in _differing(old.plan, new.plan) if key not in DATE_ONLY):
        yield Edit("plan", new.plan.id, "edited", keys)
    for kind in LISTS:
        before = {one.id: one for one in getattr(old, kind)}
        after = {one.id: one for one in getattr(new, kind)}
        for name, one in after.items():
            if name not in before:
                yield Edit(kind, name, "added")
            elif keys := tuple(key for key in _differing(before[name], one) if key != "milestones"):
                yield Edit(kind, name, "edited", keys)
        for name in before:
            if name not in after:
                yield Edit(kind, name, "removed")


def _differing(old: BaseModel, new: BaseModel) -> list[str]:
    """The keys, as they are written, whose values are not the same, in the schema's order."""
    fields = type(new).model_fields
    return [
        field.alias or name
        for name, field in fields.items()
        if getattr(old, name) != getattr(new, name)
    ]
