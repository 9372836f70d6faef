"""Mail over a real socket: settings, TLS, passwords, refusals, a server that is away or slow."""

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from onemachine.ports import HOST, any_free
from runtime import smtp
from runtime.settings import SettingsError, organisation
from runtime.smtp import (
    Mail,
    MailDownError,
    MailRefusedError,
    Smtp,
    SmtpSettings,
    smtp_settings,
)
from runtime.smtp import (
    mail_server as mail_server_of,
)
from tests.mailserver import SENDER, mail_server, smtp_of, words

MAIL = Mail("ost@cps.example", "BR-2026-0001 is due", "Look at it.\n", "BR-2026-0001.2.ost")


async def send(server: Smtp, *mails: Mail) -> None:
    async with server.connected() as mailing:
        for mail in mails or (MAIL,):
            await mailing.send(mail)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_side(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)


async def test_the_same_message_has_the_same_id_however_often_it_is_sent() -> None:
    async with mail_server() as mails:
        await send(smtp_of(mails))
        await send(smtp_of(mails))
    first, second = mails.mails
    assert first["Message-ID"] == second["Message-ID"] == "<BR-2026-0001.2.ost@cps.example>"
    assert (first["From"], first["To"]) == (SENDER, "ost@cps.example")
    assert first["Auto-Submitted"] == "auto-generated"
    assert words(first) == "Look at it.\n"


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_encrypted_with_a_password_to_a_server_whose_certificate_is_right(
    security: str, server_side: ssl.SSLContext, trusted: str
) -> None:
    async with mail_server(server_side, security) as mails:
        settings = SmtpSettings(HOST, mails.port, security, SENDER, "desk", "right horse", trusted)
        await send(Smtp(settings))
    assert mails.to == ["ost@cps.example"]
    assert mails.logins == [(b"desk", b"right horse")]
    assert "right horse" not in repr(settings)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password(
    security: str, server_side: ssl.SSLContext
) -> None:
    async with mail_server(server_side, security) as mails:
        settings = SmtpSettings(HOST, mails.port, security, SENDER, "desk", "right horse")
        with pytest.raises(MailDownError):
            await send(Smtp(settings))
    assert (mails.mails, mails.logins) == ([], [])


async def test_a_server_without_starttls_gets_nothing() -> None:
    async with mail_server() as mails:
        with pytest.raises(MailDownError):
            await send(Smtp(SmtpSettings(HOST, mails.port, "starttls", SENDER)))
    assert mails.mails == []


async def test_a_wrong_password_is_no_mail_and_is_not_repeated(
    server_side: ssl.SSLContext, trusted: str
) -> None:
    async with mail_server(server_side, "starttls") as mails:
        settings = SmtpSettings(HOST, mails.port, "starttls", SENDER, "desk", "wrong", trusted)
        with pytest.raises(MailDownError) as caught:
            await send(Smtp(settings))
    assert "wrong" not in str(caught.value)


async def test_a_refused_recipient_is_named_as_such_and_the_next_mail_goes_out() -> None:
    async with mail_server() as mails:
        mails.refused.add("ost@cps.example")
        async with smtp_of(mails).connected() as mailing:
            with pytest.raises(MailRefusedError, match="550"):
                await mailing.send(MAIL)
            await mailing.send(Mail("dpo@cps.example", "s", "t", "k"))
    assert mails.to == ["dpo@cps.example"]


async def test_a_server_that_is_down_or_does_not_answer_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(MailDownError):
        await send(Smtp(SmtpSettings(HOST, any_free(), "none", SENDER)))
    monkeypatch.setattr(smtp, "TIMEOUT_S", 0.2)
    async with mail_server() as mails:
        mails.delay_s = 2
        with pytest.raises(MailDownError):
            await asyncio.wait_for(send(smtp_of(mails)), 10)


def test_without_a_mail_server_nothing_goes_by_e_mail() -> None:
    assert smtp_settings({}) is None
    assert mail_server_of(organisation({}), {}) is None


SET = {"SMTP_HOST": "mail.cps.gov.uk", "SMTP_SENDER": SENDER}


def test_ports_follow_from_how_it_is_encrypted(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("right horse\n")
    found = smtp_settings({**SET, "SMTP_USERNAME": "desk", "SMTP_PASSWORD_FILE": str(secret)})
    assert found is not None
    assert (found.port, found.security, found.password) == (587, "starttls", "right horse")
    other = smtp_settings({**SET, "SMTP_SECURITY": "tls"})
    assert other is not None
    assert other.port == 465


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY must be starttls, tls or none"),
        ({"SMTP_SECURITY": "none"}, "SMTP_SECURITY may be none only where"),
        ({"SMTP_SENDER": "nobody"}, "SMTP_SENDER must be"),
        ({"SMTP_SENDER": ""}, "SMTP_SENDER must be"),
        ({"SMTP_PORT": "x"}, "SMTP_PORT must be a port"),
        ({"SMTP_USERNAME": "desk"}, "SMTP_USERNAME and SMTP_PASSWORD"),
        ({"SMTP_PASSWORD": "right horse"}, "SMTP_USERNAME and SMTP_PASSWORD"),
        ({"SMTP_CA_FILE": "/nowhere/ca.pem"}, "SMTP_CA_FILE: can't read"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        smtp_settings({**SET, **wrong})
    assert "right horse" not in str(caught.value)


def test_example_mailboxes_are_refused_where_mail_would_go_out() -> None:
    with pytest.raises(SettingsError, match="is an example and reaches nobody"):
        mail_server_of(organisation({}), SET)


def test_mail_needs_somebody_to_write_to() -> None:
    units = organisation({})
    nobody = units.model_copy(update={"email": type(units.email)()})
    with pytest.raises(SettingsError, match=r"\[email\] needs ost and dpo"):
        mail_server_of(nobody, SET)
