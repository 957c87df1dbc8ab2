"""When two names of programmes are alike: normalised words, counted and compared.

Distance: `rapidfuzz.fuzz.ratio`, the indel similarity 100 x (1 - d / (m + n)), where d is how many
letters have to be put in or taken out and m and n are the lengths.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ALIKE = 85.0
"""From this similarity on, two names are alike."""

LEAST_WORDS = 2
"""How many words a name needs to be found inside another."""

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

    def alike(self, names: Sequence[str]) -> Mapping[str, Likeness]:
        """By id of the thing, its name that is most like any of these."""
        best: dict[str, Likeness] = {}
        for name in names:
            text = " ".join(normalised(name))
            for other, score, how in self._found(text) if text else ():
                for key, written in self.owners[other].items():
                    if key not in best or score > best[key].score:
                        best[key] = Likeness(name, written, score, how)
        return best

    def _found(self, text: str) -> Iterator[tuple[str, float, str]]:
        """Every name that is alike: the same words, all words inside, or close in letters."""
        inside = self._inside(frozenset(text.split()))
        close = process.extract(
            text, self.choices, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
        )
        scores = {other: score for other, score, _ in close}
        for other in sorted({*inside, *scores}):
            if other == text:
                yield other, 100.0, "same"
            elif other in inside:
                yield other, max(scores.get(other, 0.0), ALIKE), "inside"
            else:
                yield other, scores[other], "close"

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
