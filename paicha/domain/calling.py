"""What is said on the phone to a member who is advised to transfer (notice 二.2) or to report in (二.3): short, in the
notice's words, never more than the advice says.

>>> script(Course.ENCOURAGE, "测绘支部")[0]
'您好，我是测绘支部的联系人，想和您核对一下组织关系的事。'
"""

from paicha.domain.advice import Course

_ASKS = {
    Course.MUST_URGE: "按通知要求，您的情况应当把正式组织关系转到流入地。您打算转到哪个党组织、什么时候办？",
    Course.ENCOURAGE: "转不转由您自愿；能转的，我们鼓励、支持您及时转到流入地。您愿意转吗，转到哪里？",
    Course.REPORT_IN: "请向流入地党组织报到，报到以后把党支部名称、联系人和电话告诉我们。",
}
_UNTIL = "没有收到对方的回执以前，仍由我们支部管理您，并组织您参加主题教育。"


def script(course: Course, branch: str) -> list[str]:
    """The sentences for somebody of this course, in their order."""
    said = [
        f"您好，我是{branch}的联系人，想和您核对一下组织关系的事。",
        "您现在在哪里工作、住在哪里，单位有没有党组织？",
        _ASKS[course],
    ]
    if course is not Course.REPORT_IN:
        said.append(_UNTIL)
    return [*said, "办理中有困难请告诉我们，支部帮您联系。"]
