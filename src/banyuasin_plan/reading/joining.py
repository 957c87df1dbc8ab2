"""Several files of YAML as the one tree they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from banyuasin_plan.diagnostic import Finding, KeyOf, Span
from banyuasin_plan.plan.model import Plan
from banyuasin_plan.plan.naming import keys_of
from banyuasin_plan.source import (
    Entry,
    Mapping,
    Scalar,
    Sequence,
    Source,
    is_nothing,
    key_of,
    locate,
    parse,
)
from banyuasin_plan.source.complaints import shortened
from banyuasin_plan.source.limits import PLAN_BYTES, PLAN_FILES, PLAN_NODES
from banyuasin_plan.words import message

if TYPE_CHECKING:
    from collections.abc import Mapping as Texts

    from banyuasin_plan.source import Comment, Node, Parsed
    from banyuasin_plan.words import Message


@dataclass(slots=True, eq=False, repr=False)
class Joined:
    """The tree of all files: `plan` once, every other top-level list joined in path order.

    `broken` are the files of which something is lost that others may name; `parsed` is each
    file's own tree, by name.
    """

    root: Mapping
    findings: list[Finding] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    nodes: int = 0
    comments: list[Comment] = field(default_factory=list)
    parsed: dict[str, Parsed] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every file could be read to its end."""
        return not self.broken


def join(texts: Texts[str, bytes], known: Texts[str, Parsed] | None = None) -> Joined:
    """The files, by name, as one tree; whatever is wrong with their text as findings.

    What is `known` is not parsed again.
    """
    nowhere = Source("", "")
    joined = Joined(Mapping(nowhere, 0, True))  # noqa: FBT003 - as the composer makes them
    if over := _over_limit(texts):
        joined.findings.append(over)
        joined.broken.append(min(texts))
        return joined
    for name in sorted(texts):
        parsed = (known or {}).get(name) or parse(name, texts[name])
        joined.parsed[name] = parsed
        joined.findings.extend(parsed.findings)
        if not parsed.whole:
            joined.broken.append(name)
        joined.nodes += parsed.nodes
        joined.comments.extend(parsed.comments)
        if joined.nodes > PLAN_NODES:
            place = Span(name, 1, 1, 1, 1)
            joined.findings.append(
                Finding(place, message("too_large.plan_nodes", limit=PLAN_NODES))
            )
            joined.broken.append(name)
            return joined
        if isinstance(parsed.root, Mapping):
            _add(joined, parsed.root)
    if joined.whole and "plan" not in joined.root.entries:
        place = Span(min(texts, default=""), 1, 1, 1, 1)
        joined.findings.append(Finding(place, message("no_plan"), message("no_plan.help")))
    return joined


def no_list(node: Node) -> Message:
    """What to say of a mapping or a text where a list belongs."""
    found = "mapping" if isinstance(node, Mapping) else "text"
    return message("wrong_type", wanted=message("kind.list"), found=message(f"kind.{found}"))


def is_within(texts: Texts[str, bytes]) -> bool:
    """Whether the files are few and small enough to be read at all."""
    return _over_limit(texts) is None


def _over_limit(texts: Texts[str, bytes]) -> Finding | None:
    place = Span(min(texts, default=""), 1, 1, 1, 1)
    if len(texts) > PLAN_FILES:
        return Finding(place, message("too_large.plan_files", limit=PLAN_FILES))
    if sum(len(text) for text in texts.values()) > PLAN_BYTES:
        return Finding(place, message("too_large.plan_bytes", limit=PLAN_BYTES // 1_000_000))
    return None


def _add(joined: Joined, root: Mapping) -> None:
    """One file's top-level keys, taken into the joined tree."""
    entries = joined.root.entries
    known = keys_of(Plan)
    for name, entry in root.entries.items():
        if name not in known:
            from banyuasin_plan.plan.misshapen import key_help

            hint = key_help(name, known)
            if hint.key == "did_you_mean":  # what stands there was most likely meant for that key
                joined.broken.append(root.source.name)
            joined.findings.append(
                Finding(entry.key.span, message("unknown_key", key=shortened(name)), hint)
            )
        elif name == "plan":
            if name in entries:
                first = entries[name].key
                where = message("at_line", file=first.source.name, line=first.line)
                joined.findings.append(Finding(entry.key.span, message("plan_twice", where=where)))
            else:
                entries[name] = entry
        elif isinstance(entry.value, Sequence):
            whole = entries.setdefault(
                name,
                Entry(entry.key, Sequence(joined.root.source, 0, True)),  # noqa: FBT003
            ).value
            whole.items.extend(entry.value.items)  # type: ignore[union-attr]
        elif not is_nothing(entry.value):
            joined.findings.append(Finding(span_of(root, (name,)), no_list(entry.value)))
            joined.broken.append(root.source.name)


def span_of(root: Mapping, place: Span | KeyOf | tuple[str | int, ...]) -> Span:
    """Where in which file a finding points: of lists and mappings only the first line."""
    if isinstance(place, Span):
        return place
    path = place.path if isinstance(place, KeyOf) else place
    if isinstance(place, KeyOf) and (key := key_of(root, path)):
        return key.span
    node = locate(root, path)
    if isinstance(node, Scalar):
        key = key_of(root, path)
        return node.span if node.end > node.start or key is None else key.span
    text = node.source.text
    line_end = text.find("\n", node.start)
    end = min(node.end, line_end if line_end >= 0 else len(text))
    return node.source.span(node.start, node.start + len(text[node.start : end].rstrip()))
