"""Ways to the pages of a campaign: deployment, check, questions, report, what comes after it."""

from datetime import datetime, timedelta

from playwright.sync_api import Page

from page_ways.common import ONE_PIXEL, Way, link


def in_days(days: int) -> str:
    """A day as a date field takes it."""
    return f"{datetime.now().astimezone() + timedelta(days=days):%Y-%m-%d}"


def deployed(page: Page) -> None:
    """The office deploys a campaign that began a week ago: the day for the work plans is over."""
    page.goto("/campaigns/new")
    for field, days in (("begins_on", 7), ("deploy_by", 1)):
        page.locator(f"#id_{field}").fill(in_days(-days))
    page.get_by_role("button", name="部署").click()
    page.wait_for_load_state()


def unit(page: Page) -> None:
    """The page of one branch in a campaign."""
    page.goto("/campaigns")
    if page.get_by_role("link", name="集中排查").count() < 2:
        deployed(page)
    else:
        page.locator("main td a").first.click()
    page.get_by_role("link", name="机关第一党支部").first.click()


def check(page: Page) -> None:
    """Everybody of a branch, after 办公室-支部名册 has brought the roster in."""
    unit(page)
    page.locator("a[href$='/check']").first.click()


def one_to_check(page: Page) -> None:
    """Somebody of the register, with the days known."""
    check(page)
    page.locator("table td.name a").first.click()
    page.locator("#changed_on").fill("2026-03-01")
    page.locator("#attended_on").fill("2026-04-20")
    page.get_by_role("button", name="看建议").click()


def entering(page: Page) -> None:
    """Somebody who is not on the register is away: 附件1 is filled in, the verdict goes with it."""
    check(page)
    page.locator("p.hint a").last.click()
    page.locator("#changed_on").fill("2026-03-01")
    page.locator("#attended_on").fill("2026-04-20")
    page.get_by_role("button", name="看建议").click()
    page.get_by_role("button", name="采纳建议").click()


def some_away(page: Page) -> None:
    """Those of the register, decided one after the other."""
    check(page)
    page.get_by_role("link", name="开始逐人看").click()
    while page.locator("#changed_on").count():
        page.locator("#changed_on").fill("2026-03-01")
        page.locator("#attended_on").fill("2026-04-20")
        page.get_by_role("button", name="看建议").click()
        page.get_by_role("button", name="采纳建议").click()


def dimensions(page: Page) -> None:
    some_away(page)
    unit(page)
    page.get_by_role("link", name="流出党员的七个维度").click()
    page.wait_for_selector(".chart svg")


def campaign(name: str) -> Way:
    """A page that the page of a campaign leads to."""

    def walk(page: Page) -> None:
        page.goto("/campaigns")
        page.locator("main td a").first.click()
        page.get_by_role("link", name=name).click()

    return walk


def question(page: Page) -> None:
    """A branch asks; the office opens the question."""
    unit(page)
    page.locator("a[href$='/consultations']").first.click()
    page.locator("#question").fill("脱产进修一年、每月回来参加一次活动的，算不算流出党员？")
    page.get_by_role("button", name="请示党委办公室").click()


def answering(page: Page) -> None:
    questions(page)
    page.locator("main td a").first.click()


def questions(page: Page) -> None:
    question(page)
    page.goto("/")
    page.get_by_role("link", name="条请示等答复").first.click()


def report(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/report']").first.click()


def reported(page: Page) -> None:
    """A branch of which everybody attends hands in its nil return."""
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="继续教育学院党支部").first.click()
    page.locator("a[href$='/check']").first.click()
    page.get_by_role("button", name="确认以上勾选的人").click()
    page.get_by_role("link", name="回到本支部").click()
    page.locator("a[href$='/report']").first.click()
    sign(page)
    page.get_by_label("确认本支部没有流出党员").check()
    page.get_by_role("button", name="上报").click()
    page.get_by_role("link", name="看上报的内容").click()


def progress(page: Page) -> None:
    """The overview of a campaign."""
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="排查进度").click()
    page.wait_for_selector(".chart svg")


def sign(page: Page) -> None:
    """What a branch writes itself, who signed, the signed paper."""
    page.locator("#reviewer").fill("王书记")
    page.locator("#deployed").fill("召开支部会议学习通知，书记负责，委员分组联系")
    page.locator("#contacts").fill("每名流出党员由一名委员联系，每季度联系一次")
    page.locator("#problems").fill("无")
    page.locator("#scan").set_input_files({"name": "签字.png", "mimeType": "image/png", "buffer": ONE_PIXEL})


def edited(page: Page) -> None:
    """The branch that has reported puts somebody on its register."""
    link("各党支部", "继续教育学院党支部", "登记一人")(page)
    fields = {
        "姓名": "林晓岚",
        "出生年月": "198703",
        "入党时间": "200906",
        "身份证号": "420106198703150020",
        "单位名称": "江城测绘有限公司",
        "现居住地（流入地）": "湖北省宜昌市西陵区云集街道二马路社区",
        "本人联系电话": "13800001234",
    }
    for label, value in fields.items():
        page.get_by_label(label).first.fill(value)
    for label, value in {"性别": "女", "民族": "汉族", "文化程度": "本科", "从事行业或流动原因": "灵活就业"}.items():
        field = page.get_by_label(label).first
        field.select_option(label=value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
    page.locator("main form button.primary").first.click()
    page.wait_for_load_state()


def reported_unit(page: Page) -> None:
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="继续教育学院党支部").first.click()


def updates(page: Page) -> None:
    edited(page)
    reported_unit(page)
    page.get_by_role("link", name="上报以后的更新").click()


def all_updates(page: Page) -> None:
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="上报以后的更新").click()


def change(page: Page) -> None:
    reported_unit(page)
    page.get_by_role("link", name="附件2", exact=True).click()


def education(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/education']").first.click()
    for box in page.locator("input[name=member]").all()[:2]:
        box.check()
    page.locator("input[name=how]").first.check()
    page.locator("#materials").fill("报告单行本")
    page.get_by_role("button", name="记下参加情况").click()


def materials(page: Page) -> None:
    """Material goes to three of a branch; one of them confirms."""
    unit(page)
    page.locator("a[href$='/education']").first.click()
    page.locator("main a.button[href$='/materials']").click()
    for box in page.locator("input[name=member]").all()[2:5]:
        box.check()
    page.locator("input[name=channel]").first.check()
    page.locator("#material").fill("报告单行本、学习提纲")
    page.get_by_role("button", name="记下已送出").click()
    page.locator("input[name=sending]").first.check()
    page.get_by_role("button", name="勾选的人确认了").click()


def look_back(page: Page) -> None:
    """The office asks for a look-back; the branch's page."""
    unit(page)
    page.locator("#reason").fill("上级抽查发现漏登，请逐人再核对一遍")
    page.get_by_role("button", name="要求回头看").click()
    page.locator("a[href$='/look-back']").first.click()


def plan(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/plan']").first.click()


def carried_over(page: Page) -> None:
    """Of a first round."""
    page.goto("/campaigns")
    if page.locator("main td a").count():
        page.locator("main td a").first.click()
    else:
        deployed(page)
    page.get_by_role("link", name="和上一轮的接续").click()
