#!/usr/bin/env bash
# Times what was known of refugees on a day, by origin and in all, from UNHCR's archive of changed
# cells: humstat from its ledger and projection, polars from a Parquet file of all versions; nine runs each.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: benches/compare-vintages.sh population_vintages.csv.gz MAP.toml" >&2; exit 2; }
table="$(realpath "$1")"
map="$(realpath "$2")"
cd "$(dirname "$0")/.."
cargo build --quiet --release
cargo build --quiet --release --manifest-path benches/vintages/Cargo.toml
target() { cargo metadata --format-version 1 --no-deps --manifest-path "$1" | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'; }
humstat="$(target Cargo.toml)/release/humstat"
vintages="$(target benches/vintages/Cargo.toml)/release/vintages"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
"$humstat" --quiet --ledger "$folder/x.db" ingest table "$table" --map "$map"
"$humstat" --quiet --ledger "$folder/x.db" ledger project
"$humstat" --quiet --ledger "$folder/x.db" figures --all-versions -o "$folder/x.parquet"

seconds() { # the median of nine runs of a command
  for _ in 1 2 3 4 5 6 7 8 9; do
    start="$(date +%s%N)"
    "$@" >/dev/null 2>&1
    echo "$(($(date +%s%N) - start))"
  done | sort -n | sed -n 5p
}

ask=("$humstat" --ledger "$folder/x.db" summary --indicator refugees --as-known-on 2025-06-30 --at 2024-12-31 --total)
theirs="$(seconds "$vintages" "$folder/x.parquet" 2025-06-30 2024)"
all="$(seconds "${ask[@]}")"
one="$(seconds "${ask[@]}" --origin SYR)"
awk -v a="$all" -v o="$one" -v b="$theirs" 'BEGIN { printf "all origins: humstat %.3f s, polars %.3f s, ratio %.1f; Syria alone: %.3f s\n", a / 1e9, b / 1e9, a / b, o / 1e9 }'
