"""A cohort of graduates in the small college of tests/college.py: its list as a workbook, and brought in."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.test import Client
from xlsxwriter import Workbook

from paicha.domain.introduction import Wanted
from paicha.organizations.models import Organization, User
from paicha.register.models import Affiliation, Member
from paicha.register.roster.models import RosterLine
from paicha.register.sorting import sort_keys
from paicha.tenancy.models import new_id
from paicha.transfers.graduating.models import Cohort, Graduate
from paicha.transfers.graduating.selectors import branch_of
from paicha.transfers.graduating.services import add_cohort
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.lettering.services import issue_to
from paicha.transfers.tracking.moving import Whom
from paicha.vault.hashing import Hashed, keyed_hash
from tests.college import TODAY, College, uploaded
from tests.world import SURVEY, id_number, row

HEADINGS = ("姓名", "身份证号", "党支部", "毕业时间", "毕业去向", "就业单位", "抬头", "转往党组织", "联系人", "手机号")
JUNE = 2023 * 12 + 5
THERE, TO = "关山社区党支部", "中共武汉市洪山区关山街道工作委员会"


def born(number: int) -> str:
    """The ID number of a made-up graduate."""
    return id_number("20010815", 2 * number + 1)


def line(
    name: str,
    number: int,
    branch: str = SURVEY,
    kind: str = "就业",
    employer: str = "江城测绘有限公司",
    organization: str = THERE,
    responsible: str = "王书记",
    **other: str,
) -> tuple[str, ...]:
    """A line of a cohort's list."""
    right = {"id": born(number), "month": "2023-06", "to": TO, "phone": f"139{number:08d}"} | other
    return (
        *(name, right["id"], branch, right["month"], kind, employer),
        *(right["to"], organization, responsible, right["phone"]),
    )


def list_bytes(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("毕业生")
    for index, texts in enumerate((headings, *lines)):
        for column, text in enumerate(texts):
            sheet.write_string(index, column, text)
    book.close()
    return out.getvalue()


def rostered(college: College, branch: Organization, name: str, number: int, joined: str = "202011") -> Member:
    """Somebody of the roster, as an upload of it leaves them."""
    cells = [str(cell) for cell in row(6, name=name, id_number=born(number), birth="200108", joined=joined).values]
    pinyin, strokes = sort_keys(name)
    with college.at_work():
        committee_id, hash_ = college.root.id, keyed_hash(Hashed.ID_NUMBER, born(number))
        member = Member(committee_id=committee_id, name=name, id_number=born(number), id_hash=hash_)
        member.save()
        affiliation = Affiliation(committee_id=committee_id, member=member, branch=branch, since=TODAY)
        affiliation.save()
        RosterLine(
            committee_id=committee_id,
            member=member,
            affiliation=affiliation,
            affiliated=True,
            cells=cells,
            name=name,
            pinyin=pinyin,
            strokes=strokes,
            sex=1,
            birth=2001 * 12 + 7,
            id_hash=hash_,
            batch_id=new_id(),
        ).save()
    return member


def cohort(college: College, name: str = "2023届") -> Cohort:
    with college.at_work():
        return add_cohort(actor=college.people["office"], name=name, month=JUNE)


def send(browser: Client, of: Cohort, content: bytes, branch: Organization | None = None) -> str:
    """Upload a cohort's list; returns the address of its preview."""
    sent = {"file": uploaded("毕业生.xlsx", content), **({"branch": str(branch.id)} if branch else {})}
    answer = browser.post(f"/graduates/{of.id}/send", sent)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def agree(browser: Client, url: str) -> str:
    """Say of the columns what the page proposes, if it asks; returns the preview."""
    page = browser.get(url, follow=True).content.decode()
    if "哪一列是什么" not in page:
        return page
    selects = re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page)
    said = {name: (re.search(r"<option selected>([^<]+)<", options) or ("", ""))[1] for name, options in selects}
    return str(browser.post(f"{url}/columns", said, follow=True).content.decode())


def apply(browser: Client, url: str, page: str = "") -> str:
    digest = re.search(r'name="digest" value="(\w+)"', page or browser.get(url).content.decode())
    return str(browser.post(f"{url}/apply", {"digest": digest[1] if digest else ""}, follow=True).content.decode())


def listed(college: College, of: Cohort, *lines: tuple[str, ...], who: str = "office") -> str:
    """Bring a list in; returns the address of the batch."""
    browser = college.client(who)
    url = send(browser, of, list_bytes(*lines), college.survey if who == "clerk" else None)
    page = agree(browser, url)
    assert "已写入" in apply(browser, url, page), page
    return url


def graduate(college: College, name: str) -> Graduate:
    with college.at_work():
        return Graduate.objects.select_related("current", "member", "cohort").get(member__name=name)


def typed(person: Graduate, **fields: str) -> dict[str, Any]:
    """A row of the table as a browser sends it: columns by the name of their Field."""
    version = person.current
    assert version is not None
    sent = {f"n-{person.id}": str(version.n)}
    return sent | {f"{name}-{person.id}": text for name, text in fields.items()}


def key(person: Graduate) -> UUID:
    return person.id


def issue_one(*, actor: User, graduate_id: UUID, wanted: Wanted, today: date) -> IntroductionLetter:
    """A letter for a graduate who stands on no register, as their page asks for it."""
    one = Graduate.objects.select_related("member").get(committee_id=actor.committee_id, id=graduate_id)
    return issue_to(actor=actor, whom=Whom(one.member, branch_of(one)), wanted=wanted, today=today)
