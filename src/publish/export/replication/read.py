"""Loads the tables of this folder with their types, and checks sums and totals.

    python3 read.py             checks everything, and ends with 1 where something differs
    from read import load       load("figures.csv") is a list of rows
    from read import frame      frame("figures.csv") is a pandas data frame

Needs Python 3.8 and nothing else; pandas only for frame().
"""

import csv
import datetime
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Name: rows, sum of the column `value`, and what the columns hold.
TABLES = {
    # TABLES
}


def cell(text, kind):
    """One cell as a Python value; an empty one is missing, never zero."""
    if text == "":
        return None
    if kind == "whole":
        return int(text)
    if kind == "decimal":
        return float(text)
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return text


def load(name):
    """The rows of a table, each a dict."""
    kinds = TABLES[name][2]
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [
            {column: cell(text, kinds[column]) for column, text in row.items()}
            for row in csv.DictReader(file)
        ]


def frame(name):
    """The rows of a table as a pandas data frame."""
    import pandas

    rows = pandas.DataFrame(load(name), columns=list(TABLES[name][2]))
    for column, kind in TABLES[name][2].items():
        if kind == "whole":
            rows[column] = rows[column].astype("Int64")
        elif kind == "decimal":
            rows[column] = rows[column].astype("Float64")
        elif kind == "date":
            rows[column] = pandas.to_datetime(rows[column])
    return rows


def differences():
    """What differs from what was written."""
    found = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        expected, name = line.split("  ", 1)
        try:
            actual = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        except OSError as error:
            found.append(f"{name}: {error.strerror}")
            continue
        if actual != expected:
            found.append(f"{name}: its SHA-256 is {actual}, not {expected}")
    for name, (rows, total, _) in TABLES.items():
        try:
            table = load(name)
        except (OSError, ValueError, KeyError) as error:
            found.append(f"{name}: {error}")
            continue
        if len(table) != rows:
            found.append(f"{name}: it has {len(table)} rows, not {rows}")
        if total is not None:
            actual = sum(row["value"] or 0 for row in table)
            if actual != total:
                found.append(f"{name}: its values add up to {actual}, not {total}")
    return found


if __name__ == "__main__":
    wrong = differences()
    for line in wrong:
        print(line, file=sys.stderr)
    if not wrong:
        print(f"{len(TABLES)} tables and all sums are as they were written")
    sys.exit(1 if wrong else 0)
