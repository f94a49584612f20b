"""`result.json`: what collating found, for other programs. Its schema is docs/result.schema.json; a change of shape
raises `SCHEMA`."""

import json
from pathlib import Path
from typing import Any

from paicha.collation.result import BranchResult, Coverage, Result
from paicha.collation.told import as_told
from paicha.domain.findings import Located
from paicha.formats.writers.whole import unfinished

RESULT_FILE = "result.json"
SCHEMA = "paicha/result/1"
_OPENING = 64  # characters of the file in which its schema is named


def as_json(result: Result) -> dict[str, Any]:
    """The whole result as JSON values; `row` is the sheet's own 1-based row, 0 where a whole file or sheet is meant.
    A file name that is not UTF-8 is given as it is told."""
    result = as_told(result)
    return {
        "schema": SCHEMA,
        "rules": result.rules.version,
        "as_of": result.rules.as_of.isoformat(),
        "home": result.rules.home.code if result.rules.home else None,
        "branches": [_branch(branch) for branch in result.branches],
        "total": dict(result.total.figures),
        "total_remark": result.total.remark,
        "unassigned": len(result.unassigned),
        "hindrances": result.hindrances(),
        "missing": [branch.name for branch in result.missing],
        "questions": [{"branch": branch, "question": text} for branch, text in result.questions],
        "findings": [finding_as_json(located) for located in result.findings],
    }


def write_json(path: Path, result: Result) -> None:
    """Write `path` whole or not at all: a program that waits for it never reads half. Raises OSError."""
    text = json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n"
    with unfinished(path) as beside:
        beside.write_text(text, encoding="utf-8")


def is_result(path: Path) -> bool:
    """Whether a collation of any version wrote this file, so that its folder holds results and no branch's forms."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return f'"schema": "{SCHEMA.rpartition("/")[0]}/' in file.read(_OPENING)
    except OSError:
        return False


def finding_as_json(located: Located) -> dict[str, Any]:
    place, finding = located.place, located.finding
    return {
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "cell": place.cell,
        "column": finding.column,
        "code": finding.code.word,
        "severity": finding.severity.code,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _branch(branch: BranchResult) -> dict[str, Any]:
    return {
        "branch": branch.branch,
        "leader": branch.leader,
        "phone": branch.phone,
        "sources": branch.sources,
        "members": branch.statistics["A"],
        "statistics": dict(branch.statistics.figures),
        "remark": branch.statistics.remark,
        "balanced": branch.statistics.balanced,
        "unbalanced_by": [
            {"file": b.place.file, "sheet": b.place.sheet, "row": b.place.row, "dimension": b.dimension.heading}
            for b in branch.unbalanced_by
        ],
        "coverage": _coverage(branch.coverage),
        "duplicates": branch.duplicates,
        "pending": branch.pending,
        "superseded": [{"file": file, "sheet": sheet} for file, sheet in branch.superseded],
    }


def _coverage(coverage: Coverage | None) -> dict[str, Any] | None:
    if coverage is None:
        return None
    checked = coverage.rostered + coverage.in_transit
    return {
        "rostered": coverage.rostered,
        "in_transit": coverage.in_transit,
        "decided": coverage.decided,
        "undecided": coverage.undecided,
        "ratio": round(coverage.decided / checked, 4) if checked else 1.0,
    }
