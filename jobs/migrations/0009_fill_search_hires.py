from django.db import migrations

# What jobs.search.document writes from now on, for the rows that stand.
CREDENTIALS = """
UPDATE jobs_jobsearch s SET credential_rule = coalesce(required, '0')::tsquery
FROM (
    SELECT r.job_id,
           string_agg('(' || one.codes || ')', ' & ' ORDER BY r.position, r.id)
               FILTER (WHERE r.required) AS required
    FROM jobs_credentialrequirement r
    LEFT JOIN LATERAL (
        SELECT string_agg(c.credential_id::text, ' | ' ORDER BY c.credential_id) AS codes
        FROM jobs_credentialrequirement_credentials c WHERE c.credentialrequirement_id = r.id
    ) one ON true
    GROUP BY r.job_id
) asked WHERE asked.job_id = s.job_id;
"""
HOMES = """
UPDATE jobs_jobsearch s SET home_rule = (CASE
    WHEN j.mode IN ('onsite', 'hybrid') OR (j.mode, j.state_rule) = ('not_stated', 'not_stated')
    THEN nullif(array_to_string(s.hires_in, ' | '), '')
    WHEN j.state_rule = 'any' THEN '0'
    WHEN j.state_rule = 'only' THEN named.codes
    WHEN j.state_rule = 'except' THEN 'home & !(' || named.codes || ')'
END)::tsquery
FROM jobs_job j
LEFT JOIN (
    SELECT job_id, string_agg(state_id, ' | ' ORDER BY state_id COLLATE "C") AS codes
    FROM jobs_job_states GROUP BY job_id
) named ON named.job_id = j.id
WHERE j.id = s.job_id;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0008_search_hires")]

    operations = [migrations.RunSQL([CREDENTIALS, HOMES], migrations.RunSQL.noop)]
