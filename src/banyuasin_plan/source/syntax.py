"""The parser's complaints in the words of someone who wants to help.

libyaml stops where it can go no further and says so in its own terms. Here that becomes the
place where people look (the quote that was opened, the line that is off) and what to do there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from banyuasin_plan.source.nodes import Mapping as MappingNode
from banyuasin_plan.source.nodes import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from banyuasin_plan.source.complaints import Complaints
    from banyuasin_plan.source.nodes import Node

INDENT: Final = re.compile(r" *(?:- +)*")
VALUE_BEHIND_KEY: Final = re.compile(r" *(?:- +)*[^:#\n]*?: +")
GLUED_KEY: Final = re.compile(r" *(?:- +)*[\w.-]+(:)(?=[^\s:])")
LONE_WORD: Final = re.compile(r" *(?:- +)*([\w.-]+)[ \r]*$")
GLUED_DASH: Final = re.compile(r" *(-)(?=[^\s-])")
BLOCK_KEY: Final = re.compile(r"\n *(?:- +)*[\w.-]+:\s")
WORD: Final = re.compile(r"[^\s,\[\]{}]*")
SUGGESTED: Final = 50
"""Characters of a value that are shown in the quotes it needs."""

TABS: Final = frozenset({"tab", "character.control", "character.break", "character.bom"})
MARKS: Final = frozenset({"anchor", "anchor.alias", "tag"})


class Answer(NamedTuple):
    """What to say, and about which stretch of text."""

    key: str
    start: int
    end: int
    params: Mapping[str, object] = {}


class Trouble(NamedTuple):
    """Where and why the parser stopped.

    `opened` is where the thing it was reading began, `last` the last whole node before,
    `bracket` the innermost bracket that is still open.
    """

    text: str
    problem: str
    at: int
    opened: int
    last: Node | None
    bracket: int | None

    @classmethod
    def of(cls, error: Any, text: str, last: Node | None, bracket: int | None) -> Trouble:
        """Trouble from the parser's exception; one without a place is put at the beginning."""
        mark = getattr(error, "problem_mark", None)
        context = getattr(error, "context_mark", None)
        at = mark.index if mark else 0
        opened = context.index if context else at
        return cls(text, getattr(error, "problem", ""), at, opened, last, bracket)

    @property
    def line_start(self) -> int:
        """The offset at which the line begins."""
        return self.text.rfind("\n", 0, self.at) + 1

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, blanks at its end not counted."""
        stop = self.text.find("\n", offset)
        stop = len(self.text) if stop < 0 else stop
        return offset + len(self.text[offset:stop].rstrip())

    def rest(self, offset: int) -> str:
        """The rest of a line."""
        return self.text[offset : self.line_end(offset)]


def complain_about(trouble: Trouble, complaints: Complaints) -> None:
    """Say what is wrong, unless it follows from something already said about the same lines."""
    answer = EXPLAINED.get(trouble.problem, _something)(trouble)
    line = trouble.text.rfind("\n", 0, answer.start) + 1
    before = trouble.text.rfind("\n", 0, max(line - 1, 0)) + 1
    stop = trouble.line_end(answer.start)
    complaints.whole = False
    if complaints.any_between(TABS, before, stop) or complaints.any_between(MARKS, line, stop):
        return
    start = min(answer.start, len(trouble.text))
    complaints.add(answer.key, start, min(answer.end, len(trouble.text)), **answer.params)


def quoted(value: str) -> str:
    """A value as it would stand in quotes, cut where it is long."""
    shown = value if len(value) <= SUGGESTED else f"{value[:SUGGESTED]}…"
    if '"' not in shown and "\\" not in shown:
        return f'"{shown}"'
    return "'{}'".format(shown.replace("'", "''"))


def _something(trouble: Trouble) -> Answer:
    return Answer("syntax", trouble.at, trouble.at + 1)


def _tab(trouble: Trouble) -> Answer:
    return Answer("tab", trouble.at, trouble.at + 1)


def _unclosed_quote(trouble: Trouble) -> Answer:
    mark = trouble.text[trouble.opened]
    return Answer("syntax.unclosed_quote", trouble.opened, trouble.opened + 1, {"quote": mark})


def _unclosed_bracket(trouble: Trouble, at: int) -> Answer:
    opening = trouble.text[at]
    closing = "]" if opening == "[" else "}"
    params = {"opening": opening, "closing": closing}
    return Answer("syntax.unclosed_bracket", at, at + 1, params)


def _reserved(trouble: Trouble) -> Answer:
    """A value begins with a sign that means something else to YAML."""
    at = trouble.opened
    if trouble.text[at] == "\t":
        return _tab(trouble)
    params = {"character": trouble.text[at], "quoted": quoted(trouble.rest(at))}
    return Answer("syntax.reserved", at, trouble.line_end(at), params)


def _block_header(trouble: Trouble) -> Answer:
    at = trouble.opened
    params = {"character": trouble.text[at], "quoted": quoted(trouble.rest(at))}
    return Answer("syntax.block_header", at, trouble.line_end(at), params)


def _broken_tag(trouble: Trouble) -> Answer:
    name = trouble.rest(trouble.opened).split()[0]
    return Answer("tag.broken", trouble.opened, trouble.opened + len(name), {"name": name})


def _late_directive(trouble: Trouble) -> Answer:
    at = trouble.opened
    return Answer("directive", at, trouble.line_end(at), {"name": trouble.rest(at)})


def _escape(trouble: Trouble) -> Answer:
    start = trouble.text.rfind("\\", trouble.opened, trouble.at + 1)
    shown = trouble.text[start : start + 2].rstrip()
    return Answer("syntax.escape", start, start + len(shown), {"escape": shown})


def _colon(trouble: Trouble) -> Answer:
    """A colon where none may be: in a value, or in a line that the one above swallowed."""
    line = trouble.text[trouble.line_start : trouble.at]
    value = VALUE_BEHIND_KEY.match(line)
    if value:
        shown = quoted(trouble.rest(trouble.line_start + value.end()))
        return Answer("syntax.colon", trouble.at, trouble.at + 1, {"quoted": shown})
    if dash := GLUED_DASH.match(line):
        at = trouble.line_start + dash.start(1)
        return Answer("syntax.space_after_dash", at, at + 1)
    above = trouble.text[: trouble.line_start].rstrip()
    above_start = above.rfind("\n") + 1
    column = next(INDENT.finditer(line)).end()
    word = LONE_WORD.match(above, above_start)
    if GLUED_KEY.match(above, above_start) or (word and word.start(1) - above_start == column):
        return _key_without_colon(trouble, above_start)
    return _indentation(trouble)


def _missing_colon(trouble: Trouble) -> Answer:
    if trouble.text[trouble.opened] in "\"'" and "\n" in trouble.text[trouble.opened : trouble.at]:
        return _unclosed_quote(trouble)
    return _key_without_colon(trouble, trouble.opened)


def _key_without_colon(trouble: Trouble, line_start: int) -> Answer:
    glued = GLUED_KEY.match(trouble.text, line_start)
    if glued:
        return Answer("syntax.space_after_colon", *glued.span(1))
    start = next(INDENT.finditer(trouble.text, line_start)).end()
    end = trouble.line_end(start)
    return Answer("syntax.missing_colon", start, end, {"name": trouble.text[start:end]})


def _indentation(trouble: Trouble) -> Answer:
    start = next(INDENT.finditer(trouble.text, trouble.line_start)).end()
    return Answer("syntax.indentation", start, trouble.line_end(start))


def _out_of_place(trouble: Trouble) -> Answer:
    """Something stands where the next key, list item or nothing at all was due."""
    last = trouble.last
    rest = {"rest": trouble.rest(trouble.at)}
    if last and "\n" not in trouble.text[last.end : trouble.at]:
        if isinstance(last, Scalar) and trouble.text[last.start] in "\"'":
            if "\n" in trouble.text[last.start : last.end]:
                mark = trouble.text[last.start]
                return Answer("syntax.unclosed_quote", last.start, last.start + 1, {"quote": mark})
            stop = trouble.line_end(trouble.at)
            return Answer("syntax.after_quote", trouble.at, stop, rest)
        if isinstance(last, MappingNode | Sequence) and last.flow:
            stop = trouble.line_end(trouble.at)
            whole = {"quoted": quoted(trouble.rest(last.start)), **rest}
            return Answer("syntax.after_bracket", trouble.at, stop, whole)
    return _indentation(trouble)


def _next_key(trouble: Trouble) -> Answer:
    if trouble.text.startswith(("- ", "-\n", "-\r"), trouble.at):
        return Answer("syntax.dash_beside_key", trouble.at, trouble.at + 1)
    return _out_of_place(trouble)


def _next_item(trouble: Trouble) -> Answer:
    answer = _out_of_place(trouble)
    opened = trouble.opened - (trouble.text.rfind("\n", 0, trouble.opened) + 1)
    if answer.key == "syntax.indentation" and opened == trouble.at - trouble.line_start:
        return Answer("syntax.key_beside_list", answer.start, answer.end)
    return answer


def _next_document(trouble: Trouble) -> Answer:
    above = trouble.text[: trouble.line_start].rstrip()
    if above.startswith("...", above.rfind("\n") + 1):
        return Answer("documents", trouble.at, trouble.line_end(trouble.at))
    answer = _out_of_place(trouble)
    last = trouble.last
    if answer.key != "syntax.indentation" or (
        isinstance(last, MappingNode | Sequence) and not last.flow
    ):
        return answer
    return Answer("syntax.after_whole", answer.start, answer.end)


def _dash(trouble: Trouble) -> Answer:
    return Answer("syntax.dash_after_key", trouble.at, trouble.at + 1)


def _question_mark(trouble: Trouble) -> Answer:
    shown = quoted(trouble.rest(trouble.at))
    return Answer(
        "syntax.reserved",
        trouble.at,
        trouble.line_end(trouble.at),
        {"character": "?", "quoted": shown},
    )


def _no_content(trouble: Trouble) -> Answer:
    if trouble.bracket is None:
        return _reserved(trouble)
    if not trouble.text[trouble.at :].strip() or trouble.text[trouble.at] in "]}":
        return _unclosed_bracket(trouble, trouble.bracket)
    return Answer(
        "syntax.stray", trouble.at, trouble.at + 1, {"character": trouble.text[trouble.at]}
    )


def _colon_in_brackets(trouble: Trouble) -> Answer:
    """`10:30` or `http://` between brackets, or a key below brackets that were not closed."""
    if "\n" in trouble.text[trouble.opened : trouble.at] and trouble.bracket is not None:
        return _unclosed_bracket(trouble, trouble.bracket)
    word = WORD.match(trouble.text, trouble.opened)
    shown = quoted(word[0] if word else "")
    return Answer("syntax.colon_in_brackets", trouble.at, trouble.at + 1, {"quoted": shown})


def _in_brackets(trouble: Trouble) -> Answer:
    """No comma and no closing bracket where one of them was due."""
    opening = trouble.opened
    closing = trouble.text.find("]" if trouble.text[opening] == "[" else "}", trouble.at)
    if closing < 0 or BLOCK_KEY.search(trouble.text, opening, closing):
        return _unclosed_bracket(trouble, opening)
    if trouble.text[trouble.at] == ":":
        return Answer(
            "syntax.colon_in_brackets", trouble.at, trouble.at + 1, {"quoted": quoted("…")}
        )
    return Answer("syntax.missing_comma", trouble.at, trouble.at + 1)


EXPLAINED: Final[dict[str, Callable[[Trouble], Answer]]] = {
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _escape,
    "mapping values are not allowed in this context": _colon,
    "found unexpected ':'": _colon_in_brackets,
    "could not find expected ':'": _missing_colon,
    "did not find expected key": _next_key,
    "did not find expected '-' indicator": _next_item,
    "did not find expected <document start>": _next_document,
    "did not find expected node content": _no_content,
    "did not find expected ',' or ']'": _in_brackets,
    "did not find expected ',' or '}'": _in_brackets,
    "block sequence entries are not allowed in this context": _dash,
    "mapping keys are not allowed in this context": _question_mark,
    "found character that cannot start any token": _reserved,
    "did not find expected alphabetic or numeric character": _reserved,
    "did not find expected comment or line break": _block_header,
    "found an indentation indicator equal to 0": _block_header,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "could not find expected directive name": _late_directive,
    "found unexpected non-alphabetical character": _late_directive,
    "found unknown directive name": _late_directive,
    "found duplicate %YAML directive": _late_directive,
    "found duplicate %TAG directive": _late_directive,
    "found incompatible YAML document": _late_directive,
    "found undefined tag handle": _broken_tag,
    "did not find the expected '>'": _broken_tag,
    "did not find expected whitespace or line break": _broken_tag,
    "did not find expected tag URI": _broken_tag,
    "did not find expected '!'": _broken_tag,
    "did not find URI escaped octet": _broken_tag,
    "found an incorrect leading UTF-8 octet": _broken_tag,
    "found an incorrect trailing UTF-8 octet": _broken_tag,
}
"""Every complaint of libyaml that a plan can draw; the rest is answered in general words."""
