"""The closed list of what is recorded. Codes stand here and nowhere else; they are stored and never change."""

from enum import StrEnum


class Group(StrEnum):
    """What an event is about, for the filter of the page."""

    label: str

    ACCOUNTS = "accounts", "账号"
    ORGANIZATIONS = "organizations", "组织"
    COLLECTING = "collecting", "收表"
    REGISTER = "register", "台账"
    CAMPAIGN = "campaign", "集中排查"
    READING = "reading", "查看与导出"
    SYSTEM = "system", "系统"

    def __new__(cls, code: str, label: str) -> "Group":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Event(StrEnum):
    """One kind of event: `value` is its code, `label` what a user reads, `group` what it is about.

    >>> Event.SIGNED_IN.value, Event("account.signed-in").label, Event.SIGNED_IN.group.label
    ('account.signed-in', '登录', '账号')
    """

    label: str
    group: Group

    SIGNED_IN = "account.signed-in", "登录", Group.ACCOUNTS
    SIGNED_OUT = "account.signed-out", "退出登录", Group.ACCOUNTS
    SIGN_IN_FAILED = "account.sign-in-failed", "登录失败", Group.ACCOUNTS
    LOCKED_OUT = "account.locked-out", "多次输错密码被锁定", Group.ACCOUNTS
    ACCOUNT_INVITED = "account.invited", "邀请账号", Group.ACCOUNTS
    ACCOUNT_JOINED = "account.joined", "启用账号", Group.ACCOUNTS
    ACCOUNT_CLOSED = "account.closed", "停用账号", Group.ACCOUNTS
    ACCOUNT_REOPENED = "account.reopened", "恢复账号", Group.ACCOUNTS
    ROLE_GRANTED = "account.role-granted", "授予角色", Group.ACCOUNTS
    ROLE_REVOKED = "account.role-revoked", "收回角色", Group.ACCOUNTS
    PASSWORD_CHANGED = "account.password-changed", "修改密码", Group.ACCOUNTS
    SECOND_FACTOR_SET = "account.second-factor-set", "设置动态口令", Group.ACCOUNTS
    SECOND_FACTOR_RESET = "account.second-factor-reset", "重置动态口令", Group.ACCOUNTS
    SIGN_IN_RULE_CHANGED = "account.sign-in-rule-changed", "修改登录要求", Group.ACCOUNTS

    ORGANIZATION_ADDED = "organization.added", "新增组织", Group.ORGANIZATIONS
    ORGANIZATION_CHANGED = "organization.changed", "修改组织", Group.ORGANIZATIONS
    ORGANIZATION_MOVED = "organization.moved", "调整组织隶属", Group.ORGANIZATIONS
    ORGANIZATION_RENAMED = "organization.renamed", "组织更名", Group.ORGANIZATIONS
    ORGANIZATION_MERGED = "organization.merged", "合并组织", Group.ORGANIZATIONS
    ORGANIZATION_SPLIT = "organization.split", "拆分组织", Group.ORGANIZATIONS
    ORGANIZATION_CLOSED = "organization.closed", "撤销组织", Group.ORGANIZATIONS
    LIST_IMPORTED = "organization.list-imported", "导入支部名单", Group.ORGANIZATIONS

    UPLOAD_RECEIVED = "collecting.upload-received", "收到上传文件", Group.COLLECTING
    BATCH_APPLIED = "collecting.batch-applied", "汇入一批", Group.COLLECTING
    BATCH_UNDONE = "collecting.batch-undone", "撤销一批", Group.COLLECTING
    UPLOAD_DISCARDED = "collecting.upload-discarded", "放弃一批", Group.COLLECTING
    UPLOAD_EXPIRED = "collecting.upload-expired", "上传文件到期删除", Group.COLLECTING
    ROSTER_IMPORTED = "collecting.roster-imported", "导入党员名册", Group.COLLECTING
    EXPORT_APPLIED = "collecting.export-applied", "写入系统转接名单", Group.COLLECTING
    ROSTER_COLUMNS_SET = "collecting.roster-columns-set", "设定名单各列", Group.COLLECTING
    GRADUATES_IMPORTED = "collecting.graduates-imported", "导入毕业生名单", Group.COLLECTING

    ENTRY_ADDED = "register.entry-added", "新增登记", Group.REGISTER
    ENTRY_REVISED = "register.entry-revised", "修改登记", Group.REGISTER
    ENTRY_CLOSED = "register.entry-closed", "结束登记", Group.REGISTER
    ENTRY_REOPENED = "register.entry-reopened", "恢复登记", Group.REGISTER
    PEOPLE_MOVED = "register.people-moved", "转到别的支部", Group.REGISTER
    CONTACT_RECORDED = "register.contact-recorded", "记录联系", Group.REGISTER
    CONTACT_WITHDRAWN = "register.contact-withdrawn", "撤回联系记录", Group.REGISTER
    CONTACT_PERSON_SET = "register.contact-person-set", "指定联系人", Group.REGISTER

    TRANSFER_FACTS_RECORDED = "register.transfer-facts-recorded", "记录转接条件", Group.REGISTER
    ADVICE_OVERRULED = "register.advice-overruled", "另定转接办法", Group.REGISTER
    TRANSFER_MOVED = "register.transfer-moved", "记录转接进展", Group.REGISTER
    RECEIPT_RECORDED = "register.receipt-recorded", "记录转接回执", Group.REGISTER
    RECEIPT_TAKEN_BACK = "register.receipt-taken-back", "撤回转接回执", Group.REGISTER
    LETTER_ISSUED = "register.letter-issued", "开具介绍信", Group.REGISTER
    LETTER_VOIDED = "register.letter-voided", "作废介绍信", Group.REGISTER
    LETTER_ORIGIN_SET = "register.letter-origin-set", "设定介绍信的单位信息", Group.REGISTER
    LETTER_TEMPLATE_SET = "register.letter-template-set", "更换介绍信模板", Group.REGISTER
    REPORT_IN_RECORDED = "register.report-in-recorded", "记录报到", Group.REGISTER
    REPORT_IN_ENDED = "register.report-in-ended", "终止报到", Group.REGISTER
    REPORT_IN_WITHDRAWN = "register.report-in-withdrawn", "撤回报到记录", Group.REGISTER
    COHORT_ADDED = "register.cohort-added", "新建一届毕业生", Group.REGISTER
    GRADUATES_REVISED = "register.graduates-revised", "修改毕业生去向", Group.REGISTER
    GRADUATE_TAKEN_OFF = "register.graduate-taken-off", "移出毕业生名单", Group.REGISTER
    GRADUATE_LETTERS_ISSUED = "register.graduate-letters-issued", "成批开具毕业生介绍信", Group.REGISTER

    CAMPAIGN_DEPLOYED = "campaign.deployed", "部署排查", Group.CAMPAIGN
    PHASE_MOVED = "campaign.phase-moved", "调整排查日期", Group.CAMPAIGN
    NOTICE_ATTACHED = "campaign.notice-attached", "附上通知文件", Group.CAMPAIGN
    BRANCHES_TAKEN_IN = "campaign.branches-taken-in", "补入新建的党支部", Group.CAMPAIGN
    CAMPAIGN_CLOSED = "campaign.closed", "结束排查", Group.CAMPAIGN
    CAMPAIGN_CONTINUED = "campaign.continued", "继续已结束的排查", Group.CAMPAIGN
    PLAN_SAVED = "campaign.plan-saved", "修改工作方案", Group.CAMPAIGN
    PLAN_CONFIRMED = "campaign.plan-confirmed", "确认工作方案", Group.CAMPAIGN
    LOOK_BACK_SET = "campaign.look-back-set", "设定回头看", Group.CAMPAIGN
    VERDICT_GIVEN = "campaign.verdict-given", "作出排查结论", Group.CAMPAIGN
    VERDICTS_CONFIRMED = "campaign.verdicts-confirmed", "一并确认在支部参加活动", Group.CAMPAIGN
    CONSULTATION_ASKED = "campaign.consultation-asked", "提出请示", Group.CAMPAIGN
    CONSULTATION_ANSWERED = "campaign.consultation-answered", "答复请示", Group.CAMPAIGN
    CONSULTATION_PUBLISHED = "campaign.consultation-published", "公布口径问答", Group.CAMPAIGN
    CONSULTATION_WITHDRAWN = "campaign.consultation-withdrawn", "撤回请示", Group.CAMPAIGN
    REPORT_SUBMITTED = "campaign.report-submitted", "上报", Group.CAMPAIGN
    REPORT_RETURNED = "campaign.report-returned", "退回上报", Group.CAMPAIGN
    REPORT_APPROVED = "campaign.report-approved", "审核通过", Group.CAMPAIGN
    REPORT_REOPENED = "campaign.report-reopened", "重新打开已通过的上报", Group.CAMPAIGN
    CHASINGS_ISSUED = "campaign.chasings-issued", "发出督办单", Group.CAMPAIGN
    CHASING_ANSWERED = "campaign.chasing-answered", "答复督办单", Group.CAMPAIGN
    INSPECTION_DRAWN = "campaign.inspection-drawn", "抽取检查名单", Group.CAMPAIGN
    INSPECTION_RECORDED = "campaign.inspection-recorded", "记录检查结果", Group.CAMPAIGN
    VISIT_NOTED = "campaign.visit-noted", "记录调研", Group.CAMPAIGN
    VISIT_SETTLED = "campaign.visit-settled", "办结调研问题", Group.CAMPAIGN
    CIRCULAR_DRAFTED = "campaign.circular-drafted", "起草通报", Group.CAMPAIGN
    CIRCULAR_SAVED = "campaign.circular-saved", "修改通报", Group.CAMPAIGN
    CIRCULAR_SENT = "campaign.circular-sent", "发出通报", Group.CAMPAIGN

    UPDATES_FILED = "campaign.updates-filed", "动态更新备案", Group.CAMPAIGN
    PARTICIPATION_RECORDED = "campaign.participation-recorded", "记录参加主题教育", Group.CAMPAIGN
    PARTICIPATION_WITHDRAWN = "campaign.participation-withdrawn", "撤回参加主题教育的记录", Group.CAMPAIGN

    MATERIAL_SENT = "campaign.material-sent", "记录送出学习材料", Group.CAMPAIGN
    MATERIAL_ACKNOWLEDGED = "campaign.material-acknowledged", "记录学习材料已确认", Group.CAMPAIGN
    MATERIAL_WITHDRAWN = "campaign.material-withdrawn", "撤回送出学习材料的记录", Group.CAMPAIGN
    ACKNOWLEDGEMENT_WITHDRAWN = "campaign.acknowledgement-withdrawn", "撤回学习材料的确认", Group.CAMPAIGN

    UNMASKED = "reading.unmasked", "查看完整号码", Group.READING
    EXPORTED = "reading.exported", "导出", Group.READING
    LETTER_PRINTED = "reading.letter-printed", "打印介绍信", Group.READING

    KEYS_ROTATED = "system.keys-rotated", "更换密钥", Group.SYSTEM
    PAYLOADS_PURGED = "system.payloads-purged", "清除过期的操作明细", Group.SYSTEM
    HEAD_ANCHORED_AGAIN = "system.head-anchored-again", "重新锚定操作记录", Group.SYSTEM

    def __new__(cls, code: str, label: str, group: Group) -> "Event":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.group = group
        return member
