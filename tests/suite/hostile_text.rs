//! Tables, JSON, TOML and Parquet that are made to do harm: deep, wide, endless, or with lies in them.

use super::common::{Desk, MAPPING, mapping_with};
use super::faults::{Moments, bounded, count_of, desk_of};

const DEEP: usize = 50_000;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING)
        .put("table.csv", "day,place,number\n2022-03-01,Poland,1\n");
    desk
}

fn nested(before: &str, within: &str, after: &str, times: usize) -> String {
    format!("{}{within}{}", before.repeat(times), after.repeat(times))
}

#[test]
fn json_that_is_deep_or_wide_is_refused_or_read() {
    let desk = desk();
    let deep_object = nested("{\"a\":", "1", "}", 110);
    for (name, json) in [
        ("lists", nested("[", "", "]", DEEP)),
        ("objects", nested("{\"a\":", "1", "}", DEEP)),
        ("record", format!("[{{\"day\":{}}}]", nested("[", "", "]", DEEP))),
        ("open", "[".repeat(DEEP)),
        ("features", format!("{{\"type\":\"FeatureCollection\",\"features\":{}}}", nested("[", "", "]", 120))),
        ("wide", format!("[{}]", vec![deep_object; 300].join(","))),
        (
            "keys",
            format!("[{{{}}}]", (0..2_000).map(|key| format!("\"k{key}\":1")).collect::<Vec<_>>().join(",")),
        ),
        (
            "stat",
            r#"{"version":"2.0","class":"dataset","id":["a","b"],"size":[4294967295,4294967295],"dimension":{"a":{"category":{"index":["x"]}},"b":{"category":{"index":["y"]}}},"value":{"18446744073709551615":1}}"#
                .to_owned(),
        ),
        ("number", format!("[{{\"day\":\"2022-03-01\",\"place\":\"Poland\",\"number\":1{}}}]", "0".repeat(DEEP))),
    ] {
        let file = format!("{name}.json");
        desk.put(&file, json);
        for ask in ["ingest table {} --map map.toml", "ingest table {} --suggest"] {
            let line = ask.replace("{}", &file);
            let ended = bounded(&desk, &line);
            assert!(ask.contains("suggest") || !ended.stderr.is_empty(), "{line}");
            if !ask.contains("suggest") {
                ended.ends_with(1);
            }
        }
    }
}

#[test]
fn toml_that_is_deep_or_large_is_refused_with_its_place() {
    let desk = desk();
    for (number, toml) in [
        format!("a = {}", nested("[", "", "]", DEEP)),
        format!("{}a = 1", "a.".repeat(DEEP)),
        format!("[{}a]\nb = 1", "a.".repeat(DEEP)),
        format!("a = {}", nested("{a=", "1", "}", DEEP)),
        (0..20_000)
            .map(|number| format!("[[a{number}]]\n"))
            .collect(),
        format!(
            "[publication]\n{}",
            (0..20_000)
                .map(|number| format!("k{number} = 1\n"))
                .collect::<String>()
        ),
        format!("a = \"{}", "x".repeat(1 << 20)),
        mapping_with(&[(
            "[figure]",
            "[table]\nheader = [18446744073709551615]\n[figure]",
        )]),
        mapping_with(&[("[figure]", "[table]\nheader = 999999999\n[figure]")]),
        mapping_with(&[(
            "[figure]",
            "[table]\npath = \"a.b.99999999999999999999\"\n[figure]",
        )]),
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{number}.toml");
        desk.put(&file, toml);
        let ended = bounded(
            &desk,
            &format!("ingest table table.csv --map {file} --dry-run"),
        );
        if number != 9 {
            ended.ends_with(1);
        }
        bounded(&desk, &format!("run ./{file}"))
            .ends_with(1)
            .says(&file);
    }
}

