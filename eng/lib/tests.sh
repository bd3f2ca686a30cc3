# Runs built test projects and adds up what they report.

passed=0 failed=0 skipped=0

# Sets what a test may ask of the machine.
test_environment() {
  BELLHOP_CHROMIUM=${BELLHOP_CHROMIUM:-$(find_chromium)}
  export BELLHOP_CHROMIUM
  if [ -z "${BELLHOP_CASES:-}" ] && [ -d "$root/../shared/cases" ]; then
    BELLHOP_CASES=$(cd "$root/../shared/cases" && pwd)
    export BELLHOP_CASES
  fi
}

# run_tests PROJECT CONFIGURATION [option…]: runs one test project, whose program takes the options (`--help` lists them).
run_tests() {
  local project=$1 program="$root/artifacts/bin/$1/$2/$1" report="$scratch/$1.xml" code=0
  shift 2
  "$program" --no-ansi --progress off --auto-reporters off --show-test-results failed --results-directory "$scratch" --report-xunit-xml --report-xunit-xml-filename "$project.xml" "$@" || code=$?
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
    echo "$project ended with code $code and named no failed test: counted as one." >&2
    bad=1
  fi
  failed=$((failed + bad))
}

count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$2"; }

# Every skipped test with its reason: nothing is skipped in silence.
list_skipped() {
  [ "$skipped" -gt 0 ] || return 0
  say "Skipped"
  cat "$scratch"/*.xml | tr '\n' ' ' | sed 's/<test /\n<test /g' | grep '^<test [^>]*result="Skip"' |
    sed -E 's/^<test [^>]* name="([^"]*)"[^>]*>.*<reason>(.*)<\/reason>.*/\1: \2/; s/<!\[CDATA\[//; s/\]\]>//; s/\\?&quot;/"/g; s/\\"/"/g; s/&lt;/</g; s/&gt;/>/g; s/&apos;/'\''/g; s/&amp;/\&/g' | sort
}

# The last line, which machines read too; succeeds where something passed and nothing failed.
report() {
  list_skipped
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ $((passed + failed)) -gt 0 ]
}
