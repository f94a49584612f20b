"""Places of residence as branches write them, and the direction counted from Wuhan."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.division_names import stem
from paicha.domain.divisions import Direction, Division, Level, direction, find_home, parse_residence
from paicha.domain.gazetteer import STREETS_CODE, divisions, find_division, former_divisions, streets

WUHAN = find_home("武汉市")
COUNTIES = [division for division in divisions().values() if not division.has_counties]
PREFECTURES = [division for division in divisions().values() if division.level is Level.PREFECTURE]
WORDS = [
    "湖北",
    "省",
    "武汉",
    "市",
    "洪山",
    "区",
    "县",
    "街道",
    "社区",
    "吉林",
    "朝阳",
    "恩施",
    "*",
    "12号",
    " ",
    "-",
    "大学",
]


def uppers(division: Division) -> list[Division]:
    codes = (division.code[:2] + "0000", division.code[:4] + "00")
    return [divisions()[code] for code in codes if code in divisions() and code != division.code]


def place(text: str) -> str:
    """The full name of the division that a text names for certain; "" for none."""
    division = parse_residence(text).division
    return division.full_name if division else ""


def candidates(text: str) -> list[str]:
    return [division.full_name for division in parse_residence(text).candidates]


# ------------------------------------------------------------------------------------------ texts that are certain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("湖北省武汉市洪山区", "湖北省武汉市洪山区"),
        ("武汉市洪山区", "湖北省武汉市洪山区"),
        ("湖北武汉洪山关山街道", "湖北省武汉市洪山区关山街道"),
        ("洪山区关山街道", "湖北省武汉市洪山区关山街道"),
        ("长春市朝阳区", "吉林省长春市朝阳区"),
        ("广东深圳南山区粤海街道", "广东省深圳市南山区粤海街道"),
        ("内蒙古呼和浩特赛罕区", "内蒙古自治区呼和浩特市赛罕区"),
        ("北京市朝阳区望京街道", "北京市朝阳区望京街道"),
        ("北京市北京市朝阳区", "北京市朝阳区"),
        ("北京市市辖区朝阳区", "北京市朝阳区"),
        ("重庆市县云阳县", "重庆市云阳县"),
        ("湖北省仙桃市沙嘴街道", "湖北省仙桃市沙嘴街道"),
        ("湖北省省直辖县级行政区划潜江市", "湖北省潜江市"),
        ("湖北省直辖潜江", "湖北省潜江市"),
        ("广东省东莞市南城街道", "广东省东莞市南城街道"),
        ("湖北省恩施州恩施市", "湖北省恩施土家族苗族自治州恩施市"),
        ("四川乐山市中区", "四川省乐山市市中区"),
        ("吉林市船营区", "吉林省吉林市船营区"),
        ("吉林船营区", "吉林省吉林市船营区"),
        ("吉林省吉林市", "吉林省吉林市"),
        ("海南州共和县", "青海省海南藏族自治州共和县"),
        ("乌海市海南区", "内蒙古自治区乌海市海南区"),
        ("海南三亚市吉阳区", "海南省三亚市吉阳区"),
        ("河南县", "青海省黄南藏族自治州河南蒙古族自治县"),
        ("巴林左旗", "内蒙古自治区赤峰市巴林左旗"),
        ("九龙坡区", "重庆市九龙坡区"),
        ("社旗县", "河南省南阳市社旗县"),
        ("合肥市高新区", "安徽省合肥市合肥高新技术产业开发区"),
        ("上海浦东", "上海市浦东新区"),
        ("北京海淀中关村", "北京市海淀区"),
        ("武汉洪山关山大道1号", "湖北省武汉市洪山区"),
        ("河北雄安新区容城县", "河北省保定市容城县"),
        ("克州阿图什", "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿图什市"),
        ("现居住地：武汉市洪山区", "湖北省武汉市洪山区"),
    ],
)
def test_levels_and_the_words_for_their_kinds_may_be_left_out(text: str, name: str) -> None:
    assert place(text) == name
    assert candidates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "湖北省 武汉市 洪山区",
        "湖北省　武汉市\n洪山区",
        "湖北省-武汉市/洪山区",
        "湖北省，武汉市，洪山区",
        "中国湖北省武汉市洪山区",
        "湖北省武汉市洪山区幸福路１号",
        "420111",
        "420111000000",
    ],
)
def test_spaces_separators_the_country_details_and_codes_do_not_matter(text: str) -> None:
    assert place(text) == "湖北省武汉市洪山区"


def test_the_detail_is_what_follows_the_county() -> None:
    assert parse_residence("湖北省武汉市洪山区关山街道幸福社区12号").detail == "关山街道幸福社区12号"
    assert parse_residence("湖北省-武汉市-洪山区-幸福路3-402").detail == "幸福路3-402"


def test_a_street_that_is_the_only_one_of_its_name_in_the_prefecture_settles_the_county() -> None:
    assert place("武汉市关山街道") == "湖北省武汉市洪山区关山街道"
    assert place("武汉市东湖新技术开发区关东街道") == "湖北省武汉市洪山区关东街道"
    assert place("关山街道") == ""


def test_a_county_as_the_form_prints_it_is_the_district() -> None:
    residence = parse_residence("湖北省武汉市洪山县关山街道")
    assert residence.division == find_division("420111002")
    assert residence.former == "洪山县按洪山区读取"


# ---------------------------------------------------------------------------------------- texts that leave it open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("朝阳区", ["北京市朝阳区", "吉林省长春市朝阳区"]),
        ("朝阳区望京街道", ["北京市朝阳区", "吉林省长春市朝阳区"]),
        ("西湖区", ["浙江省杭州市西湖区", "江西省南昌市西湖区"]),
        ("中山", ["辽宁省大连市中山区", "广东省中山市"]),
        ("湖北省长沙市岳麓区", ["湖北省", "湖南省长沙市岳麓区"]),
        ("湖北省岳麓区", ["湖北省", "湖南省长沙市岳麓区"]),
        ("长春市洪山区", ["吉林省长春市", "湖北省武汉市洪山区"]),
        ("黑山", ["辽宁省锦州市黑山县"]),
    ],
)
def test_ambiguous_and_contradictory_texts_are_not_guessed(text: str, names: list[str]) -> None:
    assert parse_residence(text).division is None
    assert candidates(text) == names
    assert direction(parse_residence(text), WUHAN) is None


@pytest.mark.parametrize("text", ["恩施", "湖北恩施"])
def test_what_candidates_have_in_common_is_certain(text: str) -> None:
    residence = parse_residence(text)
    assert place(text) == "湖北省恩施土家族苗族自治州"
    assert len(residence.candidates) == 2
    assert not residence.to_county


@pytest.mark.parametrize(
    "text", ["", " ", "无", "*省*市*县* 街道*社区", "不详", "南京东路1号", "西藏中路", "北京大学", "香港中路", "12345"]
)
def test_what_names_no_place_gives_nothing_known(text: str) -> None:
    residence = parse_residence(text)
    assert (residence.division, residence.abroad, residence.candidates) == (None, None, ())
    assert not residence.to_county
    assert direction(residence, WUHAN) is None


@pytest.mark.parametrize("text", ["武汉市武汉大学", "武汉江汉路1号", "湖北省武汉市洪山广场"])
def test_a_word_that_begins_like_a_county_is_none(text: str) -> None:
    assert place(text) == "湖北省武汉市"
    assert not parse_residence(text).to_county


@pytest.mark.parametrize(
    ("text", "name"), [("吉林", "吉林省"), ("海南", "海南省"), ("河南", "河南省"), ("内蒙古", "内蒙古自治区")]
)
def test_a_bare_province_is_the_province(text: str, name: str) -> None:
    assert place(text) == name


# --------------------------------------------------------------------------------------------- former names, abroad


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("襄樊市", "湖北省襄阳市", "襄樊市已更名为襄阳市"),
        ("襄阳市襄阳区", "湖北省襄阳市襄州区", "襄阳区已更名为襄州区"),
        ("湖北省襄阳县", "湖北省襄阳市襄州区", "襄阳县已更名为襄州区"),
        ("湖北省黄冈市黄州市", "湖北省黄冈市黄州区", "黄州市已改为黄州区"),
        ("湖北省荆沙市沙市区", "湖北省荆州市沙市区", "荆沙市已更名为荆州市"),
        ("四川省江津市", "重庆市江津区", "江津市已改为江津区"),
        ("四川省重庆市江津县", "重庆市江津区", "重庆市已设为直辖市；江津县已改为江津区"),
        ("宣武区", "北京市西城区", "宣武区已并入北京市西城区"),
        ("北京市崇文区", "北京市东城区", "崇文区已并入北京市东城区"),
        ("天津市蓟县", "天津市蓟州区", "蓟县已改为蓟州区"),
        ("安徽省巢湖市无为县", "安徽省芜湖市无为市", "巢湖市已撤销；无为县已改为无为市"),
        ("伊春市美溪区", "黑龙江省伊春市伊美区", "美溪区已并入黑龙江省伊春市伊美区"),
        ("山东省莱芜市莱城区", "山东省济南市莱芜区", "莱芜市已并入山东省济南市；莱城区已更名为莱芜区"),
        ("思茅地区", "云南省普洱市", "思茅地区已更名为普洱市"),
        ("341402", "安徽省合肥市巢湖市", "区划代码341402：居巢区已更名为巢湖市"),
    ],
)
def test_former_names_and_codes_are_read_with_a_note(text: str, name: str, note: str) -> None:
    assert place(text) == name
    assert parse_residence(text).former == note


def test_a_county_that_was_shared_out_is_not_guessed() -> None:
    assert place("杭州市江干区") == "浙江省杭州市"


def test_a_present_name_is_meant_unless_a_county_of_its_former_bearer_follows() -> None:
    assert place("安徽省巢湖市") == "安徽省合肥市巢湖市"
    assert place("安徽省巢湖市和县") == "安徽省马鞍山市和县"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("香港", "香港"),
        ("香港特别行政区", "香港"),
        ("中国香港九龙", "香港"),
        ("九龙", "香港"),
        ("澳门", "澳门"),
        ("台湾省台北市", "台湾"),
        ("美国", "美国"),
        ("日本东京", "日本"),
        ("英国伦敦", "英国"),
        ("国外", "境外"),
        ("境外", "境外"),
        ("海外", "境外"),
        ("蒙古", "蒙古"),
        ("蒙古国乌兰巴托", "蒙古"),
        ("也门", "也门"),
        ("刚果（金）", "刚果（金）"),
    ],
)
def test_abroad_the_name_suffices(text: str, name: str) -> None:
    residence = parse_residence(text)
    assert (residence.abroad, residence.division) == (name, None)
    assert residence.to_county
    assert not residence.coarse
    assert direction(residence, WUHAN) is Direction.OUTSIDE_PROVINCE


@pytest.mark.parametrize("text", ["内蒙古", "九龙县", "巴林右旗", "黑山县", "九龙湖街道", "罗马花园3栋"])
def test_a_chinese_place_that_begins_like_one_abroad_is_not_abroad(text: str) -> None:
    assert parse_residence(text).abroad is None


# --------------------------------------------------------------------------------------- to the county, and coarse


@pytest.mark.parametrize("text", ["东莞市", "广东中山", "湖北省仙桃市", "嘉峪关", "洪山区", "620201"])
def test_the_county_is_known_or_there_is_none_to_know(text: str) -> None:
    assert parse_residence(text).to_county


@pytest.mark.parametrize(
    ("text", "coarse"),
    [
        ("湖北省武汉市洪山区", True),
        ("湖北省武汉市洪山区*街道*社区", True),
        ("东莞市", True),
        ("", True),
        ("湖北省武汉市洪山区关山街道", False),
        ("湖北省武汉市洪山区幸福路1号", False),
        ("420111002", False),
        ("东莞市虎门镇", False),
    ],
)
def test_coarse_means_that_nothing_follows_the_county(text: str, coarse: bool) -> None:
    assert parse_residence(text).coarse is coarse


# -------------------------------------------------------------------------------------------------- direction, home


@pytest.mark.parametrize(
    ("home", "text", "letter"),
    [
        ("武汉市", "湖北省武汉市洪山区", "V"),
        ("湖北省武汉市洪山区", "武汉市江夏区", "V"),
        ("武汉市", "湖北省仙桃市", "W"),
        ("武汉市", "湖北恩施", "W"),
        ("仙桃市", "湖北省潜江市", "W"),
        ("仙桃市", "湖北省仙桃市", "V"),
        ("济源市", "河南省焦作市", "W"),
        ("海口市", "海南省琼海市", "W"),
        ("石河子市", "新疆五家渠市", "W"),
        ("重庆市渝中区", "重庆市云阳县", "V"),
        ("北京市", "北京市延庆区", "V"),
        ("武汉市", "湖南省", "X"),
        ("武汉市", "广东省东莞市", "X"),
        ("武汉市", "台湾省台北市", "X"),
    ],
)
def test_direction_by_the_notice(home: str, text: str, letter: str) -> None:
    found = direction(parse_residence(text), find_home(home))
    assert found is not None
    assert found.letter == letter


def test_the_same_province_without_a_prefecture_settles_no_direction() -> None:
    assert direction(parse_residence("湖北省"), WUHAN) is None


@pytest.mark.parametrize(("member", "label"), list(zip(Direction, ["市州内", "市外省内", "省外"], strict=True)))
def test_direction_has_the_notice_s_label(member: Direction, label: str) -> None:
    assert member.label == label


@pytest.mark.parametrize("text", ["420100", "4201", "武汉市", "武汉", "湖北省武汉市", " 武汉市 "])
def test_home_by_code_or_name(text: str) -> None:
    assert find_home(text) is WUHAN


def test_home_by_former_code_or_name() -> None:
    assert find_home("襄樊市").code == "420600"
    assert find_home("341402").code == "340181"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("朝阳区", "北京市朝阳区、吉林省长春市朝阳区"),
        ("42", "请写到市州或县"),
        ("湖北省", "请写到市州或县"),
        ("大学城", "不是已知的区划"),
        ("武汉市某处", "不是已知的区划"),
        ("9999", "不是已知的区划"),
        ("", "不是已知的区划"),
        ("日本", "不是已知的区划"),
    ],
)
def test_home_that_is_no_prefecture_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find_home(text)


# ------------------------------------------------------------------------------------------------- the whole tables


def test_every_division_written_in_full_is_itself() -> None:
    assert len(COUNTIES) == 2978
    assert [d.full_name for d in divisions().values() if parse_residence(d.full_name).division is not d] == []


def test_every_county_with_words_left_out_is_itself_or_left_open() -> None:
    wrong = []
    for county in COUNTIES:
        short_uppers = "".join(stem(upper.name) for upper in uppers(county))
        for text in (short_uppers + county.name, short_uppers + stem(county.name), county.name):
            residence = parse_residence(text)
            if residence.division is not county and county not in residence.candidates:
                wrong.append(text)
    assert wrong == []


def test_every_street_written_in_full_is_itself() -> None:
    codes = {STREETS_CODE.get(county.code, county.code) for county in COUNTIES}
    every = [street for code in codes for street in streets(code)]
    assert len(every) > 41_000
    assert [street.full_name for street in every if parse_residence(street.full_name).division != street] == []


def test_every_former_county_names_its_successor_where_it_lay_or_what_contains_it() -> None:
    wrong = []
    for row in former_divisions():
        if row.present and row.present.level is Level.COUNTY:
            residence = parse_residence("".join(upper.name for upper in uppers(row.present)) + row.name)
            if residence.division is None or not residence.division.contains(row.present):
                wrong.append((row.name, row.present.full_name, residence.division))
    assert wrong == []


# ---------------------------------------------------------------------------------------------------- for any text


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map("".join), st.text("0123456789", max_size=13)))
def test_no_text_raises(text: str) -> None:
    residence = parse_residence(text)
    direction(residence, WUHAN)
    assert residence.text == text
    assert not (residence.division and residence.abroad)


@given(st.sampled_from(COUNTIES), st.text("幸福路社区0123456789号", max_size=8))
def test_a_county_stays_itself_whatever_follows(county: Division, detail: str) -> None:
    division = parse_residence(county.full_name + detail).division
    assert division is not None
    assert county.contains(division)


@given(st.sampled_from(COUNTIES))
def test_whoever_lives_at_home_is_within_the_prefecture(county: Division) -> None:
    residence = parse_residence(county.full_name)
    assert direction(residence, county) is Direction.WITHIN_PREFECTURE


@given(st.sampled_from(PREFECTURES), st.sampled_from(PREFECTURES))
def test_direction_is_the_same_there_and_back(one: Division, other: Division) -> None:
    there = direction(parse_residence(one.full_name), other)
    assert there is direction(parse_residence(other.full_name), one)


def test_a_very_long_text_is_read_like_any_other() -> None:
    assert place("武汉市" * 10_000) == "湖北省武汉市"


def test_a_hundred_thousand_addresses_take_about_a_second() -> None:
    texts = [f"湖北省武汉市洪山区关山街道幸福社区{number}号" for number in range(20_000)]
    parse_residence(texts[0])
    start = time.process_time()
    for text in texts:
        parse_residence(text)
    assert time.process_time() - start < 1.0  # five times what it takes, for slow machines
