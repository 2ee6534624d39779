#!/usr/bin/env bash
# From 10,000 to 10,000,000 made-up figures: how long they take to be recorded, one series to be selected,
# and all to be scanned. Prints CSV, and draws benches/growth.svg.
set -euo pipefail
most="${1:-10000000}"
cd "$(dirname "$0")/.."
cargo build --quiet --release
target() { cargo metadata --format-version 1 --no-deps --manifest-path "$1" | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'; }
humstat="$(target Cargo.toml)/release/humstat"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

cat >"$folder/map.toml" <<'T'
[publication]
channel = "unhcr/finder"
title = "Made-up movements"
published = "2026-01-01"
[figure]
claimant = "UNHCR"
indicator = "asylum_applications"
measure = "flow"
unit = "persons"
origin = { column = "origin", scheme = "iso3" }
location = { column = "asylum", scheme = "iso3" }
period = { column = "month" }
[[value]]
column = "number"
T
"$humstat" places | awk '$2 == "country" { print $1 }' | head -240 >"$folder/places"

table() { # so many rows: 400 months of each pair of places
  awk -v most="$1" 'function put() {
      for (m = 0; m < 400; m++) {
        if (count++ >= most) exit
        printf "%d-%02d,%s,%s,%d\n", 1990 + int(m / 12), m % 12 + 1, place[a], place[b], 1 + (a * 7919 + b * 104729 + m * m * 31) % 9973
      }
    }
    { place[NR] = $1 }
    END { print "month,origin,asylum,number"
      for (a = 1; a <= NR; a++) for (b = 1; b <= NR; b++) if (a != b) put() }' "$folder/places"
}
seconds() { # the median of three runs of a command
  for _ in 1 2 3; do
    start="$(date +%s%N)"
    "$@" >/dev/null 2>&1
    echo "$(($(date +%s%N) - start))"
  done | sort -n | awk 'NR == 2 { printf "%.4f", $1 / 1e9 }'
}

echo "figures,record,select,scan" | tee "$folder/growth.csv"
count=10000
while [ "$count" -le "$most" ]; do
  table "$count" >"$folder/table.csv"
  rm -f "$folder"/x.*
  start="$(date +%s%N)"
  "$humstat" --quiet --ledger "$folder/x.db" ingest table "$folder/table.csv" --map "$folder/map.toml"
  record="$(awk -v n="$(($(date +%s%N) - start))" 'BEGIN { printf "%.3f", n / 1e9 }')"
  first="$(sed -n 2p "$folder/table.csv" | cut -d, -f2,3)"
  select="$(seconds "$humstat" --ledger "$folder/x.db" figures --origin "${first%,*}" --location "${first#*,}" -o "$folder/f.csv")"
  scan="$(seconds "$humstat" --ledger "$folder/x.db" summary --by origin --at 1995-12-31 -o "$folder/s.csv")"
  echo "$count,$record,$select,$scan" | tee -a "$folder/growth.csv"
  count=$((count * 10))
done
cargo run --quiet --release --manifest-path benches/growth/Cargo.toml -- "$folder/growth.csv" benches/growth.svg
