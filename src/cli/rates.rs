//! `humstat rates`: numbers for each so many inhabitants.

use std::collections::BTreeSet;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{SelectionArgs, nothing};
use crate::analysis::rate::{CONFIDENCE, IntervalMethod, PER};
use crate::analysis::tally::Step;
use crate::figure::{Period, PlaceId, Span, counted};
use crate::ledger::{FigureId, Figures, Ledger, Selection};
use crate::line::{self, Line};
use crate::place;
use crate::publish::rates::{
    Counted, People, Sides, Wanted, Whose, compare, frame, in_words, is_event, known_people,
    of_lines, of_tally, over_time, populations, rates, ratio_frame, ratio_in_words,
};
use crate::publish::sources;
use crate::publish::summary::Inhabitants;
use crate::publish::tally::{Parted, keep_events, tally, widened};

/// Deaths, or people, per 100,000 inhabitants, with exact intervals
///
/// Each number is divided by the inhabitants of its place that the ledger knows (`humstat ingest world-bank
/// population`), those of the newest day that is not after it. A count of what happened in a period (a flow, or
/// a cumulative as a whole) has the interval of a Poisson count: exact (Garwood) or Byar's. It covers chance
/// alone, not under-recording. A stock has a rate and no interval; "at least 14" keeps only the lower end; low
/// and high of a source stay bounds. Events (UCDP, ACLED) are added up by country and year first.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat rates --indicator killed --location UKR --population 43528136
  humstat rates --channel ucdp/ged --period 2015..2024 --annual -o rates.csv
  humstat rates --indicator killed --compare 2014 2015 --location UKR")]
pub struct RatesArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// For how many inhabitants
    #[arg(long, value_name = "N", default_value_t = PER, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    per: u32,
    /// How many live there, in place of what the ledger knows
    #[arg(long, value_name = "PEOPLE", value_parser = clap::value_parser!(i64).range(1..))]
    population: Option<i64>,
    /// Whose inhabitants: of the location, or of the origin
    #[arg(long, value_name = "PLACE", default_value_t = Whose::Location)]
    inhabitants_of: Whose,
    /// garwood (exact) or byar (an approximation that health services publish)
    #[arg(long, value_name = "METHOD", default_value_t = IntervalMethod::Garwood)]
    interval: IntervalMethod,
    /// How sure the intervals are
    #[arg(long, value_name = "SHARE", default_value_t = CONFIDENCE)]
    level: f64,
    /// Bring each period to a year, as if the rest of it were the same
    #[arg(long)]
    annual: bool,
    /// A rate for every period, in place of the newest
    #[arg(long, conflicts_with_all = ["over_time", "compare"])]
    every_period: bool,
    /// Add up all periods of each flow; stocks and cumulatives are left out
    #[arg(long, conflicts_with = "compare")]
    over_time: bool,
    /// How finely events are added up: day, month or year
    #[arg(long, value_name = "STEP", default_value_t = Step::Year)]
    step: Step,
    /// The ratio of two rates: two places, or two periods such as 2014 2015
    #[arg(long, value_names = ["A", "B"], num_args = 2)]
    compare: Option<Vec<String>>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// What two words of `--compare` mean: two periods, or else two places.
fn sides(words: &[String]) -> Result<Sides, CliError> {
    let [first, second] = words else {
        return Err(CliError::usage("--compare takes two places or two periods"));
    };
    let period = |word: &str| -> Option<Period> {
        let span: Span = word.parse().ok()?;
        Period::new(span.from?, span.to?)
    };
    if let (Some(first), Some(second)) = (period(first), period(second)) {
        if first.start <= second.end && second.start <= first.end {
            return Err(CliError::usage(format!(
                "the periods {first} and {second} share days, and a ratio needs two that do not"
            )));
        }
        return Ok(Sides::Periods(first, second));
    }
    let place = |word: &str| -> Result<PlaceId, CliError> {
        let found = place::find(word).map_err(|error| {
            CliError::usage(format!(
                "--compare takes two places or two closed periods: {error}"
            ))
        })?;
        Ok(found.id.clone())
    };
    let (first, second) = (place(first)?, place(second)?);
    if place::contains_or_overlaps(&first, &second) {
        return Err(CliError::usage(format!(
            "{first} and {second} are not apart, and a ratio needs two places that are"
        )));
    }
    Ok(Sides::Places(first, second))
}

