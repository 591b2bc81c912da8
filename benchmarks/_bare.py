"""What a decision over HTTP is compared with: a bare django-ninja endpoint that makes two inserts.

It checks, decides and signs nothing, and syncs no commit to the disk.
"""

import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BARE_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI  # noqa: E402

from comity.event import Event  # noqa: E402


class Row(models.Model):
    body = models.TextField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.body


api = NinjaAPI()


@api.post("/decisions")
def insert_twice(request: HttpRequest, event: Event) -> dict[str, str]:  # noqa: ARG001
    with transaction.atomic():
        Row.objects.create(body=event.model_dump_json())
        Row.objects.create(body=event.id)
    return {"id": event.id}


urlpatterns = [path("v1/", api.urls)]
if "bare_row" not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(Row)
connection.close()
application = WSGIHandler()
