"""Other words that branches write for the entries of `vocabulary`'s closed lists, and hints for words that are none.

Keyed by member name; words stand with white space between. They are matched in `lexicon.normal_form` (half-width, upper
case, no punctuation), so that spaces, brackets and 、 need no word of their own. A word stands here only if it can mean
nothing else: 打工 may be K, L or S, so it is a hint and a person decides.
"""

from collections.abc import Mapping

Words = Mapping[str, str]

SEX: Words = {
    "MALE": "男性 男生 男士 M MALE",
    "FEMALE": "女性 女生 女士 F FEMALE",
}

# Each of the 56 is also known without its 族. Old official names: 僮 until 1965, 佧佤 1963, 崩龙 1985, 毛难 1986.
# 莽人 and 克木人 have been 布朗族 since 2009, 苦聪人 拉祜族 since 1987.
ETHNIC_GROUP: Words = {
    "MONGOL": "蒙族",
    "UYGUR": "维族",
    "ZHUANG": "僮族",
    "CHOSEN": "朝族 鲜族",
    "YAO": "傜族",
    "VA": "佧佤族",
    "SHE": "畬族",
    "LAHU": "苦聪人",
    "KIRGIZ": "吉尔吉斯族",
    "DAUR": "达翰尔族 达呼尔族",
    "BLANG": "莽人 克木人",
    "MAONAN": "毛难族",
    "UZBEK": "乌兹别克族",
    "DEANG": "崩龙族",
    "UNIDENTIFIED": "其它 其他族 其他民族 未识别 未识别民族 未定民族 其他未识别",
    "NATURALISED": "外国血统 外国血统中国籍人士 外国血统中国籍 入籍人士 外籍加入中国籍",
}
# Groups not officially identified: counted as 97, each written as itself on the form.
UNIDENTIFIED_GROUPS = (
    "穿青人 革家人 僅家人 夏尔巴人 僜人 摩梭人 蔡家人 龙家人 屯堡人 老品人 八甲人 临高人 图瓦人 里民人"
)

# 大普 (大学普通班, 1970-1976) is counted with 大专, as personnel statistics do, though the code table of education
# levels (GB/T 4658) sets it beside 本科; the notice of how it was read lets a person decide otherwise.
# 在读 and 肄业 are no synonyms: neither says which level was finished.
EDUCATION: Words = {
    "ILLITERATE": "半文盲 文盲半文盲 文盲或半文盲 不识字",
    "PRIMARY": "小学毕业 小学文化 小学学历",
    "JUNIOR_HIGH": "初级中学 初中毕业 初中文化 初中学历 普通初中",
    "SENIOR_HIGH": "高级中学 高中毕业 高中文化 高中学历 普通高中 普高",
    "SECONDARY_VOCATIONAL": """
        中等专科 中等专业学校 中专毕业 中专学历 中师 中等师范 中职 中等职业 中等职业教育 职业中专
        普通中专 成人中专
    """,
    "TECHNICAL": "中技 技工学校 技校毕业 中等技校",
    "VOCATIONAL_HIGH": "职中 职业高中 职业中学 职高毕业",
    "COLLEGE": """
        专科 大学专科 大普 大学普通班 高职 高专 高职高专 高职专科 大专毕业 大专学历 专科毕业 专科学历 专科生 大专生
        高等专科 高等职业教育 全日制大专 全日制专科 在职大专 成人大专 函授大专 自考大专 电大大专 党校大专
        中央党校大专 省委党校大专
    """,
    "BACHELOR": """
        大学 大学本科 本科生 大本 学士 学士学位 大学学士 本科学士 大学毕业 大学学历 大学文化 本科毕业
        本科学历 全日制本科 全日制大学 全日制大学本科 普通本科 在职本科 在职大学 成人本科 函授本科
        自考本科 电大本科 专升本 双学士 职业本科 中央党校大学 中央党校本科 省委党校大学 省委党校本科
        党校本科
    """,
    "POSTGRADUATE": """
        研究生学历 研究生毕业 大学研究生 全日制研究生 在职研究生 研究生教育 党校研究生 中央党校研究生
        省委党校研究生
    """,
    "MASTER": "硕士 硕士生 硕士学位 研究生硕士 硕士毕业 在职硕士 全日制硕士 专业硕士 学术硕士",
    "DOCTOR": "博士 博士生 博士学位 研究生博士 博士毕业 博士后 在职博士 全日制博士",
}
EDUCATION_HINTS: Mapping[str, str] = {
    "中学": "请填“初中”或“高中”",
    "肄业": "请填已毕业的最高学历",
    "在读": "请填已毕业的最高学历，如“高中”“大专”“本科”",
    "结业": "请填已毕业的最高学历",
}

# 有 and 无 answer 是否建立党组织; 无 and 没有 stay empty words (domain.md).
YES = """
    是 有 已建立 建立 已建 建有 已成立 成立 有党组织 已建立党组织 建立党组织 已成立党组织 √ ✓ ✔ ☑ Y
    YES TRUE
"""
NO = """
    否 不是 未 未建立 没建立 没有建立 尚未建立 未建 未成立 没成立 没有成立 尚未成立 无党组织
    没有党组织 未建立党组织 没有建立党组织 未成立党组织 × ✗ ✘ ❌ X N NO FALSE
"""