impl RatesArgs {
    /// What is read: the selection up to the day of `--at`, and the places or periods that are compared.
    fn asked(
        &self,
        context: &Context,
        ledger: &Ledger,
        sides: Option<&Sides>,
    ) -> Result<Selection, CliError> {
        let mut asked = self.selection.selection(context, ledger)?;
        let at = asked.at.take();
        asked.to = [asked.to, at].into_iter().flatten().min();
        match sides {
            Some(Sides::Places(first, second)) => {
                if !asked.locations.is_empty() {
                    return Err(CliError::usage(
                        "--compare names the two places; leave out --location",
                    ));
                }
                asked.locations = vec![first.clone(), second.clone()];
            }
            Some(Sides::Periods(first, second)) => {
                if asked.from.is_some() || asked.to.is_some() {
                    return Err(CliError::usage(
                        "--compare names the two periods; leave out --period and --at",
                    ));
                }
                // A cumulative is also asked for the day before.
                asked.from = first.start.min(second.start).pred_opt();
                asked.to = Some(first.end.max(second.end));
            }
            None => {}
        }
        Ok(asked)
    }

    /// The populations of the places of numbers.
    fn inhabitants(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
        lines: &[Line],
    ) -> Result<Option<(Figures, Inhabitants)>, CliError> {
        if self.population.is_some() {
            return Ok(None);
        }
        let place = |line: &Line| self.inhabitants_of.place(&line.series).cloned();
        let places: BTreeSet<PlaceId> = lines.iter().filter_map(place).collect();
        let mut figures = ledger.figures(&Inhabitants::selection_of(places, asked))?;
        if figures.rows.is_empty() {
            return Ok(None);
        }
        self.licence
            .keep_some(context, &mut figures, self.output.file().is_some())?;
        let known = Inhabitants::new(&figures, self.per);
        Ok(Some((figures, known)))
    }

    /// The numbers that have rates.
    fn numbers(
        &self,
        context: &Context,
        figures: &Figures,
        lines: &[Line],
    ) -> Result<Vec<Counted>, CliError> {
        if !self.over_time {
            let dead: BTreeSet<_> = figures
                .not_reported
                .iter()
                .map(|silent| &figures.series[silent.series])
                .collect();
            if self.every_period || dead.is_empty() {
                return Ok(of_lines(figures, lines, self.every_period));
            }
            context.tell_unreported(dead.len());
            let alive: Vec<Line> = lines
                .iter()
                .filter(|line| !dead.contains(&line.series))
                .cloned()
                .collect();
            return Ok(of_lines(figures, &alive, false));
        }
        let (numbers, left_out) =
            over_time(figures, lines).map_err(|error| CliError::data(error.to_string()))?;
        if left_out > 0 {
            context.tell(&format!(
                "{} left out: stocks and cumulatives are not added up over time, and neither is what is no exact count",
                counted(left_out, "series is", "series are")
            ));
        }
        Ok(numbers)
    }
}

