"""One breach and the people around it, for tests. All are invented."""

from datetime import UTC, date, datetime, timedelta

from domain import data
from domain.case import Case
from domain.circumstances import Circumstances
from domain.clocks import Alarm, ClockPolicies, ClockPolicy, EscalationStep
from domain.enisa_facts import Confidentiality, DataCategory, Identification
from domain.folding import after
from domain.grounds import Ground
from domain.ico import IcoOutcome, LetterKind, RegulatoryAction
from domain.opening import PROCEDURE, Opening
from domain.people import Actor
from domain.remediation import ContainmentState, OutsideBody
from domain.report import Report
from domain.severity_grid import Effect, Likelihood
from domain.steps import (
    ActionCancelled,
    ActionDone,
    ActionHandedOver,
    ActionRescheduled,
    Alert,
    Answer,
    CaseEvent,
    Claim,
    Closure,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintReceived,
    Containment,
    Correction,
    Decision,
    DuplicateAdded,
    DuplicateRemoved,
    EffectivenessReview,
    FactsCompleted,
    FollowUpPlan,
    HandOver,
    IcoDecision,
    IcoFollowUp,
    IcoLetter,
    IcoSubmission,
    Merged,
    NewAction,
    OrganisationTold,
    PeopleInformed,
    Question,
    Reclassification,
    ReferralDecision,
    Reopening,
    ReportReceived,
    Resumed,
    Review,
    Separation,
    SeverityAssessment,
    Step,
    Withdrawal,
)
from domain.taxonomy import (
    Classification,
    Clock,
    Communication,
    ComplaintOutcome,
    ComplaintRoute,
    IncidentType,
    Moment,
    Role,
    Severity,
    Source,
)

AREA = "west-midlands"
ELSEWHERE = "wessex"

DISCOVERED = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
REPORTED = DISCOVERED + timedelta(hours=1)
OST_DUE = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)
ICO_DUE = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
"""The shortest time that there is."""

PRIYA = Actor(user_id="U0PRIYA")
"""Reports, and holds no role."""
OWEN = Actor(user_id="U0OWEN", roles=(Role.OST,))
MAYA = Actor(user_id="U0MAYA", roles=(Role.OST, Role.OST_LEAD))
DANIEL = Actor(user_id="U0DANIEL", roles=(Role.DPO,))
GRACE = Actor(user_id="U0GRACE", roles=(Role.DEPUTY_DPO,), dpos_there=())
"""The deputy, while the DPO is away."""
TOM = Actor(user_id="U0TOM", sim_areas=(AREA,))

POLICIES = ClockPolicies(
    ost_review=ClockPolicy(
        due_hours=24,
        reminders_before_hours=(12, 4, 1),
        escalations=(
            EscalationStep(after_hours=0, to=(Role.OST_LEAD, Role.SIM)),
            EscalationStep(after_hours=12, to=(Role.DPO,)),
        ),
    ),
    ico_notification=ClockPolicy(
        due_hours=72,
        reminders_before_hours=(36, 24, 12, 4, 1),
        escalations=(
            EscalationStep(after_hours=0, to=(Role.DPO, Role.DEPUTY_DPO)),
            EscalationStep(after_hours=12, to=(Role.SIRO,)),
        ),
    ),
)

REPORT = Report(
    area=AREA,
    incident_type=IncidentType.EMAILED,
    discovered_at=DISCOVERED,
    occurred_at=DISCOVERED - 48 * HOUR,
    people_affected=3,
    description="A case file went to another firm’s solicitor.",
    circumstances=Circumstances(
        data_types=(data.DataType.BASIC,), data_subjects=(data.DataSubject.WITNESS,)
    ),
)
OPENING = Opening(
    reference="BR-2026-0042",
    report=REPORT,
    reported_at=REPORTED,
    source=Source.SLACK,
    reporter=PRIYA.user_id,
    policies=POLICIES,
    procedure=PROCEDURE,
)

