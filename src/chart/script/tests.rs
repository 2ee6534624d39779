//! Text of both directions, and charts in Arabic.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::chart::layout::layout;
use crate::chart::properties::{
    any_language, any_look, any_marks, any_points, any_size, any_value, assert_sound,
};
use crate::chart::tests::{bar, bar_spec, line_spec, march};
use crate::chart::*;
use crate::figure::Qualifier;

#[path = "samples.rs"]
mod samples;

use samples::samples;

const ALL_SIZES: [Size; 7] = [
    Size::ARTICLE,
    Size::NEWSROOM,
    Size::SQUARE,
    Size::SOCIAL,
    Size::PORTRAIT,
    Size::COLUMN,
    Size::PAGE,
];

#[test]
fn a_text_runs_as_its_letters_do() {
    let of = |text| Direction::of(text, Language::Arabic);
    assert_eq!(of("بولندا"), Direction::RightToLeft);
    assert_eq!(of("UNHCR: بولندا"), Direction::RightToLeft);
    assert_eq!(of("14–22"), Direction::RightToLeft);
    assert_eq!(of("Poland (2022)."), Direction::LeftToRight);
    assert_eq!(
        Direction::of("بولندا", Language::English),
        Direction::LeftToRight
    );
}

#[test]
fn a_line_is_marked_only_where_that_changes_it() {
    let written = |text| written(text, Direction::RightToLeft).into_owned();
    for same in ["بولندا", "جمهورية مولدوفا", "1,412,503", "Poland"] {
        assert_eq!(written(same), same);
    }
    assert_eq!(written("1.5 مليون شخص"), "\u{202b}1.5 مليون شخص\u{202c}");
    for (text, shown) in [
        ("نحو 42%", "42% وحن"),
        ("−5%", "−5%"),
        ("من −5 إلى +7", "+7 ىلإ −5 نم"),
        ("14–22", "22–14"),
        ("2022-03-08", "2022-03-08"),
        ("UNHCR، جنيف.", ".فينج ،UNHCR"),
        ("8 آذار/مارس 2022", "2022 سرام/راذآ 8"),
    ] {
        let seen = reordered(&written(text), Level::ltr());
        assert_eq!(bare(&seen), shown, "{text}");
        assert_eq!(bare(&written(text)), text);
    }
}

#[test]
fn a_note_in_english_is_one_thing_on_every_line_of_it() {
    let mut spec = bar_spec(vec![bar("بولندا", 2.0), bar("تشاد", 1.0)]);
    spec.language = Language::Arabic;
    spec.notes =
        vec!["Counts are crossings, not persons (some crossed more than once)".to_owned(); 3];
    let laid = layout(&spec).unwrap();
    let notes: Vec<_> = laid.texts.iter().filter(|t| t.class == "note").collect();
    assert_eq!(notes.len(), 2);
    for note in notes {
        assert_eq!(note.direction, Direction::RightToLeft);
        let count = |mark| note.content.matches(mark).count();
        assert_eq!((count(ALONE), count(END_ALONE)), (1, 1), "{}", note.content);
        assert!(note.bounds().right > laid.width - 21.0);
        let shown = reordered(&written(&note.content, note.direction), Level::ltr());
        assert!(!shown.contains("once).") || bare(&shown).contains("more than once)."));
    }
}

#[test]
fn what_is_in_latin_letters_stands_at_the_right_and_runs_as_it_should() {
    let mut spec = march();
    spec.language = Language::Arabic;
    let laid = layout(&spec).unwrap();
    for class in ["title", "subtitle"] {
        let text = laid.texts.iter().find(|text| text.class == class).unwrap();
        assert_eq!(text.direction, Direction::LeftToRight);
        assert!((text.bounds().right - (laid.width - 20.0)).abs() < 1e-6);
    }
}

#[test]
fn all_words_have_their_letters() {
    // A chart refuses a text that its face lacks letters for.
    for (name, spec) in samples() {
        assert!(layout(&spec).is_ok(), "{name}");
    }
    let words = Language::Arabic.words();
    for text in [
        &words.numbers.at_least,
        &words.map.boundaries,
        &words.line.fans,
    ] {
        assert_eq!(crate::chart::font::check(text), Ok(()));
    }
}

