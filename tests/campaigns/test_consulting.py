"""请示: a branch asks, the office answers, what concerns all is published without names (notice 四.3)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.consulting.services import Unfit, answer, ask, publish, withdraw
from tests.campaigns.world import deployed, unit
from tests.college import College


def asked(college: College, *, major: bool = False, about: object = None) -> Consultation:
    ours = unit(college, deployed(college), college.survey)
    with college.at_work():
        return ask(
            actor=college.people["clerk"], unit_id=ours.id, member_id=about, question="外出进修算不算流出", major=major
        )


def test_a_major_problem_stands_on_top_of_the_office_s_home_page(college: College) -> None:
    asked(college, major=True)
    page = college.client("head").get("/").content.decode()
    assert "1 条重大问题等答复" in page
    assert page.index("重大问题") < page.index("工作方案")


def test_an_answer_is_published_to_all_branches_without_names(college: College) -> None:
    entry = college.add(college.survey, name="张三")
    question = asked(college, about=entry.member_id)
    office = college.people["office"]
    with college.at_work():
        with pytest.raises(Unfit, match="先答复"):
            publish(actor=office, consultation_id=question.id, question="问", text="答")
        answer(actor=office, consultation_id=question.id, text="算")
    browser = college.client("office")
    named = browser.post(
        f"/consultations/{question.id}", {"publish": "1", "public_question": "张三进修", "public_answer": "算"}
    )
    assert named.status_code == 422
    assert "有党员姓名" in named.content.decode()
    browser.post(
        f"/consultations/{question.id}", {"publish": "1", "public_question": "进修？", "public_answer": "算流出"}
    )
    theirs = unit(college, question.unit.campaign, college.computing)
    page = college.client("secretary").get(f"/units/{theirs.id}/consultations").content.decode()
    assert "算流出" in page
    assert "张三" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("和李四一样的算", "有党员姓名：李四"),
        ("打电话13800001234问", "像是有身份证号或电话"),
        ("110101199001011234算", "像是有身份证号或电话"),
    ],
)
def test_nobody_else_s_name_and_no_number_is_published(college: College, text: str, said: str) -> None:
    college.add(college.computing, name="李四")
    question, browser = asked(college), college.client("office")
    address = f"/consultations/{question.id}"
    browser.post(address, {"answer": "算"})
    posted = {"publish": "1", "public_question": "进修？", "public_answer": text}
    refused = browser.post(address, posted)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    with college.at_work():
        assert Consultation.objects.get().published_at is None
    confirmed = browser.post(address, posted | {"no_names": "yes"})
    assert confirmed.status_code == (302 if "李四" in text else 422)


def test_an_answered_question_is_not_withdrawn_and_a_withdrawn_one_not_answered(college: College) -> None:
    question = asked(college)
    with college.at_work():
        withdraw(actor=college.people["clerk"], consultation_id=question.id)
        with pytest.raises(Unfit, match="已经撤回"):
            answer(actor=college.people["office"], consultation_id=question.id, text="算")


def test_a_question_without_words_is_refused(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    answered = college.client("clerk").post(f"/units/{ours.id}/consultations", {"question": " "})
    assert answered.status_code == 422
    assert "请写明要请示什么" in answered.content.decode()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_who_ask_at_once_get_two_numbers(transactional_db: None, college: College) -> None:
    ours = unit(college, deployed(college), college.survey)

    def write(n: int) -> int:
        try:
            with college.at_work():
                clerk = college.people["clerk"]
                return ask(actor=clerk, unit_id=ours.id, member_id=None, question=f"问题{n}", major=False).n
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(8))) == list(range(1, 9))
