"""`make run`: everything starts, stops without leaving anything behind, and goes on next time."""

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from localslack.driver import Person
from onemachine.ports import any_free

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 60
OST, GENERAL = "breach-ost", "general"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REPORT = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "description": "An address was left in.",
}


class Run:
    """`python -m onemachine` on ports and in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {
            name: any_free()
            for name in ("TEMPORAL_PORT", "TEMPORAL_UI_PORT", "LOCALSLACK_PORT", "CODEC_PORT")
        }
        self.slack = f"http://127.0.0.1:{self.ports['LOCALSLACK_PORT']}"

    async def start(self) -> asyncio.subprocess.Process:
        process = await self.begin()
        await asyncio.wait_for(self._until_ready(process), READY_WITHIN_S)
        return process

    async def begin(self) -> asyncio.subprocess.Process:
        left_out = ("DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE")
        inherited = {name: value for name, value in os.environ.items() if name not in left_out}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "onemachine",
            cwd=ROOT,
            env=inherited
            | {"DATA_FOLDER": str(self.folder)}
            | {name: str(port) for name, port in self.ports.items()},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def _until_ready(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        async for line in process.stdout:
            if b"Ready after" in line:
                return
        pytest.fail("it ended before it was ready")

    async def stop(self, process: asyncio.subprocess.Process) -> int:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), 40)
        return process.returncode if process.returncode is not None else -1

    def left_behind(self) -> list[str]:
        """Processes that still name our folder or our ports."""
        marks = [str(self.folder), *map(str, self.ports.values())]
        found = []
        for entry in Path("/proc").iterdir():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, UnicodeDecodeError):
                continue
            if any(mark in command.split() or f"{mark}/" in command for mark in marks):
                found.append(command)
        return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux's /proc")
async def test_it_stops_without_a_trace_and_goes_on_with_every_open_case(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    process = await run.start()
    async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
        await priya.type(GENERAL, "/breach")
        assert (await priya.submit(await priya.modal(), REPORT)).accepted
        await owen.wait_for_message(OST, "BR-", 10)
    assert await run.stop(process) == 0
    assert run.left_behind() == []

    process = await run.start()
    async with Person(run.slack, "owen") as owen:
        card = await owen.wait_for_message(OST, "BR-", 10)
        await owen.press(card, "claim")
        await owen.wait_until(
            OST, lambda found: next((m for m in found if "claimed by" in m.text()), None), 20
        )
    assert await run.stop(process) == 0
    assert run.left_behind() == []


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "onemachine",
        cwd=ROOT,
        env=os.environ | {"DATA_FOLDER": str(tmp_path), "LOCALSLACK_PORT": str(port)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 20)
    taken.close()
    assert process.returncode == 2
    assert f"LOCALSLACK_PORT: port {port} is in use" in output.decode()


async def test_without_its_keys_it_says_what_to_do_and_then_cases_go_on_from_the_register(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path / "data")
    process = await run.start()
    async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
        await priya.type(GENERAL, "/breach")
        assert (await priya.submit(await priya.modal(), REPORT)).accepted
        await owen.wait_for_message(OST, "BR-", 10)
    assert await run.stop(process) == 0
    (run.folder / "payload-keys").unlink()

    process = await run.begin()
    output, _ = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    last = output.decode().splitlines()[-1]
    _, _, command = last.partition("from the register: ")
    await (await asyncio.create_subprocess_shell(command)).wait()

    process = await run.start()
    async with Person(run.slack, "owen") as owen:
        new_card = await owen.wait_until(
            OST, lambda found: next(iter([m for m in found if "BR-" in m.text()][1:]), None), 20
        )
        await owen.press(new_card, "claim")
        await owen.wait_until(
            OST, lambda found: next((m for m in found if "claimed by" in m.text()), None), 20
        )
    assert await run.stop(process) == 0


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; on Debian: apt-get install chromium")
async def test_the_temporal_ui_tells_operators_the_story_and_nothing_that_was_typed(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path / "data")
    process = await run.start()
    try:
        async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
            await priya.type(GENERAL, "/breach")
            form = REPORT | {"involved": "U0AISHA"}
            assert (await priya.submit(await priya.modal(), form)).accepted
            await owen.wait_for_message(OST, "BR-", 10)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
            )
            page = await browser.new_page()
            page.set_default_timeout(20_000)
            ui = f"http://127.0.0.1:{run.ports['TEMPORAL_UI_PORT']}/namespaces/default/workflows"
            await page.goto(f"{ui}/BR-2026-0001")
            await expect(page.get_by_text("Announce: Report received")).to_be_visible()
            for words in ('"failure_to_redact"', '"west-midlands"', '"(withheld)"'):
                await expect(page.locator("body")).to_contain_text(words)
            assert REPORT["description"] not in await page.content()
            assert "U0AISHA" not in await page.content()

            await page.get_by_text("User Metadata").first.click()
            frames = page.frame_locator("iframe")
            await expect(frames.nth(0).locator("body")).to_contain_text("Failure to redact")
            await expect(frames.nth(1).locator("body")).to_contain_text("BR-2026-0001")
            await expect(frames.nth(2).locator("body")).to_contain_text(
                "Waiting for: the Operational Security Team to review it"
            )
            await browser.close()
    finally:
        assert await run.stop(process) == 0
