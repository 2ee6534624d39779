//! Tests of whole charts: from a specification to SVG and PNG.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::layout::{Body, Layout, layout};
use super::text::Text;
use super::*;
use crate::figure::Qualifier;

/// A day of the year 2022 and after.
pub(super) fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 1).unwrap() + Days::new(offset)
}

pub(super) fn line(label: &str, values: &[f64]) -> Line {
    Line {
        label: label.to_owned(),
        points: (0..)
            .zip(values)
            .map(|(offset, value)| Point::new(day(offset), *value))
            .collect(),
        ..Line::default()
    }
}

pub(super) fn spec(kind: ChartKind) -> ChartSpec {
    ChartSpec {
        kind,
        title: "Most of those who fled went to Poland".to_owned(),
        subtitle: "Refugees from Ukraine, people, March 2022".to_owned(),
        notes: Vec::new(),
        source: "UNHCR Operational Data Portal, retrieved 9 March 2022".to_owned(),
        alt: String::new(),
        size: Size::ARTICLE,
        look: Look::Light,
        language: Language::English,
        metadata: vec![("Ledger-Entry".to_owned(), "sha256:00ff".to_owned())],
    }
}

pub(super) fn line_spec(lines: Vec<Line>) -> ChartSpec {
    spec(ChartKind::Line(LineChart {
        lines,
        unit: "people".to_owned(),
        ..LineChart::default()
    }))
}

pub(super) fn bar(label: &str, value: f64) -> Bar {
    Bar {
        label: label.to_owned(),
        value: Some(value),
        ..Bar::default()
    }
}

pub(super) fn bar_spec(bars: Vec<Bar>) -> ChartSpec {
    spec(ChartKind::Bars(BarChart {
        bars,
        ..BarChart::default()
    }))
}

pub(super) fn movement(origin: &str, destination: &str, value: f64) -> Movement {
    Movement {
        origin: origin.to_owned(),
        destination: destination.to_owned(),
        value: Some(value),
        ..Movement::default()
    }
}

pub(super) fn exchange(movements: &[(&str, &str, f64)]) -> Exchange {
    Exchange {
        movements: movements
            .iter()
            .map(|(from, to, value)| movement(from, to, *value))
            .collect(),
        unit: "refugees".to_owned(),
        ..Exchange::default()
    }
}

pub(super) fn flow_spec(values: &[(&str, f64)]) -> ChartSpec {
    let movements: Vec<(&str, &str, f64)> = values
        .iter()
        .map(|(to, value)| ("Ukraine", *to, *value))
        .collect();
    spec(ChartKind::Flow(FlowChart {
        exchange: exchange(&movements),
    }))
}

/// Figures of UNHCR for March 2022, in thousands of people crossing.
pub(super) fn march() -> ChartSpec {
    let mut poland = line(
        "Poland",
        &[454e3, 548e3, 650e3, 756e3, 885e3, 1_028e3, 1_204e3, 1_413e3],
    );
    poland.emphasis = true;
    poland.points[7].marks.provisional = true;
    let mut moldova = line(
        "Republic of Moldova",
        &[66e3, 79e3, 91e3, 98e3, 84e3, 83e3, 83e3, 83e3],
    );
    moldova.points[3].value = None;
    line_spec(vec![
        line(
            "Hungary",
            &[116e3, 133e3, 145e3, 157e3, 169e3, 180e3, 191e3, 214e3],
        ),
        poland,
        moldova,
    ])
}

/// Fails on texts that overlap, leave the picture, or have a place that is no number.
pub(super) fn assert_tidy(layout: &Layout) -> Result<(), TestCaseError> {
    let boxes: Vec<_> = layout.texts.iter().map(Text::bounds).collect();
    for (index, rect) in boxes.iter().enumerate() {
        let content = &layout.texts[index].content;
        for side in [rect.left, rect.top, rect.right, rect.bottom] {
            prop_assert!(side.is_finite(), "{content}");
        }
        prop_assert!(
            rect.left >= 8.0 && rect.right <= layout.width - 8.0,
            "{content}: {rect:?}"
        );
        prop_assert!(
            rect.top >= 8.0 && rect.bottom <= layout.height - 8.0,
            "{content}: {rect:?}"
        );
        for (other, text) in boxes[index + 1..].iter().zip(&layout.texts[index + 1..]) {
            prop_assert!(!rect.overlaps(other), "{content} lies on {}", text.content);
        }
    }
    Ok(())
}

#[test]
fn a_line_chart_as_svg() {
    insta::assert_snapshot!("lines", render_svg(&march()).unwrap());
}

