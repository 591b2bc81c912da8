from typing import Any

from django.db import migrations, models


def tell_second_looks(apps: Any, _schema: Any) -> None:
    """What a second reviewer said by themselves changed nothing."""
    rulings = apps.get_model("review", "Ruling").objects
    rulings.filter(transition__in=["agree", "differ"]).update(effective=False)


class Migration(migrations.Migration):
    dependencies = [("review", "0003_appeals")]

    operations = [
        migrations.AddField(
            model_name="ruling",
            name="effective",
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(tell_second_looks, migrations.RunPython.noop),
    ]