#[test]
fn good_charts_in_arabic_have_no_findings() {
    for (name, spec) in samples() {
        for size in ALL_SIZES {
            for look in [Look::Light, Look::Dark, Look::Grey] {
                let mut spec = spec.clone();
                (spec.size, spec.look) = (size, look);
                // The legend of five classes is too wide for a column of a journal.
                if name == "calendar" && size == Size::COLUMN {
                    continue;
                }
                let svg = render_svg(&spec).unwrap();
                assert_eq!(lint(&spec, &svg).unwrap(), [], "{name} {size:?} {look:?}");
            }
        }
    }
}

#[test]
fn spoiled_charts_in_arabic_are_objected_to() {
    let (_, spec) = samples().swap_remove(1);
    let svg = render_svg(&spec).unwrap();
    let objects = |point: u8, svg: &str| {
        let findings = lint(&spec, svg).unwrap();
        assert!(findings.iter().any(|f| f.point == point), "{findings:#?}");
    };
    objects(
        4,
        &svg.replacen("class=\"bar\" x=\"", "class=\"bar\" x=\"1", 1),
    );
    objects(24, &svg.replacen("x=\"830\"", "x=\"800\"", 1));
    objects(26, &svg.replacen(">بولندا<", ">ポーランド<", 1));
}

#[test]
fn charts_in_arabic_as_svg() {
    for (name, spec) in samples() {
        if ["bars", "line", "table"].contains(&name) {
            insta::assert_snapshot!(format!("arabic_{name}"), render_svg(&spec).unwrap());
        }
    }
}

/// Widths of texts as they are drawn.
fn drawn(group: &resvg::usvg::Group, widths: &mut Vec<f64>) {
    for node in group.children() {
        match node {
            resvg::usvg::Node::Group(group) => drawn(group, widths),
            resvg::usvg::Node::Text(text) => widths.push(f64::from(text.bounding_box().width())),
            _ => {}
        }
    }
}

#[test]
fn arabic_is_drawn_as_wide_as_measured() {
    for (name, spec) in samples() {
        let svg = render_svg(&spec).unwrap();
        let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
        let tree = crate::chart::raster::tree(&document).unwrap();
        let mut widths = Vec::new();
        drawn(tree.root(), &mut widths);
        let texts = layout(&spec).unwrap().texts;
        assert_eq!(widths.len(), texts.len(), "{name}");
        for (width, text) in widths.iter().zip(&texts) {
            let (content, measured) = (&text.content, text.width());
            // A mark without width counts for one px in the bounding box.
            let slack = if has_arabic(content) {
                1.05
            } else {
                0.01 * measured + 1.0
            };
            assert!(
                (width - measured).abs() < slack,
                "{name}: {content}: {width} {measured}"
            );
        }
    }
}

/// The picture of an SVG with some fonts alone.
fn pixels(svg: &str, fonts: Vec<Vec<u8>>) -> Vec<u8> {
    use resvg::tiny_skia::{Pixmap, Transform};
    let mut database = resvg::usvg::fontdb::Database::new();
    fonts
        .into_iter()
        .for_each(|font| database.load_font_data(font));
    let options = resvg::usvg::Options {
        fontdb: Arc::new(database),
        ..Default::default()
    };
    let tree = resvg::usvg::Tree::from_str(svg, &options).unwrap();
    let mut pixmap = Pixmap::new(850, 600).unwrap();
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.data().to_vec()
}

#[test]
fn who_has_only_the_embedded_fonts_sees_joined_letters() {
    use base64::Engine;
    let whole = [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        shape::REGULAR,
        shape::BOLD,
    ];
    for (name, spec) in samples() {
        let plain = render_svg(&spec).unwrap();
        let svg = with_font(&plain).unwrap();
        assert_eq!(svg, with_font(&plain).unwrap());
        let fonts: Vec<Vec<u8>> = svg
            .split("base64,")
            .skip(1)
            .map(|rest| {
                let code = rest.split(')').next().unwrap();
                base64::engine::general_purpose::STANDARD
                    .decode(code)
                    .unwrap()
            })
            .collect();
        assert!(fonts.len() >= 2, "{name}");
        let sizes: Vec<usize> = fonts.iter().map(Vec::len).collect();
        assert!(sizes.iter().all(|size| *size < 50_000), "{name}: {sizes:?}");
        let whole = whole.map(<[u8]>::to_vec).into();
        assert!(pixels(&svg, fonts) == pixels(&svg, whole), "{name}");
    }
}

