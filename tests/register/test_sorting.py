"""Names in the two orders of official lists."""

import random
import time

import pytest
from pypinyin import lazy_pinyin

from paicha.register.sorting import LONGEST_PINYIN, LONGEST_STROKES, sort_keys, stroke_count, strokes_key


def by_strokes(*names: str) -> list[str]:
    shuffled = list(names)
    random.Random(7).shuffle(shuffled)
    return sorted(shuffled, key=strokes_key)


@pytest.mark.parametrize(
    ("character", "strokes"),
    [
        *[("一", 1), ("丁", 2), ("马", 3), ("王", 4), ("毛", 4), ("田", 5), ("达", 6), ("李", 7), ("张", 7), ("陈", 7)],
        *[("周", 8), ("赵", 9), ("徐", 10), ("黄", 11), ("彭", 12), ("皙", 13), ("谭", 14), ("黎", 15), ("薛", 16)],
    ],
)
def test_characters_have_the_strokes_that_mainland_print_gives_them(character: str, strokes: int) -> None:
    assert stroke_count(character) == strokes


def test_surnames_stand_in_the_order_of_official_lists() -> None:
    # From published lists of delegates: fewer strokes first; of one count 横 before 竖, 撇, 点 and 折.
    surnames = list("丁于万马王韦牛毛方尹邓石龙卢叶田史白冯吉朱任刘许孙李杨吴何张陈周郑赵黄")
    assert by_strokes(*surnames) == surnames


def test_of_one_surname_short_names_come_first_and_then_strokes_decide() -> None:
    names = ["王伟", "王一一", "王一伟", "王小丁", "王伟一", "李一", "张三"]
    assert by_strokes(*names) == names


def test_a_surname_of_two_characters_is_one_surname() -> None:
    names = ["欧红", "欧一一", "欧阳红", "欧阳一一"]
    assert by_strokes(*names) == names
    assert by_strokes("司马", "司大马") == ["司马", "司大马"]  # two characters alone: surname 司


def test_what_has_no_strokes_comes_last_and_the_dot_of_a_name_counts_for_nothing() -> None:
    assert by_strokes("王五", "㐀三", "龚三", "John") == ["王五", "龚三", "John", "㐀三"]
    assert strokes_key("阿里·木江") == strokes_key("阿里木江")
    assert strokes_key("") == ""


@pytest.mark.parametrize("name", ["张三", "阿卜杜热合曼·买买提艾力阿卜杜拉", "诸" * 60, "a" * 60])
def test_keys_fit_where_they_are_kept_and_compare_byte_by_byte(name: str) -> None:
    pinyin, strokes = sort_keys(name)
    assert len(pinyin) <= LONGEST_PINYIN
    assert len(strokes) <= LONGEST_STROKES
    assert (pinyin + strokes).isascii()


def test_surnames_are_read_as_surnames() -> None:
    assert sort_keys("单雄")[0] == "shan xiong"
    assert sort_keys("尉迟恭")[0] == "yu chi gong"


def test_given_names_are_read_as_words_where_they_are_one() -> None:
    assert sort_keys("张长江")[0] == "zhang chang jiang"
    assert sort_keys("李音乐")[0] == "li yin yue"
    assert sort_keys("吕")[0] == "lv"
    assert sort_keys("王John")[0] == "wang John"
    for given in ("小明", "重阳", "银行", "乐乐", "长", "建国", "卫东"):
        assert sort_keys("王" + given)[0] == "wang " + " ".join(lazy_pinyin(given))


def test_the_keys_of_ten_thousand_names_take_no_time() -> None:
    sort_keys("张三")
    started = time.perf_counter()
    for _ in range(10_000):
        sort_keys("欧阳小明")
    assert time.perf_counter() - started < 1
