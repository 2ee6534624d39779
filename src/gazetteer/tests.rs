//! The shapes in which gazetteers are published, and what is read from each.

use std::io::{Cursor, Write as _};

use super::column::{Column, Language, of_header, of_tag};
use super::{Gazetteer, GazetteerError};
use crate::ledger::Capture;
use crate::place::{self, Place, Unit};

fn read(
    file: &str,
    bytes: &[u8],
    country: Option<&'static Place>,
) -> Result<Gazetteer, GazetteerError> {
    super::read(&Capture::new(file, bytes.to_vec()), country)
}

fn units(table: &str) -> Vec<Unit> {
    let read: Gazetteer = read("g.csv", table.as_bytes(), None).unwrap();
    read.units
}

/// A unit in one line: id, level, parent, printed name, names with their languages.
fn shown(unit: &Unit) -> String {
    let names = unit.names.iter().map(|name| {
        let language = name.language.as_deref().unwrap_or("-");
        format!("{language}:{}", name.text)
    });
    let names: Vec<String> = names.collect();
    format!(
        "{} {} {} {} [{}]",
        unit.id,
        unit.kind,
        unit.parent,
        unit.name,
        names.join(" ")
    )
}

#[test]
fn headers_of_every_edition() {
    let name = |level, code: &str| Column::Name(level, Language::Code(code.to_owned()));
    let numbered = |level, number| Column::Name(level, Language::Numbered(number));
    let untold = |level| Column::Name(level, Language::Untold);
    for (header, column) in [
        ("ADM2_PCODE", Column::Code(2)),
        ("admin1Pcode", Column::Code(1)),
        ("adm4_pcode", Column::Code(4)),
        ("ADM2_EN", name(2, "en")),
        ("ADM1_UA", name(1, "uk")),
        ("admin2Name_fr", name(2, "fr")),
        ("ADM2ALT1EN", name(2, "en")),
        ("admin1AltName1_ar", name(1, "ar")),
        ("adm2_name", numbered(2, 0)),
        ("adm2_name1", numbered(2, 1)),
        ("adm2_ref_name", untold(2)),
        ("ADM2_REF", untold(2)),
        ("lang", Column::LanguageOf(0)),
        ("lang2", Column::LanguageOf(2)),
        ("iso3", Column::Country),
        ("ADM5_PCODE", Column::Other),
        ("adm2_id", Column::Other),
        ("adm2_type", Column::Other),
        ("Admin2", untold(2)),
        ("Admin 2 PCode", Column::Code(2)),
        ("Shape_Area", Column::Other),
        ("administration", Column::Other),
        ("", Column::Other),
    ] {
        assert_eq!(of_header(header), column, "{header}");
    }
    for (tag, column) in [
        ("#adm1+code", Column::Code(1)),
        ("#adm2 +code +v_pcode", Column::Code(2)),
        ("#adm2+name+ar", name(2, "ar")),
        ("#ADM2+i_uk+name", name(2, "uk")),
        ("#adm2+name", untold(2)),
        ("#country+code", Column::Code(0)),
        ("#adm9+code", Column::Other),
        ("#admin2+code", Column::Other),
        ("#affected", Column::Other),
        ("", Column::Other),
    ] {
        assert_eq!(of_tag(tag), column, "{tag}");
    }
}

#[test]
fn the_newer_edition_tells_languages_in_columns() {
    let table = "adm1_pcode,adm1_name,adm1_name1,adm1_ref_name,adm0_pcode,lang,lang1\n\
                 UA05,Vinnytska,Вінницька,Vinnytsia Oblast,UA,en,uk\n";
    let shown: Vec<String> = units(table).iter().map(shown).collect();
    assert_eq!(
        shown,
        ["pcode:UA05 admin1 UKR Vinnytska [-:Vinnytsia Oblast en:Vinnytska uk:Вінницька]"]
    );
}

#[test]
fn tags_alone_are_enough() {
    let table = "Code;Nom;Code parent;Nom parent;Pays\n\
                 #adm2+code;#adm2+name+fr;#adm1+code;#adm1+name+fr;#country+name+fr\n\
                 TD0101;Batha Est;TD01;Batha;Chad\n";
    let shown: Vec<String> = units(table).iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "pcode:TD01 admin1 TCD Batha [fr:Batha]",
            "pcode:TD0101 admin2 pcode:TD01 Batha Est [fr:Batha Est]",
        ]
    );
}

#[test]
fn rows_without_a_p_code_are_passed_over() {
    let table = "ADM1_PCODE,ADM1_EN,iso3\r\n,,SYR\r\nSY04,Homs,SYR\r\nSource: nobody,,\r\n";
    let message = read("g.csv", table.as_bytes(), None)
        .unwrap_err()
        .to_string();
    assert!(message.contains("line 4, column `ADM1_PCODE`"), "{message}");
    let table = table.replace("Source: nobody,,", ",Source: nobody,");
    assert_eq!(units(&table).len(), 1);
}

