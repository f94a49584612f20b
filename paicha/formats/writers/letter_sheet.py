"""介绍信 as PDF: the official sheet, set by Typst. Its wheel brings no Chinese font: one must be on the machine."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import cast

import typst

from paicha.formats.readers.parts import without_controls

BODY_FONTS = ("FangSong", "STFangsong", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
TITLE_FONTS = ("SimSun", "NSimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC")
ANY_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Zen Hei", "SimHei", "PingFang SC")


class NoFont(Exception):
    """No Chinese font is on this machine: the letters would be empty boxes."""


def write_sheets(letters: Sequence[Mapping[str, str]], made_at: datetime, folder: Path | None = None) -> bytes:
    """The letters as one PDF, each on an A4 page. `letters`: letter.FIELDS → words; `made_at` stands in the file's
    properties; `folder`: fonts beside those of the machine. Raises NoFont."""
    clean = [{name: without_controls(text).replace("\n", " ") for name, text in one.items()} for one in letters]
    fonts, there = _fonts(folder)
    body, title = ([name for name in (*wanted, *ANY_FONTS) if name in there] for wanted in (BODY_FONTS, TITLE_FONTS))
    if not body:
        raise NoFont
    compiler = typst.Compiler(_source(), font_paths=fonts, ignore_system_fonts=True)
    inputs = {"letters": json.dumps(clean), "fonts": json.dumps({"body": body, "title": title or body})}
    when = made_at.replace(microsecond=0)
    return cast(bytes, compiler.compile(format="pdf", sys_inputs=inputs, timestamp=when, pdf_tags=False))


def has_font(folder: Path | None = None) -> bool:
    """Whether PDFs can be made on this machine."""
    return bool(_fonts(folder)[1] & {*BODY_FONTS, *TITLE_FONTS, *ANY_FONTS})


@lru_cache(maxsize=4)
def _fonts(folder: Path | None) -> tuple[typst.Fonts, frozenset[str]]:
    """The fonts of the machine and of a folder, looked for once: it takes half a second."""
    paths = [str(folder)] if folder is not None and folder.is_dir() else []
    found = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=paths)
    return found, frozenset(found.families())


@lru_cache(maxsize=1)
def _source() -> bytes:
    return (files("paicha.formats") / "data" / "letter.typ").read_bytes()
