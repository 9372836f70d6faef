"""Every form about a case, by the name that buttons and modals use."""

from chat.forms.closure import ClosureForm
from chat.forms.decision import DecisionForm
from chat.forms.ico import IcoDecisionForm, IcoSubmissionForm
from chat.forms.referral import ReferralForm
from chat.forms.remediation import ActionDoneForm, NewActionForm
from chat.forms.review import ReviewForm

FORMS: dict[str, DecisionForm] = {
    form.name: form
    for form in (
        ReviewForm(),
        IcoDecisionForm(),
        IcoSubmissionForm(),
        NewActionForm(),
        ActionDoneForm(),
        ReferralForm(),
        ClosureForm(),
    )
}
