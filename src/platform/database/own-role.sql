-- Gives a database, with all that stands in it, to a role that has no rights over the server; the role is made where it is missing.
-- To be run in that database by a superuser, in one session after carnot.role and carnot.password were set to the role's name and
-- password. Run again it changes nothing but the password.
DO $$
DECLARE
  role text := current_setting('carnot.role');
  owned record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role) THEN
    EXECUTE pg_catalog.format('CREATE ROLE %I', role);
  END IF;
  EXECUTE pg_catalog.format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L', role, current_setting('carnot.password'));
  EXECUTE pg_catalog.format('ALTER DATABASE %I OWNER TO %I', pg_catalog.current_database(), role);
  -- One by one: what PostgreSQL itself stands on belongs to the same superuser, so that REASSIGN OWNED refuses.
  FOR owned IN
    WITH schemas AS (
      SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    ), extensions AS (
      SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
    ), things AS (
      SELECT 1 AS place, 'pg_namespace'::regclass AS class, oid, nspowner AS owner, pg_catalog.format('SCHEMA %I', nspname) AS name FROM schemas
      UNION ALL
      -- The sequence of a column goes with its table.
      SELECT 2, 'pg_class'::regclass, c.oid, c.relowner, pg_catalog.format(
               '%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, s.nspname, c.relname)
        FROM pg_catalog.pg_class c JOIN schemas s ON s.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm') AND NOT EXISTS (
             SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
      UNION ALL
      SELECT 3, 'pg_proc'::regclass, p.oid, p.proowner, pg_catalog.format('ROUTINE %I.%I(%s)', s.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))
        FROM pg_catalog.pg_proc p JOIN schemas s ON s.oid = p.pronamespace
      UNION ALL
      SELECT 4, 'pg_type'::regclass, t.oid, t.typowner, pg_catalog.format('TYPE %I.%I', s.nspname, t.typname)
        FROM pg_catalog.pg_type t JOIN schemas s ON s.oid = t.typnamespace LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
       WHERE t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c'
    )
    SELECT t.name FROM things t JOIN pg_catalog.pg_roles r ON r.oid = t.owner
     WHERE r.rolname NOT IN (role, 'pg_database_owner') AND NOT EXISTS (SELECT FROM extensions e WHERE e.classid = t.class AND e.objid = t.oid)
     ORDER BY t.place, t.name
  LOOP
    EXECUTE pg_catalog.format('ALTER %s OWNER TO %I', owned.name, role);
  END LOOP;
END $$;
