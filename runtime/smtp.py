"""Sending e-mail over SMTP: its settings, and one message at a time with a key of ours."""

import contextlib
import os
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from domain.mailboxes import EXAMPLE
from domain.organisation import Organisation
from runtime.settings import SettingsError, given, port

TIMEOUT_S = 10
"""For each command to the server."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOCAL = ("127.0.0.1", "localhost", "::1")
PERMANENT = 500
"""From this reply code on, sending the same again does not help (RFC 5321, 4.2.1)."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class MailRefusedError(Exception):
    """The server refuses this message or its recipient for good."""


class MailDownError(Exception):
    """The server could not be reached, or not be spoken to safely; later it may."""


@dataclass(frozen=True)
class SmtpSettings:
    """How to reach the mail server. The password is left out of the `repr`."""

    host: str
    port: int
    security: str
    """`starttls`, `tls` from the first byte, or `none` on this machine."""
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""
    """A file of certificates to trust in place of the system's; empty for the system's."""


def smtp_settings(environment: Mapping[str, str] = os.environ) -> SmtpSettings | None:
    """The mail server's settings; None where SMTP_HOST is not set, and nothing goes by e-mail.

    Raises:
        SettingsError: naming the variable.
    """
    host = environment.get("SMTP_HOST", "").strip()
    if not host:
        return None
    security = environment.get("SMTP_SECURITY", "").strip() or "starttls"
    if security not in PORTS:
        raise SettingsError("SMTP_SECURITY must be starttls, tls or none")
    if security == "none" and host not in LOCAL:
        raise SettingsError(
            "SMTP_SECURITY may be none only where SMTP_HOST is this machine; use starttls or tls"
        )
    sender = environment.get("SMTP_SENDER", "").strip()
    if not _ADDRESS.fullmatch(sender):
        raise SettingsError("SMTP_SENDER must be the address that mail comes from: name@domain")
    username = environment.get("SMTP_USERNAME", "").strip()
    password = given(environment, "SMTP_PASSWORD")
    if bool(username) != bool(password):
        raise SettingsError(
            "SMTP_USERNAME and SMTP_PASSWORD (or SMTP_PASSWORD_FILE) go together: set both or none"
        )
    settings = SmtpSettings(
        host,
        port("SMTP_PORT", PORTS[security], environment),
        security,
        sender,
        username,
        password,
        environment.get("SMTP_CA_FILE", "").strip(),
    )
    _context(settings)
    return settings


def mail_server(
    organisation: Organisation, environment: Mapping[str, str] = os.environ
) -> "Smtp | None":
    """The mail server that the environment names; None where it names none.

    Raises:
        SettingsError: when a setting is wrong, or organisation.toml has nobody to write to.
    """
    settings = smtp_settings(environment)
    if settings is None:
        return None
    if not (organisation.email.ost and organisation.email.dpo):
        raise SettingsError("ORGANISATION_FILE: [email] needs ost and dpo, since SMTP_HOST is set")
    examples = [each for each in organisation.mailboxes() if each.endswith(EXAMPLE)]
    if examples and settings.host not in LOCAL:
        raise SettingsError(
            f"ORGANISATION_FILE: {examples[0]} is an example and reaches nobody. Fill in your own "
            "mailboxes in [email] and [[areas]], since SMTP_HOST is set"
        )
    return Smtp(settings)


@dataclass(frozen=True)
class Mail:
    """One message to one mailbox."""

    to: str
    subject: str
    text: str
    key: str
    """The same message has the same key, however often it is sent; letters, digits, `.` and `-`."""
    urgent: bool = False


class Mailing:
    """One connection to the mail server."""

    def __init__(self, server: aiosmtplib.SMTP, settings: SmtpSettings) -> None:
        """Sends through a server that is connected."""
        self._server = server
        self._settings = settings

    async def send(self, mail: Mail) -> None:
        """Has the server take a message.

        Raises:
            MailRefusedError: when it refuses it for good.
            MailDownError: when that is not known, or it may take it later.
        """
        try:
            await self._server.send_message(_message(mail, self._settings.sender))
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _by_code(min(each.code for each in error.recipients)) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _by_code(error.code) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDownError(type(error).__name__) from None


class Smtp:
    """The mail server."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Connects only when there is something to send."""
        self.settings = settings

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[Mailing]:
        """A connection whose certificate was checked, closed at the end.

        Raises:
            MailDownError: when there is none, or the server does not know our password.
        """
        settings = self.settings
        server = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password or None,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=_context(settings),
            timeout=TIMEOUT_S,
        )
        try:
            await server.connect()
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            server.close()
            # Not chained, and only its kind: servers quote what they were told.
            raise MailDownError(type(error).__name__) from None
        try:
            yield Mailing(server, settings)
        finally:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await server.quit()
            server.close()


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    if mail.urgent:
        message["Importance"] = "high"
    message.set_content(mail.text)
    return message


def _by_code(code: int) -> Exception:
    if code >= PERMANENT:
        return MailRefusedError(str(code))
    return MailDownError(f"reply_{code}")


def _context(settings: SmtpSettings) -> ssl.SSLContext | None:
    if settings.security == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.authorities or None)
    except OSError as error:
        why = error.strerror or "no certificates in it"
        raise SettingsError(f"SMTP_CA_FILE: can't read {settings.authorities}: {why}") from None
