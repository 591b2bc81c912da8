"""What can be done with feedback on a score."""

from datetime import datetime

from django.db import transaction

from comity.server.members.models import Community
from comity.server.perspective.models import Suggestion
from comity.server.perspective.wire import SuggestScoreRequest
from comity.server.review.charters import procedures
from comity.server.review.opening import take_suggestion
from comity.signals import ModelRef


@transaction.atomic
def keep_suggestion(
    community: Community,
    request: SuggestScoreRequest,
    language: str,
    model: ModelRef,
    now: datetime,
) -> Suggestion:
    """Keep what a person thinks the scores should have been, and bring it before people."""
    suggestion = Suggestion.objects.create(
        community=community,
        received=now,
        text=request.text,
        language=language,
        scores={
            name: scores.model_dump(by_alias=True, exclude_none=True)
            for name, scores in (request.attribute_scores or {}).items()
        },
        client_token=request.client_token or "",
        community_token=request.community_id or "",
        model=f"sha256:{model.sha256}",
    )
    take_suggestion(suggestion, procedures(community).review.due, now)
    return suggestion
