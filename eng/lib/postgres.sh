# A PostgreSQL of our own: a new folder, a free port on the loopback, gone when the script ends.

postgres_pid=""

# PostgreSQL refuses to be root; root lends it its own user, in a folder that user can stand in.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd "$postgres_home" && runuser -u postgres -- "$@"); else (cd "$postgres_home" && "$@"); fi
}

# start_postgres fast|durable: sets BELLHOP_TEST_POSTGRES, an Npgsql connection string without a database.
# `fast` forgets everything with a power cut, which a test does not mind, and may live in memory; `durable` keeps PostgreSQL's own
# promises on a disk, for honest figures.
start_postgres() {
  local bin settings=(
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 -c shared_buffers=256MB -c log_min_messages=warning)
  bin=$(newest_postgres)
  [ -n "$bin" ] || fail "There is no PostgreSQL 15 or newer."
  if [ "$1" = fast ]; then
    # The least to write ahead, and no background work that changes from run to run what the planner knows.
    settings+=(-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=1GB -c autovacuum=off)
  fi

  if [ "$1" = fast ]; then postgres_home=$volatile/postgres; else postgres_home=$scratch/postgres; fi
  mkdir "$postgres_home"
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$postgres_home"; fi
  as_postgres "$bin/initdb" -D "$postgres_home/data" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8 \
    >"$scratch/initdb.log" 2>&1 || {
    cat "$scratch/initdb.log" >&2
    fail "PostgreSQL could not make its folder $postgres_home."
  }

  local port try
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000)) # below the range that systems lend to clients
    if as_postgres "$bin/pg_ctl" -s -w -t 60 -D "$postgres_home/data" -l "$postgres_home/log" \
      -o "-p $port $(printf '%q ' "${settings[@]}")" start >/dev/null 2>&1; then
      postgres_pid=$(head -n 1 "$postgres_home/data/postmaster.pid")
      export BELLHOP_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Include Error Detail=true"
      return
    fi
  done
  cat "$postgres_home/log" >&2
  fail "PostgreSQL did not start."
}

stop_postgres() {
  [ -n "$postgres_pid" ] || return 0
  kill -INT "$postgres_pid" 2>/dev/null || true # fast shutdown: ends sessions, waits for none
  local left=100
  while [ $left -gt 0 ] && kill -0 "$postgres_pid" 2>/dev/null; do sleep 0.1; left=$((left - 1)); done
  kill -QUIT "$postgres_pid" 2>/dev/null || true
  postgres_pid=""
}
