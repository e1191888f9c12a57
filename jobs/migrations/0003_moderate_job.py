from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_guards")]

    operations = [
        migrations.AlterModelOptions(
            name="job",
            options={
                "ordering": ["-published_at", "-pk"],
                "permissions": [("moderate_job", "Can decide on postings")],
            },
        ),
    ]
