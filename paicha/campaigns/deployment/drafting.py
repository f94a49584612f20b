"""The draft of a branch's work plan, from the notice and the campaign's dates (notice 三.1: 意义, 对象, 任务, 纪律)."""

from paicha.campaigns.deployment.models import Campaign, CampaignUnit

SECTIONS = {
    "meaning": "一、重要意义",
    "targets": "二、主要对象",
    "tasks": "三、工作任务",
    "discipline": "四、纪律要求",
}


def draft(campaign: Campaign, unit: CampaignUnit) -> dict[str, str]:
    """Section → its text, a paragraph a line; the branch edits it and confirms."""
    return {
        "meaning": (
            "开展流动党员组织关系集中排查，是全覆盖组织流动党员参加主题教育、加强和改进流动党员教育管理工作的重要契机。"
            "本支部要切实提高认识，真正把流动党员情况摸清楚、搞准确。"
        ),
        "targets": (
            "正式组织关系在本支部的每一名党员，以及正式组织关系已转出但尚未被接收的党员。\n"
            "流出党员主要是指工作、学习单位或居住地发生变化后，连续6个月未能线下参加本支部活动的党员，"
            "以及线下参加活动较少、本支部认为应当作为流动党员管理的党员。"
        ),
        "tasks": _tasks(campaign),
        "discipline": (
            "对把握不准的问题及时请示，重大问题及时报告，不搞一刀切，防止简单粗糙、敷衍应付。\n"
            "排查工作不宣传报道，排查数据不向社会公布、不在网络发布；含身份证号的表格不用微信、QQ传送。"
        ),
    } | ({"tasks": f"{_tasks(campaign)}\n{LOOK_BACK}"} if unit.looked_before else {})


LOOK_BACK = "本支部此前已开展过排查，这次进行“回头看”：把原有名单逐人重新核对，查缺补漏，再上报。"


def _tasks(campaign: Campaign) -> str:
    days = [f"{day.month}月{day.day}日" for day in (campaign.deploy_by, campaign.check_by, campaign.report_by)]
    return (
        f"1.安排部署（{days[0]}前）。召开支部会议学习通知，明确分工：【请填写：负责人和分工】。\n"
        f"2.开展排查（{days[1]}前）。对每一名党员逐一联系核实，边排查边建立工作台账，填写附件1。\n"
        "3.推动转接组织关系，应转尽转；尚未被接收的，由本支部继续管理并组织参加主题教育。\n"
        "4.对不具备转接条件的，督促及时向流入地党组织报到。\n"
        f"5.报告情况（{days[2]}前）。汇总审核数据，上报附件1、附件2和工作情况报告。"
    )
