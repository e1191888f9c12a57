from django.db import migrations

# One row that counts the transactions which changed search rows, so that what was found may be
# kept until the next one. It is written as the transaction commits, so that nobody waits for it
# longer than a commit takes and no other lock is asked for while it is held.
VERSION = """
CREATE TABLE jobs_searchversion (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL,
    txid xid8 NOT NULL
);
INSERT INTO jobs_searchversion (version, txid) VALUES (1, pg_current_xact_id());
CREATE FUNCTION job_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE jobs_searchversion SET version = version + 1, txid = pg_current_xact_id()
        WHERE txid <> pg_current_xact_id();
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER job_search_changed AFTER INSERT OR UPDATE OR DELETE ON jobs_jobsearch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION job_search_changed();
"""

BACK = """
DROP TRIGGER job_search_changed ON jobs_jobsearch;
DROP FUNCTION job_search_changed();
DROP TABLE jobs_searchversion;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0005_search_title_words")]

    operations = [migrations.RunSQL(VERSION, BACK)]
