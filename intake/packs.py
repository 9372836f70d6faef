"""ICO packs for people in Slack: made from the register, recorded before they leave."""

import asyncio
from datetime import UTC, datetime, timedelta

from chat.ports import (
    JustGivenError,
    MailOnlyError,
    NotConfirmedError,
    PackFile,
    PersonalDataFoundError,
)
from domain.organisation import Organisation
from domain.people import Actor
from intake.intime import in_time
from register.deliveries import Deliveries
from register.exports import Exports
from register.store import Store
from register.training.records import TrainingRecords
from reports.ico_pack.making import PersonalDataError, made
from reports.ico_pack.pack import Pack
from reports.ico_pack.record import Record
from reports.ico_pack.rendering import REPORT, PackFormat, file_name, parameters, rendered

SAME_PRESS = timedelta(seconds=10)
"""A second press within it is the same one: a double click, or an envelope that came twice."""


class PackDesk:
    """Makes packs and records each as given."""

    def __init__(
        self,
        store: Store,
        exports: Exports,
        deliveries: Deliveries,
        training: TrainingRecords,
        organisation: Organisation,
    ) -> None:
        """Reads cases from the store, training, and the organisation's own facts."""
        self._deliveries = deliveries
        self._store = store
        self._training = training
        self._exports = exports
        self._organisation = organisation

    async def make(self, reference: str, actor: Actor, *, leave_out: bool) -> PackFile:
        """The pack of a case, recorded as given to the person; they are checked before.

        Raises:
            MailOnlyError: while Slack, which the file would lie in, is not to be used.
            PersonalDataFoundError: with the places, when it would hold some.
            JustGivenError: when the same press came twice.
            NotConfirmedError: when the register does not answer in time.
        """
        if await in_time(self._deliveries.is_mail_only()):
            raise MailOnlyError
        record = await self._record(reference)
        involved = await in_time(self._training.person(record.case.involved))
        try:
            pack = made(
                record,
                self._organisation,
                datetime.now(UTC),
                leave_out=leave_out,
                involved=involved,
            )
        except PersonalDataError as error:
            places = tuple(str(each) for each in error.found)
            raise PersonalDataFoundError(places) from error
        content = await asyncio.to_thread(rendered, pack, PackFormat.DOCX)
        await self._give(pack, record, content, actor, leave_out=leave_out)
        required, others = pack.required_by_hand, pack.other_by_hand
        return PackFile(
            name=file_name(pack),
            content=content,
            kind=pack.kind.label.lower(),
            by_hand=len(required) + len(others),
            not_yet_known=len(pack.not_yet_known),
        )

    async def _record(self, reference: str) -> Record:
        case = await in_time(self._store.case(reference))
        if case is None:
            raise NotConfirmedError
        return Record.of(case.opening, await in_time(self._store.events(reference)))

    async def _give(
        self, pack: Pack, record: Record, content: bytes, actor: Actor, *, leave_out: bool
    ) -> None:
        is_first = await in_time(
            self._exports.record_once(
                actor=actor.user_id,
                report=REPORT,
                parameters=parameters(pack, record, leave_out=leave_out),
                format=PackFormat.DOCX.value,
                content=content,
                within=SAME_PRESS,
            )
        )
        if not is_first:
            raise JustGivenError