#[test]
fn a_bar_chart_as_svg() {
    let mut romania = bar("Romania", 84_671.0);
    romania.qualifier = Some(Qualifier::About);
    romania.marks.estimated = true;
    let mut poland = bar("Poland", 1_412_503.0);
    poland.emphasis = true;
    let mut moldova = bar("Republic of Moldova", 82_762.0);
    moldova.detail = "as of 6 March".to_owned();
    let mut rest = bar("Other European countries", 235_745.0);
    rest.is_rest = true;
    let spec = bar_spec(vec![rest, moldova, poland, romania]);
    insta::assert_snapshot!("bars", render_svg(&spec).unwrap());
    let rows: Vec<String> = plotted_rows(&spec)
        .into_iter()
        .map(|row| format!("{} {:?} {}", row.at, row.value, row.flags.join(", ")))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    Poland Some(1412503.0) 
    Romania Some(84671.0) estimated, about
    Republic of Moldova Some(82762.0) as of 6 March
    Other European countries Some(235745.0) 
    ");
}

#[test]
fn the_same_specification_gives_the_same_bytes() {
    for spec in [
        march(),
        bar_spec(vec![bar("Poland", 2.0), bar("Chad", 1.0)]),
        flow_spec(&[("Poland", 9.0), ("Chad", 1.0)]),
    ] {
        let (one, two) = (render_svg(&spec).unwrap(), render_svg(&spec).unwrap());
        assert_eq!(one, two);
        assert_eq!(
            render_png(&one, 1.0, &[]).unwrap(),
            render_png(&two, 1.0, &[]).unwrap()
        );
    }
}

#[test]
fn a_png_has_its_size_density_and_provenance() {
    let mut spec = march();
    spec.source = "Државна служба, 2022".to_owned();
    let svg = render_svg(&spec).unwrap();
    let extra = [("Licence".to_owned(), "CC BY 4.0".to_owned())];
    let bytes = render_png(&svg, 2.0, &extra).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1700, 1200));
    assert_eq!(info.pixel_dims.unwrap().xppu, 7559);
    let text = |key: &str| {
        let latin = info
            .uncompressed_latin1_text
            .iter()
            .find(|chunk| chunk.keyword == key);
        let wide = info.utf8_text.iter().find(|chunk| chunk.keyword == key);
        latin
            .map(|chunk| chunk.text.clone())
            .or_else(|| wide.map(|chunk| chunk.get_text().unwrap()))
    };
    assert_eq!(
        text("Title").as_deref(),
        Some("Most of those who fled went to Poland")
    );
    assert_eq!(text("Source").as_deref(), Some("Државна служба, 2022"));
    assert_eq!(text("Ledger-Entry").as_deref(), Some("sha256:00ff"));
    assert_eq!(text("Licence").as_deref(), Some("CC BY 4.0"));
    assert!(
        text("Description")
            .unwrap()
            .starts_with("Line chart of refugees from Ukraine")
    );
    assert!(text("Software").unwrap().starts_with("humstat "));
}

#[test]
fn text_is_drawn_and_as_wide_as_measured() {
    let svg = render_svg(&march()).unwrap();
    let mut fonts = resvg::usvg::fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    let options = resvg::usvg::Options {
        fontdb: std::sync::Arc::new(fonts),
        ..Default::default()
    };
    let tree = resvg::usvg::Tree::from_str(&svg, &options).unwrap();
    let mut drawn = Vec::new();
    collect(tree.root(), &mut drawn);
    let layout = layout(&march()).unwrap();
    assert_eq!(drawn.len(), layout.texts.len());
    for (width, text) in drawn.iter().zip(&layout.texts) {
        let measured = text.width();
        assert!(
            (width - measured).abs() < 0.03 * measured + 3.0,
            "{}: {width} {measured}",
            text.content
        );
    }
}

fn collect(group: &resvg::usvg::Group, widths: &mut Vec<f64>) {
    for node in group.children() {
        match node {
            resvg::usvg::Node::Group(group) => collect(group, widths),
            resvg::usvg::Node::Text(text) => widths.push(f64::from(text.bounding_box().width())),
            _ => {}
        }
    }
}

#[test]
fn gaps_are_never_bridged() {
    let layout = layout(&march()).unwrap();
    let Body::Lines(body) = &layout.body else {
        panic!()
    };
    let moldova = body
        .series
        .iter()
        .find(|series| series.label == "Republic of Moldova")
        .unwrap();
    let lengths: Vec<usize> = moldova.runs.iter().map(|run| run.points.len()).collect();
    assert_eq!(lengths, [3, 4]);
    assert!(layout.notes.iter().any(|note| note.contains("no figure")));
}

