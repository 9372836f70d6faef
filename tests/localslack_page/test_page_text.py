"""What the page makes of text and times, module by module."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.localslack_page.conftest import HERE, OpenPage

EMOJI = [
    "white_check_mark",
    "warning",
    "rotating_light",
    "alarm_clock",
    "hourglass_flowing_sand",
    "hourglass",
    "lock",
    "memo",
    "bust_in_silhouette",
    "busts_in_silhouette",
    "mag",
    "scales",
    "clipboard",
    "x",
    "no_entry",
    "bell",
    "inbox_tray",
    "pushpin",
    "speech_balloon",
    "calendar",
    "wrench",
    "large_green_circle",
    "large_yellow_circle",
    "red_circle",
    "black_circle",
    "information_source",
    "arrow_right",
    "tada",
    "outbox_tray",
    "female-detective",
    "shield",
]


@pytest.fixture
async def page(open_page: OpenPage) -> Page:
    # A browser far from London, so that a forgotten time zone shows.
    return await open_page("priya/general", timezone_id="Asia/Tokyo")


async def results(page: Page, module: str, function: str, *calls: list[Any]) -> Any:
    """What a function of a module gives for each list of arguments."""
    script = """async ([module, name, calls]) => {
        const loaded = await import(module);
        return calls.map((args) => loaded[name](...args));
    }"""
    return await page.evaluate(script, [module, function, list(calls)])


async def test_mrkdwn_becomes_the_right_elements(page: Page) -> None:
    cases = {
        "*bold* _italic_ ~strike~ `code`": "<b>bold</b> <i>italic</i> <s>strike</s> <c>code</c>",
        "*bold _and italic_*": "<b>bold <i>and italic</i></b>",
        "3*4*5 and snake_case_name stay": "3*4*5 and snake_case_name stay",
        "*not closed and * spaced *": "*not closed and * spaced *",
        "(*in brackets*), *at the end*.": "(<b>in brackets</b>), <b>at the end</b>.",
        "`*not bold* &lt;x&gt;`": "<c>*not bold* &lt;x&gt;</c>",
        "&lt;script&gt; &amp;amp;": "&lt;script&gt; &amp;amp;",
        "<https://example.org/?a=1&amp;b=2|a link>": "<a https://example.org/?a=1&b=2>a link</a>",
        "see https://example.org/x.": "see <a https://example.org/x>https://example.org/x</a>.",
        "<mailto:a@example.org|write>": "<a mailto:a@example.org>write</a>",
        "<javascript:alert(1)|click>": "&lt;javascript:alert(1)|click&gt;",
        "<@U0OWEN> <@U0NOBODY|nan>": "<m>@Owen Price</m> <m>@nan</m>",
        "<#C0GENERAL> <#C0OTHER>": "<m>#general</m> <m>a private channel</m>",
        "<!subteam^S0REVIEWERS> <!here>": "<m>@reviewers</m> <m>@here</m>",
        ":tada: :no_such_emoji: 10:30:15": "🎉 :no_such_emoji: 10:30:15",
        "*:warning: bold*": "<b>⚠️ bold</b>",
        "&gt; quoted\n&gt; twice\nplain": "<q>quoted|twice</q>plain",
        "&gt;&gt;&gt;all\nof it": "<q>all|of it</q>",
        "• one\n• two": "<u>one|two</u>",
        "3. three\n4. four": "<o>three|four</o>",
        "before ```\n*raw*\n``` after": "before <p>*raw*</p> after",
        "one\n\nthree": "one||three",
        "<!date^0^{date}^https://example.org|then>": "<a https://example.org>1 January 1970</a>",
    }
    script = (HERE / "outline.js").read_text(encoding="utf-8")
    outlines = await page.evaluate(script, list(cases))
    assert dict(zip(cases, outlines, strict=True)) == cases


async def test_date_tokens_are_written_in_london_time(page: Page) -> None:
    now = 1_795_345_200  # Sunday 22 November 2026, 11:00 in London
    summer = 1_782_895_800  # Wednesday 1 July 2026, 09:50 in London, 08:50 UTC
    calls = {
        ("{date_num}", summer): "2026-07-01",
        ("{date}", summer): "1 July 2026",
        ("{date_short}", summer): "1 Jul 2026",
        ("{date_long}", summer): "Wednesday 1 July 2026",
        ("{time}", summer): "09:50",
        ("{time_secs}", summer): "09:50:00",
        ("due {date_short_pretty} at {time}", now): "due today at 11:00",
        ("{date_pretty}", now + 86_400): "Tomorrow",
        ("{date_long_pretty}", now - 86_400): "Yesterday",
        ("{date_short_pretty}", now + 172_800): "24 Nov 2026",
        ("{day_divider_pretty}", now - 259_200): "Thursday 19 November",
        ("{ago}", now - 30): "just now",
        ("{ago}", now - 180): "3 minutes ago",
        ("{ago}", now - 3_700): "1 hour ago",
        ("{ago}", now + 7_300): "in 2 hours",
        ("{unknown} {time}", now): "{unknown} 11:00",
    }
    arguments = [[unix, template, now] for template, unix in calls]
    written = await results(page, "/js/time/slackdate.js", "formatSlackDate", *arguments)
    assert dict(zip(calls, [w.replace(",", "") for w in written], strict=True)) == calls


async def test_typed_times_are_london_s_across_clock_changes(page: Page) -> None:
    calls = {
        "2026-01-15T12:00": {"unix": 1_768_478_400, "clock": "plain"},
        "2026-07-01T09:50": {"unix": 1_782_895_800, "clock": "plain"},
        # 25 October 2026: 01:30 comes twice; the first is 00:30 UTC.
        "2026-10-25T00:59": {"unix": 1_792_886_340, "clock": "plain"},
        "2026-10-25T01:30": {"unix": 1_792_888_200, "clock": "repeated"},
        "2026-10-25T02:00": {"unix": 1_792_893_600, "clock": "plain"},
        # 29 March 2026: 01:30 does not come at all; the earlier reading is 00:30 UTC.
        "2026-03-29T00:59": {"unix": 1_774_745_940, "clock": "plain"},
        "2026-03-29T01:30": {"unix": 1_774_744_200, "clock": "skipped"},
        "2026-03-29T02:00": {"unix": 1_774_746_000, "clock": "plain"},
        "2026-03": None,
    }
    read = await results(page, "/js/time/london.js", "fromLocalInput", *([t] for t in calls))
    assert dict(zip(calls, read, strict=True)) == calls


async def test_emoji_that_apps_use_are_known(page: Page) -> None:
    known = await results(page, "/js/text/emoji.js", "hasEmoji", *([name] for name in EMOJI))
    assert [name for name, is_known in zip(EMOJI, known, strict=True) if not is_known] == []
