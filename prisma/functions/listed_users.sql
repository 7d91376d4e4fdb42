-- Whose jobs there are: no more than p_limit users. Goes from user to user in the index.
CREATE OR REPLACE FUNCTION listed_users(p_limit integer DEFAULT 50) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE owner AS (
    (SELECT user_id FROM "JobListing" ORDER BY user_id LIMIT 1)
    UNION ALL
    SELECT next.user_id FROM owner CROSS JOIN LATERAL (
      SELECT user_id FROM "JobListing" WHERE user_id > owner.user_id ORDER BY user_id LIMIT 1) AS next
  )
  SELECT user_id FROM owner LIMIT p_limit
$$;
