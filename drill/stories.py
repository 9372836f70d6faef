"""The stories of the drill: what may happen to a breach, each from its report to its closure."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from domain.absence import london_day
from drill import acts
from drill.acts import DPO, GENERAL, OST
from drill.player import Player

Story = Callable[[Player], Awaitable[None]]


async def notify_in_time(player: Player) -> None:
    """Found in time and told to the ICO, with the clocks' reminders on the way."""
    await player.report("priya", GENERAL, acts.REPORT)
    await player.sees("owen", OST, player.reference)
    await player.pass_time(12.1)
    await player.sees("owen", OST, f"OST review of {player.reference} is due")
    await player.press("owen", OST, "claim")
    await player.pass_time(8)
    await player.sees("owen", await player.dm("owen"), f"OST review of {player.reference} is due")
    await acts.review(player, acts.BREACH)
    await player.pass_time(17)
    await player.sees("daniel", DPO, f"ICO notification of {player.reference} is due")
    await acts.decide_to_notify(player)
    await player.pass_time(2)
    await acts.submit_to_the_ico(player, await player.now() + timedelta(hours=1, minutes=30))
    await acts.tell_the_people_affected(player)
    await acts.give_an_action(player)
    await player.pass_time(20)
    await acts.complete_the_action(player)
    await acts.refer_nobody(player)
    await player.pass_time(24 * 83.1)
    await player.sees("owen", OST, f"Effectiveness review of {player.reference} is due")
    await acts.look_back(player)
    await acts.close(player)


async def followed_up(player: Player) -> None:
    """The ICO is told in time what is known, and in a follow-up what nobody knew at once."""
    await player.report("priya", GENERAL, acts.VAGUE_REPORT)
    await acts.review(player, acts.BREACH)
    await acts.decide_to_notify(player)
    await acts.submit_to_the_ico(player, await player.now())
    await player.sees("daniel", DPO, "Not yet told to the ICO")
    await acts.tell_the_people_affected(player)
    await acts.refer_nobody(player)
    await player.pass_time(24 * 11.1)
    await player.sees("daniel", DPO, f"Follow-up to the ICO of {player.reference} is due")
    await acts.find_out_the_rest(player)
    await acts.follow_up(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def decide_not_to_notify(player: Player) -> None:
    """A risk is unlikely, so the ICO is not told: as well recorded as if it were."""
    await player.report("priya", GENERAL, acts.REPORT)
    await acts.review(player, acts.MILD_BREACH)
    await acts.decide_not_to_notify(player)
    await acts.need_not_tell(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def late_discovery(player: Player) -> None:
    """OST hears after 30 hours, the ICO after 72: both ask for reasons, and the case goes on."""
    discovered = datetime.now(UTC) - timedelta(hours=30)
    late = {
        "discovered_at": acts.seconds(discovered),
        "late_reason": "The office was shut when the solicitor rang.",
    }
    await player.report("priya", GENERAL, acts.REPORT | late)
    await player.sees("maya", await player.dm("maya"), f"{player.reference} is overdue")
    await acts.review(player, acts.BREACH)
    await acts.decide_to_notify(player)
    await player.pass_time(45)
    await player.sees("grace", await player.dm("grace"), f"{player.reference} is overdue")
    sent_at = (await player.case()).ico_due + timedelta(hours=2)
    await acts.submit_to_the_ico(player, sent_at, delay="Discovered late; see the first report.")
    await acts.tell_the_people_affected(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def upstream_promoted(player: Player) -> None:
    """Badly redacted police material, caught in time as it seemed, turns out to be disclosed."""
    await player.report("priya", GENERAL, acts.REPORT)
    await acts.review(
        player,
        {
            "classification": "upstream_redaction_failure",
            "force": "staffordshire",
            "offence": "sexual_offences",
            "document_type": "witness_statement",
            "place": "body",
            "caught": "yes",
            "reason": "Caught by the reviewing lawyer.",
        },
    )
    await player.pass_time(100)
    aware_at = acts.seconds(await player.now() + timedelta(hours=99))
    disclosed = acts.MILD_BREACH | {"caught": "no", "aware_at": aware_at}
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", disclosed)
    await acts.decide_not_to_notify(player)
    await acts.need_not_tell(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def restricted_twice(player: Player) -> None:
    """Telling a witness would tip off a defendant: looked at again twice, then told."""
    await player.report("priya", GENERAL, acts.REPORT)
    await acts.review(player, acts.BREACH)
    await acts.decide_to_notify(player)
    await acts.submit_to_the_ico(player, await player.now())
    for _ in range(2):
        await _restrict(player)
        await player.pass_time(24 * 14.5)
    await acts.tell_the_people_affected(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def _restrict(player: Player) -> None:
    await player.fill(
        "daniel",
        DPO,
        "people_informed",
        "People affected",
        {
            "communication": "restricted",
            "ground": "s68_7_b",
            "review_on": (await player.now() + timedelta(days=14)).date().isoformat(),
            "reason": "Telling the witness would tip off a defendant.",
        },
    )


async def dpo_away(player: Player) -> None:
    """The DPO is on leave, so the deputy decides and tells the people affected."""
    today = london_day(datetime.now(UTC))
    await player.go_away("daniel", today, today + timedelta(days=7))
    await player.report("priya", GENERAL, acts.REPORT)
    await acts.review(player, acts.MILD_BREACH)
    await acts.decide_not_to_notify(player, "grace")
    await acts.need_not_tell(player, "grace")
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)
    await player.come_back("daniel")


async def merged(player: Player) -> None:
    """Two people report the same letter: the later case is merged into the first, which goes on."""
    await player.report("priya", GENERAL, acts.REPORT)
    first = player.reference
    await player.case()
    await player.report("tom", GENERAL, acts.REPORT)
    await acts.review(
        player,
        {
            "classification": "duplicate",
            "duplicate_of": first,
            "reason": "The same statement; both had seen the defence's e-mail.",
        },
    )
    await player.outcome()
    await player.sees("owen", OST, f"Duplicate of: {first}")
    player.goes_on_with(first, ["report"])
    await acts.review(player, acts.MILD_BREACH)
    await acts.decide_not_to_notify(player)
    await acts.need_not_tell(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


async def reopened(player: Player) -> None:
    """Closed as no breach; the ICO writes, and it is one after all."""
    await player.report("priya", GENERAL, acts.REPORT)
    await acts.review(
        player, {"classification": "not_a_breach", "reason": "It went to the right person."}
    )
    await acts.close(player)
    await player.fill(
        "owen", OST, "reopening", "Reopen case", {"reason": "The ICO has written about it."}
    )
    await player.fill_from_menu("owen", OST, "reclassification", "Reclassify", acts.MILD_BREACH)
    await acts.decide_not_to_notify(player)
    await acts.need_not_tell(player)
    await acts.refer_nobody(player)
    await acts.need_not_look_back(player)
    await acts.close(player)


STORIES: dict[str, Story] = {
    "notify in time": notify_in_time,
    "followed up with the ICO": followed_up,
    "decide not to notify": decide_not_to_notify,
    "late discovery": late_discovery,
    "upstream failure promoted": upstream_promoted,
    "restricted, reviewed twice": restricted_twice,
    "DPO away": dpo_away,
    "duplicate merged": merged,
    "reopened after closure": reopened,
}
