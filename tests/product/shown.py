"""All that Slack shows to people, for tests of what must not be in it."""

import json
from collections import defaultdict
from collections.abc import Callable

from localslack.driver import Person


async def all_that_is_shown(person: Callable[[str], Person]) -> dict[str, str]:
    """What anybody sees in each channel, by its name, in direct messages, and at the Home tab.

    Threads are among it, what is shown to one person alone, and what a client has of it without
    showing it, such as the values of buttons.

    Args:
        person: makes the person of a handle.
    """
    shown = defaultdict[str, list[str]](list)
    for handle in await person("priya").colleagues():
        viewer = person(handle)
        for place, name in (await viewer.conversations()).items():
            for message in await viewer.messages(place):
                shown[name] += [json.dumps(each.data) for each in await viewer.thread(message)]
        if home := await viewer.home(refresh=True):
            shown["Home"].append(json.dumps(home.data))
    return {name: "\n".join(texts) for name, texts in shown.items()}
