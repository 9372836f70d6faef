"""What people do on the page, for the tests in a browser."""

from playwright.async_api import Page


async def choose(page: Page, label: str, option: str) -> None:
    """Types into a list's search field and takes what it offers."""
    await page.get_by_label(label).fill(option)
    await page.get_by_role("option", name=option).first.click()
