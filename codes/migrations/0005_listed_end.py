from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("codes", "0004_consult")]

    operations = [
        migrations.AlterField(
            model_name="code",
            name="end_basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stated", "stated by the file"),
                    ("inferred", "inferred: in one year's file and not in the next"),
                    ("listed", "from our own list of ended codes"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
