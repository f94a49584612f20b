"""File names as people are told them.

On Linux a name is bytes; one that is not UTF-8 (a Chinese zip unpacked there has names in GBK) comes to us with lone
surrogates in it, which no screen, workbook or JSON file takes. The file is opened by these, and told as the GB 18030
that the name most likely is."""

import re
from dataclasses import replace

from paicha.collation.result import BranchResult, Result
from paicha.domain.findings import Located, Place

# Some pairs of GBK bytes happen to be UTF-8 (U+0080 to U+07FF), and the second byte of a pair may be a letter.
_BYTES = re.compile("(?:[\u0080-\u07ff]|[\udc80-\udcff][\x40-\x7e]?)+")
_CONTROL = re.compile("[\x00-\x1f\x7f]")  # Linux allows them; a workbook and a document do not
_SURROGATE = re.compile("[\ud800-\udfff]")


def legible(text: str) -> str:
    """`text` with every name in it that is not UTF-8 read as GB 18030, and control characters made visible; any other
    text as it is.

    >>> legible("支部/" + "测绘.xlsx".encode("gb18030").decode("utf-8", "surrogateescape"))
    '支部/测绘.xlsx'
    """
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", _BYTES.sub(_as_gb18030, text))
    return _CONTROL.sub("\ufffd", text)


def _as_gb18030(found: re.Match[str]) -> str:
    raw = found.group()
    if not _SURROGATE.search(raw):
        return raw
    return raw.encode("utf-8", "surrogateescape").decode("gb18030", "replace")


def as_told(result: Result) -> Result:
    """The result with legible file names wherever they are told; people and figures are the same objects."""
    return replace(
        result,
        branches=[_branch(branch) for branch in result.branches],
        probably={name: legible(file) for name, file in result.probably.items()},
        questions=[(branch, legible(text)) for branch, text in result.questions],
        findings=[told_of(located) for located in result.findings],
        _names=None,
    )


def told_of(located: Located) -> Located:
    """A finding with legible names in its place and its words."""
    place, finding = located.place, located.finding
    if legible(told := place.file + finding.message + finding.suggestion) == told:
        return located
    words = replace(finding, message=legible(finding.message), suggestion=legible(finding.suggestion))
    return Located(_place(place), words)


def _place(place: Place) -> Place:
    return replace(place, file=legible(place.file))


def _branch(branch: BranchResult) -> BranchResult:
    return replace(
        branch,
        sheets=[(legible(file), sheet) for file, sheet in branch.sheets],
        superseded=[(legible(file), sheet) for file, sheet in branch.superseded],
        sent=replace(branch.sent, file=legible(branch.sent.file)) if branch.sent else None,
        unbalanced_by=[replace(by, place=_place(by.place)) for by in branch.unbalanced_by],
    )
