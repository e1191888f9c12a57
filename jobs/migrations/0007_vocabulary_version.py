from django.db import migrations

TABLES = (
    "codes_specialty",
    "jobs_credential",
    "jobs_setting",
    "jobs_employmenttype",
    "jobs_state",
)
# What is kept of searches also names the terms of these.
COUNTED = """
CREATE CONSTRAINT TRIGGER job_search_changed AFTER INSERT OR UPDATE OR DELETE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION job_search_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0006_search_version"), ("codes", "0001_initial")]

    operations = [
        migrations.RunSQL(
            COUNTED.format(table=table), f"DROP TRIGGER job_search_changed ON {table};"
        )
        for table in TABLES
    ]