pub fn run(context: &Context, args: &RatesArgs) -> Result<(), CliError> {
    let sides = args.compare.as_deref().map(sides).transpose()?;
    if args.population.is_some() && matches!(sides, Some(Sides::Places(..))) {
        return Err(CliError::usage(
            "two places have two populations; leave out --population",
        ));
    }
    let ledger = context.open()?;
    let asked = args.asked(context, &ledger, sides.as_ref())?;
    let mut figures = ledger.figures(&asked)?;
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &asked));
    }
    args.licence
        .keep_some(context, &mut figures, args.output.file().is_some())?;
    let lines = line::lines(&figures)?;
    let inhabitants = args.inhabitants(context, &ledger, &asked, &lines)?;
    let events = lines.iter().filter(|line| is_event(line)).count();
    let numbers = match events {
        0 => args.numbers(context, &figures, &lines)?,
        _ if events < lines.len() => {
            return Err(CliError::data(
                "the selection holds events and other numbers, which are never added; choose with --channel",
            ));
        }
        _ if matches!(sides, Some(Sides::Periods(..))) => {
            return Err(CliError::usage(
                "events are added up by place and year: compare two places over one --period, or tally them and give the two counts",
            ));
        }
        _ if (args.over_time || sides.is_some())
            && (asked.from.is_none() || asked.to.is_none()) =>
        {
            return Err(CliError::usage(
                "events are added up over the time that is asked for; say --period FROM..TO",
            ));
        }
        _ => {
            figures = ledger.figures(&widened(&asked))?;
            keep_events(&mut figures, &asked);
            args.licence
                .keep_some(context, &mut figures, args.output.file().is_some())?;
            let whole = args.over_time || sides.is_some();
            let parted = Parted {
                step: (!whole).then_some(args.step),
                by_place: true,
                dimensions: Vec::new(),
            };
            let rows = tally(&figures, &parted, &asked)
                .map_err(|refusal| CliError::data(refusal.to_string()))?;
            of_tally(&rows, &asked)
        }
    };
    let only: Option<BTreeSet<FigureId>> = match events {
        0 if args.over_time || sides.is_some() => Some(sources::behind_trends(&lines)),
        0 => Some(numbers.iter().filter_map(|number| number.figure).collect()),
        _ => None,
    };
    let of = |number: &Counted| match (args.population, &inhabitants) {
        (Some(people), _) => Some(People::Given(people)),
        (None, Some((_, known))) => known_people(number, args.inhabitants_of, known),
        (None, None) => None,
    };
    let behind = |populations: BTreeSet<FigureId>| Behind {
        command: "humstat rates",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: only.clone(),
        also: inhabitants
            .as_ref()
            .map(|(figures, _)| (figures, populations)),
    };
    if let Some(sides) = &sides {
        let compared = compare((&figures, &lines), &numbers, sides, args.level, of);
        if let [(_, Err(error))] = compared.as_slice() {
            return Err(CliError::data(error.to_string()));
        }
        let mut rows = Vec::with_capacity(compared.len());
        for (series, compared) in compared {
            match compared {
                Ok(row) => rows.push(row),
                Err(error) => context.tell(&format!(
                    "{} ({}) is left out: {error}",
                    series.indicator, series.channel
                )),
            }
        }
        if rows.is_empty() {
            return Err(CliError::data("no series has exact counts on both sides"));
        }
        if let Some(words) = ratio_in_words(&rows, args.level) {
            context.tell(&words);
        }
        let known = rows
            .iter()
            .flat_map(|row| row.people())
            .filter_map(|people| match people {
                People::Known(known) => Some(known.figure),
                People::Given(_) => None,
            });
        return args.output.write(
            context,
            &ratio_frame(&rows, args.level)?,
            &behind(known.collect()),
        );
    }
    let wanted = Wanted {
        per: args.per,
        method: args.interval,
        confidence: args.level,
        annual: args.annual,
        whose: args.inhabitants_of,
    };
    let had_numbers = !numbers.is_empty();
    let (rates, unknown) =
        rates(numbers, &wanted, of).map_err(|error| CliError::usage(error.to_string()))?;
    if rates.is_empty() {
        return Err(CliError::nothing(if had_numbers {
            format!("{}; or say --population N", Inhabitants::UNKNOWN)
        } else {
            "no number of this selection was counted; projections and plans have no rate".to_owned()
        }));
    }
    if unknown > 0 {
        context.tell(&format!(
            "{} left out: the ledger knows no inhabitants of their places",
            counted(unknown, "number is", "numbers are")
        ));
    }
    if let Some(words) = in_words(&rates, &wanted) {
        context.tell(&words);
    }
    args.output.write(
        context,
        &frame(&rates, &wanted)?,
        &behind(populations(&rates)),
    )
}
