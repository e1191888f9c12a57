from django.contrib.postgres.search import SearchQueryField
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0007_vocabulary_version")]

    operations = [
        migrations.AddField("jobsearch", "credential_rule", SearchQueryField(null=True)),
        migrations.AddField("jobsearch", "home_rule", SearchQueryField(null=True)),
    ]
