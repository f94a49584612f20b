"""The words of a letter: what is frozen when it is issued, by the names that stand in the template."""

from collections.abc import Mapping
from datetime import date

from paicha.domain.introduction import Ready, Wanted, capitals, dues_words
from paicha.domain.letters import written
from paicha.transfers.lettering.models import IntroductionLetter, LetterOrigin


def facts_of(
    wanted: Wanted,
    sure: Ready,
    origin: LetterOrigin,
    committee: str,
    numbered: tuple[int, int],
    issued_on: date,
    cites: str,
) -> dict[str, str]:
    """Every word that is printed, in the names of formats.writers.letter.FIELDS but the mark. `numbered`: year and
    number; `cites`: the number of the letter that this one replaces, "" for none."""
    person = wanted.person
    return {
        "编号": written(*numbered),
        "抬头": wanted.to,
        "姓名": person.name,
        "性别": person.sex,
        "年龄": str(person.age),
        "民族": person.ethnic_group,
        "党员类别": sure.standing.label,
        "身份证号": person.id_number,
        "由": wanted.origin,
        "去": wanted.destination,
        "党费交至": dues_words(sure.dues),
        "有效期": capitals(sure.days),
        "开具日期": f"{issued_on.year}年{issued_on.month}月{issued_on.day}日",
        "本人电话": person.phone,
        "开具党委": committee,
        "通讯地址": origin.address,
        "联系电话": origin.phone,
        "传真": origin.fax,
        "邮编": origin.postcode,
        "换开": f"换开{cites}" if cites else "",
    }


def words_of(letter: IntroductionLetter, mark: str) -> Mapping[str, str]:
    """What is printed of a letter: its frozen facts, and the mark across it (副本, 作废, "" for none)."""
    return {**letter.facts, "标记": mark}
