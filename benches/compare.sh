#!/usr/bin/env bash
# Times one ingest of UNHCR's population table against polars unpivoting it, five runs each.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: benches/compare.sh population.csv.gz" >&2; exit 2; }
table="$(realpath "$1")"
cd "$(dirname "$0")/.."
cargo build --quiet --release
cargo build --quiet --release --manifest-path benches/unpivot/Cargo.toml
target() { cargo metadata --format-version 1 --no-deps --manifest-path "$1" | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'; }
humstat="$(target Cargo.toml)/release/humstat"
unpivot="$(target benches/unpivot/Cargo.toml)/release/unpivot"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

seconds() { # the median of five runs of a command
  for _ in 1 2 3 4 5; do
    rm -f "$folder"/x.*
    start="$(date +%s%N)"
    "$@" >/dev/null 2>&1
    echo "$(($(date +%s%N) - start))"
  done | sort -n | sed -n 3p
}

ours="$(seconds "$humstat" --ledger "$folder/x.db" ingest table "$table" --map datasets/mappings/unhcr-population.toml --published 2026-06-11)"
theirs="$(seconds "$unpivot" "$table" "$folder/x.parquet")"
awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "humstat %.2f s, polars %.2f s, ratio %.1f\n", a / 1e9, b / 1e9, a / b }'
