"""Pictures in blocks that show an uploaded file, as Slack lets a message show them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from localslack.errors import SlackError
from localslack.files import kind_of_file
from localslack.kinds import Json
from localslack.records import File
from localslack.slack import Slack

SHOWN = ("image/png", "image/jpeg", "image/gif")


def check_pictures(slack: Slack, blocks: list[Json]) -> None:
    """Refuse pictures whose file is not there, is no picture, or is not finished.

    Raises:
        SlackError: `invalid_blocks`.
    """
    problems = []
    for path, image in _pictures(blocks):
        given = [name for name in ("image_url", "slack_file") if image.get(name)]
        if len(given) != 1:
            problems.append(f"must provide one of image_url, slack_file [json-pointer:{path}]")
        elif given == ["slack_file"] and not _is_shown(_file(slack, image["slack_file"])):
            problems.append(f"invalid slack file [json-pointer:{path}/slack_file]")
    if problems:
        raise SlackError("invalid_blocks", problems=problems)


def _pictures(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    for number, block in enumerate(blocks):
        path = f"/blocks/{number}"
        if block["type"] == "image":
            yield path, block
        elif block["type"] == "section" and (block.get("accessory") or {}).get("type") == "image":
            yield f"{path}/accessory", block["accessory"]
        elif block["type"] == "context":
            for place, element in enumerate(block["elements"]):
                if element["type"] == "image":
                    yield f"{path}/elements/{place}", element


def _file(slack: Slack, named: Json) -> File | None:
    """By id, or by the address that the file object gives."""
    by_id, by_url = named.get("id"), named.get("url")
    if bool(by_id) == bool(by_url):
        return None
    parts = urlsplit(str(by_url)).path.split("/") if by_url else []
    return slack.files.records.get(str(by_id) if by_id else parts[2] if len(parts) > 2 else "")  # noqa: PLR2004


def _is_shown(file: File | None) -> bool:
    return bool(file and file.complete and kind_of_file(file) in SHOWN)