#[test]
fn long_lines_and_many_columns_end() {
    let desk = desk();
    let cells = "x,".repeat(200_000);
    for (name, table) in [
        (
            "columns",
            format!("{cells}day,place,number\n{cells}2022-03-01,Poland,1\n"),
        ),
        (
            "line",
            format!("day,place,number\n2022-03-01,{},1\n", "P".repeat(4 << 20)),
        ),
        (
            "quoted",
            format!("day,place,number\n\"{}", "x\n".repeat(1 << 20)),
        ),
        (
            "quotes",
            format!("day,place,number\n{}", "\"".repeat(2 << 20)),
        ),
        ("empty", "\n".repeat(2 << 20)),
        (
            "tags",
            format!(
                "day,place,number\n#date,#country,#affected{}\n2022-03-01,Poland,1\n",
                "+a".repeat(100_000)
            ),
        ),
        (
            "digits",
            format!(
                "day,place,number\n2022-03-01,Poland,{}\n",
                "9".repeat(1 << 20)
            ),
        ),
        (
            "date",
            format!("day,place,number\n{}-03-01,Poland,1\n", "9".repeat(1 << 16)),
        ),
    ] {
        let file = format!("{name}.csv");
        desk.put(&file, table);
        let ended = bounded(
            &desk,
            &format!("ingest table {file} --map map.toml --dry-run"),
        );
        // A cell that is repeated in an error is repeated in part.
        assert!(
            ended.stderr.len() < 100_000,
            "{name} says {} bytes",
            ended.stderr.len()
        );
        if name != "columns" && name != "tags" {
            ended.ends_with(1);
        }
    }
}

/// A line of so many megabytes as `HUMSTAT_LONG_LINE` says, of which 64 are read.
#[test]
fn a_line_without_an_end_takes_bounded_memory() {
    let megabytes = count_of("HUMSTAT_LONG_LINE", 66);
    let desk = desk();
    let mut file = std::io::BufWriter::new(std::fs::File::create(desk.path("long.csv")).unwrap());
    std::io::Write::write_all(&mut file, b"day,place,number\n2022-03-01,").unwrap();
    for _ in 0..megabytes {
        std::io::Write::write_all(&mut file, &[b'x'; 1 << 20]).unwrap();
    }
    std::io::Write::write_all(&mut file, b",1\n").unwrap();
    drop(file);
    for line in [
        "ingest table long.csv --map map.toml",
        "ingest table long.csv --suggest",
        "places add long.csv",
    ] {
        bounded(&desk, line)
            .ends_with(1)
            .says("a row is longer than 64 MB");
    }
}

/// Any byte of a Parquet file may be a lie, above all in its footer.
#[test]
fn parquet_with_lies_in_it_is_refused_or_read() {
    let desk = desk_of(3);
    desk.run("figures -o figures.parquet").succeeds();
    let whole = std::fs::read(desk.path("figures.parquet")).unwrap();
    let footer = u32::from_le_bytes(whole[whole.len() - 8..whole.len() - 4].try_into().unwrap());
    let footer = footer as usize;
    let mut moments = Moments(0x7061_7271);
    let tries = count_of("HUMSTAT_PARQUET", 40);
    let mut refused = 0;
    for attempt in 0..tries {
        let mut changed = whole.clone();
        let end = whole.len() - 8;
        match attempt {
            0 => changed[end..end + 4].copy_from_slice(&u32::MAX.to_le_bytes()),
            1 => changed[end..end + 4].copy_from_slice(&0_u32.to_le_bytes()),
            2 => changed.truncate(end),
            3 => changed = b"PAR1PAR1".to_vec(),
            4 => changed = [&b"PAR1"[..], &[0xff; 64], b"PAR1"].concat(),
            _ => {
                for _ in 0..1 + attempt % 3 {
                    let at = if attempt % 4 == 0 {
                        moments.below(end)
                    } else {
                        end - 1 - moments.below(footer)
                    };
                    changed[at] = moments.number() as u8;
                }
            }
        }
        desk.put("lie.parquet", changed);
        let ended = bounded(&desk, "ingest table lie.parquet --map map.toml --dry-run");
        refused += usize::from(!ended.stderr.is_empty());
        bounded(&desk, "trace lie.parquet");
    }
    assert!(refused > 0);
}
