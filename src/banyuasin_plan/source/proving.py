"""The proof that a changed tree is the old one with exactly the intended changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banyuasin_plan.source.nodes import Mapping, Scalar, Sequence, is_nothing

if TYPE_CHECKING:
    from banyuasin_plan.source.nodes import Node
    from banyuasin_plan.source.splicing import Touch
    from banyuasin_plan.source.writing import Value


def is_as_meant(old: Node, new: Node, touch: Touch | None = None) -> bool:
    """Whether the new tree is the old one but for what was to be touched.

    What is not touched keeps its text, whether it is quoted, its brackets and its order.
    """
    if touch is None:
        return is_same(old, new)
    if touch.new is not None:
        return is_written(touch.new, new)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.flow == new.flow and _is_mapping_as_meant(old, new, touch)
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        return old.flow == new.flow and _is_list_as_meant(old, new, touch)
    return is_same(old, new)


def is_same(old: Node, new: Node) -> bool:
    """Whether two trees are the same but for where they stand."""
    left: list[tuple[list[Node], list[Node]]] = [([old], [new])]
    while left:
        those, these = left.pop()
        if len(those) != len(these):
            return False
        for one, other in zip(those, these, strict=True):
            if isinstance(one, Scalar) and isinstance(other, Scalar):
                if one.text != other.text or one.plain != other.plain:
                    return False
            elif isinstance(one, Mapping) and isinstance(other, Mapping):
                if one.flow != other.flow or list(one.entries) != list(other.entries):
                    return False
                left.append((_values(one), _values(other)))
            elif isinstance(one, Sequence) and isinstance(other, Sequence):
                if one.flow != other.flow:
                    return False
                left.append((one.items, other.items))
            else:
                return False
    return True


def _values(node: Mapping) -> list[Node]:
    return [entry.value for entry in node.entries.values()]


def is_written(value: Value, node: Node) -> bool:
    """Whether a node says what was to be written, in that order, and no text became nothing."""
    if isinstance(value, str):
        return isinstance(node, Scalar) and node.text == value and not is_nothing(node)
    if isinstance(value, dict):
        return (
            isinstance(node, Mapping)
            and list(node.entries) == list(value)
            and all(is_written(one, node.entries[key].value) for key, one in value.items())
        )
    return (
        isinstance(node, Sequence)
        and len(node.items) == len(value)
        and all(map(is_written, value, node.items))
    )


def _is_mapping_as_meant(old: Mapping, new: Mapping, touch: Touch) -> bool:
    gone = {key for key, one in touch.keys.items() if one.removed}
    fresh = {
        str(key): one.new
        for key, one in touch.keys.items()
        if key not in old.entries and one.new is not None
    }
    kept = [key for key in old.entries if key not in gone]
    if [key for key in new.entries if key not in fresh] != kept:
        return False
    return all(
        is_as_meant(old.entries[key].value, new.entries[key].value, touch.keys.get(key))
        for key in kept
    ) and all(
        key in new.entries and is_written(value, new.entries[key].value)
        for key, value in fresh.items()
    )


def _is_list_as_meant(old: Sequence, new: Sequence, touch: Touch) -> bool:
    kept = [
        (item, touch.keys.get(place))
        for place, item in enumerate(old.items)
        if place not in touch.keys or not touch.keys[place].removed
    ]
    if len(new.items) != len(kept) + len(touch.added):
        return False
    return all(
        is_as_meant(item, now, one)
        for (item, one), now in zip(kept, new.items[: len(kept)], strict=True)
    ) and all(map(is_written, touch.added, new.items[len(kept) :]))
