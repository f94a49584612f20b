"""Forms of introduction letters as they are typed; nothing typed is lost where it does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from paicha.domain.divisions import Direction
from paicha.domain.identity import read_month
from paicha.domain.introduction import Grounds, Person, Standing, Wanted
from paicha.domain.readings import compact
from paicha.register.models import EntryVersion
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook, LetterOrigin
from paicha.transfers.lettering.services import Origin
from paicha.transfers.tracking.models import Transfer

LONGEST = {"statement": 500, "application": 500, "days": 4, "dues": 20}
LONGEST_NAME = 120
PROBATION = 24  # months after joining, with the longest extension, from which a member is a full one


@dataclass(slots=True)
class WantedForm:
    """开介绍信. `faults`: field → what is wrong and what to do."""

    to: str = ""
    destination: str = ""
    origin: str = ""
    direction: str = ""
    days: str = ""
    dues: str = ""
    standing: str = ""
    graduate: bool = False
    statement: str = ""
    application: str = ""
    fault: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def wanted(self, person: Person) -> Wanted | None:
        """What was typed, for this person; None where a field is empty or unreadable, which `faults` then tell."""
        for name, words in (
            ("to", "请填写抬头：收信的党组织"),
            ("destination", "请填写转往哪个党组织"),
            ("origin", "请填写现在所在的党支部"),
        ):
            if not getattr(self, name):
                self.faults[name] = words
        direction = next((one for one in Direction if str(one.value) == self.direction), None)
        standing = next((one for one in Standing if str(one.value) == self.standing), None)
        dues, days = read_month(self.dues).value, self._days()
        if direction is None:
            self.faults["direction"] = "请选择转往哪里，有效期由它定"
        if standing is None:
            self.faults["standing"] = "请选择正式还是预备党员"
        if dues is None:
            self.faults["dues"] = "请填写党费交到哪年哪月，如 2023-12"
        if self.faults:
            return None
        grounds = Grounds(self.graduate, self.statement, self.application)
        return Wanted(self.to, self.destination, self.origin, direction, dues, standing, person, days, grounds)

    def _days(self) -> int | None:
        if not self.days:
            return None
        days = compact(self.days)
        if days.isascii() and days.isdigit():
            return int(days)
        self.faults["days"] = "有效期填天数，如 30；不填就按去向定"
        return None


def wanted_form(posted: Mapping[str, str]) -> WantedForm:
    def text(name: str) -> str:
        return " ".join(posted.get(name, "").split())[: LONGEST.get(name, LONGEST_NAME)]

    return WantedForm(
        to=text("to"),
        destination=text("destination"),
        origin=text("origin"),
        direction=text("direction"),
        days=text("days"),
        dues=text("dues"),
        standing=text("standing"),
        graduate=posted.get("graduate") == "yes",
        statement=text("statement"),
        application=text("application"),
    )


def direction_named(words: str) -> str:
    """The form's value of a direction in words; "" for others."""
    return next((str(one.value) for one in Direction if one.label == words.strip()), "")


def standing_named(words: str) -> str:
    """The form's value of 正式 or 预备; "" for others."""
    return next((str(one.value) for one in Standing if one.label == words.strip().removesuffix("党员")), "")


def proposed(
    origin: str, version: EntryVersion | None, transfer: Transfer | None, cites: IntroductionLetter | None, month: int
) -> WantedForm:
    """What is known before anything is typed: of the letter in whose place this comes, of the transfer, of the
    register. `month`: today's, year × 12 + month − 1."""
    form = WantedForm(origin=origin)
    if version is not None and version.direction:
        form.direction = str(version.direction)
    if version is not None and version.joined is not None and month - version.joined >= PROBATION:
        form.standing = str(Standing.FULL.value)
    if transfer is not None and transfer.destination:
        form.destination, form.direction = transfer.destination, str(transfer.direction or form.direction)
    if cites is not None:
        form.to, form.destination, form.origin = (cites.facts[name] for name in ("抬头", "去", "由"))
        form.direction, form.standing = str(cites.direction), str(cites.standing)
        form.dues = f"{cites.dues // 12}-{cites.dues % 12 + 1:02}"
        form.graduate = cites.graduate
    return form


@dataclass(slots=True)
class OriginForm:
    """本党委的信息. `began_after` None: this year's first number was given, and it is not asked any more."""

    address: str = ""
    phone: str = ""
    fax: str = ""
    postcode: str = ""
    began_after: str | None = None
    fault: str = ""

    def origin(self) -> Origin | None:
        """What was typed; None with `fault` where the number cannot be read."""
        number = self.began_after or "0"
        if not (number.isascii() and number.isdigit() and len(number) <= 5):
            self.fault = "上一号填数字，如 12；今年还没有开过的填 0"
            return None
        if self.postcode and not (self.postcode.isascii() and self.postcode.isdigit() and len(self.postcode) == 6):
            self.fault = "邮编是 6 位数字，如 430074"
            return None
        began_after = None if self.began_after is None else int(number)
        return Origin(self.address, self.phone, self.postcode, self.fax, began_after)


def origin_form(posted: Mapping[str, str], asked: bool) -> OriginForm:
    def text(name: str) -> str:
        return " ".join(posted.get(name, "").split())[:LONGEST_NAME]

    numbers = (compact(text(name)) for name in ("phone", "fax", "postcode"))  # they are printed: full-width digits too
    form = OriginForm(text("address"), *numbers)
    form.began_after = compact(text("began_after")) if asked else None
    return form


def origin_as_kept(kept: LetterOrigin | None, book: LetterBook | None) -> OriginForm:
    form = OriginForm(began_after=str(book.began_after) if book else "0")
    if book is not None and book.last > book.began_after:
        form.began_after = None
    if kept is not None:
        form.address, form.phone, form.fax, form.postcode = kept.address, kept.phone, kept.fax, kept.postcode
    return form
