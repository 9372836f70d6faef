"""Every form about a case, by the name that buttons and modals use."""

from chat.forms.action_changes import (
    ActionCancelledForm,
    ActionHandedOverForm,
    ActionRescheduledForm,
)
from chat.forms.closure import ClosureForm, ReopeningForm
from chat.forms.complaints import ComplaintAcknowledgedForm, ComplaintAnsweredForm, ComplaintForm
from chat.forms.containment import ContainmentForm, OrganisationToldForm
from chat.forms.correction import CorrectionForm, WithdrawalForm
from chat.forms.decision import DecisionForm
from chat.forms.duplicates import SeparationForm
from chat.forms.effectiveness import EffectivenessForm
from chat.forms.facts import FactsForm
from chat.forms.follow_up import FollowUpPlanForm, IcoFollowUpForm
from chat.forms.ico import IcoDecisionForm, IcoReconsiderationForm, IcoSubmissionForm
from chat.forms.inquiry import AnswerForm, QuestionForm
from chat.forms.letter import IcoLetterForm
from chat.forms.people import PeopleInformedForm
from chat.forms.referral import ReferralForm
from chat.forms.remediation import ActionDoneForm, NewActionForm
from chat.forms.review import HandOverForm, ReclassificationForm, ReviewForm
from chat.forms.severity import SeverityForm

FORMS: dict[str, DecisionForm] = {
    form.name: form
    for form in (
        ReviewForm(),
        ReclassificationForm(),
        HandOverForm(),
        SeverityForm(),
        QuestionForm(),
        AnswerForm(),
        CorrectionForm(),
        FactsForm(),
        WithdrawalForm(),
        IcoDecisionForm(),
        IcoReconsiderationForm(),
        IcoSubmissionForm(),
        IcoFollowUpForm(),
        FollowUpPlanForm(),
        IcoLetterForm(),
        ComplaintForm(),
        ComplaintAcknowledgedForm(),
        ComplaintAnsweredForm(),
        PeopleInformedForm(),
        NewActionForm(),
        ActionDoneForm(),
        ActionHandedOverForm(),
        ActionRescheduledForm(),
        ActionCancelledForm(),
        ContainmentForm(),
        OrganisationToldForm(),
        ReferralForm(),
        EffectivenessForm(),
        ClosureForm(),
        ReopeningForm(),
        SeparationForm(),
    )
}
