"""Rebuilds the table of characters by strokes in `paicha/register/data/` from two public packages.

It downloads nothing. Get the packages with the ordinary clients and unpack them::

    pip download --no-deps cn-sort==0.14.0      # the order: 20,897 characters by strokes, and by their kinds 横竖撇点折
    npm pack cnchar-order@3.2.6                 # the counts: the strokes of 6,939 characters of everyday use

    python scripts/strokes.py CN_SORT_FOLDER CNCHAR_ORDER_FOLDER

CN_SORT_FOLDER holds `cn_sort/`, CNCHAR_ORDER_FOLDER holds `package/`. Where the two disagree on a character that
`SETTLED` does not name, it is listed on stderr and nothing is written.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "paicha" / "register" / "data"
EDITION = "2026"
HEAD = (
    "# 汉字按笔画数、笔顺（横竖撇点折）的次序：笔画数、字。来源：PyPI cn-sort 0.14.0 的次序（MIT），"
    "npm cnchar-order 3.2.6 的笔画数（MIT）；由 scripts/strokes.py 生成\n"
)
# 达 stands among five strokes in cn-sort: it is 一丿丶丶㇇㇏, after 灰 (一丿丶丿…) and before 戍 (一丿丶㇇…).
MOVED = {"达": "灰"}
# 皙 is 析 (8) and 白 (5); cnchar-order leaves out one stroke.
SETTLED = {"皙": 13}


def in_order(cn_sort: Path) -> list[str]:
    """The characters of the basic block by strokes."""
    words = json.loads((cn_sort / "cn_sort" / "res" / "all_word.json").read_text(encoding="utf-8"))["all_word"]
    ranks = {word["chinese"]: word["stroke_increment_level"] for word in words if "一" <= word["chinese"] <= "\u9fff"}
    order = sorted((character for character in ranks if character not in MOVED), key=lambda c: (ranks[c], c))
    for character, before in MOVED.items():
        order.insert(order.index(before) + 1, character)
    return order


def counts(cnchar_order: Path) -> dict[str, int]:
    """Stroke counts: the package gives one letter a stroke, as the first JSON of its minified script."""
    script = (cnchar_order / "package" / "cnchar.order.min.js").read_text(encoding="utf-8")
    found = re.search(r"JSON\.parse\('(\{.*?\})'\)", script)
    if not found:
        raise SystemExit("cnchar.order.min.js: no table of strokes found")
    return {character: len(strokes) for character, strokes in json.loads(found[1]).items()} | SETTLED


def lines(order: Sequence[str], known: Mapping[str, int]) -> dict[int, str]:
    """Stroke count → its characters in order. A character between two of one count has that count; the few between two
    counts (rare traditional ones) are given the lower: their place is right all the same."""
    found: dict[int, list[str]] = {}
    count, disagreeing = 1, []
    for character in order:
        if known.get(character, count) < count:
            disagreeing.append(character)
        count = max(count, known.get(character, count))
        found.setdefault(count, []).append(character)
    if disagreeing:
        raise SystemExit(f"order and counts disagree: {''.join(disagreeing)}")
    return {count: "".join(characters) for count, characters in found.items()}


def main(cn_sort: str, cnchar_order: str) -> None:
    table = lines(in_order(Path(cn_sort)), counts(Path(cnchar_order)))
    text = HEAD + "".join(f"{count}\t{characters}\n" for count, characters in table.items())
    (DATA / f"strokes-{EDITION}.tsv").write_text(text, encoding="utf-8")
    print(f"strokes-{EDITION}.tsv", sum(map(len, table.values())))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
