"""An import is taken back as one batch, but nobody whose transfer was begun since goes with it: a letter would be on
its way for somebody who belongs nowhere (notice 二.2)."""

from paicha.domain.divisions import Direction
from paicha.domain.introduction import LetterState
from paicha.domain.letters import Stage
from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.graduating.services import move
from paicha.transfers.lettering.selectors import letters_with_states
from paicha.transfers.tracking.moving import Step
from paicha.transfers.tracking.selectors import counts
from tests.college import TODAY, College, form_bytes
from tests.register.test_importing import apply, send
from tests.register.test_roster_importing import imported, person
from tests.transfers.graduates import cohort, graduate, line, listed
from tests.transfers.world import THERE, lettered, ready_for_letters
from tests.world import id_number, row


def undone(college: College, url: str) -> str:
    return college.client("office").post(f"{url}/undo", follow=True).content.decode()


def register_imported(college: College, *numbers: int) -> str:
    """A branch's register comes in; returns the address of the batch."""
    browser = college.client("office")
    url = send(browser, "/uploads", survey=form_bytes(*(row(number, name=f"党员{number}") for number in numbers)))
    assert "新增" in apply(browser, url)
    return url


def test_a_graduate_whose_letter_is_on_its_way_stays_on_the_roster(college: College) -> None:
    url = imported(college, person("留下的", 6), person("退出的", 7))
    listed(college, cohort(college), line("留下的", 6, id=id_number(sequence=13)))
    one = graduate(college, "留下的")
    with college.at_work():
        sent = Step(Stage.UNDERWAY, TODAY, "", THERE, "", Direction.WITHIN_PREFECTURE)
        move(actor=college.people["clerk"], graduate_id=one.id, step=sent, today=TODAY)
    told = undone(college, url)
    assert "退出 1 人" in told
    assert "1 人在导入后又有改动或正在转接，没有动：留下的" in told
    with college.at_work():
        assert list(Affiliation.objects.filter(until=None).values_list("member_id", flat=True)) == [one.member_id]
        assert counts(college.root.id, [college.survey.id], TODAY)["underway"] == 1


def test_somebody_of_the_register_with_a_letter_stays_on_it(college: College) -> None:
    ready_for_letters(college)
    url = register_imported(college, 6, 7)
    with college.at_work():
        entry = RegisterEntry.objects.get(current__name="党员6")
    lettered(college, entry)
    told = undone(college, url)
    assert "退出 1 人" in told
    assert "没有动：党员6" in told
    with college.at_work():
        entry.refresh_from_db()
        assert entry.closed_on is None
        assert Affiliation.objects.filter(member=entry.member_id, until=None).exists()
        assert letters_with_states(college.root.id, entry.member_id, TODAY)[0].state is LetterState.VALID
