#!/bin/sh
# Gives the database of docker-compose.yml to the program's own role, at every start: a volume of an earlier version, in which the
# program was the superuser, is brought over by it too. psql takes host, user, password and database from the PG… variables.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set role="$DATABASE_USER" --set password="$DATABASE_PASSWORD" --output /dev/null <<SQL
SELECT set_config('carnot.role', :'role', false), set_config('carnot.password', :'password', false);
\i $(dirname "$0")/own-role.sql
-- Empty: backups are restored there as trials.
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0', current_database() || '_trial', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = current_database() || '_trial') \gexec
SQL
