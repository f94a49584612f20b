"""What became known of a graduate, on a line of time."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django.utils import timezone

from paicha.domain.graduate_list import KEPT, Field
from paicha.register.models import RegisterEntry
from paicha.register.timeline import Difference, Moment
from paicha.transfers.graduating.forms import masked
from paicha.transfers.graduating.models import Graduate, GraduateVersion
from paicha.transfers.graduating.selectors import places_of, versions_of
from paicha.transfers.tracking.timeline import moments_of_member


def moments_of(entry: RegisterEntry) -> list[Moment]:
    """Of the entry's member, if they stand in a cohort. A query, and one more for each cohort."""
    return [moment for place in places_of(entry.committee_id, entry.member_id) for moment in _told(place)]


def moments_of_graduate(graduate: Graduate) -> list[Moment]:
    """Everything of one graduate, the transfer's steps among it, newest first."""
    found = [*_told(graduate), *moments_of_member(graduate.committee_id, graduate.member_id)]
    return sorted(found, key=lambda moment: moment.at or timezone.now(), reverse=True)


def _told(graduate: Graduate) -> Iterator[Moment]:
    name = graduate.cohort.name
    if graduate.taken_off_at is not None:
        at = timezone.localtime(graduate.taken_off_at)
        yield Moment(at.date(), f"移出毕业生名单（{name}）", graduate.taken_off_by, at)
    versions: Sequence[GraduateVersion] = versions_of(graduate)
    for version, before in zip_longest(versions, versions[1:]):
        at = timezone.localtime(version.recorded_at)
        if version.joined:
            goes = (version.text(field) for field in (Field.DESTINATION, Field.EMPLOYER, Field.ORGANIZATION))
            words = "，".join(filter(None, goes))
            yield Moment(at.date(), f"列入毕业生名单（{name}）", version.actor_name, at, words=words)
        else:
            yield Moment(at.date(), "毕业去向", version.actor_name, at, _differences(before, version))


def _differences(before: GraduateVersion | None, version: GraduateVersion) -> list[Difference]:
    return [
        Difference(field.heading, masked(field, old), masked(field, new))
        for field in KEPT
        if (old := before.text(field) if before else "") != (new := version.text(field))
    ]
