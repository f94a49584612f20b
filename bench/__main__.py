"""`make bench`: paicha beside its peers, in one run, and docs/benchmarks.md written from it."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.machine import machine
from bench.measure import Runs, in_turns, ratio

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench/work"
PAICHA = str(Path(sys.executable).with_name("paicha"))
RULES = ("--as-of", "2023-12-15", "--home", "武汉市")
SIZES = ((10_000, 1, 3), (10_000, 100, 3), (100_000, 1, 2), (100_000, 1000, 1))  # rows, files, runs
SLOWEST_PEER_UP_TO = 10_000  # rows: django-import-export takes minutes beyond
PACKAGES = ("python-calamine", "openpyxl", "pandas", "xlsxwriter", "django", "django-import-export")


def inputs(rows: int, files: int) -> Path:
    """The generator's folder of forms for a size, made once."""
    folder = WORK / f"{rows}x{files}"
    if not folder.exists():
        generate = [sys.executable, str(ROOT / "examples/generate.py")]
        in_turns({"": [*generate, "--rows", str(rows), "--files", str(files), "--out", str(folder)]}, 1)
    return folder / "forms"


def peer(way: str, folder: Path) -> list[str]:
    out = WORK / "out" / way
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return [sys.executable, "-m", "bench.peers", way, str(folder), str(out)]


def row(name: str, people: int, runs: Runs, floor: Runs | None = None) -> str:
    beside = f"{ratio(runs, floor):.2f}" if floor and len(floor.seconds) == len(runs.seconds) else "–"
    return f"| {name} | {runs.median:.2f} | {people / runs.median:,.0f} | {runs.peak:.0f} | {beside} |"


def measure_size(people: int, files: int, times: int) -> list[str]:
    folder = inputs(people, files)
    out = str(WORK / "collated")
    commands: dict[str, Sequence[str]] = {
        "bare": peer("bare", folder),
        "check": [PAICHA, "check", str(folder), *RULES[:2]],
        "calamine+pandas": peer("calamine+pandas", folder),
        "openpyxl+pandas": peer("openpyxl+pandas", folder),
        "xlsxwriter": peer("xlsxwriter", folder),
        "collate": [PAICHA, "collate", str(folder), "--out", out, "--no-returns", *RULES],
    }
    runs = in_turns(commands, times)
    if people <= SLOWEST_PEER_UP_TO:
        runs |= in_turns({"django-import-export": peer("django-import-export", folder)}, 1)
    check, collate = runs["check"], runs["collate"]
    # What `collate` may take: that check, and the bare writing of the same cells (its own reading taken off).
    allowed = [
        c + w - b for c, w, b in zip(check.seconds, runs["xlsxwriter"].seconds, runs["bare"].seconds, strict=True)
    ]
    return [
        f"### {people:,} rows in {files:,} file{'s' if files > 1 else ''} ({times} runs)",
        "",
        "| | seconds | rows/s | peak MiB | × bare read |",
        "|---|---:|---:|---:|---:|",
        row("bare python-calamine read (the floor)", people, runs["bare"], runs["bare"]),
        row("**paicha check**", people, check, runs["bare"]),
        row("calamine + pandas", people, runs["calamine+pandas"], runs["bare"]),
        row("openpyxl + pandas", people, runs["openpyxl+pandas"], runs["bare"]),
        *[
            row(f"{name} into SQLite (one run)", people, of)
            for name, of in runs.items()
            if name == "django-import-export"
        ],
        row("bare read + XlsxWriter's bare writing", people, runs["xlsxwriter"], runs["bare"]),
        row("**paicha collate --no-returns**", people, collate, runs["bare"]),
        "",
        f"- check is {1 / ratio(check, runs['openpyxl+pandas']):.1f}× faster than openpyxl + pandas (aim 5×)",
        f"- check takes {ratio(check, runs['bare']):.2f}× the bare read (aim ≤ 3×)",
        f"- collate is {ratio(collate, Runs(allowed)):.2f}× check plus bare writing (aim ≤ 1.3×)",
        "",
    ]


def measure_returns() -> list[str]:
    folder = inputs(10_000, 100)
    out = str(WORK / "returned")
    collate = [PAICHA, "collate", str(folder), "--out", out, *RULES]
    runs = in_turns(
        {"all": collate, "without": [*collate, "--no-returns"], "openpyxl": peer("openpyxl", folder)},
        3,
    )
    own = Runs([a - b for a, b in zip(runs["all"].seconds, runs["without"].seconds, strict=True)])
    return [
        "### 退回/: 10,000 rows in 100 files, each handed back",
        "",
        f"- handing back takes {own.median:.2f} s (collate with it, less collate without)",
        f"- openpyxl's bare load and save of the same files {runs['openpyxl'].median:.2f} s",
        f"- {ratio(own, runs['openpyxl']):.2f}× (aim ≤ 1.3×)",
        "",
    ]


def measure_start() -> list[str]:
    commands = {name: [PAICHA, *name.split()[1:], "--help"] for name in ("paicha", *(f"paicha {c}" for c in COMMANDS))}
    runs = in_turns(commands, 10)
    lines = [f"| {name} --help | {of.median * 1000:.0f} |" for name, of in runs.items()]
    return ["### Start (median of 10; aim < 300 ms)", "", "| command | ms |", "|---|---:|", *lines, ""]


COMMANDS = ("template", "prepare", "check", "collate")


def main() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Whole processes in turns, median seconds; ratios are medians of paired runs; peak",
        "memory is that of the largest single process (paicha reads in a process of its own). The web site is measured",
        "by itself: [benchmarks-web.md](benchmarks-web.md).",
        "",
        machine(PACKAGES),
        "",
    ]
    lines += measure_start()
    for people, files, times in SIZES:
        lines += measure_size(people, files, times)
    lines += measure_returns()
    text = "\n".join(lines)
    (ROOT / "docs/benchmarks.md").write_text(text, encoding="utf-8")
    print(text)
    shutil.rmtree(WORK / "out", ignore_errors=True)


if __name__ == "__main__":
    main()
