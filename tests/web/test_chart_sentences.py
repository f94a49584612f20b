"""The sentence of a chart says what it shows."""

import pytest

from paicha.web.charts import Row, most_of


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("甲", 3), ("乙", 1)], "4 人里，甲最多，3 人（75%）。"),
        ([("甲", 2), ("乙", 2), ("丙", 1)], "5 人里，甲、乙最多，各 2 人（40%）。"),
        ([("甲", 2), ("乙", 2), ("丙", 0)], "4 人里，甲、乙一样多，各 2 人（50%）。"),
        ([("甲", 0)], "现在是 0 人。"),
        ([("甲", 1), ("", 1)], "2 人里，甲最多，1 人（50%）；1 人没有填。"),
        ([("甲", 0), ("", 2)], "2 人里，2 人没有填。"),
    ],
)
def test_the_sentence_names_the_most_and_those_unknown(rows: list[tuple[str, int]], said: str) -> None:
    assert most_of([Row(label, number, known=bool(label)) for label, number in rows]) == said
