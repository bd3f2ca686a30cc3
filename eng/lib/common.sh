# What every script here begins with: `. "$(dirname "$0")/lib/common.sh"`.
# Stands in the root of the source tree, keeps one temporary folder, and leaves nothing behind.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# The program needs real cultures; some images switch them off.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

scratch=$(mktemp -d -t bellhop.XXXXXXXX)
chmod 711 "$scratch" # PostgreSQL's own user passes through on the way to its folder

leave() {
  if declare -F stop_postgres >/dev/null; then stop_postgres; fi
  rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
