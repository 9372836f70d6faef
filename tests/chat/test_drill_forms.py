"""What the forms say of how a drill ends."""

import json

from chat.forms.correction import WithdrawalForm
from chat.forms.report import drill_form
from runtime.settings import organisation
from tests.domain.samples import OPENING, OST_DUE, case_after


def withdrawal(*, drill: bool) -> str:
    case = case_after(opening=OPENING.model_copy(update={"drill": drill}))
    blocks = WithdrawalForm().blocks(case, OST_DUE, None)
    return json.dumps([block.to_dict() for block in blocks])


def test_withdrawing_ends_a_drill_and_is_for_mistakes_alone_in_a_real_case() -> None:
    assert "ends this drill" in withdrawal(drill=True)
    assert "In doubt, leave it" not in withdrawal(drill=True)
    assert "In doubt, leave it" in withdrawal(drill=False)


def test_a_drill_is_withdrawn_only_until_its_review() -> None:
    told = json.dumps(drill_form(organisation({}), OST_DUE).to_dict())

    assert "until OST has reviewed it, you can also withdraw" in told
