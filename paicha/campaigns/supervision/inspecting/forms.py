"""What the pages of inspections send, read: numbers and results, faults in words."""

from uuid import UUID

from django.http import QueryDict

from paicha.campaigns.supervision.inspecting.models import Result, Whom
from paicha.campaigns.supervision.inspecting.services import Said, Terms, Unfit

LONGEST = 500


def terms_of(posted: QueryDict) -> Terms:
    """Raises Unfit for what is no number."""
    whom = Whom.EVERYBODY if posted.get("whom") == str(Whom.EVERYBODY.value) else Whom.REGISTER
    measure, words = posted.get("measure", "share"), posted.get("size", "").strip().rstrip("%％人")
    if not (words.isascii() and words.isdigit() and len(words) <= 3):
        raise Unfit("抽多少要填一个整数，如 10")
    size = int(words)
    return Terms(whom, number=size) if measure == "number" else Terms(whom, share=size)


def said_of(posted: QueryDict) -> list[Said]:
    """A line for each person that the page shows; a line that cannot be read the page did not make."""
    found = []
    for value in posted.getlist("person"):
        revision, result = posted.get(f"revision-{value}", ""), posted.get(f"result-{value}", "")
        try:
            person_id, known = UUID(value), Result(int(result)) if result else None
        except ValueError:
            continue
        if revision.isdigit():
            words = posted.get(f"words-{value}", "").strip()[:LONGEST]
            found.append(Said(person_id, known, words, int(revision)))
    return found
