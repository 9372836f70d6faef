"""The story of the drill: an address left in a statement, found in time and told to the ICO."""

from datetime import timedelta

from drill.player import Player

OST, DPO = "breach-ost", "breach-dpo"


async def notify_in_time(player: Player) -> None:
    """One breach through all its stages, with the clocks' reminders on the way."""
    await player.report(
        "priya",
        "general",
        {
            "area": "west-midlands",
            "incident_type": "failure_to_redact",
            "people_affected": "2",
            "description": "An address was left unredacted in a statement sent to the defence.",
        },
    )
    await player.sees("owen", OST, player.reference)
    await player.pass_time(12.1)
    await player.sees("owen", OST, f"OST review of {player.reference} is due")
    await player.press("owen", OST, "claim")
    await player.pass_time(8)
    await player.sees("owen", await player.dm("owen"), f"OST review of {player.reference} is due")
    await player.fill(
        "owen",
        OST,
        "review",
        "OST review",
        {
            "classification": "breach",
            "severity": "high",
            "reason": "A witness's home address reached the defence; safety may be at risk.",
        },
    )
    await player.pass_time(17)
    await player.sees("daniel", DPO, f"ICO notification of {player.reference} is due")
    await player.fill(
        "daniel",
        DPO,
        "ico_decision",
        "ICO decision",
        {"notify": "notify", "reason": "A risk to the witness's safety can't be ruled out."},
    )
    await player.pass_time(2)
    await _submit_to_the_ico(player)
    await _tell_the_people_affected(player)
    await _put_right(player)
    await player.fill(
        "maya",
        OST,
        "referral_decision",
        "Referral choice",
        {"refer": "do_not_refer", "reason": "A slip in a rushed bundle; training is the answer."},
    )
    await player.fill(
        "owen",
        OST,
        "closure",
        "Close case",
        {"outcome": "Statement recalled and replaced; the team repeats the redaction course."},
    )
    await player.outcome()


async def _submit_to_the_ico(player: Player) -> None:
    sent_at = await player.now() + timedelta(hours=1, minutes=30)
    await player.fill(
        "daniel",
        DPO,
        "ico_submission",
        "ICO submission",
        {"ico_reference": "IC-000000-DRILL", "submitted_at": int(sent_at.timestamp())},
    )


async def _tell_the_people_affected(player: Player) -> None:
    told_at = await player.now()
    await player.fill(
        "daniel",
        DPO,
        "people_informed",
        "People affected",
        {
            "communication": "told",
            "told_at": int(told_at.timestamp()),
            "number": "2",
            "reason": "By telephone through the witness care unit, then in writing.",
        },
    )


async def _put_right(player: Player) -> None:
    due = (await player.now() + timedelta(days=7)).date()
    await player.fill_in_dm(
        "tom",
        "action_added",
        "Add remedial action",
        {
            "description": "Recall the statement and confirm that every copy is destroyed.",
            "owner": "U0TOM",
            "due_on": due.isoformat(),
        },
    )
    await player.pass_time(20)
    await player.fill_in_dm(
        "tom",
        "action_completed",
        "Complete action",
        {"evidence": "The defence confirmed destruction in writing."},
    )