REASON: Words = {
    "SELF_EMPLOYED": "个体 个体户 经商 个体工商户 个体经营 个体经营户 个体工商 做生意 外出经商 自己开店 开店",
    "CONSTRUCTION": """
        工程建筑行业务工 在工程和建筑行业务工 在工程建筑行业打工 在工程或建筑行业务工 工程建筑
        工程建筑行业 工程建筑务工 建筑行业务工 建筑业务工 在建筑行业务工 在建筑工地务工 建筑务工 建筑工
        建筑工人 建筑行业 建筑业 工地务工 在工地务工 工地打工 建筑工地务工
    """,
    "NEW_ORGANIZATION": """
        两新组织员工 两新组织职工 两新组织 两新 两新员工 两新组织员工或职工 两新组织人员 两新组织从业人员
        新经济组织员工 新社会组织员工 新经济组织 新社会组织 非公企业 非公企业员工 非公企业职工
        非公有制企业员工 非公经济组织员工 民企员工 民营企业员工 民营企业职工 私企员工 私营企业员工
        私营企业职工 私企职工 社会组织 社会组织员工 社会组织职工 社会组织工作人员
    """,
    "POSTED": """
        单位派驻外地工作 公司派驻外地工作 单位派驻外地 公司派驻外地 派驻外地 派驻外地工作 单位派驻
        公司派驻 单位外派 公司外派 单位或公司派驻外地工作 单位公司派驻外地 单位派往外地工作
        公司派往外地工作 外派 外派工作 驻外工作
    """,
    "COURIER": "快递 快递小哥 快递配送员 快递派送员 快递从业人员 送快递 邮政快递员",
    "FOOD_DELIVERY": """
        外卖 外卖员 外卖小哥 外卖骑手 外卖配送员 外卖送餐 外卖派送员 送外卖 送餐员 骑手 美团骑手
        美团外卖员 美团外卖骑手 饿了么骑手 饿了么外卖员
    """,
    "RIDE_HAILING": "网约车 网约车驾驶员 网约司机 开网约车 跑网约车 滴滴司机 滴滴 跑滴滴 开滴滴 滴滴网约车司机",
    "TRUCK_DRIVER": "货运司机 卡车司机 大货车司机 货车驾驶员 货运驾驶员 货车 开货车 跑货运 货拉拉司机",
    "FAMILY_OR_ELSEWHERE": """
        照顾家庭异地居住 照顾家庭 照顾家人 照顾老人 照顾父母 照顾小孩 照顾孩子 照顾孙子 照顾孙辈 带孙子
        带孙女 带孩子 带小孩 异地居住 外地居住 异地养老 异地生活 随子女居住 随子女生活 投靠子女
        随配偶居住 陪读 异地居住或照顾家庭
    """,
    "FLEXIBLE": "灵活就业人员 自由职业 自由职业者 打零工 零工 打短工 灵活就业者 灵活用工",
    "GRADUATE_UNEMPLOYED": """
        待业 毕业未就业 已毕业未就业 毕业尚未就业 已毕业尚未就业 已毕业但未就业 毕业后未就业 毕业待业
        毕业生未就业 未就业毕业生 高校毕业生未就业 待就业 毕业待就业
    """,
    "OTHER": "其它 其他情况 其他情形 其他原因 其他行业 其它原因 其它情况",
}
_BY_TRADE = "请按所在行业填，如“两新组织员工（职工）”“在工程、建筑行业务工”“灵活就业”；都不符的填“其他（具体情形）”"
_STUDY = "如是升学，请填“其他（升学）”"
REASON_HINTS: Mapping[str, str] = {
    "升学": _STUDY,
    "上学": _STUDY,
    "读书": _STUDY,
    "读研": _STUDY,
    "考研": _STUDY,
    "求学": _STUDY,
    "学习": _STUDY,
    "专升本": _STUDY,
    "参军": "请填“其他（参军）”",
    "入伍": "请填“其他（参军）”",
    "服役": "请填“其他（参军）”",
    "出国": "请填“其他（出国）”",
    "留学": "请填“其他（出国留学）”",
    "退休": "如在异地居住，请填“照顾家庭或异地居住”",
    "失业": "如是毕业未就业，请填“已毕业但尚未就业”；否则填“其他（失业）”",
    "公务员": "请填“其他（公务员）”",
    "教师": "请填“其他（教师）”；民办学校的可填“两新组织员工（职工）”",
    "国企": "如是单位派驻，请填“单位（公司）派驻外地工作”；否则填“其他（国企职工）”",
    "司机": "请填“网约车司机”或“货车司机”",
    "打工": _BY_TRADE,
    "务工": _BY_TRADE,
    "上班": _BY_TRADE,
    "工作": _BY_TRADE,
    "就业": _BY_TRADE,
}

VERDICT: Words = {
    "OUTFLOW": "流出 流动党员 是流动党员 属流出党员 外出流动党员",
    "OUTFLOW_DEEMED": """
        支部认定 支部认定为流出党员 视为流动党员 视为流出党员 视为流动党员少参加支部认定 参加较少支部认定
        流动党员支部认定 认定为流动党员
    """,
    "ATTENDING": """
        正常 正常参加 正常参加组织生活 能经常参加活动 经常参加活动 能经常参加支部活动 非流动党员
        不是流动党员 未流出
    """,
    "ATTENDING_AFTER_URGING": """
        督促后正常参加 督促后参加活动 经督促正常参加活动 经督促能经常参加活动 教育后正常参加活动
        经教育管理能经常参加活动
    """,
    "TRANSFERRED": "已转移 已转移正式组织关系 组织关系已转移 已转接组织关系 经督促已转移正式组织关系",
    "OUT_OF_CONTACT": "失联 失去联系党员 失联党员 联系不上",
    "UNDECIDED": "未定 待核实 待研究 待请示 把握不准 尚未确定",
}
VERDICT_HINTS: Mapping[str, str] = {
    "转出": "收到回执的填“已转移组织关系”；回执未到的按其活动情况填",
    "在途": "回执未到的仍由本支部负责，请按其活动情况填",
}
