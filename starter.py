"""Starts cases and audits, takes in sample checks and training; `reconcile` mends."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from intake import (
    auditing,
    correcting,
    examples,
    listening,
    reconciling_command,
    reporting,
    sampling,
    training_import,
)
from register.training import command
from runtime.program import run

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def starter() -> None:
    """Starts cases of personal-data breaches."""


@app.command()
def listen() -> None:
    """Listens to Slack: reports, reviews, decisions. Settings come from the environment."""
    run(listening.listen)


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="A report as TOML; see examples/report.toml.")],
) -> None:
    """Opens a case from a file. The same file opens the same case, however often it is given."""
    run(lambda: reporting.report(file), lowest=logging.ERROR)


@app.command()
def audit(
    file: Annotated[
        Path | None, typer.Argument(help="Audits as TOML; see examples/audits.toml.")
    ] = None,
    *,
    replace: Annotated[
        str | None, typer.Option(help="Correct this audit, AU-2026-0001: the file says it anew.")
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option(help="Withdraw this audit, which was recorded by mistake.")
    ] = None,
    because: Annotated[
        str, typer.Option(help="Why it is corrected or withdrawn; it is kept.")
    ] = "",
    remove_example: Annotated[
        bool, typer.Option("--remove-example", help="Remove all example audits instead.")
    ] = False,
) -> None:
    """Records audits with their recommendations from a file; the same file twice is one."""
    if [file is not None, withdraw is not None, remove_example].count(True) != 1:
        raise typer.BadParameter("give a file, --withdraw, or --remove-example, and only one")
    if replace and not file:
        raise typer.BadParameter("--replace takes the file that says the audit anew")
    if bool(replace or withdraw) is not bool(because.strip()):
        raise typer.BadParameter("--because goes with --replace or --withdraw: say why, no names")
    if withdraw:
        run(lambda: correcting.withdraw(withdraw, because), lowest=logging.ERROR)
    elif file and replace:
        run(lambda: correcting.replace(file, replace, because), lowest=logging.ERROR)
    elif file:
        run(lambda: auditing.audit(file), lowest=logging.ERROR)
    else:
        run(auditing.remove_example, lowest=logging.ERROR)


example = typer.Typer(no_args_is_help=True)
app.add_typer(example, name="example")


@example.callback()
def example_() -> None:
    """Example data of every kind, marked as such wherever it counts."""


@example.command("load")
def load_example(
    *,
    beside_records: Annotated[
        bool,
        typer.Option(
            "--beside-records", help="Load it also where figures would count it beside real ones."
        ),
    ] = False,
) -> None:
    """Loads the example data; run again, it loads only what is missing.

    Status 1: the register has incidents of its own, and nothing was loaded.
    """
    run(lambda: examples.load(beside_records=beside_records), lowest=logging.ERROR)


@example.command("remove")
def remove_example() -> None:
    """Removes all example data, and nothing else, from tables and figures."""
    run(examples.remove, lowest=logging.ERROR)


@example.command("offer", hidden=True)
def offer_example() -> None:
    """Asks whether an empty register shall have it; `make run` does so once."""
    run(examples.offer, lowest=logging.ERROR)


@app.command()
def sample(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="A file for each check, which is of one Area, as TOML; see examples/sample.toml.",
        ),
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Correct a check that is recorded with other numbers.")
    ] = False,
    remove_example: Annotated[
        bool, typer.Option("--remove-example", help="Remove all example checks instead.")
    ] = False,
) -> None:
    """Records sample checks of case files. The same file is recorded once, however often given.

    Status 2: something in a file is wrong, and nothing was recorded of any; or a check is recorded
    already with other numbers, which is said of each such file.
    """
    if bool(files) is remove_example:
        raise typer.BadParameter("give files, or --remove-example, and not both")
    if files:
        run(lambda: sampling.sample(*files, replace=replace), lowest=logging.ERROR)
    else:
        run(sampling.remove_example, lowest=logging.ERROR)


@app.command()
def reconcile() -> None:
    """Gives a register that was restored from an older backup what Temporal still remembers.

    Status 0: it has all of it. 1: Temporal or the register does not answer, or a history can't be
    replayed; run it again. Safe to run twice, and best before listener and worker start.
    """
    run(reconciling_command.reconcile, lowest=logging.WARNING)


training = typer.Typer(no_args_is_help=True)
app.add_typer(training, name="training")


@training.callback()
def training_() -> None:
    """The training record: who is expected to take which course, and who did."""


@training.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The learning system's CSV or workbook.")],
    *,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Read a column as person, course, area, completed_on or assigned_on; nothing "
            "behind the equals sign leaves it out. May be repeated.",
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook with several.")] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole",
            help="The file names everybody who is expected to take its courses: whoever is not "
            "in it any more is expected no longer.",
        ),
    ] = False,
    skip_other_courses: Annotated[
        bool,
        typer.Option(
            "--skip-other-courses", help="Leave out courses that organisation.toml does not have."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be imported, and stop.")
    ] = False,
) -> None:
    """Imports who is expected to take which course and who did; safe to run twice.

    Remedial actions that ask for a course are completed by it. Status 2: something is wrong with
    the file, and nothing was imported. 1: it was imported, and Temporal does not answer.
    """
    wishes = command.Wishes(
        tuple(map_ or ()), sheet, whole=whole, others=skip_other_courses, dry_run=dry_run
    )
    run(lambda: training_import.import_training(file, wishes), lowest=logging.ERROR)


@training.command("remove-example")
def remove_example_of_training() -> None:
    """Removes the example data of training."""
    run(command.remove_example, lowest=logging.ERROR)


if __name__ == "__main__":
    app()
