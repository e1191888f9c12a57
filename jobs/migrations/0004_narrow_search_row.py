from django.db import migrations, models

ARRAYS = ("specialties", "credentials", "settings", "employment_types", "hires_in")

# Reading a page of these rows must not read the words: they stand out of line, whatever their
# length, and what filters and facets compare stays in the row.
STORAGE = """
ALTER TABLE jobs_jobsearch SET (toast_tuple_target = 128);
ALTER TABLE jobs_jobsearch ALTER words SET STORAGE EXTERNAL, ALTER head_words SET STORAGE EXTERNAL;
""" + "".join(f"ALTER TABLE jobs_jobsearch ALTER {name} SET STORAGE PLAIN;\n" for name in ARRAYS)

BACK = """
ALTER TABLE jobs_jobsearch RESET (toast_tuple_target);
ALTER TABLE jobs_jobsearch ALTER words SET STORAGE EXTENDED, ALTER head_words SET STORAGE EXTENDED;
""" + "".join(f"ALTER TABLE jobs_jobsearch ALTER {name} SET STORAGE EXTENDED;\n" for name in ARRAYS)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_moderate_job")]

    operations = [
        migrations.RemoveIndex("jobsearch", "job_search_title_words"),
        migrations.RenameField("jobsearch", "title_words", "head_words"),
        migrations.AddIndex(
            "jobsearch", models.Index(fields=["closes_at"], name="job_search_closing")
        ),
        migrations.RunSQL(STORAGE, BACK),
        migrations.AlterField("alert", "query", models.CharField(max_length=2000)),
    ]
