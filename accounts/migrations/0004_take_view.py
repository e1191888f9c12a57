"""The statement by which the meter opens a page: exact however many ask at once."""

from django.db import migrations

# A page that is open costs one look. Else the viewer's row of the window is locked, so that those
# who ask at once follow one another, and both rows are written or neither.
TAKE_VIEW = """
CREATE FUNCTION accounts_take_view(
    p_viewer text, p_content text, p_window date, p_limit int, p_now timestamptz,
    OUT opened boolean, OUT used int, OUT is_new boolean
) LANGUAGE plpgsql AS $$
DECLARE
    held accounts_allowance;
BEGIN
    is_new := false;
    SELECT true, coalesce(a.used, 0) INTO opened, used
        FROM accounts_view v
        LEFT JOIN accounts_allowance a ON (a.viewer, a."window") = (v.viewer, v."window")
        WHERE (v.viewer, v.content, v."window") = (p_viewer, p_content, p_window);
    IF opened THEN
        RETURN;
    END IF;
    INSERT INTO accounts_allowance (viewer, "window", used, carried)
        VALUES (p_viewer, p_window, 0, 0) ON CONFLICT DO NOTHING;
    SELECT * INTO held FROM accounts_allowance a
        WHERE (a.viewer, a."window") = (p_viewer, p_window) FOR UPDATE;
    used := held.used;
    opened := EXISTS (
        SELECT FROM accounts_view v
        WHERE (v.viewer, v.content, v."window") = (p_viewer, p_content, p_window)
    );
    IF opened OR held.used >= p_limit THEN
        RETURN;
    END IF;
    INSERT INTO accounts_view (viewer, content, "window", carried, opened_at)
        VALUES (p_viewer, p_content, p_window, false, p_now);
    UPDATE accounts_allowance a SET used = a.used + 1 WHERE a.id = held.id
        RETURNING a.used INTO used;
    opened := true;
    is_new := true;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_meter")]

    operations = [
        migrations.RunSQL(
            TAKE_VIEW,
            "DROP FUNCTION accounts_take_view(text, text, date, int, timestamptz)",
        ),
    ]
