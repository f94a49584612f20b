"""Makes the guide's pictures and its console blocks anew, from the examples.

    python scripts/pictures.py            every `console` block and every picture (needs soffice and pdftoppm)
    python scripts/pictures.py --check    only says which blocks no longer hold what the commands print; exit 1 then

A block's lines that start with "$ " are run in their order, chapter after chapter, in one folder that holds the
examples under the names an office would give them; what they print replaces the rest of the block.
"""

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/guide"
PICTURES = GUIDE / "pictures"
SHOWN_FOLDER = "/home/bangong/排查"  # what readers see instead of the temporary folder
BLOCK = re.compile(r"(?<=^```console\n)\$ .*?(?=^```$)", re.MULTILINE | re.DOTALL)

PICTURED = "04"  # the pictures show what stands there after this chapter's commands
DPI = 130
WHITE = 0xFF
# The forms ask for the fonts that WPS has; where they are missing, these stand in, with simplified glyphs.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>%s</fontconfig>"""
STAND_INS = {
    "宋体": "Noto Serif CJK SC",
    "仿宋": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
# picture, file in the folder of the commands, page, how much of the page from above (the rest is empty or more rows)
SHOTS = (
    ("空白附件1", "附件1.xlsx", 1, 0.45),
    ("备好的名册", "备好的表/机关第一党支部.xlsx", 1, 0.50),
    ("附件1-汇总", "结果/附件1-汇总.xlsx", 4, 0.80),
    ("附件2-汇总", "结果/附件2-汇总.xlsx", 1, 0.93),
    ("附件2-上报", "结果/附件2-上报.xlsx", 1, 0.90),
    ("问题清单", "结果/问题清单.xlsx", 1, 0.90),
    ("问题清单-明细", "结果/问题清单.xlsx", 2, 0.93),
    ("请修改", "结果/退回/测绘工程学院学生党支部-07测绘工程学院学生党支部.xlsx", 1, 0.90),
    ("退回表中的颜色", "结果/退回/测绘工程学院学生党支部-07测绘工程学院学生党支部.xlsx", 2, 0.90),
    ("情况报告", "结果/情况报告.docx", 1, 0.85),
)


def main() -> int:
    """Exit code 0, or 1 where --check found a block that is out of date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        lay_out(folder)
        check, changed = "--check" in sys.argv, False
        for page in sorted(GUIDE.glob("*.md")):
            if refresh(page, folder, check):
                print(f"{page.name}: {'not what the commands print; run make pictures' if check else 'written anew'}")
                changed = True
            if page.name.startswith(PICTURED) and not check:
                PICTURES.mkdir(exist_ok=True)
                for title, source, number, share in SHOTS:
                    take(folder / source, number, share, PICTURES / f"{title}.png")
    return int(check and changed)


def lay_out(folder: Path) -> None:
    """Put the examples where the guide has them; the files' times stay, for the newest version counts."""
    shutil.copytree(ROOT / "examples/forms", folder / "收到的表")
    shutil.copy2(ROOT / "examples/branches.xlsx", folder / "党支部名单.xlsx")
    shutil.copy2(ROOT / "examples/roster.xlsx", folder / "党员名册.xlsx")


def refresh(page: Path, folder: Path, check: bool) -> bool:
    """Run the page's commands and, unless only to check, write what they print; whether that differs."""
    old = page.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda block: answer(block.group(), folder), old)
    if not check:
        page.write_text(new, encoding="utf-8")
    return new != old


def answer(block: str, folder: Path) -> str:
    """The block's commands, each followed by what it prints."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{printed(command[2:], folder)}" for command in commands)


def printed(command: str, folder: Path) -> str:
    """What one command prints: its results, else its complaint."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "COLUMNS": "120", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - the guide's own commands
        ["/bin/bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    text = (done.stdout.strip() or done.stderr.strip()).replace(str(folder), SHOWN_FOLDER)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def take(source: Path, page: int, share: float, target: Path) -> None:
    """A page of a document, as printed, without its white margins."""
    with tempfile.TemporaryDirectory() as name:
        fonts = Path(name, "fonts.conf")
        fonts.write_text(FONTS % "".join(map(stand_in, STAND_INS.items())), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{name}/profile"
        subprocess.run(  # noqa: S603
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(source)],  # noqa: S607
            env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
            check=True,
            capture_output=True,
        )
        pdf, number = str(Path(name, f"{source.stem}.pdf")), str(page)
        drawn = subprocess.run(  # noqa: S603
            ["pdftoppm", "-r", str(DPI), "-f", number, "-l", number, pdf],  # noqa: S607
            check=True,
            capture_output=True,
        ).stdout
    target.write_bytes(png(*cropped(*pixels(drawn), share)))


def stand_in(pair: tuple[str, str]) -> str:
    """A fontconfig rule: the second font where the first is asked for and missing."""
    asked, given = pair
    return f'<alias binding="same"><family>{asked}</family><accept><family>{given}</family></accept></alias>'


def pixels(ppm: bytes) -> tuple[int, int, bytes]:
    """Width, height and the RGB bytes of a binary PPM."""
    width, height = (int(number) for number in ppm.split(maxsplit=3)[1:3])
    return width, height, ppm[len(ppm) - width * height * 3 :]


def cropped(width: int, height: int, data: bytes, share: float, margin: int = 10) -> tuple[int, int, bytes]:
    """The upper `share` of the page without white rows and columns around, but `margin` pixels of them."""
    rows = [data[y * width * 3 : (y + 1) * width * 3] for y in range(int(height * share))]
    inked = [y for y, row in enumerate(rows) if row.count(WHITE) < len(row)]
    rows = rows[max(0, inked[0] - margin) : inked[-1] + 1 + margin]
    page = b"".join(rows)
    inked = [x for x in range(width) if any(page[x * 3 + c :: width * 3].count(WHITE) < len(rows) for c in range(3))]
    left, right = max(0, inked[0] - margin), min(width, inked[-1] + 1 + margin)
    return right - left, len(rows), b"".join(row[left * 3 : right * 3] for row in rows)


def png(width: int, height: int, data: bytes) -> bytes:
    """An 8-bit PNG with a palette: 16 shades a colour are enough for print, and keep the file small."""
    coarse = data.translate(bytes((value >> 4) * 17 for value in range(256)))
    triples = list(zip(coarse[0::3], coarse[1::3], coarse[2::3], strict=True))
    palette = {triple: index for index, triple in enumerate(sorted(set(triples)))}
    indices = bytes(palette[triple] for triple in triples)  # ValueError above 256 colours
    lines = b"".join(b"\0" + indices[y * width : (y + 1) * width] for y in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(value for triple in palette for value in triple))
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


if __name__ == "__main__":
    raise SystemExit(main())
