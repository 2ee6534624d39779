//! Small inputs that are right, for each target: of our own, in the shape that sources have.

use std::path::Path;

use super::super::common::zip;
use super::super::documents_packed::{pages, word};
use super::super::xlsb;

const TABLE: &str = "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Moldova,2500\n";

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The seeds of a target.
pub fn of(name: &str) -> Vec<Vec<u8>> {
    match name {
        "delimited" => texts(&[
            TABLE,
            "day,place,number\n2022-03-01,Poland,\"1,000\"\n02/03/2022,\"Moldova\",2 500\n",
            "As of 2 March\n\nday;place;number\n01.03.2022;Pologne;1.000,0\n02.03.2022;Moldavie;2.500,0\n",
            "day\tplace\tnumber\n2022-03\tPoland\tabout 1,000\n2022-03-02\tMoldova\t1.5 million\n",
            include_str!("../../fixtures/odp-by-country.csv"),
            include_str!("../../fixtures/unhcr-population.csv"),
            include_str!("../../fixtures/ucdp-ged-14.csv"),
            include_str!("../../fixtures/gaza-vintages.csv"),
        ]),
        "headers" => texts(&[
            "day,place,number,other,more,where",
            "day,other,more,number,2021,place",
            "Date,Country,Refugees,IDPs,Killed,Country of origin",
            "year,coo,refugees,asylum_seekers,idps,coa",
        ]),
        "workbook" => workbooks(),
        "json" => texts(&[
            r#"[{"day":"2022-03-01","place":"Poland","number":1000},{"day":"2022-03-02","place":"Moldova","number":"2,500"}]"#,
            r#"{"meta":{"count":2},"data":[{"day":"2022-03-01","place":"Poland","number":1e3},{"day":"2022-03-02","place":"Moldova","number":2500.0}]}"#,
            r#"{"day":["2022-03-01"],"place":["Poland"],"number":[1000]}"#,
            "{\"day\":\"2022-03-01\",\"place\":\"Poland\",\"number\":1000}\n{\"day\":\"2022-03-02\",\"place\":\"Moldova\",\"number\":2500}\n",
            CUBE,
        ]),
        "parquet" => vec![parquet()],
        "packed" => vec![
            gzip(TABLE.as_bytes()),
            zip(&[("a.csv", TABLE.as_bytes())]),
            zip(&[("a.csv", TABLE.as_bytes()), ("readme.md", b"# A table")]),
            zip(&[("a.csv.gz", &gzip(TABLE.as_bytes()))]),
        ],
        "hxl" => texts(&[
            include_str!("../../fixtures/hxl-displaced.csv"),
            "Country,Date,People\n#country+code,#date,#affected+idps\nMLI,2021-09-30,120\nNER,2021-10-31,75\n",
        ]),
        "mapping" => texts(&[
            super::targets::tables::MAPPING,
            include_str!("../../../datasets/mappings/gaza-daily.toml"),
            include_str!("../../../datasets/mappings/unhcr-download.toml"),
            include_str!("../../../datasets/ukraine-2022/refugees.map.toml"),
        ]),
        "cells" => texts(&[
            "2022-03-01\n1000",
            "01/03/2022\n1.234",
            "1 March 2022\n1,234",
            "Mar-22\nabout 1 200",
            "44621\n1.5 million",
            "03-01-2022\n(12)",
            "2022-W10\n12k",
            "٢٠٢٢/٠٣/٠١\n١٬٢٣٤",
            "2022-03-01T10:00:00Z\n1234*",
            "Q1 2022\nbetween 10 and 20",
            "1er mars 2022\n1.23E+05",
        ]),
        "gazetteer" => texts(&[
            include_str!("../../fixtures/syria-gazetteer.csv"),
            include_str!("../../fixtures/dtm-gazetteer.csv"),
        ]),
        "filled_places" => texts(&[
            "\u{feff}name,column,parent,rows,nearest_1,nearest_1_id,nearest_2,nearest_2_id,id\nPolnd,place,,2,Poland,POL,,,POL\n",
            "name;column;parent;rows;id\nMoldva;place;;1;MDA\nX;place;Y;1;\n",
        ]),
        "written" => vec![
            b"figure_id,value,location_id,period_end\nf1,1000,POL,2022-03-01\nf2,,MDA,2022-03-02\n"
                .to_vec(),
            br#"[{"figure_id":"f1","value":1000,"location_id":"POL","period_end":"2022-03-01"}]"#
                .to_vec(),
            b"| a | f1 |\n|---|---|\n| 1,000 | f12 |\n".to_vec(),
            include_bytes!("../../../charts/ukraine-2022/crossings-by-destination.svg").to_vec(),
            parquet(),
        ],
        "plain" | "drafts" => texts(&[
            include_str!("../../fixtures/prose/casualty-update.md"),
            include_str!("../../fixtures/prose/figures.txt"),
            "About 453,000 people have crossed into Poland since 24 February, UNHCR said. At least 14 civilians were killed.\n",
            "Plus de 2,5 millions de réfugiés ont fui vers la Pologne, selon le HCR, dont 1 204 403 femmes et enfants.\n",
            "Al menos 14 personas murieron y 1.234 resultaron heridas el 3 de marzo de 2022.\n",
            "قتل ١٤ شخصا وأصيب ٣٢ آخرون في غزة\n",
            "2022-3-8to midnight on7Mar2022 4killed",
        ]),
        "html" => texts(&[
            include_str!("../../fixtures/prose/live-page.html"),
            "<html><body><main><article><h2>A</h2><time datetime='2022-03-08'></time><p>Some 4,000 people fled.</p></article></main><table><tr><td>1,234<td>2</table><sup>3</sup></html>",
        ]),
        "pdf" => vec![
            pages(&[
                "BT /F 10 Tf 1 0 0 1 50 700 Tm [(Some ) -300 (4,000)] TJ T* (people fled Ukraine.) ' ET",
            ]),
            pages(&[
                "BT /F 12 Tf 50 700 Td (At least 14 killed) Tj ET",
                "BT /F 9 Tf 50 20 Td (2) Tj ET",
            ]),
        ],
        "docx" => vec![word(
            "<w:p><w:r><w:t>Some 4,000 people fled Ukraine.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>14</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        )],
        "email" => texts(&[
            "MIME-Version: 1.0\r\nSubject: =?utf-8?q?Update?=\r\nDate: Tue, 08 Mar 2022 10:00:00 +0200\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+U29tZSA0LDAwMCBwZW9wbGUgZmxlZC48L3A+\r\n--x--\r\n",
            "From: a@example.org\r\nSubject: Update\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSome 4,000 people=20fled Ukraine.\r\n",
        ]),
        "reliefweb_reports" => texts(&[
            r#"{"totalCount":1,"count":1,"data":[{"id":"1","fields":{"title":"Update","body":"Some 4,000 people fled Ukraine.","date":{"created":"2022-03-08T00:00:00+00:00","original":"2022-03-08T00:00:00+00:00"},"source":[{"name":"UNHCR"}],"primary_country":{"iso3":"ukr"},"url":"https://reliefweb.int/node/1","language":[{"code":"en"}]}}]}"#,
        ]),
        "quantities" => texts(&[
            "more than 1.5 million people, between 10 and 20 per cent, 1,24,053 cases and two hundred homes; one in three",
            "plus de 2,5 millions de réfugiés, quatre-vingt-dix-sept mille morts, un tiers",
            "ciento treinta y dos mil personas, 1.234 heridos, más del 60 %",
            "п'ятсот тисяч людей, понад 1,5 мільйона",
            "ألفان ومئة شخص، ١٢٬٣٤٥ لاجئ",
        ]),
        "plans" => texts(&PLANS),
        "plan_files" => texts(&[
            include_str!("../../../datasets/ukraine-2022/plan.toml"),
            "title = \"A\"\noutput = \"out\"\n[[ingest]]\nfile = \"press.csv\"\nmap = \"press.map.toml\"\n",
        ]),
        "settings" => texts(&[
            "ledger = \"desk.db\"\nuse = \"non-commercial\"\nnetwork = false\n[keys]\nHUMSTAT_DTM_KEY = \"OUR_KEY\"\n",
        ]),
        "periods" => texts(&[
            "2022-03-08",
            "2022-03",
            "2022",
            "2022-03-08T14:00Z",
            "2022-03-08 14:00:00+02:00",
            "2010..2024",
            "2022-03-01..",
            "..2022",
        ]),
        "by_hand" => texts(&[
            "836000",
            "about 836,000",
            "at least 14",
            "more than 4 million",
            "between 10 and 20",
            "1.5 million",
            "fewer than 1 234",
            "12k",
        ]),
        "names" => texts(&[
            "Poland",
            "POL",
            "Côte d'Ivoire",
            "humstat:PSE-GZA",
            "group:eu27-2020",
            "pcode:SY07",
            "f1-f4 f9",
            "age=0-17,sex=f",
            "Idleb / Harim",
        ]),
        "selection" => texts(&[
            "indicator border_crossings\norigin UKR\nlocation Poland\nperiod 2022-03-01..2022-03\n",
            "at 2022-03-08\nas-known-on yesterday\nas-recorded-at 1\nmeasure cumulative\n",
            "location Europe\nbreakdown sex=all\nstatus observed\nclaimant UNHCR\nchannel test/table\n",
        ]),
        "ledger" | "projection" => (0..4_u8)
            .map(|seed| {
                (0..28)
                    .map(|at: u8| seed.wrapping_mul(37).wrapping_add(at.wrapping_mul(11)))
                    .collect()
            })
            .collect(),
        "replication" => (0..24_u8)
            .map(|file| vec![file, 9, 1, 0, 0, 55, 1, 0])
            .collect(),
        "answers" => texts(&[
            "candidate,answer,reason,value,period,indicator,origin,location,since,claimant\nc1,reject,no,,,,,,,\nc2,,,,,,,,,\n",
            "\u{feff}candidate;answer;value;period\r\nc1;;About 453000;2022-03-02\r\n",
        ]),
        other => of_source(other),
    }
}

const PLANS: [&str; 3] = [
    "title = \"A\"\noutput = \"out\"\n[select]\nindicator = \"border_crossings\"\norigin = \"UKR\"\n\
     [[chart]]\nname = \"a\"\nkind = \"line\"\nshow = \"level\"\nnotes = [\"A note\"]\n[chart.select]\nindicator = \"border_crossings\"\nlocation = [\"POL\", \"HUN\"]\n\
     [[chart.event]]\ndate = 2022-03-04\nlabel = \"An event\"\n",
    "title = \"B\"\noutput = \"out\"\n[[chart]]\nname = \"b\"\nkind = \"bars\"\ntop = 3\nsize = \"square\"\nlang = \"fr\"\ntheme = \"dark\"\nselect = { indicator = \"border_crossings\", at = \"2022-03-08\" }\n\
     [[table]]\nfile = \"s.csv\"\nkind = \"summary\"\ntotal = true\nselect = { indicator = \"border_crossings\", at = \"2022-03-08\" }\n",
    "title = \"C\"\noutput = \"out\"\nas_known_on = \"2022-06-01\"\n[[chart]]\nname = \"c\"\nkind = \"map\"\nselect = { indicator = \"border_crossings\", at = \"2022-03-08\" }\n\
     [[table]]\nfile = \"t.csv\"\nkind = \"trends\"\nrevisions = \"cummax\"\nselect = { indicator = \"border_crossings\" }\n",
];

/// First applications of Syrians in Germany in a month.
const APPLICATIONS: &str = r#"{"version":"2.0","class":"dataset","label":"Asylum applicants","source":"ESTAT","updated":"2026-05-10T11:00:00+0200","value":[120,130],"id":["freq","unit","citizen","sex","applicant","age","geo","time"],"size":[1,1,1,1,1,1,1,2],"dimension":{"freq":{"category":{"index":{"M":0}}},"unit":{"category":{"index":{"PER":0}}},"citizen":{"category":{"index":{"SY":0}}},"sex":{"category":{"index":{"T":0}}},"applicant":{"category":{"index":{"FRST":0}}},"age":{"category":{"index":["TOTAL"]}},"geo":{"category":{"index":{"DE":0}}},"time":{"category":{"index":{"2026-03":0,"2026-04":1}}}}}"#;

const CUBE: &str = r#"{"version":"2.0","class":"dataset","label":"Beneficiaries of temporary protection","source":"ESTAT","updated":"2026-05-10T11:00:00+0200","value":{"0":27000,"1":27345,"2":960000,"4":4200000,"5":4210005,"6":27500,"10":4300000},"status":{"1":"p","3":"c","4":"ep"},"id":["freq","unit","citizen","sex","age","geo","time"],"size":[1,1,2,1,1,3,2],"dimension":{"freq":{"label":"Time frequency","category":{"index":{"M":0},"label":{"M":"Monthly"}}},"unit":{"category":{"index":{"PER":0}}},"citizen":{"category":{"index":{"TOTAL":1,"UA":0}}},"sex":{"category":{"label":{"T":"Total"}}},"age":{"category":{"index":["TOTAL"]}},"geo":{"category":{"index":{"EL":0,"PL":1,"EU27_2020":2}}},"time":{"category":{"index":{"2026-03":0,"2026-04":1}}}}}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// The rows of [`TABLE`] in three columns.
fn parquet() -> Vec<u8> {
    use polars::prelude::*;
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new("day".into(), ["2022-03-01", "2022-03-02"]),
        Column::new("place".into(), ["Poland", "Moldova"]),
        Column::new("number".into(), [1000_i64, 2500]),
        Column::new("figure_id".into(), ["f1", "f2"]),
    ])
    .unwrap();
    let mut bytes = Vec::new();
    polars_io::parquet::write::ParquetWriter::new(&mut bytes)
        .finish(&mut frame)
        .unwrap();
    bytes
}

