//! A workbook as partners send them: a merged header of two lines, Arabic names of districts, Arabic
//! digits, subtotals in the middle and a hidden sheet.

use rust_xlsxwriter::{Format, Workbook};

use super::common::{Desk, column};

const GAZETTEER: &str = "\
ADM0_PCODE,ADM0_EN,ADM1_PCODE,ADM1_EN,ADM1_AR,ADM2_PCODE,ADM2_EN,ADM2_AR
SY,Syria,SY07,Idleb,إدلب,SY0703,Harim,حارم
SY,Syria,SY07,Idleb,إدلب,SY0705,Ariha,أريحا
SY,Syria,SY02,Aleppo,حلب,SY0203,Afrin,عفرين
SY,Syria,SY02,Aleppo,حلب,SY0204,A'zaz,اعزاز
";

/// Governorate, district, men and women; the last word of each line is the subtotal's.
const ROWS: [[&str; 4]; 7] = [
    ["إدلب", "حارم", "١٬٢٣٤", "١٬٣٠٠"],
    ["إدلب", "أريحا", "٥٦٠", "٦١٠"],
    ["المجموع", "", "١٬٧٩٤", "١٬٩١٠"],
    ["حلب", "عفرين", "٩٠٠", "٩٠٥"],
    // Written with another alef than in the gazetteer.
    ["حلب", "إعزاز", "٢٬٠٠٠", "٢٬١٠٠"],
    ["المجموع", "", "٢٬٩٠٠", "٣٬٠٠٥"],
    ["المجموع الكلي", "", "٤٬٦٩٤", "٤٬٩١٥"],
];

fn workbook(rows: &[[&str; 4]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("النزوح").unwrap();
    let plain = Format::new();
    for (column, name) in [(0, "محافظة"), (1, "منطقة"), (4, "التاريخ")] {
        sheet
            .merge_range(0, column, 1, column, name, &plain)
            .unwrap();
    }
    sheet.merge_range(0, 2, 0, 3, "النازحون", &plain).unwrap();
    sheet.write(1, 2, "ذكور").unwrap();
    sheet.write(1, 3, "إناث").unwrap();
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, *cell).unwrap();
        }
        if !cells[1].is_empty() {
            sheet.write(row, 4, "2024-05-31").unwrap();
        }
    }
    let old = book.add_worksheet().set_name("قديم").unwrap();
    old.write(0, 0, "منطقة").unwrap();
    old.set_hidden(true);
    book.save_to_buffer().unwrap()
}

/// A desk with the gazetteer, the workbook and its drafted mapping, of which a person wrote three values.
fn desk(rows: &[[&str; 4]]) -> Desk {
    let desk = Desk::new();
    desk.put("districts.csv", GAZETTEER);
    desk.put("idps.xlsx", workbook(rows));
    desk.run("places add districts.csv").succeeds();
    desk.run("ingest table idps.xlsx --suggest -o idps.toml")
        .succeeds()
        .says("3 values still say \"?\"");
    let draft = std::fs::read_to_string(desk.path("idps.toml")).unwrap();
    let mapping = draft
        .replace("channel = \"?\"", "channel = \"ocha/idps\"")
        .replace("licence = \"?\"", "licence = \"CC-BY-4.0\"")
        .replace("claimant = \"?\"", "claimant = \"OCHA\"");
    let written = mapping
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .count();
    assert!(written < 20, "{written} lines:\n{mapping}");
    desk.put("idps.toml", mapping);
    desk
}

const INGEST: &str = "ingest table idps.xlsx --map idps.toml --published 2024-06-10";

#[test]
fn a_drafted_mapping_reads_it_to_the_last_figure() {
    let desk = desk(&ROWS);
    desk.run(INGEST)
        .succeeds()
        .says("read sheet `النزوح`")
        .says("did not read sheet `قديم`: it is hidden")
        .says("6 stated totals were checked against their parts and not recorded: all add up");
    for (sex, values) in [
        ("m", ["900", "2000", "1234", "560"]),
        ("f", ["905", "2100", "1300", "610"]),
    ] {
        let rows = desk.rows(&format!("figures --breakdown sex={sex}"));
        let places = [
            "pcode:SY0203",
            "pcode:SY0204",
            "pcode:SY0703",
            "pcode:SY0705",
        ];
        assert_eq!(column(&rows, "location_id"), places);
        assert_eq!(column(&rows, "value"), values);
        assert_eq!(column(&rows, "period_end"), ["2024-05-31"; 4]);
    }
}

#[test]
fn a_subtotal_that_does_not_add_up_is_told() {
    let mut rows = ROWS;
    rows[2][2] = "١٬٧٩٥";
    desk(&rows)
        .run(INGEST)
        .succeeds()
        .says("1 does not add up")
        .says("row 5, column `النازحون / ذكور`: المجموع says 1,795, and its parts add up to 1,794: 1 fewer");
}

#[test]
fn a_district_that_nobody_knows_is_asked_for() {
    let mut rows = ROWS;
    rows[3][1] = "عفرينة";
    desk(&rows)
        .run(INGEST)
        .ends_with(1)
        .says("row 6, column `منطقة`")
        .says("idps.xlsx.places.csv");
}
