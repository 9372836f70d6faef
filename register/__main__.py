"""The register from the command line: `python -m register upgrade`, and what else it can do."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from register.search.form import Format
from runtime.program import run

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def register() -> None:
    """The record that OST keeps, in the database that DATABASE_URL names."""


@app.command()
def upgrade() -> None:
    """Brings the tables up to date; may be run again."""
    from register.upgrading import run_upgrade

    run(run_upgrade, lowest=logging.WARNING)


@app.command()
def check() -> None:
    """Says whether this program and the tables fit."""
    from register.upgrading import run_check

    run(run_check)


@app.command()
def verify(
    anchor: Annotated[
        Path | None, typer.Option(help="The anchor's file, if not the one of REGISTER_ANCHOR.")
    ] = None,
    *,
    without_anchor: Annotated[
        bool,
        typer.Option(
            "--without-anchor", help="Without one: newest events that were removed don't show."
        ),
    ] = False,
    figures: Annotated[
        bool,
        typer.Option("--figures", help="Also compare what answers are counted from; slower."),
    ] = False,
) -> None:
    """Goes through every event and says whether the record is as it was written.

    Status 0: intact. 1: not intact; the first bad event of each chain is named, and with --figures
    the first row that is not what its events say. 2: the register or its anchor can't be read.
    """
    from register.verifying import run_verify

    run(
        lambda: run_verify(anchor, without_anchor=without_anchor, figures=figures),
        lowest=logging.WARNING,
    )


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV or workbook; see docs/import.md.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be imported, and stop.")
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Read a column as a field; nothing behind the "
            "equals sign leaves it out. May be repeated.",
        ),
    ] = None,
    classification: Annotated[
        str | None, typer.Option(help="What incidents are that don't say, for example breach.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook with several.")] = None,
) -> None:
    """Imports incidents from the record before this system; safe to run twice."""
    from register.past.command import import_file
    from register.past.reading import Wishes

    wishes = Wishes(tuple(map_ or ()), sheet, classification, yes=yes, dry_run=dry_run)
    run(lambda: import_file(file, wishes), lowest=logging.ERROR)


@app.command()
def search(  # noqa: PLR0913  the options of a command
    *,
    reference: Annotated[
        str | None,
        typer.Option(help="Whole, in part or without zeros: BR-2026-0042, 2026-42, BR-2026."),
    ] = None,
    area: Annotated[str | None, typer.Option(help="An Area's key or name.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="A type of incident.")] = None,
    stage: Annotated[
        str | None, typer.Option(help="Where it stands: ost_review, closed, …")
    ] = None,
    classification: Annotated[str | None, typer.Option(help="What OST's review found.")] = None,
    origin: Annotated[str | None, typer.Option(help="reported or imported.")] = None,
    from_: Annotated[
        str | None, typer.Option("--from", help="First day of discovery: 2021-12-05 or 5/12/21.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="Last day, included.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Past a deadline now.")] = False,
    drill: Annotated[bool, typer.Option("--drill", help="Exercises instead.")] = False,
    limit: Annotated[int, typer.Option(help="How many at most.")] = 50,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
) -> None:
    """Finds incidents, the newest first: codes, days and deadlines, and nothing personal."""
    from register.search.asking import Asked
    from register.search.command import search_incidents

    asked = Asked(
        reference=reference,
        area=area,
        incident_type=type_,
        stage=stage,
        classification=classification,
        origin=origin,
        first_day=from_,
        last_day=to,
        overdue=overdue,
        drill=drill,
        limit=limit,
    )
    run(lambda: search_incidents(asked, form), lowest=logging.ERROR)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Over a file of that name.")] = (
        False
    ),
) -> None:
    """Copies the register into a file while everything runs, and verifies the copy.

    Status 0: the copy is there and intact. 1: the register is not intact; its copy is named so.
    2: it can't be made; the message says why.
    """
    from register.backup.command import back_up

    run(lambda: back_up(file, overwrite=overwrite), lowest=logging.WARNING)


@app.command("restore")
def restore_(
    file: Annotated[Path, typer.Argument(help="What `backup` wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of the register that is there, for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Replace without asking.")] = False,
    new_anchor: Annotated[
        bool,
        typer.Option("--new-anchor", help="An older state: set the anchor aside, begin a new one."),
    ] = False,
) -> None:
    """Puts a backup back into an empty register, while no program runs, and verifies it there.

    Status 0: it is the register now. 1: it is not intact, or somebody said no. 2: it can't be done.
    With 1 and 2 nothing has changed.
    """
    from register.backup.restoring import Restoring, restore

    wishes = Restoring(replace=replace, yes=yes, new_anchor=new_anchor)
    run(lambda: restore(file, wishes), lowest=logging.ERROR)


@app.command()
def retention(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Remove what is due, for good.")] = False,
) -> None:
    """Lists what was kept long enough, by [retention] of organisation.toml; --yes removes it."""
    from register.retention.command import run_retention

    run(lambda: run_retention(yes=yes))


_REFERENCE = typer.Argument(help="Of a case, an imported incident or a referral.")
_REASON = typer.Option(help="Why; without personal data, for example a file number.")


@app.command()
def hold(reference: Annotated[str, _REFERENCE], *, reason: Annotated[str, _REASON]) -> None:
    """Keeps retention from removing something, until the hold is released."""
    from register.retention.command import place

    run(lambda: place(reference, reason), lowest=logging.WARNING)


@app.command("release")
def release_(reference: Annotated[str, _REFERENCE], *, reason: Annotated[str, _REASON]) -> None:
    """Ends a hold; that it was there stays on record."""
    from register.retention.command import release

    run(lambda: release(reference, reason), lowest=logging.WARNING)


@app.command()
def holds() -> None:
    """Lists the holds that are in force: what, since when, by whom and why."""
    from register.retention.command import list_holds

    run(list_holds, lowest=logging.WARNING)


@app.command()
def refusals(
    *,
    since: Annotated[str | None, typer.Option(help="From that day on, in London.")] = None,
    case: Annotated[str | None, typer.Option(help="About this case or referral.")] = None,
    limit: Annotated[int, typer.Option(help="How many at most.")] = 200,
    form: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TABLE,
) -> None:
    """Lists who was refused what for want of a right, and why, the newest first."""
    from register.refusals_command import Wanted, list_refusals

    run(lambda: list_refusals(Wanted(since, case, limit), form), lowest=logging.ERROR)


routes = typer.Typer(invoke_without_command=True, no_args_is_help=False)
app.add_typer(routes, name="routes")
_BECAUSE = typer.Option(help="Why; without personal data. It is kept.")


@routes.callback()
def routes_(context: typer.Context) -> None:
    """Says whether Slack may be used; `mail-only` and `restore` change it, without a restart."""
    from register.routes import show

    if context.invoked_subcommand is None:
        run(show, lowest=logging.WARNING)


@routes.command()
def mail_only(because: Annotated[str, _BECAUSE]) -> None:
    """Has everything go by e-mail only, for instance since a channel may be read by others."""
    from register.routes import choose

    run(lambda: choose(mail_only=True, because=because), lowest=logging.WARNING)


@routes.command("restore")
def restore_routes(because: Annotated[str, _BECAUSE]) -> None:
    """Uses Slack again: cards and threads are brought up to date."""
    from register.routes import choose

    run(lambda: choose(mail_only=False, because=because), lowest=logging.WARNING)


if __name__ == "__main__":
    app()
