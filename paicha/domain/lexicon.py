"""The words of one column: official labels, synonyms, and what to say of a word that is neither."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

from paicha.domain.findings import Code, Finding
from paicha.domain.masking import quote, read_as
from paicha.domain.readings import CellValue, Reading, as_text, compact, is_empty

T = TypeVar("T")

_IGNORED = re.compile(r"[^\w√✓✔☑×✗✘❌]|_")
NEAR = 0.65  # of difflib's ratio: 滴滴师机 finds 滴滴司机, 火星族 finds no group


def normal_form(raw: CellValue) -> str:
    """What words are matched by: half-width, upper case, no white space and no punctuation."""
    return _IGNORED.sub("", compact(raw).upper())


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say of an unreadable cell: `default` when nothing is near; `hints` by a word found anywhere in it.

    With `hints_first` off, known words that the cell holds are suggested before the hints."""

    default: str
    hints: Mapping[str, str] = field(default_factory=dict)
    hints_first: bool = True


class Lexicon(Generic[T]):
    """One column's words: `labels` are official and need no finding, `words` are synonyms with the label they mean."""

    def __init__(
        self,
        heading: str,
        labels: Mapping[str, T],
        words: Mapping[str, str],
        advice: Advice,
    ) -> None:
        self.heading = heading
        self.labels = dict(labels)
        self._advice = advice
        self._known = {normal_form(word): label for word, label in words.items()}
        self._known |= {normal_form(label): label for label in labels}  # last: no synonym may hide a label

    def find(self, raw: CellValue) -> tuple[T, str] | None:
        """The value and label of a label or synonym, however it is spaced and bracketed; None if it is neither."""
        label = self._known.get(normal_form(raw))
        return None if label is None else (self.labels[label], label)

    def read(self, raw: CellValue) -> Reading[T]:
        """The reading of a cell that holds one word of the column."""
        text = as_text(raw)
        if isinstance(raw, str) and text in self.labels:
            return Reading(self.labels[text], text)
        if is_empty(raw):
            return Reading(None)
        found = self.find(raw)
        if found is None:
            return self.unread(raw)
        return Reading(found[0], found[1], (read_as(raw, found[1]),))

    def unread(self, raw: CellValue) -> Reading[T]:
        """The reading of a cell that holds none of the words, with what was likeliest meant."""
        fault = Finding(Code.UNREADABLE, f"{quote(raw)}不是能识别的{self.heading}", self._suggestion(normal_form(raw)))
        return Reading(None, as_text(raw), (fault,))

    def _suggestion(self, form: str) -> str:
        hint = next((hint for word, hint in self._advice.hints.items() if word in form), "")
        held = self._held(form)
        if hint and (self._advice.hints_first or not held):
            return hint
        near = held or [self._known[word] for word in get_close_matches(form[:40], self._known, n=3, cutoff=NEAR)]
        if near:
            return "像是" + "或".join(f"“{label}”" for label in dict.fromkeys(near)) + "，请核实后改正"
        return self._advice.default

    def _held(self, form: str) -> list[str]:
        """Labels of the known words that stand within `form`, leaving out words within longer ones."""
        words = [word for word in self._known if len(word) > 1 and word in form]
        longest = [word for word in words if not any(word != other and word in other for other in words)]
        return [self._known[word] for word in longest]
