# What every script here begins with: `. "$(dirname "$0")/lib/common.sh"`.
# Stands in the root of the source tree, keeps one temporary folder, and leaves nothing behind.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# The program needs real cultures; some images switch them off.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0

# For scripts whose programs, the compiler among them, end before it pays that the runtime watches which code runs often.
# Nor do they need pages that are never writable and executable at once, which cost a tenth of a start.
short_lived() { export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0; }

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

scratch=$(mktemp -d -t bellhop.XXXXXXXX)
chmod 711 "$scratch" # PostgreSQL's own user passes through on the way to its folder

# A second temporary folder for what a power cut may take, in memory once `use_memory` has found room for it.
volatile=$scratch

use_memory() {
  local free=0 available=0 needed=$((4 * 1024 * 1024)) # KiB
  if [ -d /dev/shm ] && [ -w /dev/shm ]; then
    free=$(df --output=avail -k /dev/shm | tail -n 1)
    available=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
  fi
  if [ "$volatile" = "$scratch" ] && [ "$free" -ge $needed ] && [ "$available" -ge $((2 * needed)) ]; then
    volatile=$(mktemp -d /dev/shm/bellhop.XXXXXXXX)
    chmod 711 "$volatile"
  fi
}

leave() {
  if declare -F stop_tests >/dev/null; then stop_tests; fi
  if declare -F stop_postgres >/dev/null; then stop_postgres; fi
  rm -rf "$scratch" "$volatile"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
