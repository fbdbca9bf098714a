#!/bin/sh
# Start a throwaway PostgreSQL server and print its address, for MEMCON_TEST_POSTGRES.
#
#   MEMCON_TEST_POSTGRES=$(.ci/postgres.sh)          start (installing Debian's server where there is none)
#   .ci/postgres.sh stop                             stop it again and remove its data
#
# It listens on the loopback interface alone; its data lie under MEMCON_POSTGRES_DIR and hold nothing of value,
# so it does not wait for the disk. Run by root it becomes the user postgres, as the server demands.
set -eu

folder=${MEMCON_POSTGRES_DIR:-/tmp/memcon-postgres}
port=${MEMCON_POSTGRES_PORT:-54329}

newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
quietly() { "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }; }
as_server() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [ -z "$(newest)" ]; then
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-get update
    quietly apt-get install -y --no-install-recommends postgresql
fi
bin=$(newest)
cd /

if [ "${1:-start}" = stop ]; then
    quietly as_server "$bin/pg_ctl" -D "$folder" -m immediate stop
    rm -rf "$folder"
    exit 0
fi

if [ ! -f "$folder/PG_VERSION" ]; then
    mkdir -p "$folder"
    [ "$(id -u)" != 0 ] || chown postgres: "$folder"
    chmod 700 "$folder"
    quietly as_server "$bin/initdb" -D "$folder" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
fi
if ! as_server "$bin/pg_ctl" -D "$folder" status >/dev/null 2>&1; then
    quietly as_server "$bin/pg_ctl" -D "$folder" -w -l "$folder/log" start \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
fi
echo "postgresql://postgres@127.0.0.1:$port/postgres"