/// One workbook of each form that can be written here.
fn workbooks() -> Vec<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(TABLE.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    let rows: String = TABLE
        .lines()
        .map(|line| {
            let cells = line.split(',').map(|cell| {
                format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
            });
            format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
        })
        .collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let manifest = b"<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    vec![
        book.save_to_buffer().unwrap(),
        xlsb::table(),
        zip(&[
            ("mimetype", mimetype),
            ("content.xml", content.as_bytes()),
            ("META-INF/manifest.xml", manifest),
        ]),
    ]
}

/// What a source answers.
fn of_source(name: &str) -> Vec<Vec<u8>> {
    match name {
        "acled" => texts(&[
            r#"{"status":200,"success":true,"last_update":1,"count":1,"messages":[],"data":[{"event_id_cnty":"AFG1","event_date":"2024-05-01","time_precision":"1","event_type":"Battles","iso":"4","country":"Afghanistan","admin1":"Kabul","fatalities":"3","timestamp":"1700000000"}]}"#,
            "event_id_cnty,event_date,year,time_precision,event_type,iso,country,admin1,fatalities,timestamp\nAFG1,2024-05-01,2024,1,Battles,4,Afghanistan,Kabul,3,1700000000\n",
            r#"{"success":true,"data":[{"event_id_cnty":"AFG1","deleted_timestamp":"1700000000"}]}"#,
        ]),
        "dtm" => texts(&[
            r#"{"isSuccess":true,"statusCode":200,"errorMessages":[],"totalRecordsCount":2,"result":[{"operation":"Armed Clashes in Sudan","admin0Name":"Sudan","admin0Pcode":"SDN","numPresentIdpInd":700,"reportingDate":"2023-05-01T00:00:00","yearReportingDate":2023,"monthReportingDate":5,"roundNumber":1,"displacementReason":"Conflict","numberMales":null,"numberFemales":null,"idpOriginAdmin1Name":"Not available","idpOriginAdmin1Pcode":"Not available","assessmentType":"BA"},{"operation":"Armed Clashes in Sudan","admin0Name":"Sudan","admin0Pcode":"SDN","numPresentIdpInd":900,"reportingDate":"2024-05-01T00:00:00","yearReportingDate":2024,"monthReportingDate":5,"roundNumber":2,"displacementReason":"Conflict","numberMales":400,"numberFemales":500,"idpOriginAdmin1Name":"Not available","idpOriginAdmin1Pcode":"Not available","assessmentType":"BA"}]}"#,
        ]),
        "eurostat" => texts(&[CUBE, APPLICATIONS]),
        "hapi" => texts(&[
            r#"{"data":[{"resource_hdx_id":"a","origin_location_code":"SYR","asylum_location_code":"TUR","population_group":"RET","gender":"all","age_range":"all","min_age":null,"max_age":null,"population":3000,"reference_period_start":"2023-01-01T00:00:00","reference_period_end":"2023-12-31T00:00:00"}]}"#,
            r#"{"data":[{"location_code":"UKR","admin_level":0,"event_type":"political_violence","events":3,"fatalities":9,"reference_period_start":"2024-01-01T00:00:00","reference_period_end":"2024-01-31T00:00:00","resource_hdx_id":"a"}]}"#,
            r#"{"data":[{"location_code":"TCD","location_name":"Chad","has_hrp":true,"in_gho":true,"provider_admin1_name":"","provider_admin2_name":"","admin1_code":"","admin2_code":"","admin_level":0,"operation":"Lake Chad Basin Crisis","assessment_type":"BA","population":120,"reporting_round":2,"reference_period_start":"2024-05-01T00:00:00","reference_period_end":"2024-05-01T00:00:00","resource_hdx_id":"a"}]}"#,
            r#"{"data":[{"resource_hdx_id":"a","origin_location_code":"SYR","origin_location_name":"Syria","asylum_location_code":"TUR","asylum_location_name":"Türkiye","population_group":"REF","gender":"all","age_range":"all","min_age":null,"max_age":null,"population":3000,"reference_period_start":"2023-01-01T00:00:00","reference_period_end":"2023-12-31T00:00:00"}]}"#,
            r#"{"data":[{"location_code":"AFG","admin_level":0,"sector_code":"Intersectoral","sector_name":"x","category":"","population_status":"INN","population":900,"reference_period_start":"2024-01-01T00:00:00","reference_period_end":"2024-12-31T00:00:00","resource_hdx_id":"a"}]}"#,
        ]),
        "hdx" => {
            let about = r#"{"help":"x","success":true,"result":{"name":"unhcr-situations","title":"UNHCR Situations","license_id":"cc-by-igo","license_other":"","dataset_source":"UNHCR","caveats":"Some are not monthly","methodology":"Other","resources":[{"id":"b","name":"unhcr-situations.csv","format":"CSV","url":"http://a.example/x","download_url":"http://a.example/x","last_modified":"2024-07-09T18:59:33.157411","size":20033,"hash":""}]}}"#;
            let table = "Country,ISO3,Country of Origin,ISO3 of Origin,Population type,Source,Date,Individuals\nBenin,BEN,Togo,TGO,Refugees,\"UNHCR, Government\",2024-05-31,4716\n";
            let both = [
                about.as_bytes(),
                super::targets::sources::PARTED,
                table.as_bytes(),
            ]
            .concat();
            vec![both, table.as_bytes().to_vec()]
        }
        "idmc" => texts(&[
            r#"{"last_updated":"2025-05-13","count":1,"next":null,"previous":null,"results":[{"iso3":"SDN","country_name":"x","year":2023,"event_name":"Floods","hazard_type":"Flood","new_displacement":6000,"total_displacement":900,"new_displacement_rounded":1,"total_displacement_rounded":1}]}"#,
            r#"{"last_updated":"2025-05-13","count":1,"next":null,"previous":null,"results":[{"iso3":"SDN","country_name":"x","year":2023,"conflict_new_displacement":6000000,"conflict_new_displacement_rounded":1,"conflict_total_displacement":9000000,"conflict_total_displacement_rounded":1,"disaster_new_displacement":null,"disaster_new_displacement_rounded":null,"disaster_total_displacement":null,"disaster_total_displacement_rounded":null}]}"#,
            r#"[{"id":1,"country":"Sudan","iso3":"SDN","role":"Recommended figure","displacement_type":"Conflict","qualifier":"more than","figure":300,"displacement_date":"2025-11-06T11:00:00.000Z","displacement_start_date":"2025-11-06T11:00:00.000Z","displacement_end_date":"2025-11-08T11:00:00.000Z","year":2025,"event_name":"Sudan: Clashes","created_at":"2025-11-09T19:37:23.870Z"}]"#,
        ]),
        "missing_migrants" => texts(&[
            "Main ID,Incident ID,Incident Type,Region of Incident,Incident Date,Incident Year,Month,Number of Dead,Minimum Estimated Number of Missing,Total Number of Dead and Missing,Number of Survivors,Cause of Death,Country of Incident,Migration Route,Coordinates\n2024.MMP1,2024.MMP1,Incident,North America,2024-03-01,2024,March,3,2,5,,Drowning,Mexico,US-Mexico border crossing,\"31.6, -106.4\"\n",
        ]),
        "ohchr" => texts(&[
            "Flash Appeal,,,,\nRefugees(UNHCR),Civilian casualities(OHCHR) - Killed,Civilian casualities(OHCHR) - Injured,Date,Source URL\n1000000,249,553,2022-03-03,https://a.example/1\nN/A,N/A,,2022-03-04,https://a.example/2\nNA,331,675,2022-03-05,https://a.example/3\n",
        ]),
        "owid" => {
            let metadata = r#"{"chart":{"title":"Deaths in armed conflicts","citation":"UCDP"},"columns":{"Deaths":{"titleShort":"Deaths","descriptionShort":"Deaths of combatants and civilians due to fighting.","unit":"deaths","shortName":"deaths","lastUpdated":"2026-05-01","citationShort":"Uppsala Conflict Data Program (2026) - with major processing by Our World in Data","fullMetadata":"https://api.ourworldindata.org/v1/indicators/1.metadata.json"}},"dateDownloaded":"2026-06-01"}"#;
            let table = "Entity,Code,Year,deaths\nUkraine,UKR,2024,76000\nUkraine,UKR,2023,\nKosovo,OWID_KOS,2024,3\nWorld,OWID_WRL,2024,160000\n";
            vec![zip(&[
                ("deaths.csv", table.as_bytes()),
                ("deaths.metadata.json", metadata.as_bytes()),
                ("readme.md", b"# Deaths"),
            ])]
        }
        "reliefweb" => texts(&[
            r#"{"time":6,"href":"https://api.reliefweb.int/v2/disasters","totalCount":1,"count":1,"data":[{"id":"1","score":1,"fields":{"id":1,"name":"Disaster 1","status":"past","date":{"event":"2024-03-01T00:00:00+00:00"},"primary_country":{"iso3":"sdn"},"primary_type":{"code":"FL"}}}]}"#,
        ]),
        "tech_for_palestine" => texts(&[
            r#"[{"report_date":"2023-10-07","report_source":"mohtel","report_period":24,"killed":232,"killed_cum":232,"killed_children_cum":7,"injured":1610,"injured_cum":1610,"ext_killed":232,"ext_killed_cum":232,"ext_injured":1610,"ext_injured_cum":1610,"ext_killed_children_cum":20,"ext_killed_women_cum":9},{"report_date":"2023-10-08","report_source":"mohtel","report_period":24,"killed":138,"killed_cum":370,"injured_cum":1788,"ext_killed":138,"ext_killed_cum":370,"ext_injured":178,"ext_injured_cum":1788,"ext_killed_children_cum":78,"ext_killed_women_cum":41}]"#,
            r#"[{"report_date":"2023-10-07","verified":{"killed":1,"killed_cum":1,"killed_children_cum":0,"injured_cum":3,"injured_children_cum":1},"killed_cum":1,"killed_children_cum":0,"injured_cum":3,"injured_children_cum":0,"settler_attacks_cum":1,"flash_source":"un"}]"#,
        ]),
        "ucdp" => {
            let header = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";
            let row = "1001,UKR-1001,2024,1,Clear,1,13219,13219,\"A: Government\",1,1,\"A - B\",1,1,A,2,2,B,-1,\"\"\"A paper,2024-05-01,Some, and more\"\"\",A paper,2024-05-01,Some,Someone,1,A town,\"A town, near another\",A region,,48.1,37.7,POINT (37.7 48.1),1,Ukraine,369,Europe,1,1,2024-05-01 00:00:00.000,2024-05-01 00:00:00.000,1,1,0,0,10,15,8,369,";
            let table = format!("{header}\n{row}\n");
            vec![
                table.clone().into_bytes(),
                zip(&[("GEDEvent_v25_1.csv", table.as_bytes())]),
            ]
        }
        "unhcr" => texts(&[
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2023,"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","procedure_type":"G","app_type":"N","dec_level":"FI","app_pc":"P","applied":100}]}"#,
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2023,"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","procedure_type":"G","dec_level":"FI","dec_pc":"P","dec_recognized":5,"dec_other":1,"dec_rejected":2,"dec_closed":"0","dec_total":8}]}"#,
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2023,"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","returned_refugees":5,"resettlement":"0","naturalisation":"-","returned_idps":7}]}"#,
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2023,"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","total":900}]}"#,
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2024,"month":3,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","refugees":900,"asylum_seekers":12,"source":"Government"}]}"#,
            r#"{"page":1,"short-url":"x1","maxPages":1,"total":[],"items":[{"year":2023,"coo_id":185,"coo_name":"Syrian Arab Rep.","coo":"SYR","coo_iso":"SYR","coa_id":72,"coa_name":"Germany","coa":"GFR","coa_iso":"DEU","refugees":705827,"asylum_seekers":62959,"returned_refugees":"0","idps":"0","returned_idps":"0","stateless":"0","ooc":"0","oip":"-","hst":"0"}]}"#,
            "Year,\"Country of origin (ISO)\",\"Country of asylum (ISO)\",Authority,\"Recognized decisions\"\n2023,SYR,DEU,G,5\n",
            include_str!("../../fixtures/unhcr-population.csv"),
        ]),
        "unhcr_situation" => texts(&[
            r#"{"situation_view_id":"54","situation_view_name":"Ukraine Refugee Situation","data":[{"geomaster_name":"Poland","geomaster_id":10781,"admin_level":"Country","source":"UNHCR, Government","date":"2022-08-01","month":"8","year":"2022","population_groups_concat":"Border crossings from Ukraine (cumulative)","population_group_id":"5460","individuals":"1256568","households":"0","population_groups":[{"id":"5460","name":"Border crossings from Ukraine (cumulative)"}],"published":true}]}"#,
            r#"{"situation_view_id":"54","situation_view_name":"Ukraine Refugee Situation","data":[{"geomaster_name":"Poland","geomaster_id":10781,"admin_level":"Country","source":"UNHCR, Government","date":"2022-08-01","month":"8","year":"2022","population_groups_concat":"Individual refugees from Ukraine recorded across Europe (cumulative)","population_group_id":"5478","individuals":"1256568","households":"0","population_groups":[{"id":"5478","name":"Individual refugees from Ukraine recorded across Europe (cumulative)"}],"published":true}]}"#,
            r#"{"situation_view_id":"54","data":{"timeseries":[{"data_date":"2022-03-01","unix_timestamp":1,"individuals":1000},{"data_date":"2022-03-02","unix_timestamp":1,"individuals":2000}],"source":"UNHCR, Government"},"currentSeries":1}"#,
        ]),
        "world_bank" => texts(&[
            r#"[{"page":1,"pages":1,"per_page":20000,"total":1,"sourceid":"2","lastupdated":"2026-04-08"},[{"indicator":{"id":"SM.POP.REFG","value":"Some words"},"country":{"id":"X1","value":"Somewhere"},"countryiso3code":"UKR","date":"2024","value":2000,"unit":"","obs_status":"","decimal":0}]]"#,
        ]),
        other => panic!("{other} has no seeds"),
    }
}