#[test]
fn every_line_is_named_or_counted() {
    let lines: Vec<Line> = (0..100)
        .map(|n| line(&format!("Province {n}"), &[1.0, f64::from(n)]))
        .collect();
    let spec = line_spec(lines);
    let layout = layout(&spec).unwrap();
    let named = layout
        .texts
        .iter()
        .filter(|text| text.class == "label")
        .count();
    let note = layout.notes.join(" ");
    let more: usize = note
        .split(" more")
        .next()
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(named + 8 + more, 100, "{note}");
    assert_eq!(lint(&spec, &render_svg(&spec).unwrap()).unwrap(), []);
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_reason() {
    let many: Vec<Bar> = (0..60)
        .map(|n| bar(&format!("Place {n}"), f64::from(n)))
        .collect();
    let mut twice = line("Poland", &[1.0, 2.0]);
    twice.points[1].date = twice.points[0].date;
    let mut infinite = line("Poland", &[1.0]);
    infinite.points[0].value = Some(f64::INFINITY);
    let mut japanese = march();
    japanese.title = "ガザ".to_owned();
    let mut tiny = march();
    tiny.title = "Words and words ".repeat(60);
    let errors: Vec<String> = [
        bar_spec(many),
        line_spec(vec![twice]),
        line_spec(vec![infinite]),
        line_spec(vec![line("Poland", &[])]),
        flow_spec(&[("Poland", -1.0)]),
        japanese,
        tiny,
    ]
    .iter()
    .map(|spec| render_svg(spec).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(errors.join("\n"), @r"
    60 bars do not fit, 23 do; keep the largest and gather the rest in one, or choose a taller size
    `Poland` has two values for 2022-03-01; choose one vintage
    `Poland` has a value that is no finite number below 1e15
    there is no value to draw; widen the period or the selection
    the flow to `Poland` is below zero; draw changes as bars or as a line
    the chart font has no `ガ` (U+30AC), which stands in `ガザ`; write the name in Latin, Greek, Cyrillic or Arabic letters
    the texts leave no room for the data in 850 by 600 px; shorten title and notes or choose a larger size
    ");
}

/// Every size that has a name.
const SIZES: [Size; 7] = [
    Size::ARTICLE,
    Size::NEWSROOM,
    Size::SQUARE,
    Size::PORTRAIT,
    Size::SOCIAL,
    Size::COLUMN,
    Size::PAGE,
];

#[test]
fn sizes_are_laid_out_anew_and_good_in_every_theme() {
    let bars = bar_spec(vec![bar("Poland", 1_412_503.0), bar("Romania", 84_671.0)]);
    let flow = flow_spec(&[("Poland", 1_412_503.0), ("Romania", 84_671.0)]);
    for size in SIZES {
        for spec in [march(), bars.clone(), flow.clone()] {
            let spec = ChartSpec { size, ..spec };
            let layout = layout(&spec).unwrap();
            assert_tidy(&layout).unwrap();
            assert_eq!(layout.width, f64::from(size.width));
            for &look in Look::ALL {
                let spec = ChartSpec {
                    look,
                    ..spec.clone()
                };
                let found = lint(&spec, &render_svg(&spec).unwrap()).unwrap();
                assert_eq!(found, [], "{size:?} {look}");
            }
        }
    }
}

#[test]
fn a_theme_changes_colours_and_nothing_else() {
    let without_colours = |svg: &str| {
        svg.split('#')
            .enumerate()
            .map(|(index, part)| {
                part.get(if index == 0 { 0 } else { 6 }..)
                    .unwrap()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let light = render_svg(&march()).unwrap();
    for look in [Look::Dark, Look::Grey] {
        let spec = ChartSpec { look, ..march() };
        let svg = render_svg(&spec).unwrap();
        assert_ne!(svg, light);
        assert_eq!(without_colours(&svg), without_colours(&light), "{look}");
        // Judged on the paper of another theme, it is a poor chart.
        let other = if look == Look::Dark {
            Look::Light
        } else {
            Look::Dark
        };
        let spec = ChartSpec {
            look: other,
            ..spec
        };
        let found = lint(&spec, &svg).unwrap();
        assert!(found.iter().any(|finding| finding.point == 22), "{found:?}");
    }
}

#[test]
fn print_has_its_width_in_mm_and_300_px_to_the_inch() {
    for (size, width, px) in [(Size::COLUMN, "85mm", 1004), (Size::PAGE, "170mm", 2008)] {
        let spec = ChartSpec { size, ..march() };
        let svg = render_svg(&spec).unwrap();
        assert!(svg.contains(&format!("width=\"{width}\"")), "{svg}");
        let theme = layout(&spec).unwrap().theme;
        let points = |px: f64| (px * 72.0 / 150.0 * 100.0).round() / 100.0;
        let sizes = [theme.small, theme.label, theme.subtitle, theme.title].map(points);
        assert_eq!(sizes, [7.0, 7.5, 8.0, 9.0]);
        let bytes = render_png(&svg, 2.0, &[]).unwrap();
        let reader = png::Decoder::new(std::io::Cursor::new(&bytes))
            .read_info()
            .unwrap();
        let info = reader.info();
        assert_eq!(info.width, px);
        assert_eq!(info.pixel_dims.unwrap().xppu, 11_811);
        assert_eq!(
            info.color_type,
            png::ColorType::Rgb,
            "the paper has no edge"
        );
    }
}

#[test]
fn hostile_text_stays_text() {
    let mut spec = march();
    spec.title = "A <b>bold</b> & \"quoted\" title\u{1}\nwith ]]> two lines".replace('\u{1}', "");
    spec.alt = "nul \u{0} and \u{b}".to_owned();
    spec.metadata
        .push(("k\"<&".to_owned(), "<script>".to_owned()));
    let svg = render_svg(&spec).unwrap();
    assert!(!svg.contains("<b>") && !svg.contains("<script>"));
    assert!(render_png(&svg, 1.0, &[]).is_ok());
}
