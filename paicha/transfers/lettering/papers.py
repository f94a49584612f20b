"""Letters as papers: what is printed of one or of many, in the office's own template or as the official sheet."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from paicha.formats.writers.letter import built_in, write_letters
from paicha.formats.writers.letter_sheet import NoFont, write_sheets
from paicha.transfers.lettering.models import Form, IntroductionLetter, LetterTemplate
from paicha.transfers.lettering.words import words_of
from paicha.transfers.unfit import Unfit

NO_FONT = (
    "这台服务器上没有中文字体，做不出 PDF：请下载 .docx 用 WPS 打印，"
    "或请管理员安装中文字体（fonts-noto-cjk），也可以把字体文件放进数据文件夹的 fonts 里，再重启网站"
)


def paper(letters: Sequence[tuple[IntroductionLetter, str]], form: Form, made_at: datetime) -> bytes:
    """The letters, each with its mark, one A4 page each. Raises Unfit where no PDF can be made."""
    words = [words_of(letter, mark) for letter, mark in letters]
    if form is Form.DOCX:
        return write_letters(template_of(letters[0][0].committee_id), words)
    try:
        return write_sheets(words, made_at, fonts_folder())
    except NoFont:
        raise Unfit(NO_FONT) from None


def fonts_folder() -> Path:
    """Where an installation may put a font of its own."""
    folder: Path = settings.FONTS
    return folder


def name_of(letters: Sequence[IntroductionLetter], form: Form) -> str:
    """The file's name: numbers and no names of people."""
    first, last = letters[0].written, letters[-1].written
    return f"介绍信{first if len(letters) == 1 else f'{first}至{last}'}.{form.name.lower()}"


def template_in_force(committee_id: UUID) -> LetterTemplate | None:
    """The office's own template; None while the built-in one is in force."""
    newest = LetterTemplate.objects.filter(committee_id=committee_id).select_related("file").order_by("-n").first()
    return newest if newest is not None and newest.file_id else None


def template_of(committee_id: UUID) -> bytes:
    """The template that letters are filled into."""
    own = template_in_force(committee_id)
    return own.file.opened() if own is not None and own.file is not None else built_in()
