"""Files that the app sends: a person downloads them as they were sent."""

from pathlib import Path

from playwright.async_api import expect

from tests.localslack_page.conftest import OpenPage
from tests.localslack_page.lost_property import LostProperty

CONTENT = b"PK\x03\x04 not quite a document"


async def test_a_file_in_a_direct_message_is_there_to_download(
    open_page: OpenPage, desk: LostProperty, tmp_path: Path
) -> None:
    opened = await desk.client.conversations_open(users=["U0PRIYA"])
    dm = opened["channel"]["id"]
    await desk.client.files_upload_v2(
        channel=dm, filename="list.docx", file=CONTENT, initial_comment="Here is the list."
    )
    page = await open_page(f"priya/{dm}")
    await expect(page.locator(".message")).to_contain_text("Here is the list.")

    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="list.docx").click()

    download = await downloading.value
    assert download.suggested_filename == "list.docx"
    await download.save_as(tmp_path / "list.docx")
    assert (tmp_path / "list.docx").read_bytes() == CONTENT
