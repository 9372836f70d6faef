"""Everything that one local Slack is made of, wired together."""

from localslack.conversations import Conversations
from localslack.courier import Envelope, Transport
from localslack.directory import Directory
from localslack.faults import Faults
from localslack.feed import Feed
from localslack.files import Files
from localslack.httpmode import HttpMode
from localslack.ids import Timestamps
from localslack.kinds import BOT_USER_ID, Json
from localslack.offers import Offers
from localslack.options import Options
from localslack.ratelimits import RateLimits
from localslack.records import Conversation
from localslack.responseurls import ResponseUrls
from localslack.snapshot import VERSION, Snapshot, Snapshots
from localslack.socketmode import SocketMode
from localslack.triggers import Triggers
from localslack.views import Views
from localslack.workspace import Channel, Manifest, Workspace


class Slack:
    """One workspace with one app in it."""

    def __init__(self, workspace: Workspace, manifest: Manifest, options: Options) -> None:
        self.workspace = workspace
        self.manifest = manifest
        self.options = options
        self.clock = options.clock
        self.base_url = ""
        """Where the server listens; set when it does."""
        self.feed = Feed()
        self.directory = Directory(workspace, manifest)
        self.snapshots = Snapshots(options.state_file, self._collect)
        changed = self.snapshots.changed
        self.conversations = Conversations(self.clock, self.feed, changed)
        self.views = Views(self.clock, self.feed, changed)
        self.files = Files(self.clock, self.snapshots.files_directory, changed)
        self.triggers = Triggers(self.clock, options.trigger_lifetime)
        self.response_urls = ResponseUrls(self.clock)
        self.faults = Faults()
        self.rate_limits = RateLimits(self.clock, enabled=options.rate_limits)
        self.socket_mode = SocketMode(self.clock, options.ack_deadline)
        self.http_mode = HttpMode(manifest, options)
        self.offers = Offers()
        self._restore(self.snapshots.load())

    @property
    def transport(self) -> Transport:
        """The way to the app."""
        if self.manifest.settings.socket_mode_enabled:
            return self.socket_mode
        return self.http_mode

    async def deliver(self, envelope: Envelope) -> Json:
        """Send an envelope to the app and wait for its acknowledgement.

        Raises:
            NoAnswerError: none came in time.
        """
        return await self.transport.deliver(envelope, self.faults.copies())

    def conversation(self, reference: str) -> Conversation | None:
        """A conversation by its id or a channel by its name, with or without `#`."""
        return self.conversations.get(reference) or self.conversations.channel(
            reference.removeprefix("#")
        )

    def _collect(self) -> Snapshot:
        conversations = [_lasting(c) for c in self.conversations]
        return Snapshot(
            version=VERSION,
            last_ts=self.conversations.timestamps.last,
            conversations=conversations,
            homes=list(self.views.homes.values()),
            files=[f for f in self.files.records.values() if f.complete],
        )

    def _restore(self, snapshot: Snapshot) -> None:
        self.conversations.timestamps = Timestamps(snapshot.last_ts)
        for conversation in snapshot.conversations:
            self.conversations.put(conversation)
        for channel in self.workspace.channels:
            self.conversations.put(self._as_in_file(channel))
        self.views.homes = {view.user: view for view in snapshot.homes}
        self.files.records = {file.id: file for file in snapshot.files}

    def _as_in_file(self, channel: Channel) -> Conversation:
        """A channel of the workspace file, with what was said and who joined since."""
        kept = self.conversations.get(channel.id) or Conversation(id=channel.id)
        members = [self.directory.user_id(handle) or handle for handle in channel.members]
        if channel.app:
            members.append(BOT_USER_ID)
        return kept.model_copy(
            update={
                "name": channel.name,
                "private": channel.private,
                "archived": channel.archived,
                "topic": channel.topic,
                "purpose": channel.purpose,
                "members": list(dict.fromkeys([*members, *kept.members])),
            }
        )


def _lasting(conversation: Conversation) -> Conversation:
    """Without ephemeral messages, which Slack too forgets."""
    messages = {ts: m for ts, m in conversation.messages.items() if m.only_for is None}
    return conversation.model_copy(update={"messages": messages})
