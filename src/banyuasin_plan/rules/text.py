"""Rules about the text of a file, before it means anything.

The reader itself finds these (`banyuasin_plan.source`); here they get their pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from banyuasin_plan.diagnostic import Finding
    from banyuasin_plan.rules.scope import Scope


def not_utf8(scope: Scope) -> Iterator[Finding]:
    """A file that is not UTF-8 text.

    What it finds. A byte that is no part of UTF-8, or a file in UTF-16, which some editors on
    Windows call "Unicode".

    Why it matters. Names with an accent, dashes and quotation marks would come out as other signs,
    in reports as well as in the plan. One encoding for all files is the only one nobody has to
    guess.

    How to mend it. Open the file in an editor, choose "Save as" and the encoding UTF-8, with or
    without a byte order mark.
    """
    return scope.said("not_utf8")


def syntax(scope: Scope) -> Iterator[Finding]:
    """A text that breaks the rules of YAML.

    What it finds. A quote or a bracket that is not closed, a line that does not line up with the
    others, a colon or a dash where none may be, a value that needs quotes.

    Why it matters. What stands behind the mistake cannot be read with certainty, so nothing is said
    about it. Other files are checked all the same.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas: gerakan tanam sayur  # <- E002
        lead: dinkes
    ```

    How to mend it. Look at the place named. Most often a value holds a colon and a space, or begins
    with a sign such as `@`, `%`, `*`, `&`, `!`, `{` or `[`: put it in quotes. A value with an
    apostrophe goes in double quotes. Keys of one thing begin in the same column, with a space
    behind their colon.

    ```yaml
    programs:
      - id: gertas
        name: "Gertas: gerakan tanam sayur"
        lead: dinkes
    ```
    """
    return scope.said("syntax")


def anchor(scope: Scope) -> Iterator[Finding]:
    """An anchor, a reference to one, or a merge key.

    What it finds. A value that begins with `&name`, which gives it a name; one that begins with
    `*name`, which repeats it; the key `<<`, which copies keys from elsewhere.

    Why it matters. A value must stand where it is read: an edit or a form that changes one place
    would change others without a word. A few lines of references can also unfold into millions of
    values.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        full_name: &panjang Gerakan Tanam Sayur  # <- E003
      - id: gertas-dua
        name: Gertas dua
        lead: dinkes
        outcome: *panjang  # <- E003
    ```

    How to mend it. Write out what is meant. If it is meant as text, put the value in quotes.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        full_name: Gerakan Tanam Sayur
      - id: gertas-dua
        name: Gertas dua
        lead: dinkes
        outcome: Gerakan Tanam Sayur
    ```
    """
    return scope.said("anchor")


def tag(scope: Scope) -> Iterator[Finding]:
    """A tag.

    What it finds. A sign `!`, alone or with a name behind it, before a value.

    Why it matters. Tags tell programs to turn a value into something else, some of them into
    running code. What a value means is settled by its key here, and by nothing in the file.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: !penting Gertas  # <- E004
        lead: dinkes
    ```

    How to mend it. Take the tag out. If it is meant as text, put the value in quotes.

    ```yaml
    programs:
      - id: gertas
        name: "!penting Gertas"
        lead: dinkes
    ```
    """
    return scope.said("tag")


def directive(scope: Scope) -> Iterator[Finding]:
    """A directive.

    What it finds. A line at the top of a file that begins with `%`.

    Why it matters. Directives change how what follows is to be read. Every plan is read in the same
    way, so they can only mislead.

    Example.

    ```yaml
    %YAML 1.2  # <- E005
    ---
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ```

    How to mend it. Take the line out.

    ```yaml
    ---
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ```
    """
    return scope.said("directive")


def documents(scope: Scope) -> Iterator[Finding]:
    """A second document in one file.

    What it finds. A line `---` in the middle of a file, or text behind a line `...`.

    Why it matters. Everything below it would be a text of its own, and most readers see only the
    first. What stands there would be missing from the plan without a sign.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ---  # <- E006
    districts: []
    ```

    How to mend it. Take the line out, or move what follows into a file of its own: the lists of all
    files are joined.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    districts: []
    ```
    """
    return scope.said("documents")


def duplicate_key(scope: Scope) -> Iterator[Finding]:
    """A key that is given twice in one place.

    What it finds. A key that stands a second time in the same mapping, or one that differs only in
    upper and lower case or in how an accent is stored.

    Why it matters. Readers of YAML keep one of the two, some the first and some the last, and say
    nothing. A due date that was moved by adding a line would then be the old one or the new one, by
    chance.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        name: Gerakan Tanam Sayur  # <- E007
    ```

    How to mend it. Keep one of the two lines.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        full_name: Gerakan Tanam Sayur
    ```
    """
    return scope.said("duplicate_key")


def complex_key(scope: Scope) -> Iterator[Finding]:
    """A list or a mapping used as a key.

    What it finds. A key that is not a single value.

    Why it matters. The plan knows no such keys. Most often a value was meant that begins with a
    bracket.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        [note, catatan]: Uji coba  # <- E008
    ```

    How to mend it. Write a plain word, a colon and a space. A text that begins with `{` or `[`
    needs quotes.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
        full_name: "[note, catatan]: Uji coba"
    ```
    """
    return scope.said("complex_key")


def character(scope: Scope) -> Iterator[Finding]:
    r"""A character that cannot be seen or that misleads the eye.

    What it finds. Control characters, line breaks that editors do not show, characters that turn
    the direction of text around, characters of no width, a byte order mark in the middle; written
    as they are, or spelled out between double quotes.

    Why it matters. With them a line can read otherwise than it works: two names that look the same
    differ, a line seems to be a comment and is none. They come in with text copied from web pages
    and documents, or from someone who means harm.

    Example.

    ```yaml
    programs:
      - id: gertas
        name: "Gertas\u200b"  # <- E009
        lead: dinkes
    ```

    How to mend it. Delete the character; retyping the value is the surest way. Save the file with
    ordinary line ends.

    ```yaml
    programs:
      - id: gertas
        name: "Gertas"
        lead: dinkes
    ```
    """
    return scope.said("character")


def tab(scope: Scope) -> Iterator[Finding]:
    """A tab where spaces belong.

    What it finds. A tab before the first letter of a line.

    Why it matters. How wide a tab is differs from editor to editor, and the columns of a plan say
    what belongs to what. YAML forbids it for that reason.

    Example. The arrow stands for a tab:

    ```text
    programs:
    → - id: gertas
    →   name: Gertas
    ```

    How to mend it. Indent with spaces. Most editors can be set to write spaces for the Tab key.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ```
    """
    return scope.said("tab")


def too_large(scope: Scope) -> Iterator[Finding]:
    """A file or a plan past the limits of what is read.

    What it finds. A file over 2 MB or with more than 200,000 values, a value over 100,000
    characters, nesting deeper than 32 levels, more than 1,000 findings about one file's text; a
    plan over 20 MB, 2,000 files or 1,000,000 values.

    Why it matters. Plans come from many hands. A file made to choke its reader must be answered at
    once, and no plan of a hundred days comes near these limits.

    How to mend it. Divide a large file into several: the lists in them are joined. Where nesting or
    a value is meant to be small, look for a bracket or a quote that was not closed.
    """
    return scope.said("too_large")


def empty_file(scope: Scope) -> Iterator[Finding]:
    """A file that holds nothing.

    What it finds. A file with nothing but comments or blanks.

    Why it matters. It may have lost its content when it was saved or merged.

    Example.

    ```yaml
    # Program menyusul.  # <- W012
    ```

    How to mend it. Fill the file or delete it.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ```
    """
    return scope.said("empty_file")


def not_a_mapping(scope: Scope) -> Iterator[Finding]:
    """A file that is not made of keys and values.

    What it finds. A file that is a list or a single text.

    Why it matters. The keys at the top of a file say what its lists are: programmes, owners,
    districts. Without them nothing can be taken into the plan. A colon without a space behind it is
    no key either.

    Example.

    ```yaml
    - id: gertas  # <- E013
      name: Gertas
      lead: dinkes
    ```

    How to mend it. Put the key above the list that it belongs under.

    ```yaml
    programs:
      - id: gertas
        name: Gertas
        lead: dinkes
    ```
    """
    return scope.said("not_a_mapping")
