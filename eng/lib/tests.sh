# Runs built test projects and adds up what they report.

passed=0 failed=0 skipped=0 test_pids=""

# Sets what a test may ask of the machine, after `use_memory`.
test_environment() {
  BELLHOP_CHROMIUM=${BELLHOP_CHROMIUM:-$(find_chromium)}
  export BELLHOP_CHROMIUM
  if [ -z "${BELLHOP_CASES:-}" ] && [ -d "$root/../shared/cases" ]; then
    BELLHOP_CASES=$(cd "$root/../shared/cases" && pwd)
    export BELLHOP_CASES
  fi
  mkdir -p "$volatile/tmp"
  export TMPDIR=$volatile/tmp BELLHOP_TEST_DISK=$scratch
  # What is compiled already is compiled again, and better, where it is called so often (hexadecimal). With the runtime's own 30 calls
  # that takes a fifth of a program's processor time, and a test has ended before it pays.
  export DOTNET_TC_CallCountThreshold=400
}

# From here on the heavy tests try all they can, not a tenth of it.
full_size() { export BELLHOP_TEST_FULL=1; }

# A lane that takes longer stands still somewhere. It is ended; tests that run for more than three minutes are named in what it says.
longest_minutes=65
declare -A lanes

# start_tests NAME PROJECT CONFIGURATION [option…]: starts a test project, whose program takes the options (`--help` lists them).
# One project may be started several times, under names of their own.
start_tests() {
  local name=$1 program="$root/artifacts/bin/$2/$3/$2"
  shift
  lanes[$name]=$*
  shift 2
  timeout --kill-after=60 $((longest_minutes + 2))m "$program" --no-ansi --progress off --auto-reporters off \
    --show-test-results failed --xunit-diagnostics on --long-running 180 --timeout "${longest_minutes}m" \
    --results-directory "$scratch" --report-xunit-xml --report-xunit-xml-filename "$name.xml" "$@" >"$scratch/$name.log" 2>&1 &
  test_pids="$test_pids $name=$!"
}

# finish_tests NAME: shows what it says until it ends, and adds up what it found.
finish_tests() {
  local name=$1 report="$scratch/$1.xml" code=0 pid
  pid=$(sed -E "s/.* $name=([0-9]+).*/\1/" <<<"$test_pids")
  tail -n +1 -f --pid="$pid" "$scratch/$name.log"
  wait "$pid" || code=$?
  test_pids=${test_pids/ $name=$pid/}
  if [ $code -eq 8 ]; then return 0; fi # it has no such test

  local summary bad=0
  summary=$(grep -o '<assembly [^>]*>' "$report" 2>/dev/null || true)
  while read -r summary; do
    [ -n "$summary" ] || continue
    passed=$((passed + $(count passed "$summary")))
    skipped=$((skipped + $(count skipped "$summary")))
    bad=$((bad + $(count failed "$summary") + $(count errors "$summary")))
  done <<<"$summary"
  if [ $code -ne 0 ] && [ $bad -eq 0 ]; then
    echo "$name ended with code $code and named no failed test: counted as one." >&2
    bad=1
  fi
  failed=$((failed + bad))
}

# Runs the few tests that failed once more, when nothing else asks for the processors. What fails again has failed; what passes now is
# listed: it is a fault to mend, but says nothing against the change at hand. More than ten failures are no accident, and stand.
try_failed_again() {
  local name lane methods before first second
  [ "$failed" -gt 0 ] && [ "$failed" -le 10 ] || return 0
  say "Failed, and tried again alone"
  for name in "${!lanes[@]}"; do
    first=$(failed_tests "$name" | wc -l)
    [ "$first" -gt 0 ] || continue
    failed_tests "$name"
    mapfile -t methods < <(each_test "$name" | sed -nE 's/^<test [^>]*result="Fail"[^>]* type="([^"]*)" method="([^"]*)".*/\1.\2/p' | sort -u)
    read -ra lane <<<"${lanes[$name]}"
    before=("$passed" "$failed" "$skipped")
    failed=0
    start_tests "$name-again" "${lane[@]}" --filter-method "${methods[@]}"
    finish_tests "$name-again"
    second=$((failed < first ? failed : first))
    passed=$((before[0] + first - second)) failed=$((before[1] - first + second)) skipped=${before[2]}
  done
}

failed_tests() { each_test "$1" | sed -nE 's/^<test [^>]* name="([^"]*)" result="Fail".*/\1/p' | plain; }

# Ends what still runs, where a script is interrupted.
stop_tests() {
  local one
  for one in $test_pids; do kill "${one#*=}" 2>/dev/null || true; done
  for one in $test_pids; do wait "${one#*=}" 2>/dev/null || true; done
  test_pids=""
}

count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$2"; }

# each_test [NAME]: one line for each test of a lane's report, or of all, beginning with `<test `.
each_test() { cat "$scratch"/${1:-*}.xml 2>/dev/null | tr '\n' ' ' | sed 's/<test /\n<test /g' | grep '^<test ' || true; }

# Texts of a report as they were before they went into XML.
plain() { sed -E 's/<!\[CDATA\[//; s/\]\]>//; s/\\?&quot;/"/g; s/\\"/"/g; s/&lt;/</g; s/&gt;/>/g; s/&apos;/'\''/g; s/&amp;/\&/g'; }

# Every skipped test with its reason: nothing is skipped in silence.
list_skipped() {
  [ "$skipped" -gt 0 ] || return 0
  say "Skipped"
  each_test | grep '^<test [^>]*result="Skip"' |
    sed -E 's/^<test [^>]* name="([^"]*)"[^>]*>.*<reason>(.*)<\/reason>.*/\1: \2/' | plain | sort -u
}

list_slowest() {
  say "Slowest, in seconds"
  each_test | sed -E 's/^<test ([^>]*)>.*/\1/; s/.*name="([^"]*)".* time="([0-9.]+)".*/\2 \1/' | sort -rn | sed -n 1,10p | plain
}

# The last line, which machines read too; succeeds where something passed and nothing failed.
report() {
  list_skipped
  list_slowest
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ $((passed + failed)) -gt 0 ]
}
