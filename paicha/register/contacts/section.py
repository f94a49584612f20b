"""The section 联系 of a person's page: what is known, and the two forms. A page sets `contacts` to `section_of(…)` and
includes `register/contacts/section.html`."""

from dataclasses import dataclass
from datetime import date

from paicha.domain.masking import mask_phone
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import ContactForm, PersonForm
from paicha.register.contacts.models import ContactPerson
from paicha.register.contacts.selectors import Contacts, contacts_of
from paicha.register.models import RegisterEntry


@dataclass(frozen=True, slots=True)
class Section:
    known: Contacts
    contact_form: ContactForm
    person_form: PersonForm
    may_edit: bool

    @property
    def persons(self) -> list[tuple[ContactPerson, str]]:
        """Who keeps or kept in touch, newest first, with the phone masked."""
        return [(person, mask_phone(person.phone) if person.phone else "") for person in self.known.persons]


def section_of(
    scope: Scope,
    entry: RegisterEntry,
    today: date,
    contact: ContactForm | None = None,
    person: PersonForm | None = None,
) -> Section:
    """`contact`, `person`: a form as it was sent, with its faults; else an empty one."""
    known = contacts_of(scope.committee_id, entry.id, today)
    by = known.person.name if known.person else scope.user.name
    return Section(
        known=known,
        contact_form=contact or ContactForm(happened_on=today.isoformat(), by=by),
        person_form=person or PersonForm(since=today.isoformat()),
        may_edit=entry.branch_id in scope.branches(Permission.REGISTER_EDIT) and entry.closed_on is None,
    )
