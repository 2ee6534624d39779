//! One chart of each kind in Arabic, as an editor would write them.

use super::*;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 1).unwrap() + Days::new(offset)
}

fn line(label: &str, values: &[f64]) -> Line {
    Line {
        label: label.to_owned(),
        points: (0..)
            .zip(values)
            .map(|(offset, value)| Point::new(day(offset), *value))
            .collect(),
        ..Line::default()
    }
}

fn lines() -> Vec<Line> {
    let mut poland = line(
        "بولندا",
        &[454e3, 548e3, 650e3, 756e3, 885e3, 1_028e3, 1_204e3, 1_413e3],
    );
    poland.emphasis = true;
    poland.points[7].marks.provisional = true;
    let mut moldova = line(
        "جمهورية مولدوفا",
        &[66e3, 79e3, 91e3, 98e3, 84e3, 83e3, 83e3, 83e3],
    );
    moldova.points[3].value = None;
    vec![
        line(
            "هنغاريا",
            &[116e3, 133e3, 145e3, 157e3, 169e3, 180e3, 191e3, 214e3],
        ),
        poland,
        moldova,
    ]
}

fn bars(style: BarStyle) -> ChartKind {
    let bar = |label: &str, value: f64| Bar {
        label: label.to_owned(),
        value: Some(value),
        ..Bar::default()
    };
    let mut romania = bar("رومانيا", 84_671.0);
    romania.qualifier = Some(Qualifier::About);
    romania.marks.estimated = true;
    let mut poland = bar("بولندا", 1_412_503.0);
    poland.emphasis = true;
    let mut moldova = bar("جمهورية مولدوفا", 82_762.0);
    moldova.detail = "حتى 6 مارس".to_owned();
    let mut slovakia = bar("سلوفاكيا", 153_303.0);
    slovakia.marks.at_least = true;
    let mut hungary = bar("هنغاريا", 214_160.0);
    (hungary.low, hungary.high) = (Some(200_000.0), Some(230_000.0));
    let mut belarus = bar("بيلاروس", 0.0);
    belarus.value = None;
    let mut rest = bar("بلدان أوروبية أخرى", 235_745.0);
    rest.is_rest = true;
    ChartKind::Bars(BarChart {
        bars: vec![rest, moldova, poland, romania, slovakia, hungary, belarus],
        style,
        ..BarChart::default()
    })
}

fn slopes(form: SlopeForm) -> ChartKind {
    let slope = |label: &str, before: f64, after: f64| Slope {
        label: label.to_owned(),
        ends: [SlopeEnd::new(before), SlopeEnd::new(after)],
        ..Slope::default()
    };
    let mut germany = slope("ألمانيا", 2_235_000.0, 2_747_000.0);
    germany.emphasis = true;
    ChartKind::Slope(SlopeChart {
        form,
        moments: ["نهاية 2022".to_owned(), "نهاية 2024".to_owned()],
        slopes: vec![
            slope("تركيا", 3_579_000.0, 2_940_000.0),
            germany,
            slope("جمهورية إيران الإسلامية", 3_425_000.0, 3_489_000.0),
            slope("أوغندا", 1_529_000.0, 1_759_000.0),
        ],
        ..SlopeChart::default()
    })
}

fn exchange() -> Exchange {
    let mut exchange = Exchange {
        unit: "لاجئ".to_owned(),
        ..Exchange::default()
    };
    for (origin, destination, value) in [
        ("الجمهورية العربية السورية", "تركيا", 2_901_478.0),
        ("الجمهورية العربية السورية", "لبنان", 755_426.0),
        ("السودان", "تشاد", 1_109_357.0),
        ("السودان", "مصر", 600_000.0),
        ("أوكرانيا", "ألمانيا", 1_205_729.0),
        ("أوكرانيا", "بولندا", 989_877.0),
    ] {
        exchange.movements.push(Movement {
            origin: origin.to_owned(),
            destination: destination.to_owned(),
            value: Some(value),
            ..Movement::default()
        });
    }
    exchange
}

