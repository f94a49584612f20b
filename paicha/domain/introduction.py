"""介绍信: what a letter says and what it still wants, the capital numerals it is dated in, and the state in which it
stands in the book (notice 二.2; domain.md, Transfer: Letter). The form is the 《中国共产党党员组织关系介绍信》 in three
parts, 存根, 介绍信 and 回执, which asks for capital numerals in the month of the dues and in the days that it holds, so
that nobody can alter them.

>>> capitals(60), capitals(12), dues_words(2023 * 12 + 11)
('陆拾', '壹拾贰', '贰零贰叁年壹拾贰月')
>>> missing(Wanted("关山街道党工委", "关山社区党支部", "测绘支部", None, None, None, Person("张三", "男", 45, "汉族")))
('身份证号', '本人联系电话', '去向', '党费交至的年月', '正式还是预备党员')
"""

from dataclasses import dataclass, fields
from datetime import date

from paicha.domain.divisions import Direction
from paicha.domain.identity import read_id_number
from paicha.domain.letters import DEFAULT, LONGEST, Letter, Stage, missing_for_reissue
from paicha.domain.vocabulary import Labelled

DIGITS = "零壹贰叁肆伍陆柒捌玖"
TITLE = "中国共产党党员组织关系介绍信"
DUES_AHEAD, DUES_BACK = 12, 60  # months: paid in advance for a year at most; in arrears for five


class Standing(Labelled):
    """Whether a full or a probationary member: the register does not say, the letter must."""

    FULL = 1, "正式"
    PROBATIONARY = 2, "预备"


class Void(Labelled):
    """Why a letter is void. A number that was given stays used, whatever the reason."""

    MISWRITTEN = 1, "写错了，要重开"
    LOST = 2, "遗失了，要补开"
    UNUSED = 3, "不用了"


class LetterState(Labelled):
    """How a letter stands in the book; MISSING is a number for which there is none."""

    VALID = 1, "有效"
    EXPIRED = 2, "已过期"
    RECEIVED = 3, "已回执"
    REPLACED = 4, "已换开"
    ENDED = 5, "未办成"
    VOID = 6, "作废"
    MISSING = 7, "缺号"


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the letter names them, in the words that are printed; `age` in full years by months."""

    name: str = ""
    sex: str = ""
    age: int | None = None
    ethnic_group: str = ""
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a letter in place of another rests on: whether it is a graduate's, what the branch states (情况说明), what
    the member applied for (申请)."""

    graduate: bool = False
    statement: str = ""
    application: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter as it is asked for. `to` is whom it is addressed to (抬头), `destination` where the affiliation goes
    (去), `origin` whence (由); `dues` the month up to which they are paid, as year × 12 + month − 1; `days` None: by
    the direction."""

    to: str
    destination: str
    origin: str
    direction: Direction | None
    dues: int | None
    standing: Standing | None
    person: Person
    days: int | None = None
    grounds: Grounds = Grounds()


OF_PERSON = {
    "name": "姓名",
    "sex": "性别",
    "age": "年龄",
    "ethnic_group": "民族",
    "id_number": "身份证号",
    "phone": "本人联系电话",
}
OF_LETTER = {
    "to": "抬头",
    "destination": "转往的党组织",
    "origin": "原所在党支部",
    "direction": "去向",
    "dues": "党费交至的年月",
    "standing": "正式还是预备党员",
}


def missing(wanted: Wanted) -> tuple[str, ...]:
    """What is still wanted before a letter can be issued, by its Chinese name; () when it is complete. An ID number
    that is not right is as good as none."""
    person, number = wanted.person, wanted.person.id_number
    lacking = [OF_PERSON[part.name] for part in fields(person) if getattr(person, part.name) in ("", None)]
    if number and read_id_number(number).value is None:
        lacking.append(OF_PERSON["id_number"])
    return (*lacking, *(words for name, words in OF_LETTER.items() if getattr(wanted, name) in ("", None)))


@dataclass(frozen=True, slots=True)
class Ready:
    """Of a letter that can be issued, what was asked for and may not be left open."""

    direction: Direction
    dues: int
    standing: Standing
    days: int


def ready(wanted: Wanted, today: date) -> Ready:
    """A letter that can be issued today. Raises ValueError with what is missing or cannot be, in Chinese."""
    direction, dues, standing = wanted.direction, wanted.dues, wanted.standing
    lacking, wrong = missing(wanted), _unfit(wanted, today)
    if lacking or direction is None or dues is None or standing is None:
        raise ValueError(f"还缺：{'、'.join(lacking)}")
    if wrong:
        raise ValueError(wrong)
    return Ready(direction, dues, standing, DEFAULT.days(direction) if wanted.days is None else wanted.days)


def _unfit(wanted: Wanted, today: date) -> str:
    """What cannot be in a letter of this day, in one sentence; "" where it can be."""
    month = today.year * 12 + today.month - 1
    if wanted.days is not None and not 1 <= wanted.days <= LONGEST:
        return f"有效期是 1 到 {LONGEST} 天"
    if wanted.dues is not None and not month - DUES_BACK <= wanted.dues <= month + DUES_AHEAD:
        return "党费交至的年月不对：应在近五年到今后一年之间"
    return ""


def wanted_to_replace(void: Void | None, first_issued: date, today: date, grounds: Grounds) -> tuple[str, ...]:
    """What a letter in place of another still wants. One that was written wrongly is written again without more ado;
    of one that expired (`void` None) or was lost see `missing_for_reissue`; `first_issued`: the first of its line."""
    if void is Void.MISWRITTEN:
        return ()
    return missing_for_reissue(
        first_issued,
        today,
        graduate=grounds.graduate,
        statement=bool(grounds.statement),
        application=bool(grounds.application),
    )


def state_of(letter: Letter, stage: Stage, today: date, *, void: bool, replaced: bool) -> LetterState:
    """How a letter stands: `stage` is its transfer's, `replaced` whether another letter or sending came after it."""
    if void:
        return LetterState.VOID
    if replaced:
        return LetterState.REPLACED
    if stage is Stage.RECEIVED:
        return LetterState.RECEIVED
    if stage.over:
        return LetterState.ENDED
    return LetterState.EXPIRED if stage is Stage.EXPIRED or letter.expired(today) else LetterState.VALID


def capitals(number: int) -> str:
    """A number from 1 to 99 in capital numerals, as the form asks. Raises ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError("大写只到玖拾玖")
    tens, ones = divmod(number, 10)
    return (f"{DIGITS[tens]}拾" if tens else "") + (DIGITS[ones] if ones else "")


def dues_words(dues: int) -> str:
    """A month (year × 12 + month − 1) in capital numerals."""
    year, month = divmod(dues, 12)
    return "".join(DIGITS[int(digit)] for digit in str(year)) + f"年{capitals(month + 1)}月"
