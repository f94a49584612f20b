"""Theme education on a person's line of time; contacts that served it stand there already."""

from collections.abc import Iterator

from django.utils import timezone

from paicha.campaigns.education.models import Acknowledgement, Participation, Sending
from paicha.register.models import RegisterEntry
from paicha.register.timeline import Moment


def moments_of(entry: RegisterEntry) -> Iterator[Moment]:
    """Participations, material sent and confirmed, of the entry's member in any campaign; what was withdrawn says so.
    Three queries."""
    of = {"committee_id": entry.committee_id, "member_id": entry.member_id}
    for part in Participation.objects.filter(**of):
        state = "，已撤回" if part.withdrawn_at else ""
        at = timezone.localtime(part.recorded_at)
        words = part.materials
        yield Moment(part.happened_on, f"主题教育：{part.get_how_display()}{state}", part.actor_name, at, words=words)
    for sending in Sending.objects.filter(**of):
        state = "，已撤回" if sending.withdrawn_at else ""
        at, what = timezone.localtime(sending.recorded_at), f"主题教育：送学习材料（{sending.get_channel_display()}）"
        yield Moment(sending.sent_on, f"{what}{state}", sending.actor_name, at, words=sending.material)
    confirmed = Acknowledgement.objects.filter(
        committee_id=entry.committee_id, sending__member_id=entry.member_id
    ).select_related("sending")
    for one in confirmed:
        state = "，已撤回" if one.withdrawn_at or one.sending.withdrawn_at else ""
        at = timezone.localtime(one.recorded_at)
        yield Moment(
            one.happened_on, f"主题教育：学习材料已确认{state}", one.actor_name, at, words=one.sending.material
        )
