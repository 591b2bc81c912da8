"""Templates: words that reviewers begin a reason with."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission
from comity.server.review.models import Template
from comity.server.review.services.bench import Bench


@transaction.atomic
def add_template(bench: Bench, name: str, article: str, texts: Mapping[str, str]) -> Template:
    """Keep words for a reason; `texts` by language, `article` empty for any.

    Raises Mistake without words, or for a name that is taken.
    """
    bench.require(Permission.MANAGE_QUEUES)
    if not any(texts.values()):
        raise Mistake(_("Write the words in one language at least."))
    if Template.objects.filter(community=bench.community, name=name).exists():
        raise Mistake(_("Another has this name."))
    return Template.objects.create(
        community=bench.community,
        name=name,
        article=article,
        texts={language: text for language, text in texts.items() if text},
    )


@transaction.atomic
def remove_template(bench: Bench, number: int) -> None:
    bench.require(Permission.MANAGE_QUEUES)
    Template.objects.filter(community=bench.community, pk=number).delete()
