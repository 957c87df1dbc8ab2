"""YAML as people write it, for tests: random trees in random styles, with comments between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

WORDS = ("a", "Daftar", "no", "2025-03-01", "60", "it's", "http://x.id/a", "a-b c", "1:30", "ñ 界")
KEYS = ("id", "name", "due", "on", "no", "k-1", "8", "x y", "after")


class Style:
    """One way to write: how deep, which quotes, which breaks; the same through a document."""

    def __init__(self, chance: Random) -> None:
        """Draw the way."""
        self.chance = chance
        self.step = chance.choice([1, 2, 2, 2, 4, 8])
        self.dash = chance.choice([0, 2, 2, self.step])
        self.gap = chance.choice([1, 1, 1, 3])
        self.comments = chance.choice([0.0, 0.1, 0.5])
        self.quoted_keys = chance.random() < 0.2

    def document(self) -> bytes:
        """A whole document: a mapping, sometimes a list."""
        tree = self.tree(0)
        lines = [*self.notes(0), *self.block(tree, 0), *self.notes(0)]
        text = "\n".join(lines)
        text += self.chance.choice(["\n", "\n", "\n", "", "\n\n"])
        if self.chance.random() < 0.2:
            text = text.replace("\n", "\r\n")
        return text.encode("utf-8-sig" if self.chance.random() < 0.2 else "utf-8")

    def tree(self, depth: int) -> Any:
        """A mapping or a list, with more of both inside."""
        size = self.chance.randint(1, 4)
        if depth and self.chance.random() < 0.4:
            return [self.leaf(depth) for _ in range(size)]
        return {key: self.leaf(depth) for key in self.chance.sample(KEYS, size)}

    def leaf(self, depth: int) -> Any:
        """A text, or something deeper."""
        if depth < 4 and self.chance.random() < 0.4:
            return self.tree(depth + 1)
        return self.chance.choice(WORDS)

    def notes(self, column: int) -> list[str]:
        """Comments and blank lines between two things."""
        if self.chance.random() >= self.comments:
            return []
        shift = self.chance.choice([0, 0, 2])
        return [self.chance.choice(["", " " * (column + shift) + "# - catatan: [x"])]

    def tail(self) -> str:
        """What stands behind a value on its line."""
        if self.chance.random() >= self.comments:
            return ""
        return self.chance.choice(["  # catatan", " #, }", "   "])

    def key(self, key: str) -> str:
        """A key, bare or in quotes."""
        return f'"{key}"' if self.quoted_keys else key

    def block(self, tree: Any, column: int) -> list[str]:
        """A tree as lines in a column."""
        pad, lines = " " * column, []
        if isinstance(tree, dict):
            for key, value in tree.items():
                head = f"{pad}{self.key(key)}:"
                lines += [*self.notes(column), *self.below(head, value, column)]
        else:
            for value in tree:
                head = f"{pad}-"
                lines += [*self.notes(column), *self.item(head, value, column)]
        return lines

    def below(self, head: str, value: Any, column: int) -> list[str]:
        """A key's value, on its line or on those below."""
        if isinstance(value, str):
            return self.scalar(head, value, column + self.step)
        if self.chance.random() < 0.3:
            return [f"{head} {self.flow(value, column)}{self.tail()}"]
        deeper = column + (self.step if isinstance(value, dict) else self.dash)
        return [f"{head}{self.tail()}", *self.block(value, deeper)]

    def item(self, head: str, value: Any, column: int) -> list[str]:
        """A list's item, behind its dash or below it."""
        inner = column + 1 + self.gap
        if isinstance(value, str):
            return self.scalar(f"{head}{' ' * (self.gap - 1)}", value, inner)
        if self.chance.random() < 0.3:
            return [f"{head}{' ' * self.gap}{self.flow(value, column)}{self.tail()}"]
        lines = self.block(value, inner)
        if lines[0].strip() and not lines[0].lstrip().startswith("#"):
            return [f"{head}{' ' * self.gap}{lines[0].lstrip()}", *lines[1:]]
        return [head, *lines]

    def scalar(self, head: str, text: str, column: int) -> list[str]:
        """A text in one of the ways to write it."""
        pad = " " * column
        match self.chance.choice(["plain"] * 4 + ["single", "double", "literal", "folded", "none"]):
            case "plain":
                return [f"{head} {text}{self.tail()}"]
            case "single":
                return [f"{head} '{text.replace(chr(39), chr(39) * 2)}'{self.tail()}"]
            case "double":
                return [f'{head} "{text}\\n" {self.tail()}']
            case "literal":
                sign = self.chance.choice(["|", "|-", "|+"])
                return [f"{head} {sign}", f"{pad}{text}", "", f"{pad}# teks"]
            case "folded":
                return [f"{head} >", f"{pad}{text}", f"{pad}lagi"]
        return [f"{head}{self.chance.choice(['', ' ~', ' null', ' '])}{self.tail()}"]

    def flow(self, value: Any, column: int) -> str:
        """A tree in brackets, on one line or on several."""
        if isinstance(value, str):
            return self.chance.choice([f"'{value.replace(chr(39), chr(39) * 2)}'", f'"{value}"'])
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        inner = [
            f"{self.key(key)}: {self.flow(one, column)}" for key, one in value.items()
        ] if isinstance(value, dict) else [self.flow(one, column) for one in value]  # fmt: skip
        match self.chance.choice(["tight", "tight", "padded", "lines", "trailing"]):
            case "tight":
                return f"{opening}{', '.join(inner)}{closing}"
            case "padded":
                return f"{opening} {' , '.join(inner)} {closing}"
        pad = " " * (column + 4)
        last = "," if self.chance.random() < 0.5 else ""
        body = f",\n{pad}".join(inner)
        return f"{opening}\n{pad}{body}{last}\n{' ' * (column + 2)}{closing}"