#[test]
fn shapes_of_arabic_look_like_the_text() {
    for (name, spec) in samples() {
        let svg = render_svg(&spec).unwrap();
        let shapes = outlined(&svg).unwrap();
        assert!(!shapes.contains("<text") && !shapes.contains("font-family=\"'Noto Sans Arabic'"));
        let fonts = vec![
            notosans::REGULAR_TTF.to_vec(),
            notosans::BOLD_TTF.to_vec(),
            shape::REGULAR.to_vec(),
            shape::BOLD.to_vec(),
        ];
        let (text, shape) = (pixels(&svg, fonts), pixels(&shapes, Vec::new()));
        let pairs = text.iter().zip(&shape);
        let apart = pairs.filter(|(a, b)| a.abs_diff(**b) > 24).count();
        assert!(apart * 2_000 < text.len(), "{name}: {apart}");
    }
}

/// Labels as they come: Arabic words, some beside Latin ones and numbers.
fn any_label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ءآأإئابتجحخدسشصعغفقكلمنهويىة]{2,9}( [ابتجدرسعلمنهوي]{2,12}){0,3}",
        "[ابتلمنهوي]{2,8} \\([A-Z][a-z]{2,8}\\)( [0-9]{1,4})?",
        "[A-Z][a-zčğ]{2,9} [ابتلمنهوي]{2,8}",
        Just("جمهورية فنزويلا البوليفارية".to_owned()),
        Just("Bolivia (Plurinational State of)".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bars_in_arabic_are_drawn_tidily(
        bars in prop::collection::vec(
            (any_label(), prop::option::weighted(0.9, any_value()), any_marks(), prop::bool::weighted(0.2), any_label()),
            1..30,
        ),
        size in any_size(),
        look in any_look(),
        language in prop_oneof![4 => Just(Language::Arabic), 1 => any_language()],
    ) {
        let bars = bars.into_iter().map(|(label, value, marks, flag, detail)| Bar {
            label,
            value,
            marks,
            discontinued: flag,
            detail: if flag { detail } else { String::new() },
            emphasis: flag,
            qualifier: flag.then_some(Qualifier::AtLeast),
            ..Bar::default()
        }).collect();
        let mut spec = bar_spec(bars);
        (spec.size, spec.look, spec.language) = (size, look, language);
        assert_sound(&spec)?;
    }

    #[test]
    fn any_lines_in_arabic_are_drawn_tidily(
        lines in prop::collection::vec((any_label(), prop::bool::weighted(0.2), any_points()), 1..20),
        size in any_size(),
    ) {
        let lines = lines.into_iter().map(|(label, emphasis, points)| Line {
            label, emphasis, points, ..Line::default()
        }).collect();
        let mut spec = line_spec(lines);
        (spec.size, spec.language) = (size, Language::Arabic);
        assert_sound(&spec)?;
    }

    #[test]
    fn any_tables_in_arabic_are_drawn_tidily(
        rows in prop::collection::vec((any_label(), any_value(), any_marks(), any_label()), 1..14),
        size in any_size(),
    ) {
        let rows = rows.into_iter().map(|(label, value, marks, day)| TableRow {
            label, value: Some(value), change: Some(-value), marks, day, ..TableRow::default()
        }).collect();
        let mut spec = bar_spec(Vec::new());
        spec.kind = ChartKind::Table(TableChart { rows, ..TableChart::default() });
        (spec.size, spec.language) = (size, Language::Arabic);
        assert_sound(&spec)?;
    }

    #[test]
    fn a_line_and_its_marks_come_apart_again(text in any_label()) {
        let written = written(&text, Direction::RightToLeft);
        prop_assert_eq!(bare(&written), text.clone());
        prop_assert_eq!(crate::chart::font::check(&text), Ok(()));
    }
}
