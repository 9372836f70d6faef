"""Messages with which an app answers: in an acknowledgement or through a response URL."""

from localslack.arguments import Arguments
from localslack.content import read_content, read_new_content
from localslack.errors import SlackError
from localslack.kinds import BOT_USER_ID, Json
from localslack.methods.chat import revise, thread_of
from localslack.records import Conversation
from localslack.responseurls import ResponseUrl
from localslack.slack import Slack


def answer_command(
    slack: Slack, user: str, conversation: Conversation, typed: str, answer: Json
) -> None:
    """Show the message that came with the acknowledgement of a command, if one did.

    Raises:
        SlackError: Slack would not accept the message.
    """
    in_channel = answer.get("response_type") == "in_channel"
    args = Arguments(answer)
    if not any(answer.get(part) for part in ("text", "blocks", "attachments")):
        return
    content = read_new_content(args)
    if in_channel:
        # Slack then shows everybody what the person typed.
        slack.conversations.post(conversation, user, text=typed)
    only_for = None if in_channel else user
    slack.conversations.post(conversation, BOT_USER_ID, only_for=only_for, **content)


def answer_by_url(slack: Slack, url: ResponseUrl, args: Arguments) -> None:
    """Do what was sent to a response URL.

    Raises:
        SlackError: Slack would refuse it.
    """
    conversation = slack.conversations.get(url.channel)
    if conversation is None:
        raise SlackError("channel_not_found")
    message = conversation.messages.get(url.message_ts or "")
    if args.flag("delete_original") and message:
        slack.conversations.delete(conversation, message)
        return
    if args.flag("replace_original") and message and message.by_app:
        content = read_content(args)
        fresh: Json = {"text": "", "blocks": [], "attachments": []}
        revise(slack, conversation, message, fresh | content)
        return
    ephemeral = args.text("response_type") != "in_channel"
    slack.conversations.post(
        conversation,
        BOT_USER_ID,
        only_for=url.user if ephemeral else None,
        thread_ts=thread_of(conversation, args.text("thread_ts")),
        **read_new_content(args),
    )
