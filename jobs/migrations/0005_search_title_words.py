from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations

STORAGE = """
ALTER TABLE jobs_jobsearch ALTER title_words SET STORAGE EXTERNAL;
UPDATE jobs_jobsearch SET title_words = setweight(to_tsvector('english', 'the ' || title), 'A')
    FROM jobs_job WHERE jobs_job.id = job_id;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_narrow_search_row")]

    operations = [
        migrations.AddField(
            "jobsearch", "title_words", SearchVectorField(default=""), preserve_default=False
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        migrations.AddIndex(
            "jobsearch", GinIndex(fields=["title_words"], name="job_search_title_words")
        ),
        migrations.AddIndex(
            "jobsearch", GinIndex(fields=["head_words"], name="job_search_head_words")
        ),
    ]
