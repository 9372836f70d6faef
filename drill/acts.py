"""What the drill's people do in more than one of its stories, with what they write."""

from datetime import UTC, datetime, timedelta
from typing import Any

from drill.player import Player

GENERAL, OST, DPO = "general", "breach-ost", "breach-dpo"

VAGUE_REPORT: dict[str, Any] = {
    "area": "west-midlands",
    "incident_type": "failure_to_redact",
    "people_affected": "2",
    "description": "An address was left unredacted in a statement sent to the defence.",
}
FACTS: dict[str, Any] = {
    "occurred_at": int(datetime(2026, 3, 2, 10, 30, tzinfo=UTC).timestamp()),
    "data_types": ["basic_identifiers"],
    "data_subjects": ["witness"],
}
"""What the ICO's form requires beside."""
REPORT = VAGUE_REPORT | FACTS
BREACH: dict[str, Any] = {
    "classification": "breach",
    "severity": "high",
    "reason": "A witness's home address reached the defence; safety may be at risk.",
}
MILD_BREACH: dict[str, Any] = {
    "classification": "breach",
    "severity": "low",
    "reason": "The statement went to counsel in the same case, who deleted it unread.",
}


def seconds(moment: datetime) -> int:
    """An instant as Slack's picker gives it."""
    return int(moment.timestamp())


async def review(player: Player, answers: dict[str, Any]) -> None:
    """OST reviews the case."""
    await player.fill("owen", OST, "review", "OST review", answers)


async def decide_to_notify(player: Player) -> None:
    """The DPO decides that the ICO is told."""
    await player.fill(
        "daniel",
        DPO,
        "ico_decision",
        "ICO decision",
        {"notify": "notify", "reason": "A risk to the witness's safety can't be ruled out."},
    )


async def decide_not_to_notify(player: Player, who: str = "daniel") -> None:
    """The DPO, or the deputy, decides that the ICO need not be told."""
    await player.fill(
        who,
        DPO,
        "ico_decision",
        "ICO decision",
        {"notify": "do_not_notify", "reason": "Deleted unread by counsel: a risk is unlikely."},
    )


async def submit_to_the_ico(player: Player, sent_at: datetime, delay: str | None = None) -> None:
    """The DPO records what was sent, and why if it went late."""
    await player.fill(
        "daniel",
        DPO,
        "ico_submission",
        "ICO submission",
        {
            "ico_reference": "IC-000000-DRILL",
            "submitted_at": seconds(sent_at),
            "delay_reasons": delay,
        },
    )


async def find_out_the_rest(player: Player) -> None:
    """OST records what nobody knew at once."""
    found = FACTS | {"reason": "The bundle was read again, page by page."}
    await player.fill_from_menu("owen", OST, "facts_completed", "Complete the facts", found)


async def follow_up(player: Player) -> None:
    """The DPO records that the ICO was told the rest."""
    await player.fill(
        "daniel",
        DPO,
        "ico_follow_up",
        "Follow-up to the ICO",
        {
            "sent_at": seconds(await player.now()),
            "what": "When it happened, which data it was, and whose.",
            "complete": "complete",
        },
    )


async def tell_the_people_affected(player: Player) -> None:
    """The DPO records that they were told."""
    await player.fill(
        "daniel",
        DPO,
        "people_informed",
        "People affected",
        {
            "communication": "told",
            "told_at": seconds(await player.now()),
            "number": "2",
            "reason": "By telephone through the witness care unit, then in writing.",
        },
    )


async def need_not_tell(player: Player, who: str = "daniel") -> None:
    """The DPO, or the deputy, records why the people affected need not be told."""
    await player.fill(
        who,
        DPO,
        "people_informed",
        "People affected",
        {"communication": "not_required", "ground": "s68_3_b", "reason": "Deleted unread."},
    )


async def give_an_action(player: Player) -> None:
    """The Area's SIM takes on what is to be put right."""
    await player.fill_in_dm(
        "tom",
        "action_added",
        "Add remedial action",
        {
            "description": "Recall the statement and confirm that every copy is destroyed.",
            "owner": "U0TOM",
            "due_on": (await player.now() + timedelta(days=7)).date().isoformat(),
        },
    )


async def complete_the_action(player: Player) -> None:
    """The owner says what shows that it is done."""
    await player.fill_in_dm(
        "tom",
        "action_completed",
        "Complete action",
        {"evidence": "The defence confirmed destruction in writing."},
    )


async def refer_nobody(player: Player) -> None:
    """The OST lead chooses not to refer."""
    await player.fill(
        "maya",
        OST,
        "referral_decision",
        "Referral choice",
        {"refer": "do_not_refer", "reason": "A slip in a rushed bundle; training is the answer."},
    )


async def look_back(player: Player) -> None:
    """OST looks back on the actions, once its clock has reminded of it."""
    await player.fill(
        "owen",
        OST,
        "effectiveness_review",
        "Effectiveness review",
        {
            "worked": "yes",
            "kept_up": "yes",
            "recurred": "no",
            "learned": "The course is repeated for whoever joins.",
            "further_action": "no",
        },
    )


async def need_not_look_back(player: Player) -> None:
    """OST says why there is nothing to look back on."""
    await player.fill(
        "owen",
        OST,
        "effectiveness_review",
        "Effectiveness review",
        {"needed": "not_needed", "reason": "No action was given; there is nothing to look at."},
    )


async def close(player: Player) -> None:
    """OST closes the case, and its workflow ends."""
    await player.fill(
        "owen",
        OST,
        "closure",
        "Close case",
        {"outcome": "Statement recalled and replaced; the team repeats the redaction course."},
    )
    await player.outcome()
