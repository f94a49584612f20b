"""Write the made-up examples, or big clean inputs for the benchmark.

    python examples/generate.py                                   the twelve branches beside this file
    python examples/generate.py --rows 10000 --files 200 --out D  D/forms/*.xlsx and D/branches.xlsx

The seed is fixed: the same Python and libraries write the same bytes. Everything is invented.
"""

import argparse
import json
import shutil
from pathlib import Path

from bulk import write_bulk
from people import AS_OF, figures
from seeded import BRANCHES, World, make_world, write_forms, write_list, write_roster

SEED = 20231128
HERE = Path(__file__).resolve().parent


def write_examples(out: Path) -> World:
    """branches.xlsx, roster.xlsx, forms/ and expected.json in `out`; forms/ is made anew."""
    shutil.rmtree(out / "forms", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    world = make_world(out, SEED)
    write_forms(world)
    write_list(world)
    write_roster(world, SEED)
    (out / "expected.json").write_text(json.dumps(expected(world), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return world


def expected(world: World) -> dict[str, object]:
    """What a check of the folder must give, from what was planted."""
    reported = [branch for branch in BRANCHES if branch not in ("后勤服务中心党支部", "继续教育学院党支部")]
    units = {b: figures(world.people[b], world.transferred.get(b, 0)) for b in reported}
    faulty = {
        "测绘工程学院学生党支部",
        "建筑工程学院党支部",
        "信息工程学院学生党支部",
        "经济管理学院党支部",
        "环境工程学院学生党支部",
    }
    return {
        "as_of": AS_OF.isoformat(),
        "home": "420100",
        "members": world.members,
        "in_transit": world.in_transit,
        "branches": {b: {"clean": b not in faulty, "figures": units[b]} for b in reported},
        "total": {letter: sum(unit[letter] for unit in units.values()) for letter in units[reported[0]]},
        "missing": [branch for branch in BRANCHES if branch not in reported],
        "unassigned": len(world.unassigned),
        "findings": world.findings,
        "notices": world.notices,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Write made-up branch files.")
    parser.add_argument("--rows", type=int, help="people in all: writes benchmark inputs")
    parser.add_argument("--files", type=int, default=1, help="how many files they stand in")
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()
    if options.rows:
        write_bulk(options.out, options.rows, options.files, SEED)
    else:
        world = write_examples(options.out)
        print(f"{len(world.findings)} findings planted in {options.out}")


if __name__ == "__main__":
    main()
