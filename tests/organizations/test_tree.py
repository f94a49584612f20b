"""The tree is read once for each state of it, and never a state behind."""

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

import paicha
from paicha.organizations.models import Kind, TreeStamp
from paicha.organizations.structure import services
from paicha.organizations.tree import Tree, tree_of
from tests.college import TODAY, College, found_college

LATER = TODAY + timedelta(days=40)
Write = Callable[[College, dict[str, Any]], object]
WRITES: dict[str, Write] = {
    "add": lambda c, by: services.add(parent_id=c.root.id, name="机电支部", kind=Kind.BRANCH, **by),
    "rename": lambda c, by: services.rename(organization_id=c.survey.id, name="空间信息支部", **by),
    "move": lambda c, by: services.move(organization_id=c.survey.id, parent_id=c.root.id, **by),
    "merge": lambda c, by: services.merge(source_ids=[c.computing.id], into_id=c.survey.id, **by),
    "split": lambda c, by: services.split(organization_id=c.survey.id, names=["一支部", "二支部"], ends=True, **by),
    "close": lambda c, by: services.close(organization_id=c.survey.id, **by),
}


def standing(committee_id: UUID) -> dict[str, object]:
    """What the tree says, made of plain values."""
    tree = tree_of(committee_id)
    return shape(tree)


def shape(tree: Tree) -> dict[str, object]:
    walked = [(node.name, tree.depth(node.id)) for node in tree.walk(tree.root.id)] if tree.root else []
    return {"nodes": tree.nodes, "former": tree.former, "walked": walked, "branches": tree.branches()}


@pytest.mark.parametrize("today", [TODAY, LATER], ids=["on the same day", "later"])
@pytest.mark.parametrize("write", WRITES)
def test_a_change_of_the_tree_is_seen_at_once(college: College, write: str, today: Any) -> None:
    committee = college.root.committee_id
    with college.at_work():
        before = standing(committee)
        WRITES[write](college, {"actor": college.people["office"], "today": today})
        after = standing(committee)
        assert after != before
        TreeStamp.renew(committee)  # read anew
        assert standing(committee) == after


def test_what_was_taken_back_was_never_there(college: College) -> None:
    committee, by = college.root.committee_id, {"actor": college.people["office"], "today": TODAY}
    with college.at_work():
        before = standing(committee)
        with transaction.atomic():
            WRITES["add"](college, by)
            assert "机电支部" in {node.name for node in tree_of(committee).branches()}
            transaction.set_rollback(True)
        assert standing(committee) == before
        WRITES["rename"](college, by)
        names = [node.name for node in tree_of(committee).branches()]
        assert "空间信息支部" in names
        assert "机电支部" not in names


def test_a_tree_that_nobody_changed_costs_one_short_question(college: College, django_assert_num_queries: Any) -> None:
    with college.at_work():
        first = tree_of(college.root.committee_id)
        with django_assert_num_queries(1):
            assert tree_of(college.root.committee_id) is first


def test_each_committee_has_its_own_stamp(college: College) -> None:
    other = found_college("中共隔壁学院委员会", "other-")
    with college.at_work():
        first = tree_of(college.root.committee_id)
    with other.at_work():
        services.close(actor=other.people["office"], organization_id=other.survey.id, today=LATER)
        assert other.survey.id not in tree_of(other.root.committee_id)
    with college.at_work():
        assert tree_of(college.root.committee_id) is first


def test_placements_are_written_one_by_one() -> None:
    """`save` and `delete` of a placement renew the stamp; a write of many at once would not."""
    for path in Path(paicha.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            words = ast.unparse(call.func)
            at_once = words.split(".")[-1] in ("update", "delete", "bulk_create", "bulk_update")
            assert not (at_once and re.search(r"Placement\.objects|\.placements\.", words)), (path, words)
