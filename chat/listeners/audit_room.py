"""Where audits are kept, and who says for whom."""

from dataclasses import dataclass

from chat.ports import AuditsDesk, People, RecommendationFile
from domain.people import Actor


@dataclass(frozen=True)
class AuditRoom:
    """What the listeners of audits work with."""

    desk: AuditsDesk
    people: People

    async def recommendation(
        self, reference: str, number: int | None, actor: Actor
    ) -> RecommendationFile | None:
        """Everything about a recommendation; None, whether there is none or it is not theirs."""
        return await self.desk.file(f"{reference}-{number}", actor)
