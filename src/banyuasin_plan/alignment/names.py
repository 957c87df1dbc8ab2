"""When two names of programmes are alike: normalised words, counted and compared.

Distance: `rapidfuzz.fuzz.ratio`, the indel similarity 100 x (1 - d / (m + n)), where d is how many
letters have to be put in or taken out and m and n are the lengths.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

ALIKE = 85.0
"""From this similarity on, two names are alike."""

LEAST_WORDS = 2
"""How many words a name needs to be found inside another."""

FEW = 100
"""Up to so many names it is cheaper to see first which can be close at all."""

EMPTY = frozenset(
    (
        *("program", "programme", "gerakan", "kegiatan", "aspek", "dan", "di", "ke", "untuk"),
        *("dengan", "bersama", "serta", "para", "the", "and", "of", "for", "in"),
    )
)
"""Words that say nothing about which programme it is; numbers of years are left out too."""

_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_BITS: dict[tuple[str, int], int] = {}


class Likeness(NamedTuple):
    """Two names that are alike: `score` from 0 to 100, and how: `same`, `inside` or `close`."""

    one: str
    other: str
    score: float
    how: str


@cache
def normalised(name: str) -> tuple[str, ...]:
    """A name's words that say which programme it is, each once and sorted.

    Lower case and without accents; what stands in brackets or behind a comma is a remark. Where
    nothing would be left, all words count.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    head = _BRACKETS.sub(" ", plain).partition(",")[0]
    words = set(_WORD.findall(head)) or set(_WORD.findall(plain))
    telling = {word for word in words if word not in EMPTY and not _YEAR.match(word)}
    return tuple(sorted(telling or words))


def may_be_close(one: str, other: str) -> bool:
    """Whether two texts have letters enough in common, in whatever order, to be close.

    No order of them has a longer common part than all their common letters.
    """
    common = (_letters(one) & _letters(other)).bit_count()
    return 200 * common >= ALIKE * (len(one) + len(other))


@cache
def _letters(text: str) -> int:
    """A bit for every letter of a text, another for its second time, and so on."""
    times: dict[str, int] = {}
    found = 0
    for letter in text:
        times[letter] = times.get(letter, 0) + 1
        found |= 1 << _BITS.setdefault((letter, times[letter]), len(_BITS))
    return found


class Index:
    """Names to look others up in, each belonging to a thing with an id."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """Normalise every name once; `names` are those of each thing."""
        self.owners: dict[str, dict[str, str]] = {}
        for key, several in names.items():
            for name in several:
                self.owners.setdefault(" ".join(normalised(name)), {}).setdefault(key, name)
        self.choices = [text for text in self.owners if text]
        self.words = {text: frozenset(text.split()) for text in self.choices}
        self.holding: dict[str, set[str]] = {}
        for text, words in self.words.items():
            for word in words:
                self.holding.setdefault(word, set()).add(text)

    def alike(self, names: Sequence[str], left_out: Collection[str] = ()) -> Mapping[str, Likeness]:
        """By id of the thing, its name that is most like any of these; some things left out."""
        best: dict[str, Likeness] = {}
        out = frozenset(left_out)
        for name in names:
            text = " ".join(normalised(name))
            for other, score, how in self._found(text, out) if text else ():
                for key, written in self.owners[other].items():
                    if key not in out and (key not in best or score > best[key].score):
                        best[key] = Likeness(name, written, score, how)
        return best

    def _found(self, text: str, out: frozenset[str]) -> Iterator[tuple[str, float, str]]:
        """Every name that is alike: the same words, all words inside, or close in letters."""
        inside = self._inside(frozenset(text.split()))
        scores = self._close(text, out)
        same = {text} & self.words.keys()
        for other in sorted({*same, *inside, *scores}):
            if other == text:
                yield other, 100.0, "same"
            elif other in inside:
                yield other, max(scores.get(other, 0.0), ALIKE), "inside"
            else:
                yield other, scores[other], "close"

    def _close(self, text: str, out: frozenset[str]) -> Mapping[str, float]:
        """Names that are close in letters, and how close; few have to be looked at at all."""
        choices = self.choices
        if len(choices) <= FEW:
            choices = [
                other
                for other in choices
                if other != text and may_be_close(text, other) and self.owners[other].keys() - out
            ]
        if not choices:
            return {}
        from rapidfuzz import fuzz, process  # a hundredth of the weekly workbook's time

        close = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        return {other: score for other, score, _ in close}

    def _inside(self, words: frozenset[str]) -> set[str]:
        """Names whose words are all among these, or that hold all of these: two at least."""
        common: dict[str, int] = {}
        for word in words:
            for other in self.holding.get(word, ()):
                common[other] = common.get(other, 0) + 1
        return {
            other
            for other, count in common.items()
            if count >= LEAST_WORDS and count == min(len(words), len(self.words[other]))
        }
