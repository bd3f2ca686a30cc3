# What the tests and benchmarks need besides the .NET SDK, installed from Debian where it is not there yet.

# newest_postgres: the folder with initdb and pg_ctl, empty where there is none of version 15 or newer.
newest_postgres() {
  local bin version
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr) "$(dirname "$(command -v initdb 2>/dev/null || echo .)")"; do
    [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] || continue
    version=$("$bin/initdb" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ "$version" -ge 15 ]; then echo "$bin"; return; fi
  done
}

# Debian's headless shell first: a whole Chromium draws its own toolbars too, for half as much work again.
find_chromium() {
  local one
  for one in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v "$one"; then return; fi
  done
}

has_package() { dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

has_icu() { ldconfig -p 2>/dev/null | grep -q 'libicuuc\.so' || ls /usr/lib/*/libicuuc.so* >/dev/null 2>&1; }

# need postgres|chromium|fonts|icu|strace|zones …: makes sure that each is there.
need() {
  local missing=() what
  for what in "$@"; do
    case $what in
      postgres) [ -n "$(newest_postgres)" ] || missing+=(postgres) ;;
      chromium) [ -n "$(find_chromium)" ] || missing+=(chromium) ;;
      fonts) command -v dpkg-query >/dev/null && { has_package fonts-noto-core && has_package fonts-noto-cjk && has_package fonts-noto-color-emoji || missing+=(fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji); } ;;
      icu) [ "$(uname)" != Linux ] || has_icu || missing+=(icu) ;;
      strace) command -v strace >/dev/null || [ "$(uname)" != Linux ] || missing+=(strace) ;;
      zones) [ -e /usr/share/zoneinfo/Europe/Zagreb ] || missing+=(tzdata) ;;
      *) fail "needs.sh does not know '$what'." ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  command -v apt-get >/dev/null || fail "Please install first: ${missing[*]}. On Debian this script does it itself."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "Please install first: ${missing[*]}. With root or sudo this script does it itself."
    as_root=(sudo)
  fi

  say "Installing ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
  "${apt[@]}" update
  local packages=()
  for what in "${missing[@]}"; do
    case $what in
      postgres)
        if apt-cache show postgresql-15 >/dev/null 2>&1; then packages+=(postgresql-15); else packages+=(postgresql); fi ;;
      icu) packages+=("$(apt-cache search --names-only '^libicu[0-9]+$' | sort -V | tail -n 1 | cut -d' ' -f1)") ;;
      chromium)
        if apt-cache show chromium-headless-shell >/dev/null 2>&1; then packages+=(chromium-headless-shell); else packages+=(chromium); fi ;;
      *) packages+=("$what") ;;
    esac
  done
  "${apt[@]}" install -y --no-install-recommends "${packages[@]}"
}