/// Real files of `../shared/data` that a target may read, for long runs; none where they are not at hand.
pub fn given(name: &str) -> Vec<Vec<u8>> {
    const MOST: u64 = 6_000;
    // Files of a folder are much alike.
    const STEP: usize = 9;
    if name == "answers" {
        // What is accepted is read back on stdout, which would be noise in a usual run.
        let accepted = "candidate;answer;value;period\nc1;accept;About 453000;2022-03-02\n";
        return texts(&[accepted]);
    }
    let endings: &[&str] = match name {
        "delimited" | "hxl" => &["csv", "tsv", "ssv", "hxl"],
        "workbook" => &["xls", "xlsx"],
        "json" => &["json", "jsonl"],
        "packed" => &["zip"],
        "plain" | "drafts" => &["md"],
        "quantities" => &["txt"],
        "html" => &["html"],
        "reliefweb_reports" | "reliefweb" => &["reliefweb/"],
        "idmc" => &["idmc/"],
        "dtm" => &["dtm/"],
        "unhcr" => &["unhcr/"],
        "unhcr_situation" => &["ukraine/odp"],
        "hapi" => &["hapi/"],
        "acled" | "ucdp" => &["ucdp/"],
        _ => return Vec::new(),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|file| {
            let name = file.display().to_string();
            endings.iter().any(|ending| {
                if ending.contains('/') {
                    name.contains(ending)
                } else {
                    name.ends_with(&format!(".{ending}"))
                }
            })
        })
        .filter(|file| file.metadata().is_ok_and(|about| about.len() < MOST))
        .step_by(STEP)
        .filter_map(|file| std::fs::read(file).ok())
        .collect()
}

fn gather(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, files)
        } else {
            files.push(path)
        }
    }
}
