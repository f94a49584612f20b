"""Theme education of a branch as a paper's rows."""

from paicha.campaigns.education.selectors import Education
from paicha.formats.writers.education import Learner


def learners_of(education: Education) -> list[Learner]:
    return [
        Learner(
            learner.one.name,
            learner.status,
            tuple((part.how, part.on.isoformat(), part.materials) for part in learner.parts),
            learner.lacks,
        )
        for learner in education.learners
    ]
