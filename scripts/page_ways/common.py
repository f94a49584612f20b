"""What every way is made of."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


ONE_PIXEL = bytes.fromhex(  # a .png
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff"
    "03000006000557bfabd40000000049454e44ae426082"
)


SOMEBODY = "the first person of the list"


Way = Callable[[Page], object]


def link(*names: str) -> Way:
    """Follow links (or press buttons that lead on) by their words, from the home page."""

    def walk(page: Page) -> None:
        page.goto("/")
        for name in names:
            found = page.locator("td.name a") if name == SOMEBODY else page.get_by_role("link", name=name)
            found.first.click()

    return walk


def at(path: str) -> Way:
    return lambda page: page.goto(path)