RECEIVED = ReportReceived(report=REPORT, source=Source.SLACK)
CLAIM = Claim(by=OWEN)
HAND_OVER = HandOver(by=OWEN, to=MAYA.user_id, taker=MAYA)
QUESTION = Question(by=OWEN, text="Was the file encrypted?")
ANSWER = Answer(by=PRIYA, text="It was not.")
CORRECTION = Correction(
    by=OWEN,
    moment=Moment.DISCOVERED,
    at=DISCOVERED - 6 * HOUR,
    reason="The post room had noticed at noon.",
)
AWARENESS = Correction(
    by=DANIEL,
    moment=Moment.AWARE,
    at=DISCOVERED + 5 * HOUR,
    reason="Until then nobody knew whether the file held personal data.",
)
FACTS = FactsCompleted(
    by=OWEN,
    people_affected=4,
    occurred_until=DISCOVERED - HOUR,
    casework=data.Answer.YES,
    data_types=(data.DataType.BASIC, data.DataType.CRIMINAL),
    data_subjects=(data.DataSubject.WITNESS, data.DataSubject.FAMILY),
    recovered=data.Recovered.PARTLY,
    retained_in_cjs=data.Answer.NO,
    live_proceedings=data.Answer.YES,
    physical_safety=data.Answer.NO,
    reason="The case team counted the witnesses.",
)
WITHDRAWAL = Withdrawal(by=PRIYA, reason="The file was ours and never left.")
ASSESSED = SeverityAssessment(
    by=OWEN,
    likelihood=Likelihood.LIKELY,
    effect=Effect.ADVERSE,
    categories=(DataCategory.SENSITIVE,),
    identification=Identification.MAXIMUM,
    confidentiality=Confidentiality.KNOWN,
)
BREACH = Review(
    by=OWEN,
    classification=Classification.BREACH,
    severity=Severity.HIGH,
    reason="Names and addresses of three witnesses left the CPS.",
)
NO_BREACH = Review(
    by=OWEN, classification=Classification.NOT_A_BREACH, reason="The file held no personal data."
)
AFTER_ALL_NONE = Reclassification(
    by=MAYA,
    classification=Classification.NOT_A_BREACH,
    reason="The other firm acts for us: it was meant to have the file.",
)
WORSE = Reclassification(
    by=MAYA,
    classification=Classification.BREACH,
    severity=Severity.VERY_HIGH,
    reason="Addresses of protected witnesses were in it.",
)
NOTIFY = IcoDecision(by=DANIEL, notify=True, reason="A risk to witnesses can't be ruled out.")
NO_NOTICE = IcoDecision(by=DANIEL, notify=False, reason="Recovered unread: a risk is unlikely.")
NOTIFY_ANEW = IcoDecision(
    by=DANIEL, notify=True, reason="The copy was read after all, by a stranger.", anew=True
)
NO_NOTICE_ANEW = IcoDecision(
    by=DANIEL, notify=False, reason="The file was encrypted, and the key is safe.", anew=True
)
SUBMISSION = IcoSubmission(
    by=DANIEL,
    ico_reference="IC-123456",
    submitted_at=REPORTED + 2 * HOUR,
    early_reasons="The ICO's helpline was told while OST was still asking.",
)
FOLLOW_UP = IcoFollowUp(
    by=DANIEL,
    sent_at=REPORTED + 3 * HOUR,
    what="How many people are affected.",
    complete=False,
    next_due_on=date(2026, 12, 8),
)
FOLLOW_UP_PLAN = FollowUpPlan(
    by=DANIEL,
    wanted=True,
    due_on=date(2026, 12, 4),
    reason="The ICO asked by telephone for the training record.",
)
LETTER = IcoLetter(
    by=DANIEL,
    letter=LetterKind.OUTCOME,
    dated=date(2026, 11, 20),
    ico_reference="IC-123456",
    outcome=IcoOutcome.REGULATORY_ACTION,
    action=RegulatoryAction.REPRIMAND,
    says="A reprimand: redaction was not checked by a second person.",
)
QUERY = IcoLetter(
    by=DANIEL,
    letter=LetterKind.QUESTION,
    dated=date(2026, 11, 20),
    ico_reference="IC-123456",
    reply_by=date(2026, 12, 7),
    says="How many copies were sent, and which training did the sender have?",
)
COMPLAINT = ComplaintReceived(
    by=OWEN,
    received_on=date(2026, 11, 20),
    route=ComplaintRoute.EMAIL,
    complaint_reference="CMP-2026-118",
)
ACKNOWLEDGED = ComplaintAcknowledged(by=OWEN, number=1, acknowledged_on=date(2026, 11, 20))
ANSWERED = ComplaintAnswered(
    by=DANIEL,
    number=1,
    answered_on=date(2026, 11, 20),
    outcome=ComplaintOutcome.UPHELD,
    reason="The file was not checked by a second person; an apology was sent.",
)
TOLD = PeopleInformed(
    by=DANIEL,
    communication=Communication.TOLD,
    told_at=REPORTED + 3 * HOUR,
    number=3,
    reason="A high risk to three witnesses.",
)
NOT_REQUIRED = PeopleInformed(
    by=DANIEL,
    communication=Communication.NOT_REQUIRED,
    ground=Ground.PART_3_UNINTELLIGIBLE,
    reason="The file was encrypted.",
)
RESTRICTED = PeopleInformed(
    by=DANIEL,
    communication=Communication.RESTRICTED,
    ground=Ground.PROSECUTION,
    review_on=date(2026, 12, 15),
    reason="It would tip off a defendant.",
)
ACTION = NewAction(
    by=TOM,
    description="Confirm with the other firm that the file is deleted.",
    owner="U0OMAR",
    due_on=date(2026, 12, 1),
)
DONE = ActionDone(by=TOM, number=1, evidence="A signed letter of the other firm.")
HANDED_OVER = ActionHandedOver(by=TOM, number=1, to="U0NINA", reason="Omar has changed teams.")
RESCHEDULED = ActionRescheduled(
    by=TOM, number=1, due_on=date(2026, 12, 8), reason="The firm is closed this week."
)
CANCELLED = ActionCancelled(by=TOM, number=1, reason="The file turned out to be ours.")
CONTAINMENT = Containment(
    by=OWEN,
    state=ContainmentState.PARTLY,
    as_of=REPORTED + HOUR,
    facts="One of two copies is back.",
)
ORGANISATION_TOLD = OrganisationTold(
    by=DANIEL,
    body=OutsideBody.POLICE,
    name="West Midlands Police",
    told_at=REPORTED + HOUR,
    purpose="It is their material.",
)
NO_REFERRAL = ReferralDecision(by=MAYA, refer=False, reason="A slip, reported at once.")
LOOK_BACK = EffectivenessReview(
    by=OWEN,
    worked=data.Answer.YES,
    kept_up=data.Answer.YES,
    recurred=data.Answer.NO,
    learned="The address book offers our own people first.",
    reason="The team moves at the end of the month.",
)
CLOSURE = Closure(by=OWEN, outcome="Deleted, told, and the address book is mended.")
REOPENING = Reopening(by=OWEN, reason="The ICO has written and asks for more.")
ORIGINAL = "BR-2026-0007"
DUPLICATE = Review(
    by=OWEN,
    classification=Classification.DUPLICATE,
    duplicate_of=ORIGINAL,
    reason="The same letter, reported by the post room before.",
)
MERGED = Merged(into=ORIGINAL)
SEPARATION = Separation(by=MAYA, reason="Two letters, to two addresses.")
ADDED = DuplicateAdded(
    by=OWEN,
    reference="BR-2026-0051",
    found_at=REPORTED + 2 * HOUR,
    discovered_at=DISCOVERED - 8 * HOUR,
    aware_at=DISCOVERED - 7 * HOUR,
    reason="The same letter.",
)
REMOVED = DuplicateRemoved(
    by=MAYA, reference=ADDED.reference, found_at=ADDED.found_at, reason="Another letter."
)
ALERT = Alert(
    clock=Clock.OST_REVIEW,
    due_at=OST_DUE,
    alarm=Alarm(at=OST_DUE, past_due=True, to=(Role.OST_LEAD, Role.SIM)),
)

