"""`make run`: everything starts, stops without leaving anything behind, and goes on next time."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from localslack.driver import Person
from onemachine.example import COMMAND, SETTLED
from tests.onemachine.running import Run, needs_proc, secrets_shown

STOPPED = "run      | stopped; open cases go on at the next `make run`"
OST, GENERAL = "breach-ost", "general"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REPORT = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "description": "An address was left in.",
}


@needs_proc
async def test_it_stops_without_a_trace_and_goes_on_with_every_open_case(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    await run.start()
    assert secrets_shown(run) == []
    await run.until(f"Example data DATA_FOLDER={tmp_path / 'data'} {COMMAND}")
    async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
        await priya.type(GENERAL, "/breach")
        assert (await priya.submit(await priya.modal(), REPORT)).accepted
        await owen.wait_for_message(OST, "BR-", 10)
    assert await run.end(signal.SIGINT) == 0
    assert run.said.count(STOPPED) == 1
    assert run.running() == set()

    await run.start()
    async with Person(run.slack, "owen") as owen:
        card = await owen.wait_for_message(OST, "BR-", 10)
        await owen.press(card, "claim")
        await owen.wait_until(
            OST, lambda found: next((m for m in found if "claimed by" in m.text()), None), 20
        )
    assert await run.end(signal.SIGHUP) == 0
    assert run.running() == set()


async def test_without_its_keys_it_says_what_to_do_and_then_cases_go_on_from_the_register(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path / "data")
    await run.start()
    async with Person(run.slack, "priya") as priya, Person(run.slack, "owen") as owen:
        await priya.type(GENERAL, "/breach")
        assert (await priya.submit(await priya.modal(), REPORT)).accepted
        await owen.wait_for_message(OST, "BR-", 10)
    assert await run.end(signal.SIGINT) == 0
    (run.folder / "payload-keys").unlink()

    await run.begin()
    assert await run.ended() == 2
    last = [line for line in run.said if line][-1]
    _, _, command = last.partition("from the register: ")
    await (await asyncio.create_subprocess_shell(command)).wait()

    await run.start()
    async with Person(run.slack, "owen") as owen:
        new_card = await owen.wait_until(
            OST, lambda found: next(iter([m for m in found if "BR-" in m.text()][1:]), None), 20
        )
        await owen.press(new_card, "claim")
        await owen.wait_until(
            OST, lambda found: next((m for m in found if "claimed by" in m.text()), None), 20
        )
    assert await run.end(signal.SIGINT) == 0


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; on Debian: apt-get install chromium")
async def test_the_temporal_ui_tells_operators_the_story_and_nothing_that_was_typed(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path / "data")
    await run.start()
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
            ui = f"http://127.0.0.1:{run.settings['TEMPORAL_UI_PORT']}/namespaces/default/workflows"
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
        assert await run.end(signal.SIGINT) == 0


@needs_proc
async def test_what_a_killed_one_left_running_is_ended_by_the_next(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    await run.start()
    assert await run.end(signal.SIGKILL) == -signal.SIGKILL
    left = run.running()
    assert len(left) == 6, "Temporal, Slack, codec server, worker, listener, watchdog"

    master, slave = os.openpty()
    os.write(master, b"n\n")
    await run.begin(stdin=slave)
    os.close(slave)
    await run.until("Not loaded")
    await run.until("Ready after")
    assert (run.folder / SETTLED).exists(), "an answer is remembered"
    said = "\n".join(run.said)
    assert [said.count(f"ending {part} (process ") for part in ("temporal", "worker")] == [1, 1]
    assert "is in use" not in said

    os.close(master)  # as a terminal is that somebody closes
    assert await run.ended() == 0
    assert run.running() == set()


@needs_proc
@pytest.mark.parametrize("words", ["temporal |", "slack    |", "worker_ready"])
async def test_ctrl_c_while_it_starts_is_answered_by_one_line(tmp_path: Path, words: str) -> None:
    run = Run(tmp_path / "data")
    await run.begin()
    await run.until(words)
    before = len(run.said)

    assert await run.end(signal.SIGINT) == 0

    said = [line for line in run.said[before:] if line.startswith(("run ", "Traceback"))]
    assert said == [STOPPED]
    assert run.running() == set()


@needs_proc
async def test_ctrl_c_at_the_question_about_example_data_is_answered_by_one_line(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path / "data")
    master, slave = os.openpty()
    await run.begin(stdin=slave)
    os.close(slave)
    await run.until("The register is empty.")

    assert await run.end(signal.SIGINT) == 0

    os.close(master)
    assert run.said[-1:] == [""]
    assert [line for line in run.said if STOPPED in line], run.said
    assert not [line for line in run.said if "Traceback" in line]
    assert not (run.folder / SETTLED).exists()
    assert run.running() == set()


@needs_proc
async def test_ctrl_c_before_the_first_part_runs_is_answered_by_one_line(tmp_path: Path) -> None:
    run = Run(tmp_path / "data")
    await run.begin()
    async with asyncio.timeout(30):
        while not (run.folder / "running" / "make-run").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert await run.end(signal.SIGINT) in (0, 130)

    assert [line for line in run.said if line] in ([STOPPED], ["stopped"])
    assert run.running() == set()
