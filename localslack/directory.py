"""Who is who: people, user groups and the app's own bot."""

import re

from localslack.kinds import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Json
from localslack.workspace import Group, Manifest, Person, Workspace


class Directory:
    """People and groups by id, handle or e-mail address. Records may be changed by tests."""

    def __init__(self, workspace: Workspace, manifest: Manifest) -> None:
        self.app_name = manifest.display_information.name
        self.bot_name = _user_name(manifest.features.bot_user.display_name)
        self.people: dict[str, Person] = {p.id: p.model_copy() for p in workspace.people}
        self.groups: dict[str, Group] = {g.id: g.model_copy(deep=True) for g in workspace.groups}

    def person(self, reference: str) -> Person | None:
        """The person with that id or handle."""
        if reference in self.people:
            return self.people[reference]
        return next((p for p in self.people.values() if p.handle == reference), None)

    def by_email(self, email: str) -> Person | None:
        """The active person with that address; case does not matter, as in Slack."""
        wanted = email.casefold()
        return next(
            (
                p
                for p in self.people.values()
                if p.email and p.email.casefold() == wanted and not p.deactivated
            ),
            None,
        )

    def user_id(self, reference: str) -> str | None:
        """The id of a person or of the app's bot, from an id or a handle."""
        if reference == BOT_USER_ID:
            return BOT_USER_ID
        person = self.person(reference)
        return person.id if person else None

    def knows(self, user_id: str) -> bool:
        """Whether that id is a person's or the bot's."""
        return user_id == BOT_USER_ID or user_id in self.people

    def name(self, user_id: str) -> str:
        """The name to show for a user id."""
        if user_id == BOT_USER_ID:
            return self.app_name
        person = self.people.get(user_id)
        return person.real_name if person else user_id

    def handle(self, user_id: str) -> str:
        """The user name that goes with an id, as in `@priya`."""
        if user_id == BOT_USER_ID:
            return self.bot_name
        person = self.people.get(user_id)
        return person.handle if person else user_id

    def group_members(self, group: Group) -> list[str]:
        """The ids of a group's active members, in the file's order."""
        members = (self.person(handle) for handle in group.members)
        return [m.id for m in members if m and not m.deactivated]

    def user_object(self, user_id: str) -> Json:
        """Slack's user object for `users.info` and `users.list`."""
        if user_id == BOT_USER_ID:
            return self._bot_object()
        return _person_object(self.people[user_id])

    def _bot_object(self) -> Json:
        return {
            "id": BOT_USER_ID,
            "team_id": TEAM_ID,
            "name": self.bot_name,
            "deleted": False,
            "real_name": self.app_name,
            "is_bot": True,
            "is_app_user": False,
            "profile": {
                "real_name": self.app_name,
                "display_name": self.bot_name,
                "bot_id": BOT_ID,
                "api_app_id": APP_ID,
                "team": TEAM_ID,
            },
        }


def _user_name(display_name: str) -> str:
    """A bot's user name, as Slack makes it of the display name."""
    return re.sub(r"[^a-z0-9._-]+", "_", display_name.lower())


def _person_object(person: Person) -> Json:
    first, _, last = person.real_name.partition(" ")
    roles = {
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        # A guest in Slack is a restricted user; one of a single channel is ultra-restricted.
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
    }
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "deleted": person.deactivated,
        "real_name": person.real_name,
        "tz": person.tz,
        "is_bot": False,
        "is_app_user": False,
        # Slack leaves the roles of a deactivated account out.
        **({} if person.deactivated else roles),
        "profile": {
            "real_name": person.real_name,
            "display_name": person.handle,
            "first_name": first,
            "last_name": last,
            "title": person.title,
            "email": person.email,
            "team": person.team_id,
        },
    }
