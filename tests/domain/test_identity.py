"""ID numbers, months, phones, names and ages as branches write them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.findings import Code
from paicha.domain.identity import (
    id_birth,
    id_sex,
    month_text,
    read_age,
    read_id_number,
    read_month,
    read_name,
    read_phone,
)
from paicha.domain.masking import mask_id, mask_personal, mask_phone, quote
from paicha.domain.readings import CellValue, Reading
from paicha.domain.vocabulary import Sex

Reader = Callable[[CellValue], Reading[Any]]
READERS: tuple[Reader, ...] = (read_id_number, read_month, read_phone, read_name, read_age)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**20), max_value=10**20),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=60),
    st.text("0123456789Xx.-/年月日 +()（）转０１２３８'*·•．张三Li", max_size=25),
)


def made_up_id(first_17: str) -> str:
    """The 17 places with their check character, by the plain loop of the standard (the code tested uses tables)."""
    total = sum(int(place) * (2 ** (17 - index) % 11) for index, place in enumerate(first_17))
    return first_17 + "10X98765432"[total % 11]


NUMBERS = st.builds(
    lambda division, day, sequence: made_up_id(f"{division}{day:%Y%m%d}{sequence:03}"),
    st.integers(110000, 999999),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
)
NUMBER = made_up_id("99010119780812001")


def only(reading: Reading[Any]) -> Code:
    (finding,) = reading.findings
    return finding.code


@given(NUMBERS)
def test_every_number_that_the_standard_allows_is_accepted(number: str) -> None:
    assert read_id_number(number) == Reading(number, number)


@given(NUMBERS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number: str, place: int, step: int) -> None:
    digit = "0" if number[place] == "X" else str((int(number[place]) + step) % 10)
    reading = read_id_number(number[:place] + digit + number[place + 1 :])
    assert reading.value is None
    assert reading.findings[0].code in (Code.ID_CHECKSUM, Code.ID_PRECISION)


@given(NUMBERS)
def test_no_message_holds_a_number_in_full(number: str) -> None:
    for written in (number.lower(), f" '{number}", number[:-1], number + "1", number[:6] + " " + number[6:]):
        for finding in read_id_number(written).findings:
            assert number[6:14] not in finding.message + finding.suggestion


def test_the_number_tells_sex_and_day_of_birth() -> None:
    assert id_sex(made_up_id("99010119780812001")) is Sex.MALE
    assert id_sex(made_up_id("99010119780812002")) is Sex.FEMALE
    assert id_birth(NUMBER) == date(1978, 8, 12)


@pytest.mark.parametrize(
    "written",
    [
        f"'{NUMBER}",
        f"‘{NUMBER}",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:10]}\n{NUMBER[10:]}",
        f"\u200b{NUMBER}",
        "".join(chr(ord(c) + 0xFEE0) for c in NUMBER),
    ],
)
def test_quotes_spaces_and_full_width_are_cleaned_with_a_notice(written: str) -> None:
    reading = read_id_number(written)
    assert (reading.value, reading.text) == (NUMBER, NUMBER)
    assert only(reading) is Code.NORMALISED
    assert mask_id(NUMBER) in reading.findings[0].message


def test_a_small_x_is_made_a_large_one() -> None:
    number = next(n for n in (made_up_id(f"99010119780812{k:03}") for k in range(99)) if n.endswith("X"))
    assert read_id_number(number.lower()).value == number
    assert only(read_id_number(number.lower())) is Code.NORMALISED


def test_white_space_around_a_number_is_trimmed_in_silence() -> None:
    assert read_id_number(f"\u3000{NUMBER} ") == Reading(NUMBER, NUMBER)


@pytest.mark.parametrize(
    "raw", [float(NUMBER[:15] + "000"), int(NUMBER[:15] + "000"), 4.2e17, "4.2E+17", "4.20106197808123e+17"]
)
def test_a_number_cell_has_lost_its_last_places(raw: CellValue) -> None:
    reading = read_id_number(raw)
    assert reading.value is None
    assert only(reading) is Code.ID_PRECISION


def test_a_text_that_ends_with_000_and_fails_is_the_trace_of_a_number_cell() -> None:
    stem = next(s for s in (f"9901011978081{k}" for k in range(20, 30)) if made_up_id(f"{s}00")[-1] != "0")
    reading = read_id_number(f"{stem}000")
    assert only(reading) is Code.ID_PRECISION
    assert "000" in reading.findings[0].message


@pytest.mark.parametrize("raw", ["990101780812001", 990101780812001, 990101780812001.0])
def test_fifteen_places_are_said_to_be_a_first_generation_number(raw: CellValue) -> None:
    reading = read_id_number(raw)
    assert only(reading) is Code.ID_CHECKSUM
    assert "第一代" in reading.findings[0].message
    assert "18位" in reading.findings[0].suggestion


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (NUMBER[:-1], "现有17位"),
        (NUMBER + "1", "现有19位"),
        (made_up_id("99010119780231001"), "不存在"),
        (made_up_id("99010119781301001"), "不存在"),
        ("990101********0012", "打码"),
        ("99010119780812O01X", "“O”"),
        ("身份证", "身份证"),
        (True, "不是身份证号"),
        (float("nan"), "不是身份证号"),
    ],
)
def test_each_fault_of_form_says_what_is_wrong(written: CellValue, why: str) -> None:
    reading = read_id_number(written)
    assert reading.value is None
    assert only(reading) is Code.ID_CHECKSUM
    assert why in reading.findings[0].message


def test_a_wrong_number_is_not_lost() -> None:
    assert read_id_number(f"'{NUMBER[:-1]}").text == NUMBER[:-1]


@pytest.mark.parametrize("raw", ["197808", 197808, 197808.0, " 197808 "])
def test_six_places_are_the_official_month(raw: CellValue) -> None:
    assert read_month(raw) == Reading(1978 * 12 + 7, "197808")


@pytest.mark.parametrize(
    "raw",
    [
        "1978.8",
        "1978.08",
        1978.8,
        1978.08,
        "1978-08",
        "1978/8",
        "1978 8",
        "1978年8月",
        "1978年08月15日",
        "1978-08-15 00:00:00",
        "19780815",
        19780815,
        "１９７８．８",
        date(1978, 8, 15),
        datetime.fromisoformat("1978-08-15T00:00:00"),
    ],
)
def test_a_month_written_otherwise_is_read_with_a_notice(raw: CellValue) -> None:
    reading = read_month(raw)
    assert (reading.value, reading.text) == (1978 * 12 + 7, "197808")
    assert only(reading) is Code.NORMALISED
    assert "读作“197808”" in reading.findings[0].message


def test_a_text_1978_1_is_january_but_a_number_may_be_october() -> None:
    assert read_month("1978.1").text == "197801"
    assert read_month("1978.10").text == "197810"
    reading = read_month(1978.1)
    assert only(reading) is Code.UNREADABLE
    assert "197801或197810" in reading.findings[0].suggestion


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        ("197813", "197808"),
        ("1978.2.30", "197808"),
        ("78.8", "197808"),
        (28703, "可能是197808"),
        ("28703", "可能是197808"),
        ("1978", "缺月份"),
        ("189912", "六位年月"),
        ("210101", "四位"),
        (True, "六位年月"),
    ],
)
def test_what_may_be_two_months_or_none_is_not_guessed(raw: CellValue, advice: str) -> None:
    reading = read_month(raw)
    assert reading.value is None
    assert only(reading) is Code.UNREADABLE
    assert advice in reading.findings[0].suggestion


def test_a_month_cell_full_of_spaces_is_answered_quickly() -> None:
    assert only(read_month("1978.8" + " " * 32_000 + "x")) is Code.UNREADABLE


@given(st.integers(1900 * 12, 2101 * 12 - 1))
def test_a_month_and_its_text_say_the_same(index: int) -> None:
    assert read_month(month_text(index)) == Reading(index, month_text(index))


@pytest.mark.parametrize(
    ("raw", "official"),
    [
        (13800005678, "13800005678"),
        (13800005678.0, "13800005678"),
        ("027-87654321", "027-87654321"),
        ("02787654321", "02787654321"),
        ("0716-8765432", "0716-8765432"),
        ("027-87654321-801", "027-87654321-801"),
        ("+85212345678", "+85212345678"),
    ],
)
def test_usual_phones_need_no_notice(raw: CellValue, official: str) -> None:
    assert read_phone(raw) == Reading(official, official)


@pytest.mark.parametrize(
    ("raw", "official"),
    [
        ("138 0000 5678", "13800005678"),
        ("138-0000-5678", "13800005678"),
        ("+86 13800005678", "13800005678"),
        ("008613800005678", "13800005678"),
        ("１３８００００５６７８", "13800005678"),
        ("（027）87654321", "027-87654321"),
        ("027 87654321", "027-87654321"),
        ("027—87654321", "027-87654321"),
        ("027-87654321转801", "027-87654321-801"),
        ("+86-27-87654321", "027-87654321"),
        ("+1 (415) 555-2671", "+14155552671"),
    ],
)
def test_a_phone_written_otherwise_is_brought_into_form_with_a_notice(raw: str, official: str) -> None:
    reading = read_phone(raw)
    assert (reading.value, reading.text) == (official, official)
    assert only(reading) is Code.NORMALISED
    assert official not in reading.findings[0].message


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("1380000567", "共10位"),
        ("87654321", "缺少区号"),
        (2787654321, "前面的0"),
        ("13800005678/13900005678", "两个"),
        ("138****5678", "打码"),
        ("微信同号", "不是电话号码"),
        ("12800005678", "不是手机号"),
    ],
)
def test_what_is_no_phone_stays_as_written_and_says_why(raw: CellValue, why: str) -> None:
    reading = read_phone(raw)
    assert (reading.value, reading.text) == (None, str(raw))
    assert only(reading) is Code.PHONE
    assert why in reading.findings[0].message


def test_the_dot_and_the_spaces_of_a_name_are_put_right_without_repeating_the_name() -> None:
    for written in ("阿依·买买提".replace("·", "•"), "阿依．买买提", "阿依 · 买买提", "阿依‧买买提"):
        reading = read_name(written)
        assert reading.value == "阿依·买买提"
        assert only(reading) is Code.NORMALISED
        assert "阿依" not in reading.findings[0].message
    assert read_name("张　三").text == read_name("张\n三").text == "张三"


def test_names_in_latin_letters_and_with_rare_characters_stay_as_written() -> None:
    for name in ("Anna Li", "张𠮷", "阿依·买买提·艾力", "\uf9b5三"):
        assert read_name(name) == Reading(name, name)


@pytest.mark.parametrize("raw", ["张三1", "张*", "张×三", "张XX", "三" * 51, "···", 5, date(1978, 8, 12)])
def test_what_is_no_name_is_unreadable(raw: CellValue) -> None:
    assert only(read_name(raw)) is Code.UNREADABLE


def test_an_age_is_a_whole_number_up_to_120() -> None:
    assert read_age(45) == read_age(45.0) == read_age("45") == Reading(45, "45")
    assert (read_age("45岁").value, only(read_age("45岁"))) == (45, Code.NORMALISED)
    for raw in (121, -1, 45.5, "四十五", True):
        assert only(read_age(raw)) is Code.UNREADABLE


def test_masks_show_the_ends_only() -> None:
    assert mask_id("99010119780812001X") == "990101********001X"
    assert mask_phone("13800005678") == "138****5678"
    assert mask_phone("027-87654321") == "027-****4321"
    text = f"电话13800005678，证{NUMBER}，2023-12-15，20231215"
    assert mask_personal(text) == f"电话138****5678，证{mask_id(NUMBER)}，2023-12-15，20231215"
    assert quote("138.0000.5678") == "“138****5678”"
    assert quote("138、0000、5678") == quote("138－0000－5678") == "“138****5678”"
    assert quote(f"{NUMBER[:10]} {NUMBER[10:]}") == f"“{mask_id(NUMBER)}”"
    assert mask_id("13800005678") == "138****5678", "a phone in the wrong column"
    assert quote("很" * 40) == f"“{'很' * 30}…”"


@given(NUMBERS, st.text(max_size=10))
def test_no_text_shows_an_id_number_through_the_mask(number: str, around: str) -> None:
    assert number not in mask_personal(f"{around}{number}{around}")


@given(CELLS)
def test_reading_never_raises_and_official_text_reads_as_itself(raw: CellValue) -> None:
    for reader in READERS:
        reading = reader(raw)
        if reading.value is not None:
            assert reader(reading.text) == Reading(reading.value, reading.text)
