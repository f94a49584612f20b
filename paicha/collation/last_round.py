"""Last round's figures, to ask of what has moved: the `result.json` that the office's collation left then."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paicha.collation.contract import RESULT_FILE, is_result
from paicha.collation.result import Result
from paicha.domain.annex2 import LETTERS
from paicha.domain.branches import BranchList, branch_key
from paicha.domain.questions import ask_moved


@dataclass(frozen=True, slots=True)
class LastRound:
    """The figures A–Z of each branch by its name then, and of the committee. `as_of` is ISO 8601."""

    as_of: str
    branches: Mapping[str, Mapping[str, int]]
    total: Mapping[str, int]

    def ask(self, result: Result, listed: BranchList) -> Iterator[tuple[str, str]]:
        """(branch, question) of each branch whose figures moved, of those that are gone, and ("", …) of the total. A
        branch that has changed its name since is known by the aliases of the office's list."""
        before = {_key(name, listed): figures for name, figures in self.branches.items()}
        for branch in result.branches:
            if branch.counted and (earlier := before.get(_key(branch.branch, listed))) is not None:
                for text in ask_moved(branch.statistics.figures, earlier, self.as_of):
                    yield branch.branch, text
        known = {_key(name, listed) for name in (b.branch for b in result.branches)} | {
            _key(b.name, listed) for b in listed
        }
        if gone := [name for name in self.branches if _key(name, listed) not in known]:
            yield "", f"上一轮（{self.as_of}）有、这一轮没有的党支部：{'、'.join(gone)}，请核实是否撤并或更名。"
        for text in ask_moved(result.total.figures, self.total, self.as_of):
            yield "", f"合计{text}"


def _key(name: str, listed: BranchList) -> str:
    known = listed.match(name)
    return branch_key(known.name if known else name)


def read_last_round(path: Path) -> LastRound:
    """Read the result.json at `path`, or in the folder `path`. Raises ValueError, in Chinese, where it is none."""
    file = path / RESULT_FILE if path.is_dir() else path
    if not is_result(file):
        raise ValueError(f"{path} 不是以前汇总的结果：请给出上一轮的结果文件夹，或其中的 {RESULT_FILE}")
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        branches = {branch["branch"]: _figures(branch["statistics"]) for branch in told["branches"]}
        return LastRound(str(told["as_of"]), branches, _figures(told["total"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise ValueError(f"{file} 读不全，可能被改过：请用汇总时生成的原文件") from problem


def _figures(told: Any) -> dict[str, int]:
    """A–Z; raises KeyError or ValueError where one is missing or no number."""
    return {letter: int(told[letter]) for letter in LETTERS}
