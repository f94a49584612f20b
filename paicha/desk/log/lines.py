"""Events in words: one line each, from the closed list of events and what each says of itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.tree import Tree

# What an event says of itself, in the order in which a person wants it; the rest is for `paicha audit verify`.
SAID = {
    "form": "{}",
    "people": "{} 人",
    "entries": "登记 {} 份",
    "version": "第 {} 版",
    "columns": "改了{}",
    "reason": "原因：{}",
    "role": "{}",
    "again": "重发",
    "required": "要求动态口令：{}",
    "files": "{} 个文件",
    "reached": "联系上：{}",
    "new": "新增 {} 人",
    "changed": "改动 {} 人",
    "unchanged": "没有改动 {} 人",
    "closed": "退出 {} 人",
    "moved": "调到别的党支部 {} 人",
    "taken_out": "退出 {} 人",
    "put_back": "恢复 {} 人",
    "kept": "后来又改过、没有动 {} 人",
    "way": "{}",
    "day": "{}",
    "since": "从 {} 起",
    "served": "为{}",
    "protected": "加密码：{}",
    "key": "第 {} 号密钥",
    "rows": "{} 行",
    "purged": "{} 条",
}

# Of these events the same words mean something else.
OTHERWISE: dict[str, dict[str, str]] = {
    Event.LIST_IMPORTED: {"new": "新增党支部 {} 个", "changed": "改动 {} 个", "founded": "新增党总支 {} 个"},
    Event.EXPORT_APPLIED: {
        "new": "开始转接 {} 人",
        "moved": "往前一步 {} 人",
        "received": "收到回执 {} 人",
        "ended": "没有转成 {} 人",
    },
    Event.ROSTER_COLUMNS_SET: {"of": "{}", "columns": "{} 列", "read": "读入其中 {} 列"},
    Event.COHORT_ADDED: {"name": "{}"},
    Event.GRADUATE_LETTERS_ISSUED: {"letters": "{} 封", "first": "从{}", "last": "到{}"},
    Event.ORGANIZATION_ADDED: {"name": "{}", "kind": "{}"},
    Event.ORGANIZATION_CHANGED: {"changed": "改了{}"},
    Event.ORGANIZATION_RENAMED: {"before": "原名{}", "name": "现名{}"},
    Event.ORGANIZATION_MOVED: {"name": "{}", "before": "从{}", "to": "到{}"},
    Event.ORGANIZATION_MERGED: {"merged": "{}", "name": "并入{}"},
    Event.ORGANIZATION_SPLIT: {"name": "{}", "into": "分出{}", "ends": "原组织撤销：{}"},
    Event.ORGANIZATION_CLOSED: {"name": "{}"},
    Event.KEYS_ROTATED: {"key": "第 {} 号密钥", "rows": "{} 行", "retired": "停用第 {} 号"},
    Event.PAYLOADS_PURGED: {"before": "{} 以前的", "purged": "{} 条"},
    Event.LETTER_ISSUED: {"number": "{}", "cites": "换开{}"},
    Event.LETTER_VOIDED: {"number": "{}", "reason": "{}"},
    Event.LETTER_ORIGIN_SET: {"began_after": "今年从第 {} 号之后编起"},
    Event.LETTER_TEMPLATE_SET: {"own": "自己的模板：{}"},
    Event.LETTER_PRINTED: {"number": "{}", "letters": "{} 封", "copies": "其中副本 {} 封"},
    Event.HEAD_ANCHORED_AGAIN: {"number": "到第 {} 号"},
}
LABELS = {event.value: event.label for event in Event}


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is read: when, who, what, where, what of it. `entry_id` where it is about somebody's page."""

    at: datetime
    who: str
    what: str
    where: str
    said: str
    entry_id: UUID | None


def lines_of(
    events: Iterable[AuditEvent], tree: Tree, accounts: Mapping[UUID, str], entries: Iterable[UUID]
) -> list[Line]:
    """`accounts` are names by id; `entries` are those whose page the reader may open."""
    open_to_reader = set(entries)
    return [
        Line(
            event.occurred_at,
            event.actor_name or "系统",
            _label(event.event),
            tree[event.branch_id].name if event.branch_id and event.branch_id in tree else "",
            "，".join(_told(event, accounts)),
            event.subject_id if event.subject_id in open_to_reader else None,
        )
        for event in events
    ]


def _label(code: str) -> str:
    """The words of an event's code; the code itself for one that this version does not know (any more)."""
    return LABELS.get(code, code)


def _told(event: AuditEvent, accounts: Mapping[UUID, str]) -> Iterable[str]:
    """Whose account it is about, where that is not the one who did it; then what the event says of itself."""
    if event.subject_kind == "account" and event.subject_id and event.subject_id != event.actor_id:
        yield accounts.get(event.subject_id, "已没有的账号")
    if event.payload:
        yield from _said(json.loads(event.payload), OTHERWISE.get(event.event, SAID))
    else:
        yield "明细已按期清除"


def _said(payload: Mapping[str, object], known: Mapping[str, str]) -> Iterable[str]:
    for key, words in known.items():
        value = payload.get(key)
        if value not in (None, "", []):
            yield words.format(_words(value))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
