# What .ci/run and .ci/release share: steps and their counts, the servers, the versions of Node. Each reads this file first.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
results=$(mktemp -d)
chmod 755 "$results" # Node is installed in it, and a test runs that as another user.
# In memory if there is room, like the tests' own databases.
memory() { [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -n 1)" -gt 4000000 ]; }
servers=$(mktemp -d "$(memory && echo /dev/shm || echo /tmp)/carnot-europe-ci-XXXXXX")
chmod 711 "$servers"
export npm_config_fund=false npm_config_audit=false
export CI=true # A test that finds no browser fails here, and is skipped elsewhere.

# CPU seconds used by the children of a lane that have ended.
processor() { awk '{ print int(($16 + $17) / 100) }' "/proc/$1/stat"; }
took() { # name, start time, CPU seconds used before
  local lane=$BASHPID
  printf '%5d s, %5d s of a processor  %s\n' "$(($(date +%s) - $2))" "$(($(processor "$lane") - $3))" "$1" >> "$results/times"
}
failed() { echo "FAILED: $1"; echo "$1" >> "$results/failed"; }
step() { # name, command...: a check without tests of its own counts as one
  local name=$1 lane=$BASHPID from used; from=$(date +%s); used=$(processor "$lane"); shift
  printf '\n=== %s\n' "$name"
  if "$@"; then echo '{"numPassedTests":1,"numFailedTests":0}' > "$results/$name.json"
  else failed "$name"; echo '{"numPassedTests":0,"numFailedTests":1}' > "$results/$name.json"; fi
  took "$name" "$from" "$used"
}
tests() { # name, command...: jest reports its own counts
  local name=$1 lane=$BASHPID from used; from=$(date +%s); used=$(processor "$lane"); shift
  printf '\n=== %s\n' "$name"
  "$@" --json --outputFile="$results/$name.json" || failed "$name"
  [ -f "$results/$name.json" ] || echo '{"numPassedTests":0,"numFailedTests":1}' > "$results/$name.json"
  took "$name" "$from" "$used"
}

stop_servers() {
  [ -f "$servers/redis.pid" ] && kill "$(cat "$servers/redis.pid")" 2>/dev/null
  [ -f "$servers/pg/postmaster.pid" ] && kill -INT "$(head -n 1 "$servers/pg/postmaster.pid")" 2>/dev/null
  sleep 1
  rm -rf "$servers"
}
trap stop_servers EXIT

second_engine=()
install_servers() {
  [ -x /usr/lib/postgresql/17/bin/initdb ] && command -v redis-server >/dev/null && command -v chromium-headless-shell >/dev/null && return 0
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-17 redis-server chromium-headless-shell >/dev/null
}

start_servers() {
  ready servers || return 1
  local bin=/usr/lib/postgresql/17/bin as=()
  [ "$(id -u)" = 0 ] && as=(setpriv --reuid=postgres --regid=postgres --clear-groups) && install -d -o postgres "$servers/pg"
  pg_port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  redis_port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  (cd / && "${as[@]}" "$bin/initdb" -D "$servers/pg" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null) || return 1
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$servers/pg" -w -l "$servers/pg/log" \
    -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 -c fsync=off" start >/dev/null) || return 1
  redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --maxmemory-policy noeviction --daemonize yes \
    --pidfile "$servers/redis.pid" --dir "$servers" >/dev/null || return 1
  # The kind of role that the program should have: a superuser sees the rows of all institutes.
  "$bin/psql" -q "postgres://postgres@127.0.0.1:$pg_port/postgres" -c 'CREATE ROLE carnot LOGIN' || return 1
  second_engine=(TEST_DATABASE_URL="postgres://carnot@127.0.0.1:$pg_port/postgres" TEST_SUPERUSER_URL="postgres://postgres@127.0.0.1:$pg_port/postgres"
    TEST_REDIS_URL="redis://127.0.0.1:$redis_port")
}
# Tests on PostgreSQL 17 and Redis, with the API and workers apart.
on_second_engine() { # name, paths...
  local name=$1; shift
  tests "$name" env "${second_engine[@]}" npx jest --maxWorkers 2 "$@" --selectProjects integration e2e
}
# Tests on an older Node.
on_node() { # name, which, paths...
  local name=$1 which=$2; shift 2
  step "$which" ready "$which"
  tests "$name" "$results/$which/node_modules/.bin/node" node_modules/jest/bin/jest.js --maxWorkers 2 "$@"
}

# Downloads run beside other work until what they bring is needed.
meanwhile() { # name, command...
  local name=$1; shift
  ("$@" > "$results/$name.log" 2>&1; echo $? > "$results/$name.status") &
}
ready() { # name: waits for it
  until [ -f "$results/$1.status" ]; do sleep 0.2; done
  [ "$(cat "$results/$1.status")" = 0 ] || { cat "$results/$1.log"; return 1; }
}
prepare() {
  meanwhile servers install_servers
  # The project uses Node 24, whatever this machine has.
  [[ $(node --version) = v24.* ]] || meanwhile node npm install --no-save --prefix "$results/node" node@24
  step install npm ci
  [[ $(node --version) = v24.* ]] || { step node ready node; export PATH="$results/node/node_modules/.bin:$PATH"; }
  # The oldest that the project supports.
  meanwhile oldest npm install --no-save --prefix "$results/oldest" node@20.19
  echo "Node $(node --version)"
  step build npm run build
  # The type checks of lint are a program in Go: a third of its CPU time was spent on collecting garbage, and more threads check the same types again.
  export GOGC=400
  # A worker's heap has a gigabyte, most of it young: more room for that means fewer collections (saves a thirtieth of the CPU time).
  export NODE_OPTIONS=--max-semi-space-size=64
}

finish() { # prints what took how long and what failed, and exits with the result
  printf '\n'
  cat "$results/times"
  printf '\n'
  node -e '
const fs = require("fs"), dir = process.argv[1];
let passed = 0, failed = 0;
const said = (text) => text.replace(/\u001b\[[0-9;]*m/g, "").split("\n").filter((line) => !line.includes("node_modules")).slice(0, 40).join("\n");
for (const f of fs.readdirSync(dir).filter((f) => f.endsWith(".json"))) {
  const r = JSON.parse(fs.readFileSync(dir + "/" + f, "utf8"));
  passed += r.numPassedTests; failed += r.numFailedTests + (r.numRuntimeErrorTestSuites ?? 0);
  // Repeated at the end, so that a log cut in the middle still shows what failed.
  for (const suite of (r.testResults ?? []).filter((s) => s.status === "failed")) {
    const tests = suite.assertionResults.filter((t) => t.status === "failed");
    console.log("\nFAILED in " + f.slice(0, -5) + ": " + require("path").relative(".", suite.name));
    if (tests.length === 0) console.log(said(suite.message));
    for (const t of tests) console.log(t.fullName + "\n" + said(t.failureMessages.join("\n")) + "\n");
  }
}
const steps = fs.existsSync(dir + "/failed") ? fs.readFileSync(dir + "/failed", "utf8").trim().split("\n") : [];
if (steps.length > 0) console.log("FAILED: " + steps.join(", "));
console.log(passed + " passed, " + Math.max(failed, steps.length) + " failed");
process.exit(failed || steps.length ? 1 : 0);
' "$results"
  exit
}
