"""What a member who is away is advised to: to transfer the affiliation (notice 二.2) or to report in (二.3), with
clause and reason. Facts are three-valued: what decides and is unknown is asked for, never assumed. A person decides.

>>> settled = Facts(household=True, long_resident=True, retired=False)
>>> advise(settled).course.label, advise(settled).clause
('应当督促转移', '通知 二.2')
>>> advise(Facts(retired=False, work=Work.UNSTABLE)).missing
('是否在流入地长期居住',)
"""

from collections.abc import Iterator
from dataclasses import dataclass

from paicha.domain.vocabulary import Labelled, Reason

TRANSFER, REPORT_IN = "通知 二.2", "通知 二.3"
EARLIEST_RETIREMENT = 45  # years; nobody retires earlier (国发〔1978〕104号), so younger ones are not asked


class Work(Labelled):
    """现在的工作或学习. Study counts as stable work: a school has an organisation or has not."""

    STABLE = 1, "工作相对稳定"
    UNSTABLE = 2, "工作不太稳定、流动较为频繁"
    STUDY = 3, "在校学习"
    NONE = 4, "没有工作"


class Destination(Labelled):
    """毕业去向 of a graduate: each has one, and somebody responsible (notice 二.2, 高校毕业生党员)."""

    STUDY = 1, "升学"
    WORK = 2, "就业"
    SEEKING = 3, "待业"
    ARMY = 4, "参军"
    ABROAD = 5, "出国"
    UNKNOWN = 6, "不详"


class Course(Labelled):
    """What is advised."""

    MUST_URGE = 1, "应当督促转移"
    ENCOURAGE = 2, "鼓励、支持和引导转移（自愿）"
    REPORT_IN = 3, "督促引导报到"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody away; None: not known. `household`: 户籍 is at the destination; `home`: a home is
    bought there; `retired`: 离退休, living elsewhere; `employer_organized`: the employer or school has a Party
    organisation; `reason`: J–U of 附件1."""

    household: bool | None = None
    home: bool | None = None
    long_resident: bool | None = None
    retired: bool | None = None
    work: Work | None = None
    employer_organized: bool | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """A course with its clause and reason; None where facts are missing, which are named as the form asks for them."""

    course: Course | None
    clause: str = TRANSFER
    reason: str = ""
    missing: tuple[str, ...] = ()


# What each fact is called where it is asked for.
ASKED = {
    "retired": "是否离退休",
    "long_resident": "是否在流入地长期居住",
    "household": "户籍是否已迁到流入地",
    "home": "是否在流入地购买房产",
    "work": "工作是否稳定",
    "employer_organized": "工作（学习）单位是否建立党组织",
}


def advise(facts: Facts) -> Advice:
    """What the notice says for these facts. The special clause for retirees wins over the general one."""
    if facts.retired is None:
        return Advice(None, missing=(ASKED["retired"],))
    if facts.retired:
        doubt = "也符合应当督促的情形，把握不准的请先请示。" if _settled(facts) else ""
        return Advice(Course.ENCOURAGE, reason=f"异地居住的离退休人员党员，根据自愿原则鼓励其及时转移。{doubt}")
    settled, employed = _settled(facts), _employed(facts)
    if settled:
        return Advice(Course.MUST_URGE, reason=f"在流入地{_where(facts)}并长期居住，应当督促其转移正式组织关系。")
    if employed:
        return Advice(Course.MUST_URGE, reason="工作（学习）稳定且单位已成立党组织，应当督促其转移正式组织关系。")
    if missing := tuple(ASKED[name] for name in _undecided(facts, settled, employed)):
        return Advice(None, missing=missing)
    if facts.work is Work.UNSTABLE:
        return Advice(Course.ENCOURAGE, reason="工作不太稳定、流动较为频繁，根据实际情况和自愿原则，鼓励其及时转移。")
    return Advice(Course.REPORT_IN, REPORT_IN, "不具备转移正式组织关系条件，督促引导其及时向流入地党组织报到。")


def retired_at(retired: bool | None, age: int | None) -> bool | None:
    """Whether somebody of `age` (whole years, None unknown) is retired: who is too young for it is not asked."""
    return False if retired is None and age is not None and age < EARLIEST_RETIREMENT else retired


def _settled(facts: Facts) -> bool | None:
    return _both(_either(facts.household, facts.home), facts.long_resident)


def _employed(facts: Facts) -> bool | None:
    stable = None if facts.work is None else facts.work in (Work.STABLE, Work.STUDY)
    return _both(stable, facts.employer_organized)


def _undecided(facts: Facts, settled: bool | None, employed: bool | None) -> Iterator[str]:
    """The facts that are still to be asked for: those on which one of the two grounds hangs."""
    if settled is None:
        names = ("long_resident",) if facts.long_resident is None else ("household", "home")
        yield from (name for name in names if getattr(facts, name) is None)
    if facts.work is None:
        yield "work"
    elif employed is None:
        yield "employer_organized"


def _where(facts: Facts) -> str:
    return "落户" if facts.household else "购买房产"


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


class Route(Labelled):
    """Where somebody may report in (notice 二.3); unranked."""

    EMPLOYER = 1, "工作（学习）单位党组织"
    PLACE = 2, "单位所在市场、园区、商圈、楼宇党组织"
    RESIDENCE = 3, "居住地党组织"
    TRADE = 4, "行业协会、平台企业党组织"
    MOBILE = 5, "流动党员党组织"


@dataclass(frozen=True, slots=True)
class Way:
    """A route with the case of 二.3 that opens it."""

    route: Route
    reason: str


NEW_EMPLOYMENT = (Reason.COURIER, Reason.FOOD_DELIVERY, Reason.RIDE_HAILING, Reason.TRUCK_DRIVER)


def ways(facts: Facts) -> list[Way]:
    """Where this person may report in, unranked; the last is open to all where there is such an organisation."""
    found: list[Way] = []
    works = facts.work in (Work.STABLE, Work.STUDY)
    if facts.retired:
        found.append(Way(Route.RESIDENCE, "异地居住的离退休人员流动党员，可向居住地党组织报到。"))
    elif facts.reason in NEW_EMPLOYMENT:
        found.append(Way(Route.TRADE, "新就业群体中的流动党员，以向行业协会、平台企业党组织报到为主。"))
    if works and facts.employer_organized:
        found.append(Way(Route.EMPLOYER, "工作（学习）单位有党组织的，向单位党组织报到。"))
    elif not facts.retired and (facts.employer_organized is False or facts.work in (Work.UNSTABLE, Work.NONE)):
        without = "工作单位没有党组织或工作单位不固定的，可向单位所在市场、园区、商圈、楼宇党组织或居住地党组织报到。"
        found += [Way(Route.PLACE, without), Way(Route.RESIDENCE, without)]
    return [*found, Way(Route.MOBILE, "流动党员相对集中且已设立流动党员党组织的，也可向流动党员党组织报到。")]