fn table() -> ChartKind {
    let row = |label: &str, value: f64, change: f64| TableRow {
        label: label.to_owned(),
        value: Some(value),
        change: Some(change),
        day: "8 مارس".to_owned(),
        ..TableRow::default()
    };
    let mut moldova = row("جمهورية مولدوفا", 82_762.0, -1_290.0);
    moldova.day = "6 مارس".to_owned();
    moldova.marks.provisional = true;
    moldova.marks.prose = true;
    ChartKind::Table(TableChart {
        names: "البلد".to_owned(),
        heading: "عمليات العبور".to_owned(),
        change: "التغير منذ التقرير السابق".to_owned(),
        rows: vec![
            row("بولندا", 1_412_503.0, 208_100.0),
            row("هنغاريا", 214_160.0, 23_012.0),
            moldova,
        ],
        ..TableChart::default()
    })
}

fn pyramid() -> ChartKind {
    let ages = ["0–4", "5–11", "12–17", "18–59", "60 فأكثر"];
    let values = [
        (120e3, 115e3),
        (190e3, 182e3),
        (140e3, 138e3),
        (310e3, 690e3),
        (60e3, 130e3),
    ];
    ChartKind::Pyramid(PyramidChart {
        groups: ages
            .into_iter()
            .zip(values)
            .map(|(label, (male, female))| AgeGroup {
                label: label.to_owned(),
                male: Amount::new(male),
                female: Amount::new(female),
            })
            .collect(),
        ..PyramidChart::default()
    })
}

fn stacked(arrangement: Arrangement) -> ChartKind {
    let series = |label: &str, values: [f64; 4]| ColumnSeries {
        label: label.to_owned(),
        amounts: values.into_iter().map(Amount::new).collect(),
        ..ColumnSeries::default()
    };
    ChartKind::Columns(ColumnChart {
        places: Places::Names(["حلب", "إدلب", "حمص", "ريف دمشق"].map(str::to_owned).into()),
        series: vec![
            series("نازحون داخلياً", [410e3, 980e3, 120e3, 260e3]),
            series("عائدون", [90e3, 60e3, 75e3, 110e3]),
        ],
        arrangement,
        unit: "شخص".to_owned(),
        ..ColumnChart::default()
    })
}

fn map() -> ChartKind {
    let node = |column: usize, row: usize| (5.0 + 5.0 * column as f64, 42.0 + 5.0 * row as f64);
    let mut atlas = Atlas::default();
    for row in 0..=4 {
        for column in 0..6 {
            atlas
                .arcs
                .push(vec![node(column, row), node(column + 1, row)]);
        }
    }
    for column in 0..=6 {
        for row in 0..4 {
            atlas
                .arcs
                .push(vec![node(column, row), node(column, row + 1)]);
        }
    }
    for row in 0..4 {
        for column in 0..6 {
            let (south, west) = (row * 6 + column, 30 + column * 4 + row);
            atlas.lands.push(Land {
                id: format!("L{row}{column}"),
                rings: vec![vec![
                    (south, false),
                    (west + 4, false),
                    (south + 6, true),
                    (west, true),
                ]],
            });
        }
    }
    let place = |label: &str, land: &str, value: f64| MapPlace {
        label: label.to_owned(),
        site: Site {
            lands: vec![land.to_owned()],
            ..Site::default()
        },
        value: Some(value),
        ..MapPlace::default()
    };
    ChartKind::Map(MapChart {
        atlas: Arc::new(atlas),
        places: vec![
            place("بولندا", "L21", 1_412_503.0),
            place("هنغاريا", "L11", 214_160.0),
            place("سلوفاكيا", "L13", 153_303.0),
            place("رومانيا", "L04", 84_671.0),
            place("جمهورية مولدوفا", "L24", 82_762.0),
        ],
        unit: "شخص".to_owned(),
        ..MapChart::default()
    })
}

