"""Two people wrote to one entry: what the second changed, beside what the first saved.

A cell that only one of them changed is no conflict. Of the others the page lets one choose; both ways are sent under
the cell's own name, so that the answer is an ordinary page of the person, checked and saved like any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from paicha.domain.readings import CellValue, as_text
from paicha.register.forms import COLUMNS, label, masked, name_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A cell that the second writer changed to something else than stands there now. `theirs` and `mine` are shown
    (numbers masked), `typed` is what is sent for mine; `both` where the first writer changed it too."""

    name: str
    label: str
    theirs: str
    mine: str
    typed: str
    both: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell that only the first writer changed, from `old` to `new`, numbers masked."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The three writings of an entry held against each other; `kept` are (name, value) of the cells not chosen from."""

    choices: list[Choice]
    taken: list[Taken]
    kept: list[tuple[str, str]]


def compare(base: Sequence[CellValue], theirs: Sequence[CellValue], mine: Sequence[CellValue]) -> Comparison:
    """`base` is what both began with, `theirs` what stands there now, `mine` what was typed."""
    found = Comparison([], [], [])
    for column in COLUMNS:
        old, their, my = (as_text(cells[column]) for cells in (base, theirs, mine))
        name, shown = name_of(column), masked(column, their)
        if my not in (old, their):
            found.choices.append(Choice(name, label(column), shown, masked(column, my), my, their != old))
            continue
        found.kept.append((name, shown))
        if their not in (old, my):
            found.taken.append(Taken(label(column), masked(column, old), shown))
    return found
