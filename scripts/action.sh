#!/usr/bin/env bash
# The gate as a step of GitHub Actions: runs fixby, hands over report, SARIF and evidence, writes the job summary, and ends
# with fixby's own exit code. Inputs come as variables: no text of a workflow is ever part of this script.
set -euo pipefail

main() {
  # A fresh folder: a report of an earlier step is never taken for this one's.
  local out
  out=$(mktemp -d "${RUNNER_TEMP:?}/fixby.XXXXXX")
  local arguments=(gate "${INPUT_DIRECTORY:-.}" --fail-on "${INPUT_FAIL_ON:-critical}")
  arguments+=(--format json --format sarif --format github --output "$out")
  [ -z "${INPUT_SINCE:-}" ] || arguments+=(--since "$INPUT_SINCE")
  [ -z "${INPUT_CONFIG:-}" ] || arguments+=(--config "$INPUT_CONFIG")
  [ -z "${INPUT_REGISTRY:-}" ] || arguments+=(--registry "$INPUT_REGISTRY")
  [ -z "${INPUT_OSV_URL:-}" ] || arguments+=(--osv-url "$INPUT_OSV_URL")
  [ "${INPUT_EVIDENCE:-false}" != true ] || arguments+=(--evidence "$out/evidence.zip")

  local code=0
  if [ -n "${FIXBY_COMMAND:-}" ]; then
    "$FIXBY_COMMAND" "${arguments[@]}" || code=$?
  else
    npx --yes "fixby@${INPUT_VERSION:?}" "${arguments[@]}" || code=$?
  fi

  hand_over exit-code "$code"
  hand_over report "$out/fixby.json"
  hand_over sarif "$out/fixby.sarif"
  hand_over evidence "$out/evidence.zip"
  if [ -f "$out/fixby.json" ]; then
    hand_over verdict "$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).verdict' "$out/fixby.json")"
    cat -- "$out/fixby.github.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  else
    echo "### fixby did not come to a verdict (exit code $code)" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  fi
  return "$code"
}

# A file only where there is one.
hand_over() {
  case $2 in "${RUNNER_TEMP:?}"/*) [ -f "$2" ] || return 0 ;; esac
  printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"
}

main
