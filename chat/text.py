"""Slack's markup for what we show: times in the reader's zone, people, what is known of a case."""

from datetime import date, datetime

from domain.case import Case
from domain.clocks import LONDON, london
from domain.facts import Facts
from domain.follow_up import unknown
from domain.people import LEARNING_RECORD
from domain.severity_of_case import advice_of
from domain.stage import stage_of
from domain.steps import IcoLetter
from domain.summary import awaited
from domain.taxonomy import Stage

MOMENT = "{date_short_pretty} at {time}"
ZERO_WIDTH_SPACE = "\u200b"


def escaped(text: str) -> str:
    """Text with the three characters escaped that Slack asks for, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def moment(instant: datetime) -> str:
    """An instant within a sentence, in each reader's own zone; London time as the fallback.

    Slack begins a date with a capital, as if it began a sentence: “due Tomorrow at 09:00”. It
    leaves small what follows a character of the format's own, even one without width.
    https://metacpan.org/pod/Slack::BlockKit::Block::RichText::Date
    """
    return _moment(instant, f"{ZERO_WIDTH_SPACE}{MOMENT}")


def moment_alone(instant: datetime) -> str:
    """An instant that stands by itself and so begins with a capital, in each reader's own zone."""
    return _moment(instant, MOMENT)


def occurred(facts: Facts) -> str:
    """When it happened, within a sentence: an instant, a range, or empty while nobody knows."""
    if facts.range:
        begun, until = facts.range
        return f"between {moment(begun)} and {moment(until)}"
    return moment(facts.occurred_at) if facts.occurred_at else ""


def occurred_alone(facts: Facts) -> str:
    """When it happened, standing by itself and so beginning with a capital."""
    if facts.range:
        return occurred(facts).replace("between", "Between", 1)
    return moment_alone(facts.occurred_at) if facts.occurred_at else "Not yet known"


def _moment(instant: datetime, form: str) -> str:
    return f"<!date^{int(instant.timestamp())}^{form}|{london(instant)}>"


def day(due: date) -> str:
    """A day as people read it, for example `Wed 25 Nov 2026`."""
    return due.strftime("%a %d %b %Y")


def person(user_id: str | None) -> str:
    """A mention; whoever has no Slack account reported by phone or e-mail."""
    if user_id == LEARNING_RECORD:
        return "the training record"
    return f"<@{user_id}>" if user_id else "somebody by phone or e-mail"


def waiting_for(case: Case, *, names_choice: bool = False) -> str:
    """Whom a case waits for, and for what; by name once somebody has it in hand.

    Args:
        case: the case as it stands.
        names_choice: whether every reader may know that a referral is thought about.
    """
    if stage_of(case) is Stage.OST_REVIEW and case.in_hand_of:
        return f"{person(case.in_hand_of)} to review it"
    return awaited(case, names_choice=names_choice)


def london_today(now: datetime) -> date:
    """The day that it is in London at an instant (aware)."""
    return now.astimezone(LONDON).date()


def letter_words(letter: IcoLetter) -> str:
    """What a letter of the ICO is, without a word that was typed."""
    decided = letter.action or letter.outcome
    what = decided.label if decided else letter.letter.label
    reply = f", reply by {day(letter.reply_by)}" if letter.reply_by else ""
    return f"The ICO wrote on {day(letter.dated)}: *{what}*{reply}."


def severity_lines(case: Case) -> list[str]:
    """What each measure of severity advises, in a line that says how it came about."""
    advice = advice_of(case)
    lines = []
    if advice.high_risk_presumed:
        lines.append("*High risk presumed*: physical safety may be at risk")
    if grid := advice.grid:
        lines.append(
            f"*Grid:* {grid.outcome.label} (likelihood {grid.likelihood} × effect {grid.effect})"
        )
    if enisa := advice.enisa:
        lines.append(
            f"*ENISA:* {enisa.level.label.lower()}, {enisa.score:g} = kind of data (DPC) "
            f"{enisa.context} × ease of identification (EI) {enisa.identification:g} + "
            f"circumstances (CB) {enisa.circumstances:g}"
        )
    return lines


def untold(case: Case) -> str:
    """What the ICO has not been told, and what of it is known by now; empty for nothing."""
    if case.follow_up is None or not case.follow_up.untold:
        return ""
    still = unknown(case.facts)
    facts = [
        f"{fact.label} ({'not yet known' if fact in still else 'known now'})"
        for fact in case.follow_up.untold
    ]
    return f":outbox_tray: Not yet told to the ICO: {'; '.join(facts)}."


def drill_mark(case: Case) -> str:
    """What marks a drill wherever it shows."""
    return "DRILL · " if case.opening.drill else ""


def link_lines(case: Case) -> list[str]:
    """The cases that are the same breach, and those that were thought to be; a line each."""
    original = case.merged_into or case.duplicate_of
    lines = [f":link: Duplicate of *{original}*, which carries it on"] if original else []
    lines += [
        f":link: *{each.reference}* is a duplicate of this case, discovered "
        f"{moment(each.discovered_at)}"
        for each in case.merged
    ]
    undone = [each for each in (*case.merges, *case.duplicates) if each.undone_at]
    return lines + [
        f":scissors: Linked with *{each.reference}* until {moment(each.undone_at)}; undone by "
        f"{person(each.undone_by)}"
        for each in undone
        if each.undone_at
    ]
