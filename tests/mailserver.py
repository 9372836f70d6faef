"""A real mail server for tests: takes mail on a socket, and misbehaves on demand."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from onemachine.ports import HOST
from runtime.smtp import Smtp, SmtpSettings

SENDER = "breach-desk@cps.example"


@dataclass
class MailServer:
    """What came, and what shall go wrong."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Addresses that it refuses for good."""
    delay_s: float = 0
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.delay_s)
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        self.to += envelope.rcpt_tos
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right horse")

    def subjects(self, address: str) -> list[str]:
        """The subjects of what came to an address."""
        return [
            str(mail["Subject"]).strip()
            for mail, to in zip(self.mails, self.to, strict=True)
            if to == address
        ]

    def text(self) -> str:
        """Everything that came, heads and bodies."""
        return "\n".join(f"{mail.as_string()}\n{words(mail)}" for mail in self.mails)


@contextlib.asynccontextmanager
async def mail_server(
    context: ssl.SSLContext | None = None, security: str = "none", *, port: int = 0
) -> AsyncIterator[MailServer]:
    """A mail server that listens; with a context it speaks TLS, at once or after STARTTLS."""
    mails = MailServer()
    after = security == "starttls"

    def connection() -> SMTP:
        return SMTP(
            mails,
            tls_context=context if after else None,
            require_starttls=after,
            authenticator=mails.authenticate,
            auth_require_tls=after,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        connection, HOST, port, ssl=context if security == "tls" else None
    )
    mails.port = server.sockets[0].getsockname()[1]
    try:
        yield mails
    finally:
        server.close()


def words(mail: EmailMessage) -> str:
    """What a mail says, its lines ended as ours are."""
    return str(mail.get_content()).replace("\r\n", "\n")


def smtp_of(mails: MailServer) -> Smtp:
    """How to reach a mail server that speaks in clear."""
    return Smtp(SmtpSettings(HOST, mails.port, "none", SENDER))
