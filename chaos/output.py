"""The plan and the ledger as people read them, 80 columns wide, and as JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from chaos.plan import Mishap
from chaos.reckoning import Reckoning
from chaos.running import Result

WIDTH = 80
SHOWN = 12
"""Of each kind of trouble, so many are printed; the JSON has all."""


def print_plan(console: Console, seed: int, plan: Sequence[Mishap], people: int) -> None:
    """Prints what will go wrong, before anything does."""
    console.print(f"Seed {seed}: {people} people report; {len(plan)} mishaps are planned.")
    console.print(
        "The plan is the same for this seed and length. What each mishap meets is not:\n"
        "people and processes keep their own time.\n"
    )
    for mishap in plan:
        console.print(str(mishap), markup=False, highlight=False)
    console.print()


def print_result(console: Console, result: Result) -> None:
    """Prints the ledger and what was found."""
    reckoning = result.reckoning
    console.print(_table(reckoning))
    for line in _sentences(result):
        console.print(line, markup=False, highlight=False)
    for title, found in _troubles(reckoning).items():
        if found:
            console.print(f"\n{title}:", style="bold red")
            for each in found[:SHOWN]:
                console.print(f"  {each}", markup=False, highlight=False)
            if len(found) > SHOWN:
                console.print(f"  … and {len(found) - SHOWN} more")
    verdict = "[bold green]Nothing was lost.[/]" if reckoning.is_sound else "[bold red]FAILED.[/]"
    console.print(f"\n{verdict}")


def write_json(file: Path, result: Result) -> None:
    """Writes all of it; durations in seconds, times in UTC."""
    reckoning = result.reckoning
    content = {
        "seed": result.seed,
        "seconds": result.seconds,
        "plan": [asdict(mishap) for mishap in result.plan],
        "killed": dict(result.killed),
        "settled_after": round(result.settled_s, 1),
        "ledger": [
            {"act": each.act, "acknowledged": each.seen, "register": each.in_register}
            | {"temporal": each.in_temporal, "slack": each.in_slack, "lost": each.lost}
            for each in reckoning.lines
        ],
        "opened": reckoning.opened,
        "posted": reckoning.posted,
        "again": result.ledger.again,
        "refused": result.ledger.refused,
        "form_gone": result.ledger.form_gone,
        "duplicates_allowed": reckoning.allowed,
        "deadlines_checked": reckoning.deadlines,
        "alarms_late": [each.total_seconds() for each in reckoning.alarms],
        **{name.replace(" ", "_"): found for name, found in _troubles(reckoning).items()},
        "sound": reckoning.is_sound,
    }
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _table(reckoning: Reckoning) -> Table:
    table = Table(title="The ledger", title_justify="left")
    table.add_column("What people saw done", no_wrap=True)
    for name in ("Seen", "Register", "Temporal", "Slack", "Lost"):
        table.add_column(name, justify="right", no_wrap=True)
    for line in reckoning.lines:
        places = (line.seen, line.in_register, line.in_temporal, line.in_slack, line.lost)
        table.add_row(line.act.words, *map(str, places))
    return table


def _sentences(result: Result) -> list[str]:
    reckoning, ledger = result.reckoning, result.ledger
    kills = ", ".join(f"{part} {times}" for part, times in sorted(result.killed.items()))
    seen = len({each.reference for each in ledger.seen})
    return [
        f"killed (SIGKILL)     {sum(result.killed.values())} times: {kills}",
        f"opened               {reckoning.opened} cases, {reckoning.opened - seen} of them without "
        "anybody having seen it",
        f"posted               {reckoning.posted} messages",
        f"duplicated           {len(reckoning.duplicated)} messages; at most one for each kill, "
        f"{reckoning.allowed}",
        f"deadlines            {reckoning.deadlines} checked to the second, "
        f"{len(reckoning.wrong_deadlines)} wrong",
        f"alarms               {len(reckoning.alarms)} due meanwhile, {_late(reckoning.alarms)}",
        f"pressed again        {ledger.again} times; {ledger.refused} times somebody was faster, "
        f"{ledger.form_gone} forms went",
        f"settled              {result.settled_s:.0f} s after the last mishap",
    ]


def _late(alarms: Sequence[timedelta]) -> str:
    if not alarms:
        return "none given"
    return f"all given once, the latest {max(alarms).total_seconds():.1f} s late"


def _troubles(reckoning: Reckoning) -> dict[str, list[str]]:
    return {
        "lost": reckoning.lost,
        "duplicated": reckoning.duplicated,
        "taken twice": reckoning.taken_twice,
        "wrong deadlines": reckoning.wrong_deadlines,
        "register and Temporal differ": reckoning.diverged,
        "the register does not verify": reckoning.broken,
    }
