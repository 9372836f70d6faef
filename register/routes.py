"""`python -m register routes`: whether Slack may be used, said by an operator and kept."""

from datetime import UTC, datetime

import typer

from domain.clocks import london
from domain.guard import personal_data
from register import versions
from register.database import using
from register.deliveries import Deliveries, RouteChoice
from register.delivery_schema import LONGEST_BECAUSE
from register.exports import this_login
from runtime.settings import SettingsError, database_url, organisation
from runtime.smtp import mail_server


async def choose(*, mail_only: bool, because: str) -> int:
    """Records whether Slack may be used; the worker follows within seconds.

    Raises:
        SettingsError: when the reason is wrong; when e-mail is not set up where this runs, since
            then nobody would hear of anything.
    """
    reason = _checked(because)
    if mail_only and mail_server(organisation()) is None:
        raise SettingsError(
            "SMTP_HOST is not set here, and without e-mail nobody would hear of anything. Set it "
            "for the worker, and give this command with the worker's settings"
        )
    async with using(database_url(), must_exist=True) as engine:
        with versions.usable():
            await versions.check(engine)
            choice = RouteChoice(mail_only, datetime.now(UTC), this_login(), reason)
            await Deliveries(engine).choose(choice)
    typer.echo(_said(mail_only=mail_only))
    return 0


async def show() -> int:
    """Says which routes are in use."""
    async with using(database_url(), must_exist=True) as engine:
        with versions.usable():
            await versions.check(engine)
            choice = await Deliveries(engine).choice()
    typer.echo(_said(mail_only=choice is not None and choice.mail_only))
    if choice:
        typer.echo(f"Since {london(choice.at)}, by {choice.by}: {choice.because}")
    return 0


def _said(*, mail_only: bool) -> str:
    if mail_only:
        return (
            "Everything goes by e-mail only: nothing about cases is posted or edited in Slack. "
            "`python -m register routes restore` ends it."
        )
    return "Slack is used; e-mail where Slack does not take a message."


def _checked(because: str) -> str:
    reason = " ".join(because.split())
    if not reason or len(reason) > LONGEST_BECAUSE:
        raise SettingsError(f"--because: say why, in at most {LONGEST_BECAUSE:,} characters")
    if found := personal_data(reason):
        raise SettingsError(
            f"--because: this looks like {', '.join(map(str, found))}; leave it out"
        )
    return reason
