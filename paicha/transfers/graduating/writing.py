"""A graduate's new version, inside the transaction and event of what is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, QuerySet

from paicha.domain.graduate_list import Field
from paicha.domain.graduates import read_destination
from paicha.domain.identity import read_month
from paicha.organizations.models import User
from paicha.transfers.graduating.models import Graduate, GraduateVersion

BATCH = 500


class Written(NamedTuple):
    """What is to be known of a graduate from now on."""

    graduate: Graduate
    values: Mapping[str, str]
    joins: bool = False


def held(graduates: QuerySet[Graduate]) -> list[Graduate]:
    """These graduates, held until the transaction ends, as they stand then. In one query PostgreSQL would give whoever
    waited the graduate as it is now, but what was joined to it as it was: its version would be another's or none."""
    ids = list(graduates.select_for_update().order_by("id").values_list("id", flat=True))
    return list(Graduate.objects.filter(id__in=ids).select_related("current", "member").order_by("id"))


def write_versions(
    actor: User, written: Sequence[Written], now: datetime, batch_id: UUID | None = None
) -> list[GraduateVersion]:
    """One version more of each. The caller holds the graduates; new ones are saved already."""
    graduates = [one.graduate.id for one in written]
    rows = GraduateVersion.objects.filter(committee_id=actor.committee_id, graduate_id__in=graduates)
    last = dict(rows.order_by().values_list("graduate_id").annotate(Max("n")))
    versions = [
        GraduateVersion(
            committee_id=actor.committee_id,
            graduate=one.graduate,
            n=last.get(one.graduate.id, 0) + 1,
            **_counted(one.values),
            values={name: text for name, text in one.values.items() if text},
            joined=one.joins,
            recorded_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
            batch_id=batch_id,
        )
        for one in written
    ]
    GraduateVersion.objects.bulk_create(versions, batch_size=BATCH)
    for one, version in zip(written, versions, strict=True):
        one.graduate.current = version
    Graduate.objects.bulk_update([one.graduate for one in written], ["current"], batch_size=BATCH)
    return versions


def _counted(values: Mapping[str, str]) -> dict[str, int | bool | None]:
    def text(field: Field) -> str:
        return values.get(field.name, "")

    return {
        "month": read_month(text(Field.MONTH)).value or 0,
        "destination": read_destination(text(Field.DESTINATION)).value,
        "looked_after": bool(text(Field.RESPONSIBLE)),
        "organized": bool(text(Field.ORGANIZATION)),
    }