DECISIONS: tuple[Decision, ...] = (
    CLAIM,
    HAND_OVER,
    QUESTION,
    ANSWER,
    BREACH,
    NOTIFY,
    SUBMISSION,
    TOLD,
    ACTION,
    DONE,
    NO_REFERRAL,
    LOOK_BACK,
    CLOSURE,
)
LIFE: tuple[Step, ...] = (RECEIVED, *DECISIONS)
"""A whole life, each step possible after the one before."""
LINKS: tuple[Step, ...] = (ADDED, REMOVED, MERGED, SEPARATION)
STEPS: tuple[Step, ...] = (
    *LIFE,
    HANDED_OVER,
    RESCHEDULED,
    CANCELLED,
    CONTAINMENT,
    ORGANISATION_TOLD,
    REOPENING,
    Resumed(stopped_at=DISCOVERED + HOUR),
    ASSESSED,
    CORRECTION,
    FACTS,
    FOLLOW_UP,
    FOLLOW_UP_PLAN,
    LETTER,
    COMPLAINT,
    ACKNOWLEDGED,
    ANSWERED,
    WORSE,
    WITHDRAWAL,
    ALERT,
    *LINKS,
)
"""One of every kind."""


def case_after(*steps: Step, opening: Opening = OPENING) -> Case:
    """The case after these steps, taken at full hours from the report on."""
    case = Case(opening=opening)
    for number, step in enumerate(steps, start=1):
        case = after(case, CaseEvent(number=number, at=time_of(number), step=step))
    return case


def time_of(number: int) -> datetime:
    """When `case_after` takes its step of that number, counted from 1."""
    return REPORTED + (number - 1) * HOUR
