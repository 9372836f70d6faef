"""Answers from the register: `python -m reports foi discipline --from 5/12/21 --to 5/12/24`."""

if __name__ == "__main__":
    from runtime.interrupt import end_quietly  # before the other imports: they take a second

    end_quietly()

import logging
from pathlib import Path
from typing import Annotated

import typer

from reports.foi.due import DUE, say_due
from runtime.program import run

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
DAY = "2021-12-05 or 5/12/21"


@app.callback()
def reports() -> None:
    """Answers from the register. Every one that is given is recorded."""


@app.command()
def foi(  # noqa: PLR0913  each is an option that people type
    question: Annotated[
        str,
        typer.Argument(
            help="upstream, breaches, ico, protocol, discipline, audits, training; or due, for "
            "the statutory due date alone."
        ),
    ],
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help=f"First day: {DAY}.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Last day, included; else today.")
    ] = None,
    by: Annotated[str, typer.Option(help="year, financial-year, quarter or month.")] = "year",
    force: Annotated[str | None, typer.Option(help="Of one police force.")] = None,
    area: Annotated[str | None, typer.Option(help="Of one Area or unit.")] = None,
    incident_type: Annotated[str | None, typer.Option(help="Of one incident type.")] = None,
    *,
    offence_split: Annotated[
        bool, typer.Option("--offence-split", help="Sexual offences, and all others.")
    ] = False,
    split: Annotated[
        str | None,
        typer.Option(help="By offence, type, area, force, cyber, category; of upstream: caught."),
    ] = None,
    cyber: Annotated[
        bool | None, typer.Option("--cyber/--no-cyber", help="Cyber incidents alone, or none.")
    ] = None,
    casework: Annotated[
        bool, typer.Option("--casework", help="Only what is about criminal cases.")
    ] = False,
    basis: Annotated[
        str | None,
        typer.Option(help="By which day: of discipline, referral, incident or outcome."),
    ] = None,
    suppress: Annotated[
        int | None, typer.Option(metavar="N", help="Show counts below N as <N.")
    ] = None,
    secondary: Annotated[
        bool, typer.Option("--secondary", help="Withhold what would give such a count back.")
    ] = False,
    example: Annotated[
        bool,
        typer.Option("--example", help="With example data beside what is real; it is marked."),
    ] = False,
    received: Annotated[
        str | None, typer.Option(metavar="DAY", help="When the request came: says when it is due.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, markdown, csv or docx.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Answers one question of a Freedom of Information request; by default for 36 months."""
    if question.strip().casefold() == DUE:
        run(lambda: say_due(received), lowest=logging.ERROR)
    from reports.foi.command import FoiOptions, answer_foi

    options = FoiOptions(
        question=question,
        first=first,
        last=last,
        by=by,
        force=force,
        area=area,
        incident_type=incident_type,
        split="offence-split" if offence_split and split is None else split,
        both_splits=offence_split and split is not None,
        cyber=cyber,
        casework=casework,
        basis=basis,
        suppress=suppress,
        secondary=secondary,
        example=example,
        received=received,
        form=form,
        output=output,
        overwrite=overwrite,
    )
    run(lambda: answer_foi(options), lowest=logging.ERROR)


@app.command()
def annual(
    year: Annotated[str, typer.Argument(help="A financial year, 1 April to 31 March: 2024-25.")],
    form: Annotated[str, typer.Option("--format", help="table, markdown, csv or docx.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Gives the Cabinet Office's tables of personal data incidents in a financial year."""
    from reports.annual.command import AnnualOptions, give_annual

    options = AnnualOptions(year=year, form=form, output=output, overwrite=overwrite)
    run(lambda: give_annual(options), lowest=logging.ERROR)


@app.command()
def learning(
    quarter: Annotated[
        str | None,
        typer.Option(help="For example 2026-Q3; by default the last that notes were made of."),
    ] = None,
    area: Annotated[
        str | None, typer.Option(help="Of one Area; by default the note of all.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, markdown, csv or docx.")] = "table",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Gives the learning note of a quarter: its sentences, and every figure behind them."""
    from reports.learning.command import LearningOptions, give_learning

    options = LearningOptions(
        quarter=quarter, area=area, form=form, output=output, overwrite=overwrite
    )
    run(lambda: give_learning(options), lowest=logging.ERROR)


@app.command("ico-pack")
def ico_pack(
    reference: Annotated[str, typer.Argument(help="The case, for example BR-2026-0001.")],
    *,
    follow_up: Annotated[
        bool | None,
        typer.Option(
            "--follow-up/--initial",
            help="Which report; by default a follow-up once a submission is recorded.",
        ),
    ] = None,
    leave_out: Annotated[
        bool,
        typer.Option("--leave-out", help="Leave out what looks like personal data."),
    ] = False,
    form: Annotated[str, typer.Option("--format", help="docx, or text to paste.")] = "docx",
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
) -> None:
    """Fills in the ICO's report form from a case; status 1 while it would hold personal data."""
    from reports.ico_pack.command import PackOptions, give_pack

    options = PackOptions(
        reference=reference,
        follow_up=follow_up,
        leave_out=leave_out,
        form=form,
        output=output,
        overwrite=overwrite,
    )
    run(lambda: give_pack(options), lowest=logging.ERROR)


if __name__ == "__main__":
    app()
