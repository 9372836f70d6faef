"""Upstream redaction failures: the part of the review form, and the quick report."""

from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from chat.elements import (
    context,
    field,
    instant_input,
    labelled,
    modal,
    option,
    section,
    select,
    text_input,
)
from chat.filled import Filled
from chat.forms.late import LATE_REASON
from domain.case import Case
from domain.casework import DocumentPlace, DocumentType, Offence
from domain.data import Answer
from domain.forces import Force, forces_for
from domain.organisation import Organisation
from domain.report import Draft
from domain.taxonomy import IncidentType
from domain.upstream import UpstreamFailure

REDACTION = "redaction"


def upstream_questions(
    area: str, *, required: bool, known: UpstreamFailure | None = None
) -> list[Block]:
    """What is asked of an upstream failure, the Area's own forces first.

    Args:
        area: the key of the Area or unit in organisation.toml; empty while none is chosen.
        required: whether the force has to be given.
        known: what was said of it already, to be filled in.
    """
    forces = [option(each, each.label) for each in forces_for(area)]
    if_known = "Choose, if known"
    return [
        field(
            "force",
            "Which force sent it?",
            select(forces, "Choose", initial=known.force if known else None),
            optional=not required,
        ),
        field(
            "offence",
            "Offence category",
            select(labelled(Offence), if_known, initial=known.offence if known else None),
            optional=True,
        ),
        field(
            "document_type",
            "Which kind of document?",
            select(
                labelled(DocumentType), if_known, initial=known.document_type if known else None
            ),
            optional=True,
        ),
        field(
            "place",
            "Where in the document?",
            select(labelled(DocumentPlace), if_known, initial=known.place if known else None),
            optional=True,
        ),
        field(
            "caught",
            "Caught before we disclosed it?",
            select(
                labelled(Answer),
                "Not yet known",
                initial=known.caught_before_disclosure if known else None,
            ),
            hint="What the CPS has disclosed is a breach.",
            optional=True,
        ),
    ]


def read_upstream(filled: Filled) -> UpstreamFailure | None:
    """The answers; None while no force is chosen.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    force = filled.one_of("force", Force)
    if not force:
        return None
    return UpstreamFailure(
        force=force,
        offence=filled.one_of("offence", Offence),
        document_type=filled.one_of("document_type", DocumentType),
        place=filled.one_of("place", DocumentPlace),
        caught_before_disclosure=filled.one_of("caught", Answer) or Answer.NOT_YET_KNOWN,
    )


def upstream_blocks(case: Case) -> list[Block]:
    """What is known of the upstream failure."""
    known = case.upstream
    if known is None:
        return []
    parts = [
        f"from {known.force.label}",
        known.offence.label if known.offence else "",
        known.document_type.label if known.document_type else "",
        known.place.label if known.place else "",
        f"caught before disclosure: {known.caught_before_disclosure.label.lower()}",
    ]
    return [section(f"*Upstream redaction failure* {'; '.join(filter(None, parts))}")]


def redaction_form(organisation: Organisation, now: datetime) -> View:
    """The quick report of badly redacted material, behind `/breach redaction`.

    Args:
        organisation: whose Areas can be chosen.
        now: the present (aware), proposed as the time of discovery.
    """
    areas = [option(area.key, area.name) for area in organisation.areas]
    return modal(
        REDACTION,
        "Redaction failure",
        [
            section(
                "Material came to us badly redacted. *If we have passed it on, it is a breach: "
                "report that with `/breach`.*"
            ),
            field("area", "Your Area or unit", select(areas, "Choose one")),
            field("discovered_at", "When was it noticed?", instant_input(now)),
            *upstream_questions("", required=True),
            field(
                "description",
                "What was left in, in a sentence",
                text_input(),
                hint="The kind of data, never the data itself.",
            ),
            context("OST counts it and tells the force. It can become a breach later."),
        ],
        submit="Report",
    )


def redaction_draft(filled: Filled) -> Draft:
    """The quick report as typed.

    Raises:
        ValueError: for a choice that the form does not offer.
    """
    return Draft(
        area=filled.choice("area"),
        incident_type=IncidentType.REDACTION.value,
        discovered_at=filled.instant("discovered_at"),
        description=filled.text("description"),
        late_reason=filled.text(LATE_REASON),
        upstream=read_upstream(filled),
    )
