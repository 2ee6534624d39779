#!/usr/bin/env bash
# Whole processes of humstat beside named peers on the same data: the median of five runs each, gross and
# net of what each needs to start. PYTHON names an interpreter; peers that it lacks are left out.
set -euo pipefail
[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: PYTHON=python3 benches/peers.sh population.csv.gz [FOLDER of texts]" >&2; exit 2; }
table="$(realpath "$1")"
texts="${2:+$(realpath "$2")}"
python="${PYTHON:-python3}"
cd "$(dirname "$0")/.."
cargo build --quiet --release
humstat="$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/humstat"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

milliseconds() { # the median of five runs of a command
  for _ in 1 2 3 4 5; do
    start="$(date +%s%N)"
    "$@" >/dev/null 2>&1 || { echo failed >&2; return 1; }
    echo "$((($(date +%s%N) - start) / 1000))"
  done | sort -n | awk 'NR == 3 { printf "%.1f", $1 / 1000 }'
}
has() { "$python" -c "import $1" 2>/dev/null; }
row() { # job, peer, its start, its time, start and time of humstat
  awk -v job="$1" -v peer="$2" -v s="$3" -v t="$4" -v hs="$5" -v ht="$6" 'BEGIN {
    net = (ht - hs) / (t - s > 0.1 ? t - s : 0.1)
    printf "%-44s %-12s %8.1f ms %8.1f ms  gross %6.3f  net %6.3f\n", job, peer, ht, t, ht / t, net }'
}

"$humstat" --quiet --ledger "$folder/x.db" ingest table "$table" --map datasets/mappings/unhcr-population.toml --published 2026-06-11
"$humstat" --quiet --ledger "$folder/u.db" run ukraine-2022 --out "$folder/out"
start="$(milliseconds "$humstat" --version)"
gunzip -c "$table" >"$folder/population.csv"
echo "job                                          peer          humstat       peer"

sums='origin sums of refugees at the end of 2024'
ours="$(milliseconds "$humstat" --ledger "$folder/x.db" summary --indicator refugees --by origin --at 2024-12-31 -o "$folder/s.csv")"
cat >"$folder/with_pandas.py" <<'P'
import sys, pandas
t = pandas.read_csv(sys.argv[1], low_memory=False)
t = t[t.year == 2024]
t["refugees"] = pandas.to_numeric(t.refugees, errors="coerce")
t.groupby("coo_iso" if "coo_iso" in t else "coo").refugees.sum().sort_values().to_csv(sys.argv[2])
P
cat >"$folder/with_polars.py" <<'P'
import sys, polars as pl
t = pl.scan_csv(sys.argv[1], infer_schema=False).filter(pl.col("year") == "2024")
t = t.with_columns(pl.col("refugees").cast(pl.Int64, strict=False))
t.group_by("coo").agg(pl.col("refugees").sum()).sort("refugees").collect().write_csv(sys.argv[2])
P
cat >"$folder/with_duckdb.py" <<'P'
import sys, duckdb
duckdb.sql(f"""copy (select coo, sum(try_cast(refugees as bigint)) n from read_csv('{sys.argv[1]}', all_varchar=true)
  where year = '2024' group by coo order by n) to '{sys.argv[2]}'""")
P
cat >"$folder/with_sqlite3.py" <<'P'
import csv, sqlite3, sys
c = sqlite3.connect(sys.argv[3])
with open(sys.argv[2], "w", newline="") as f:
    csv.writer(f).writerows(c.execute("select coo, sum(refugees) n from t where year = '2024' group by coo order by n"))
P
"$python" - "$folder/population.csv" "$folder/t.db" <<'P'
import csv, sqlite3, sys
rows = csv.reader(open(sys.argv[1])); head = next(rows); c = sqlite3.connect(sys.argv[2])
c.execute(f"create table t ({', '.join(head)})")
c.executemany(f"insert into t values ({', '.join('?' * len(head))})", rows); c.commit()
P
for peer in pandas polars duckdb sqlite3; do
  has "$peer" || { echo "$peer is not there" >&2; continue; }
  begun="$(milliseconds "$python" -c "import $peer")"
  theirs="$(milliseconds "$python" "$folder/with_$peer.py" "$folder/population.csv" "$folder/p.csv" "$folder/t.db")"
  row "$sums" "$peer" "$begun" "$theirs" "$start" "$ours"
done

if has matplotlib; then
  "$humstat" --quiet --ledger "$folder/u.db" figures --indicator border_crossings --origin UKR --location POL -o "$folder/poland.csv"
  cat >"$folder/plot.py" <<'P'
import csv, datetime, sys
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plt
rows = [r for r in csv.DictReader(open(sys.argv[1])) if r["value"]]
f, a = plt.subplots(figsize=(8.5, 6), dpi=200)
a.plot([datetime.date.fromisoformat(r["period_end"]) for r in rows], [int(r["value"]) for r in rows])
a.set_title("Crossings from Ukraine into Poland"); f.savefig(sys.argv[2])
P
  begun="$(milliseconds "$python" -c 'import matplotlib; matplotlib.use("Agg"); import matplotlib.pyplot')"
  theirs="$(milliseconds "$python" "$folder/plot.py" "$folder/poland.csv" "$folder/p.png")"
  ours="$(milliseconds "$humstat" --ledger "$folder/u.db" chart line --indicator border_crossings --origin UKR --location POL -o "$folder/h.png" --scale 2)"
  row 'a line chart as PNG of 1700 by 1200' matplotlib "$begun" "$theirs" "$start" "$ours"
fi

# Of texts: all quantities that each finds. quantulum3 is timed over a part of them, since it takes minutes for all.
if [ -n "$texts" ] && has quantulum3; then
  mkdir "$folder/texts"
  find "$texts" -type f | sort | head -20 | while read -r file; do
    cp "$file" "$folder/texts/$(basename "${file%.*}").txt"
  done
  cat >"$folder/with_quantulum3.py" <<'P'
import pathlib, sys
from quantulum3 import classifier, parser
classifier.USE_CLF = False  # its model is of an older scikit-learn
found = sum(len(parser.parse(text.read_text())) for text in sorted(pathlib.Path(sys.argv[1]).iterdir()))
print(found)
P
  begun="$(milliseconds "$python" -c 'from quantulum3 import parser')"
  theirs="$(milliseconds "$python" "$folder/with_quantulum3.py" "$folder/texts")"
  ours="$(milliseconds "$humstat" --ledger "$folder/u.db" ingest text "$folder"/texts/*.txt --dry-run --quantities --format jsonl --published 2026-01-01)"
  row 'quantities in 20 texts' quantulum3 "$begun" "$theirs" "$start" "$ours"
fi
