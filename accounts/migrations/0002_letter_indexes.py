from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                fields=["id"], condition=Q(forget=True) & ~Q(text=""), name="letter_holds_secret"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["id"], condition=Q(status="refused"), name="letter_refused"),
        ),
    ]
