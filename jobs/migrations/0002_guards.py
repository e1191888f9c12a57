from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION listing_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the link to a deleted person may be cleared; it is no part of what happened.
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' AND NEW.by_id IS NULL
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'listing events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER listing_event_append_only BEFORE UPDATE OR DELETE ON jobs_listingevent
    FOR EACH ROW EXECUTE FUNCTION listing_event_append_only();
"""

# Deferred to the commit, so that a service may write the status and the event in either order.
# `txid` ties an event to the transaction that moved the posting, savepoints included.
STATUS_HAS_EVENT = """
ALTER TABLE jobs_listingevent ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE FUNCTION job_status_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM jobs_listingevent
        WHERE job_id = NEW.id AND from_status = OLD.status AND to_status = NEW.status
          AND txid = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'job % became % without a listing event', NEW.id, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER job_status_has_event AFTER UPDATE OF status ON jobs_job
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION job_status_has_event();
"""

# The day a posting first became public is never rewritten: no renewal makes it look new.
FIRST_PUBLISHED_STAYS = """
CREATE FUNCTION job_first_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'first_published_at of job % is settled', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER job_first_published_stays BEFORE UPDATE OF first_published_at ON jobs_job
    FOR EACH ROW WHEN (OLD.first_published_at IS NOT NULL
                       AND NEW.first_published_at IS DISTINCT FROM OLD.first_published_at)
    EXECUTE FUNCTION job_first_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER listing_event_append_only ON jobs_listingevent;"
            "DROP FUNCTION listing_event_append_only();",
        ),
        migrations.RunSQL(
            STATUS_HAS_EVENT,
            "DROP TRIGGER job_status_has_event ON jobs_job; DROP FUNCTION job_status_has_event();"
            "ALTER TABLE jobs_listingevent DROP COLUMN txid;",
        ),
        migrations.RunSQL(
            FIRST_PUBLISHED_STAYS,
            "DROP TRIGGER job_first_published_stays ON jobs_job;"
            "DROP FUNCTION job_first_published_stays();",
        ),
    ]