#[test]
fn four_levels_hang_together() {
    let table = "adm4_pcode,adm4_en,adm3_pcode,adm3_en,adm1_pcode,adm1_en,iso3\n\
                 XA010203,Four,XA0102,Three,XA01,One,SYR\n";
    let shown: Vec<String> = units(table).iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "pcode:XA01 admin1 SYR One [en:One]",
            "pcode:XA0102 admin3 pcode:XA01 Three [en:Three]",
            "pcode:XA010203 admin4 pcode:XA0102 Four [en:Four]",
        ]
    );
}

#[test]
fn a_country_that_the_caller_gave_is_held_to() {
    let syria = place::find("SYR").ok();
    let table = b"ADM1_PCODE,ADM1_EN,ADM0_PCODE\nTR01,Adana,TR\n";
    let message = read("g.csv", table, syria).unwrap_err().to_string();
    assert!(
        message.contains("line 2, column `ADM0_PCODE`, value `TR`"),
        "{message}"
    );
    assert!(message.contains("Syria is expected"), "{message}");
}

/// A workbook with a sheet of each level, as small as one can be.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: String| {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut relations) = (String::new(), String::new());
    for (index, (name, table)) in sheets.iter().enumerate() {
        let number = index + 1;
        list.push_str(&format!(
            r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#
        ));
        relations.push_str(&format!(
            r#"<Relationship Id="r{number}" Type="{office}/worksheet" Target="worksheets/s{number}.xml"/>"#
        ));
        let mut rows = String::new();
        for (row, line) in table.lines().enumerate() {
            let cells = line.split(',').enumerate().map(|(column, cell)| {
                let reference = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                format!(r#"<c r="{reference}" t="inlineStr"><is><t>{cell}</t></is></c>"#)
            });
            rows.push_str(&format!(
                "<row r=\"{}\">{}</row>",
                row + 1,
                cells.collect::<String>()
            ));
        }
        put(
            &format!("xl/worksheets/s{number}.xml"),
            format!(r#"{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        );
    }
    put(
        "xl/workbook.xml",
        format!(
            r#"{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{list}</sheets></workbook>"#
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        format!(r#"{head}<Relationships xmlns="{package}">{relations}</Relationships>"#),
    );
    put(
        "_rels/.rels",
        format!(
            r#"{head}<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_has_a_sheet_for_each_level() {
    let read_me = ("ReadMe", "Terms,of use\nsee,there");
    let levels = [
        ("ADM0", "ADM0_EN,ADM0_PCODE\nSyrian Arab Republic,SY"),
        (
            "ADM1",
            "ADM1_EN,ADM1_AR,ADM1_PCODE,ADM0_PCODE\nHoms,حمص,SY04,SY",
        ),
        (
            "ADM2",
            "ADM2_EN,ADM2_PCODE,ADM1_EN,ADM1_PCODE,ADM0_PCODE\nTadmor,SY0402,Homs,SY04,SY",
        ),
    ];
    let bytes = workbook(&[read_me, levels[0], levels[1], levels[2]]);
    let gazetteer = read("g.xlsx", &bytes, None).unwrap();
    let found: Vec<String> = gazetteer.units.iter().map(shown).collect();
    assert_eq!(
        found,
        [
            "pcode:SY04 admin1 SYR Homs [ar:حمص en:Homs]",
            "pcode:SY0402 admin2 pcode:SY04 Tadmor [en:Tadmor]",
        ]
    );
    assert_eq!(gazetteer.passed_over, ["ReadMe", "ADM0"]);
    let bad = ("ADM2", "ADM2_EN,ADM2_PCODE,ADM0_PCODE\nTadmor,SY 0402,SY");
    let message = read("g.xlsx", &workbook(&[levels[1], bad]), None)
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("sheet `ADM2`, line 2, column `ADM2_PCODE`, value `SY 0402`"),
        "{message}"
    );
}

#[test]
fn what_is_no_gazetteer_is_refused() {
    for bytes in [
        &b""[..],
        b"a,b\n1,2\n",
        b"PK\x03\x04nothing",
        b"\xd0\xcf\x11\xe0",
        b"\xff\xfe\0",
    ] {
        let message = read("g", bytes, None).unwrap_err().to_string();
        assert!(message.starts_with("g "), "{message}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read("g", &bytes, None);
    }

    #[test]
    fn any_table_is_read_or_refused(cells in "(ADM1_PCODE|ADM2_EN|SY01|#adm1\\+code|[,;\n\"é ]|x){0,40}") {
        let _ = read("g", cells.as_bytes(), place::find("SYR").ok());
    }
}