/// All of them by name.
pub fn samples() -> Vec<(&'static str, ChartSpec)> {
    let over_time = |lines: &[Line], arrangement| {
        let chart = ColumnChart::over_time(lines, arrangement, "شخص", ValueKind::Count);
        ChartKind::Columns(chart.unwrap())
    };
    let whole: Vec<Line> = lines()
        .into_iter()
        .map(|mut line| {
            line.points
                .iter_mut()
                .for_each(|p| p.marks = Marks::default());
            line.points.retain(|point| point.value.is_some());
            line
        })
        .filter(|line| line.points.len() == 8)
        .collect();
    let panel = |line: Line| Panel {
        title: line.label.clone(),
        lines: vec![Line {
            emphasis: false,
            ..line
        }],
        ..Panel::default()
    };
    let extra = ["سلوفاكيا", "رومانيا"].map(|name| line(name, &[1e5, 12e4, 15e4, 13e4]));
    let kinds = [
        (
            "line",
            ChartKind::Line(LineChart {
                lines: lines(),
                events: vec![Event {
                    date: day(4),
                    label: "فتح ممر إنساني".to_owned(),
                }],
                unit: "شخص".to_owned(),
                ..LineChart::default()
            }),
        ),
        ("bars", bars(BarStyle::Bar)),
        ("lollipop", bars(BarStyle::Lollipop)),
        ("columns", over_time(&lines()[..1], Arrangement::Grouped)),
        ("stacked", over_time(&whole, Arrangement::Stacked)),
        ("categories", stacked(Arrangement::Grouped)),
        ("shares", stacked(Arrangement::Share)),
        (
            "area",
            ChartKind::Area(AreaChart {
                lines: whole.clone(),
                unit: "شخص".to_owned(),
                ..AreaChart::default()
            }),
        ),
        ("slope", slopes(SlopeForm::Slope)),
        ("dumbbell", slopes(SlopeForm::Dumbbell)),
        (
            "panels",
            ChartKind::Panels(PanelChart {
                panels: lines().into_iter().chain(extra).map(panel).collect(),
                ..PanelChart::default()
            }),
        ),
        (
            "calendar",
            ChartKind::Calendar(CalendarChart {
                days: (0..80)
                    .map(|at| Point::new(day(at), ((at * 37) % 101) as f64 * 900.0))
                    .collect(),
                unit: "شخص".to_owned(),
                ..CalendarChart::default()
            }),
        ),
        ("table", table()),
        ("pyramid", pyramid()),
        (
            "flow",
            ChartKind::Flow(FlowChart {
                exchange: exchange(),
            }),
        ),
        (
            "chord",
            ChartKind::Chord(ChordChart {
                exchange: exchange(),
            }),
        ),
        (
            "matrix",
            ChartKind::Matrix(MatrixChart {
                exchange: exchange(),
                totals: true,
                ..MatrixChart::default()
            }),
        ),
        ("map", map()),
    ];
    kinds
        .map(|(name, kind)| {
            let spec = ChartSpec {
                kind,
                title: "معظم الذين فروا من أوكرانيا عبروا إلى بولندا".to_owned(),
                subtitle: "عمليات عبور الحدود، شخص، مارس 2022".to_owned(),
                notes: vec![
                    "Counts are crossings, not persons (some crossed more than once)".to_owned(),
                    "الأرقام مقربة إلى أقرب 1,000، والتغير +12% أو −3%".to_owned(),
                ],
                source: "UNHCR, Operational Data Portal (Ukraine)، تاريخ الاطلاع: 9 آذار/مارس 2022"
                    .to_owned(),
                alt: String::new(),
                size: Size::ARTICLE,
                look: Look::Light,
                language: Language::Arabic,
                metadata: vec![("Ledger-Entry".to_owned(), "sha256:00ff".to_owned())],
            };
            (name, spec)
        })
        .into()
}
