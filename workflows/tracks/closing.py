"""The disciplinary referral choice, the look back, and the end of the case."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.signatures import RestrictedStore
    from domain.absence import london_day
    from domain.bulletin import Receipt
    from domain.discipline.choice import Settlement
    from domain.discipline.proceeding import Referral
    from domain.steps import Closure, EffectivenessReview, ReferralDecision
    from workflows import retries
    from workflows.tracks.track import Track

SETTLED = "settled-apart"
"""The patch since which a choice is settled in the restricted store."""


class ClosingTrack(Track):
    """The disciplinary referral choice, the look back, and the end of the case."""

    @workflow.update
    async def decide_referral(self, step: ReferralDecision) -> Receipt:
        """The OST lead chooses whether to refer under the discipline policy."""
        return await self._take(step)

    @decide_referral.validator
    def _may_decide_referral(self, step: ReferralDecision) -> None:
        self._refuse(step)

    @workflow.update
    async def review_effectiveness(self, step: EffectivenessReview) -> Receipt:
        """OST looks back on the remedial actions."""
        return await self._take(step)

    @review_effectiveness.validator
    def _may_review_effectiveness(self, step: EffectivenessReview) -> None:
        self._refuse(step)

    @workflow.update
    async def close(self, step: Closure) -> Receipt:
        """OST closes the case."""
        return await self._take(step)

    @close.validator
    def _may_close(self, step: Closure) -> None:
        self._refuse(step)

    async def _referral_is_settled(self) -> None:
        """What was chosen is settled in the restricted store, and HR's track begun if it is to be.

        The same for either choice: the case's history does not tell which it was. HR's track is
        begun by an activity, since a child workflow would show whose child it is. A run that
        resumes the case does it again, which changes nothing.
        """
        await self._until(lambda: self._case.referral is not None)
        chosen = self._case.referral
        name = chosen.decision.hr_reference if chosen else None
        if chosen is None or name is None or not workflow.patched(SETTLED):
            return
        case = self._case
        referral = Referral(
            reference=name,
            case=case.reference,
            area=case.area,
            incident_type=case.opening.report.incident_type,
            incident_on=london_day(case.discovered_at),
            involved=case.involved,
            reporter=case.opening.reporter,
            referred_by=chosen.decision.by.user_id,
            referred_at=chosen.at,
            drill=case.opening.drill,
        )
        await workflow.execute_local_activity_method(
            RestrictedStore.settle,
            Settlement(refer=chosen.decision.refer, referral=referral),
            start_to_close_timeout=retries.RECORD_TIMEOUT,
            retry_policy=retries.UNTIL_RECORDED,
            local_retry_threshold=retries.LOCAL_RETRIES_UP_TO,
            summary="Settle the decision of the OST lead",
        )
