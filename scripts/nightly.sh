#!/usr/bin/env bash
# Audits one repository and tells people, for cron or systemd: one run at a time, a log for each, the exit code kept, and a
# heartbeat for a dead man's switch. Cron mails what this prints: nothing on a pass.
#
#   nightly.sh /srv/shop --require-notify
#
# What follows the folder is given to `fixby audit`. The settings are variables, best kept in a file that FIXBY_ENV_FILE names:
#   FIXBY_COMMAND        the fixby to run; default: the one this script came with, else the one on PATH
#   FIXBY_PULL           yes: `git pull --ff-only` comes first, and where it fails nothing is audited; default: no
#   FIXBY_LOG_DIR        where logs go; default: ~/.local/state/fixby
#   FIXBY_LOG_DAYS       how long they are kept; default: 90
#   FIXBY_TIMEOUT        when a run is given up, as timeout(1) reads it; default: 2h
#   FIXBY_HEARTBEAT_URL  asked after each run that came to a verdict, whatever it was; default: nobody
#
# Exit codes: those of fixby; 64 wrong use; 69 a tool is missing; 73 no log can be written, so nothing was run; 74 the checkout
# could not be brought up to date, so nothing was run; 75 the run before has not ended; 124 or 137 it was given up.
set -euo pipefail
umask 077

main() {
  local folder=${1:-}
  [ -d "$folder" ] || fail 64 "usage: nightly.sh FOLDER [options of fixby audit]"
  folder=$(cd -- "$folder" && pwd -P)
  shift
  read_settings

  local logs=${FIXBY_LOG_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/fixby}
  local name
  name=$(basename -- "$folder" | tr -c 'A-Za-z0-9._\n-' '_')-$(printf '%s' "$folder" | cksum | cut -d ' ' -f 1)
  mkdir -p -- "$logs" || fail 73 "no log can be written to $logs, so nothing was run"
  local log
  log=$logs/$name.$(date -u +%Y%m%dT%H%M%SZ).log

  # The lock belongs to the open file: it is gone when this run is, however it ends.
  { exec 9>"$logs/$name.lock"; } 2>/dev/null || fail 73 "no log can be written to $logs, so nothing was run"
  flock --nonblock 9 || fail 75 "the run before has not ended; its log is in $logs"

  # A run whose output went nowhere would look like a verdict: 1 is also what a shell says of a file it cannot open.
  : >"$log" || fail 73 "no log can be written to $logs, so nothing was run"

  local code=0
  if ! pull "$folder" >"$log" 2>&1; then
    report 74 "$log"
    fail 74 "the checkout could not be brought up to date, so nothing was run"
  fi
  find_fixby
  timeout --kill-after=60 "${FIXBY_TIMEOUT:-2h}" "${fixby[@]}" audit "$folder" "$@" >>"$log" 2>&1 || code=$?
  ln -sfn -- "${log##*/}" "$logs/$name.latest.log" || true
  find "$logs" -maxdepth 1 -name "$name.*.log" -type f -mtime "+${FIXBY_LOG_DAYS:-90}" -delete || true

  heartbeat "$code"
  [ "$code" -eq 0 ] || report "$code" "$log"
  return "$code"
}

read_settings() {
  if [ -n "${FIXBY_ENV_FILE:-}" ]; then
    [ -r "$FIXBY_ENV_FILE" ] || fail 64 "FIXBY_ENV_FILE cannot be read: $FIXBY_ENV_FILE"
    set -a
    # shellcheck source=/dev/null
    . "$FIXBY_ENV_FILE"
    set +a
  fi
  local tool
  [ "${FIXBY_PULL:-no}" != yes ] || set -- git
  for tool in flock timeout cksum find ${FIXBY_HEARTBEAT_URL:+curl} "$@"; do
    command -v "$tool" >/dev/null || fail 69 "$tool is not installed (util-linux, coreutils, findutils, curl, git)"
  done
}

# Nobody is there to be asked for a password.
pull() {
  [ "${FIXBY_PULL:-no}" = yes ] || return 0
  GIT_TERMINAL_PROMPT=0 GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}" \
    timeout --kill-after=10 10m git -C "$1" pull --quiet --ff-only
}

# Sets `fixby`, one word an entry.
find_fixby() {
  local here
  here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
  if [ -n "${FIXBY_COMMAND:-}" ]; then
    fixby=("$FIXBY_COMMAND")
  elif [ -f "$here/../dist/main.js" ]; then
    fixby=(node "$here/../dist/main.js")
  else
    fixby=(fixby)
  fi
}

# A verdict is what makes a run alive: what it says reaches people by the channels. The address may be a secret, so it is
# handed over on stdin and not as an argument.
heartbeat() {
  case $1 in 0 | 1 | 3 | 4) ;; *) return 0 ;; esac
  [ -n "${FIXBY_HEARTBEAT_URL:-}" ] || return 0
  local url
  url=$(printf '%s' "$FIXBY_HEARTBEAT_URL" | tr -d '"\\\n')
  printf 'url = "%s"\n' "$url" |
    curl --silent --fail --max-time 20 --retry 3 --output /dev/null --config - ||
    echo "fixby: the heartbeat could not be sent" >&2
}

report() {
  echo "the run ended with $1; its log is $2"
  tail -n 60 -- "$2"
}

fail() {
  echo "fixby: $2" >&2
  exit "$1"
}

main "$@"
