"""Directions reckoned anew where a branch's home is another, or its people come from a branch with another one: of all
that a version holds the direction alone follows from the rules as well as from its cells."""

from django.db.models import QuerySet

from paicha.domain.annex2 import Fact, kind_of
from paicha.domain.settings import RuleSet
from paicha.register.models import EntryVersion
from paicha.register.records import Recorder

BATCH = 500
DIRECTION = EntryVersion.FACTS.index(Fact.DIRECTION.value)


def reckon(versions: QuerySet[EntryVersion], rules: RuleSet) -> None:
    """Each version's direction as these rules have it, inside the transaction of what is done."""
    recorder, changed = Recorder(rules), []
    for version in versions.iterator(chunk_size=BATCH):
        direction = kind_of(recorder.read(version.cells).entry, rules)[DIRECTION]
        if version.direction != direction:
            version.direction = direction
            changed.append(version)
    EntryVersion.objects.bulk_update(changed, ["direction"], batch_size=BATCH)
