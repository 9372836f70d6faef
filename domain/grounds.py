"""Grounds for not telling the people affected, or not yet: UK GDPR Art. 34; DPA 2018 s.68.

Either telling is *not required*, since the duty does not arise; or it is *restricted*, for as long
as that is necessary and proportionate (s.68(7)), which is why a restriction has a review date.
"""

from domain.regime import Regime
from domain.taxonomy import Labelled


class Ground(Labelled):
    """A ground; its value is stored, its label says what it means."""

    UNINTELLIGIBLE = "art34_3_a", "The data was protected, for example encrypted"
    RISK_REMOVED = "art34_3_b", "Later measures: a high risk is no longer likely"
    DISPROPORTIONATE = "art34_3_c", "Disproportionate effort: a public communication instead"
    CRIME_PREJUDICE = "sch2_para2", "Telling them would prejudice crime prevention or prosecution"
    PART_3_UNINTELLIGIBLE = "s68_3_a", "The data was protected, for example encrypted"
    PART_3_RISK_REMOVED = "s68_3_b", "Later measures: a high risk is no longer likely"
    PART_3_DISPROPORTIONATE = "s68_3_c", "Disproportionate effort: a public communication instead"
    INQUIRY = "s68_7_a", "Not to obstruct an official or legal inquiry or procedure"
    PROSECUTION = "s68_7_b", "Not to prejudice crime prevention, investigation or prosecution"
    PUBLIC_SECURITY = "s68_7_c", "To protect public security"
    RIGHTS_OF_OTHERS = "s68_7_e", "To protect the rights and freedoms of others"
    NATIONAL_SECURITY = "s78a", "National security exemption"

    @property
    def law(self) -> str:
        """The provision, as it is cited."""
        return _LAW[self]

    @property
    def regime(self) -> Regime:
        """The law that it belongs to: `Regime.UK_GDPR` or `Regime.PART_3`."""
        return Regime.UK_GDPR if self in _UK_GDPR else Regime.PART_3

    @property
    def is_restriction(self) -> bool:
        """Whether people are kept in the dark for a time: it needs an approver and a review date.

        The other grounds mean that telling them is not required.
        """
        return self in _RESTRICTIONS

    @property
    def needs_public_communication(self) -> bool:
        """Whether the public must be told, or people as effectively (Art. 34(3)(c); s.68(5))."""
        return self in (Ground.DISPROPORTIONATE, Ground.PART_3_DISPROPORTIONATE)

    @property
    def takes_certificate(self) -> bool:
        """Whether a minister's certificate proves it, whose reference is kept (s.78A)."""
        return self is Ground.NATIONAL_SECURITY


_LAW = {
    Ground.UNINTELLIGIBLE: "UK GDPR Art. 34(3)(a)",
    Ground.RISK_REMOVED: "UK GDPR Art. 34(3)(b)",
    Ground.DISPROPORTIONATE: "UK GDPR Art. 34(3)(c)",
    Ground.CRIME_PREJUDICE: "DPA 2018 Sch. 2 para. 2",
    Ground.PART_3_UNINTELLIGIBLE: "DPA 2018 s.68(3)(a)",
    Ground.PART_3_RISK_REMOVED: "DPA 2018 s.68(3)(b)",
    Ground.PART_3_DISPROPORTIONATE: "DPA 2018 s.68(3)(c)",
    Ground.INQUIRY: "DPA 2018 s.68(7)(a)",
    Ground.PROSECUTION: "DPA 2018 s.68(7)(b)",
    Ground.PUBLIC_SECURITY: "DPA 2018 s.68(7)(c)",
    Ground.RIGHTS_OF_OTHERS: "DPA 2018 s.68(7)(e)",
    Ground.NATIONAL_SECURITY: "DPA 2018 s.78A",
}
_UK_GDPR = frozenset(
    {
        Ground.UNINTELLIGIBLE,
        Ground.RISK_REMOVED,
        Ground.DISPROPORTIONATE,
        Ground.CRIME_PREJUDICE,
    }
)
# s.68(7)(d), national security, is gone: the Data (Use and Access) Act 2025 s.88 made it s.78A.
_RESTRICTIONS = frozenset(
    {
        Ground.CRIME_PREJUDICE,
        Ground.INQUIRY,
        Ground.PROSECUTION,
        Ground.PUBLIC_SECURITY,
        Ground.RIGHTS_OF_OTHERS,
        Ground.NATIONAL_SECURITY,
    }
)


def grounds_for(regime: Regime, *, restriction: bool) -> tuple[Ground, ...]:
    """The grounds that may be relied on; all of a kind while both laws may apply.

    Args:
        regime: the law that the breach falls under.
        restriction: grounds for restricting (True), or for telling not being required (False).
    """
    either = regime in (Regime.BOTH, Regime.UNDETERMINED)
    return tuple(
        ground
        for ground in Ground
        if ground.is_restriction is restriction and (either or ground.regime is regime)
    )
