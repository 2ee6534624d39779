//! `humstat chart`: pictures.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::pin;
use super::picture;
use super::selection::{SelectionArgs, nothing, place_argument};
use crate::chart::{self, Break, Event, Language, Look};
use crate::depict::Brief;
use crate::plan::{
    ArrangePlan, ChartForm, MapPlan, MapStylePlan, Order, ShowPlan, SizePlan, spec_of,
};
use crate::publish::plotted;

/// Draw a chart: line, columns, area, bars, pyramid, slope, panels, flow, chord, matrix, map and others
///
/// Words that are not given are written from the record. The ending of the output file is its
/// form, .svg or .png. Several sizes go to several files: chart-article.png, chart-square.png.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat chart line --indicator border_crossings --origin UKR -o crossings.svg
  humstat chart line --indicator border_crossings --origin UKR --show seven_day_average -o new.png
  humstat chart line --indicator refugees --origin SYR --location TUR --forecast 3 -o ahead.png
  humstat chart bars --indicator border_crossings --origin UKR --at 2022-03-08 -o bars.png
  humstat chart flow --indicator border_crossings --origin UKR --at 2022-03-08 -o flow.png
  humstat chart columns --indicator refugees --origin SYR --location DEU --show change -o change.png
  humstat chart area --indicator refugees --origin SYR --top 5 -o hosts.png
  humstat chart lollipop --indicator refugees --origin SYR --top 15 -o hosts.png
  humstat chart pyramid --indicator refugees --location UGA --arrange share -o ages.png
  humstat chart chord --indicator refugees --at 2024-12-31 --top 10 -o chord.png
  humstat chart matrix --indicator refugees --at 2024-12-31 --top 10 -o matrix.png
  humstat chart slope --indicator border_crossings --period 2022-03-08..2022-09-06 -o slope.png
  humstat chart dumbbell --indicator border_crossings --at 2022-03-08 --against 2022-03-10 -o then.png
  humstat chart panels --indicator border_crossings --origin UKR --top 9 -o panels.png
  humstat chart revisions --indicator border_crossings --location POL -o revisions.png
  humstat chart calendar --indicator border_crossings --location POL -o calendar.png
  humstat chart table --indicator border_crossings --at 2022-03-08 --top 10 -o table.png
  humstat chart map --indicator border_crossings --origin UKR --style flow -o map.svg
  humstat chart bars --indicator killed --lang fr --title \"…\" --outline -o print.svg
  humstat chart line --indicator killed --location UKR --size column --theme grey -o print.png
  humstat chart line --indicator killed --location UKR --size article,square -o killed.png --lint")]
