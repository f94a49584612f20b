"""The register as an app: it says what keeps a branch from being closed."""

from uuid import UUID

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "paicha.register"

    def ready(self) -> None:
        from paicha.organizations.structure.closing import add_guard

        add_guard(_people_stand_on_its_register)


def _people_stand_on_its_register(committee_id: UUID, organization_id: UUID) -> str:
    from paicha.register.selectors import open_entries

    people = open_entries(committee_id, organization_id).count()
    return f"台账里还有{people}名流出党员，请先转到别的党支部或销册" if people else ""
