"""What a person does with a modal, and what Slack makes of the app's answer."""

import logging
from typing import Any

from localslack import payloads
from localslack.acts import Simple, holder_of, notice
from localslack.courier import Envelope, NoAnswerError
from localslack.errors import SlackError
from localslack.fieldchecks import field_errors
from localslack.kinds import Json
from localslack.methods.views import checked_view
from localslack.records import View
from localslack.slack import Slack
from localslack.viewstate import merged
from localslack.workspace import Person

TROUBLE = "We had some trouble connecting. Try again?"

log = logging.getLogger(__name__)


class Modals:
    """Submitting and closing modals."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def submit(self, person: Person, view: View, simple: Simple) -> Json:
        """Submit a modal. The form keeps what was typed until the app has taken it.

        Raises:
            BadRequestError: a value that no person could give.
        """
        offered = self._slack.offers.within(holder_of(view))
        view.values = merged(view.blocks, view.values, simple, offered)
        if errors := field_errors(view.blocks, view.values):
            return self._refused(view, errors)
        view.errors = {}
        payload = payloads.view_submission(self._slack, person, view)
        try:
            answer = await self._slack.deliver(Envelope("interactive", payload))
        except NoAnswerError:
            return notice(TROUBLE)
        return self._apply(view, answer)

    async def close(self, person: Person, view: View) -> None:
        """Close a modal, and tell the app if it asked to know."""
        cleared = bool(view.body.get("clear_on_close"))
        if cleared:
            self._slack.views.clear(person.id)
        else:
            self._slack.views.close(view)
        if not view.body.get("notify_on_close"):
            return
        payload = payloads.view_closed(self._slack, person, view, cleared=cleared)
        try:
            await self._slack.deliver(Envelope("interactive", payload))
        except NoAnswerError:
            log.info("the app did not acknowledge view_closed")

    def _apply(self, view: View, answer: Json) -> Json:
        try:
            match answer.get("response_action"):
                case None if not answer:
                    self._slack.views.close(view)
                    return {"ok": True, "result": "closed"}
                case "clear":
                    self._slack.views.clear(view.user)
                    return {"ok": True, "result": "cleared"}
                case "update":
                    self._slack.views.update(view, checked_view(answer.get("view"), "modal"))
                    return {"ok": True, "result": "updated"}
                case "push":
                    body = checked_view(answer.get("view"), "modal")
                    self._slack.views.push(view.user, body)
                    return {"ok": True, "result": "pushed"}
                case "errors" if _names_inputs(view, answer.get("errors")):
                    return self._refused(view, answer["errors"])
                case _:
                    log.warning("the answer to a submission is none that Slack knows: %s", answer)
        except SlackError as error:
            log.warning("the view in the answer is refused: %s", error.answer())
        return notice(TROUBLE)

    def _refused(self, view: View, errors: dict[str, str]) -> Json:
        view.errors = errors
        self._slack.views.tell(view)
        return {"ok": False, "errors": errors}


def _names_inputs(view: View, errors: Any) -> bool:
    """Whether every error stands at an input block: Slack shows no others."""
    if not isinstance(errors, dict) or not errors:
        return False
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    return set(errors) <= inputs and all(isinstance(text, str) for text in errors.values())