pub struct ChartArgs {
    /// line, columns, area, bars, lollipop, pyramid, slope, dumbbell, panels, revisions, calendar, flow,
    /// chord, matrix, map or table
    kind: ChartForm,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    words: WordArgs,
    #[command(flatten)]
    map: MapArgs,
    /// Write to a file, .svg or .png
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the text of an SVG as shapes, for printers and programs without the font
    #[arg(long)]
    outline: bool,
    /// Pixels of a PNG for each px of the chart, 1 to 4; print has 300 to the inch at 2
    #[arg(long, value_name = "NUMBER", value_parser = picture::scale, default_value = "2")]
    scale: f64,
    /// Say what a chart desk would object to, with the number of the point and its rule
    #[arg(long)]
    lint: bool,
    /// Write exactly the plotted numbers, as CSV
    #[arg(long, conflicts_with = "lint")]
    data: bool,
    /// Write the text for readers who cannot see the chart
    #[arg(long = "alt", conflicts_with_all = ["lint", "data"])]
    print_alt: bool,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// Words and form
#[derive(Debug, Args)]
#[command(next_help_heading = "Words and form")]
struct WordArgs {
    /// What a line or a column shows: level, seven_day_average or change
    #[arg(long, value_name = "WHAT", default_value_t = ShowPlan::Level)]
    show: ShowPlan,
    /// Line: so many steps ahead, dotted and in a fan of intervals; see `humstat forecast`
    #[arg(long, value_name = "STEPS")]
    forecast: Option<std::num::NonZeroUsize>,
    /// How columns or areas of several series stand: grouped, stacked or share
    #[arg(long, value_name = "HOW")]
    arrange: Option<ArrangePlan>,
    /// The finding, in plain words
    #[arg(long)]
    title: Option<String>,
    /// Measure, unit, place and period
    #[arg(long)]
    subtitle: Option<String>,
    /// What readers should know; may be given several times
    #[arg(long)]
    note: Vec<String>,
    /// Text for readers who cannot see the chart
    #[arg(long)]
    alt_text: Option<String>,
    /// article, newsroom, square, portrait, social, column or page (in print), or your own:
    /// 1200x800, 1200x800@1.5, 120x80mm; several with commas between
    #[arg(long, value_delimiter = ',', default_value = "article")]
    size: Vec<SizePlan>,
    /// light, dark or grey (for print without colour)
    #[arg(long, default_value_t = Look::Light)]
    theme: Look,
    /// The language of what the chart says itself: en, fr, es, uk or ar
    #[arg(long, value_name = "LANGUAGE", default_value_t)]
    lang: Language,
    /// The place that the title speaks of
    #[arg(long, value_name = "PLACE")]
    emphasis: Option<String>,
    /// What happened: 2022-03-08="first convoy"; may be given several times
    #[arg(long, value_name = "DAY=WORDS")]
    event: Vec<String>,
    /// A day from which on the source counts otherwise: 2022-06-07="new definition"; lines do not
    /// run over it; may be given several times
    #[arg(long = "break", value_name = "DAY=WORDS")]
    breaks: Vec<String>,
    /// Slope and dumbbell: against what was known on this day, in place of two days
    #[arg(long, value_name = "WHEN")]
    against: Option<String>,
    /// Panels: a scale for each, which is said in a note
    #[arg(long)]
    scales_differ: bool,
    /// Only the largest places or series; the rest is gathered in one
    #[arg(long, value_name = "N")]
    top: Option<std::num::NonZeroUsize>,
}

/// Maps
#[derive(Debug, Args)]
#[command(next_help_heading = "Maps")]
struct MapArgs {
    /// symbols (circles, for counts), choropleth (shades, for shares and rates) or flow (streams from
    /// the origin)
    #[arg(long, default_value_t = MapStylePlan::Symbols)]
    style: MapStylePlan,
    /// A region, a country or the world; by default as much as holds all numbers
    #[arg(long, value_name = "PLACE")]
    region: Option<String>,
    /// Shares of the total in place of numbers
    #[arg(long, conflicts_with = "per_inhabitants")]
    share: bool,
    /// Numbers for each 1,000 inhabitants that the ledger knows of a place, or each N
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        default_missing_value = "1000",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    per_inhabitants: Option<u32>,
    /// Shade counts all the same, with a note that says what that does
    #[arg(long)]
    allow_counts: bool,
}

impl MapArgs {
    fn plan(&self) -> MapPlan {
        MapPlan {
            style: Some(self.style),
            region: self.region.clone(),
            share: self.share,
            per_inhabitants: self.per_inhabitants,
            allow_counts: self.allow_counts,
        }
    }
}

pub fn run(context: &Context, args: &ChartArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let selection = args.selection.selection(context, &ledger)?;
    let provenance = pin(&ledger, &selection)?.metadata();
    let brief = brief(args, provenance)?;
    let map = args.map.plan();
    let order = Order {
        form: args.kind,
        show: args.words.show.into(),
        forecast: args.words.forecast.map(std::num::NonZeroUsize::get),
        top: args.words.top.map(std::num::NonZeroUsize::get),
        against: args
            .words
            .against
            .as_deref()
            .map(|then| {
                crate::plan::instant(then, context.now.day())
                    .map_err(|error| CliError::usage(error.to_string()))
            })
            .transpose()?,
        scales_differ: args.words.scales_differ,
        arrange: args.words.arrange.map(Into::into),
        map: map
            .order()
            .map_err(|error| CliError::usage(error.to_string()))?,
        per_inhabitants: map.per_inhabitants,
    };
    if let Some(remark) = brief.untranslated() {
        context.tell(&remark);
    }
    let drawn = args
        .licence
        .sifting(context, args.output.is_some(), |sieve| {
            spec_of(&ledger, &selection, order, &brief, sieve)
        });
    let spec = match drawn {
        Ok(spec) => spec,
        Err(error) => {
            return Err(match ledger.figures(&selection) {
                Ok(figures) if figures.rows.is_empty() => nothing(&ledger, &selection),
                _ => CliError::data(error.to_string()),
            });
        }
    };
    if args.data {
        return context.put(
            &plotted::csv(&chart::plotted_rows(&spec))?,
            args.output.as_deref(),
        );
    }
    if args.print_alt {
        let text = chart::alt_text(&spec) + "\n";
        return context.put(text.as_bytes(), args.output.as_deref());
    }
    let wanted = picture::Wanted {
        sizes: &args.words.size,
        output: args.output.as_deref(),
        scale: args.scale,
        outline: args.outline,
        lint: args.lint,
    };
    picture::put(context, &spec, &wanted)
}

fn brief(args: &ChartArgs, provenance: Vec<(String, String)>) -> Result<Brief, CliError> {
    let words = &args.words;
    let events = words.event.iter().map(|event| dated(event, "event"));
    let events = events.map(|event| event.map(|(date, label)| Event { date, label }));
    let breaks = words.breaks.iter().map(|one| dated(one, "break"));
    let breaks = breaks.map(|one| one.map(|(date, label)| Break { date, label }));
    let emphasis = match &words.emphasis {
        Some(word) => vec![place_argument(word)?.to_string()],
        None => Vec::new(),
    };
    Ok(Brief {
        title: words.title.clone(),
        subtitle: words.subtitle.clone(),
        notes: words.note.clone(),
        alt: words.alt_text.clone(),
        size: words
            .size
            .first()
            .map(|&size| size.into())
            .unwrap_or_default(),
        look: words.theme,
        language: words.lang,
        emphasis,
        places_chosen: false,
        events: events.collect::<Result<_, CliError>>()?,
        breaks: breaks.collect::<Result<_, CliError>>()?,
        provenance,
    })
}

/// A day and words: `2022-03-08="first convoy"`.
fn dated(text: &str, what: &str) -> Result<(NaiveDate, String), CliError> {
    let (day, label) = text.split_once('=').ok_or_else(|| {
        CliError::usage(format!("`{text}` is no {what}; write 2022-03-08=\"words\""))
    })?;
    let date = day
        .parse()
        .map_err(|_| CliError::usage(format!("`{day}` is no day such as 2022-03-08")))?;
    Ok((date, label.to_owned()))
}
