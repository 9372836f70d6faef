"""The window on a recommendation says how it stands, in the words of lists."""

import json
from datetime import timedelta

from chat.forms.recommendation_view import recommendation_view
from chat.ports import RecommendationFile
from tests.domain.audits import MAYA, lived


def test_it_says_what_is_left_and_what_is_overdue() -> None:
    recommendation = lived()

    def shown(after: timedelta) -> str:
        assert recommendation.due is not None
        view = recommendation_view(
            RecommendationFile(recommendation, ()), MAYA, recommendation.due + after
        )
        return json.dumps(view.to_dict())

    assert "Open, *5 days left*" in shown(-timedelta(days=5))
    assert "Open, *5 days overdue* :red_circle:" in shown(timedelta(days=5))
