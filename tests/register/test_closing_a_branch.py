"""A branch with people on its register stays open."""

from paicha.organizations.structure.closing import obstacle
from tests.college import College


def test_people_on_the_register_keep_a_branch_from_being_closed(college: College) -> None:
    with college.at_work():
        assert obstacle(college.root.committee_id, college.survey.id) == ""
    college.add(college.survey)
    with college.at_work():
        assert "1名流出党员" in obstacle(college.root.committee_id, college.survey.id)
