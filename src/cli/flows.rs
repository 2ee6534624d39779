//! `humstat flows`.

mod files;
mod picture;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate};
use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{SelectionArgs, nothing};
use crate::analysis::migration::accounting::WEIGHT;
use crate::figure::{Measure, PlaceId};
use crate::ledger::{FigureId, Figures, Ledger, Selection};
use crate::line::{self, Line};
use crate::publish::flows::{
    AtHome, Flows, FlowsError, Method, Wanted, estimate, fitted, frame, index_frame, indices,
    published,
};

/// The word in place of a file of stayers for the populations of the ledger.
const POPULATION: &str = "population";

/// Movements between places, as published or estimated from changes in stock
///
/// Where the ledger holds flows of a period by origin and destination (arrivals, asylum applications,
/// refugee returns, resettlement), they are printed as published. Otherwise name a method: stocks do not
/// say who moved, and each method takes something else for granted. The first and the last day of
/// --period are compared, of several years the last day of each; a pair that is reported on one of them
/// only is marked and not counted. net-change is the signed change and no movement; drop-negative and
/// reverse-negative read growth as arrival and drop falls or read them as return (Abel and Cohen 2019);
/// accounting, accounting-open, minimum and pseudo-bayesian find the movements that join two tables of
/// whole populations (Abel 2013; Abel and Sander 2014; Azose and Raftery 2019) and need those who stayed
/// at home; ipf fits a seed to published totals (Willekens 1999). No estimate has an interval.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat flows --indicator arrivals --origin UKR --period 2022
  humstat flows --indicator refugees --origin SYR --period 2022..2023 --method drop-negative
  humstat flows --indicator refugees --period 2015..2023 --each --method reverse-negative --indices
  humstat flows --indicator refugees --period 2022..2023 --method drop-negative --chart chord -o flows.svg
  humstat flows --indicator refugees --period 2022..2023 --method accounting \\
      --stayers population --births-deaths births.csv -o flows.csv")]
pub struct FlowsArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// net-change, drop-negative, reverse-negative, accounting, accounting-open, minimum,
    /// pseudo-bayesian, ipf, or published
    #[arg(long, value_name = "METHOD")]
    method: Option<Method>,
    /// From each year to the next, or within a year from each day to the next, in place of first and last
    #[arg(long)]
    each: bool,
    /// Take a pair that is not reported on one of the days as zero there
    #[arg(long)]
    absent_as_zero: bool,
    /// Who lives where they come from: a file with the columns place, year, stayers; or `population`, for
    /// the populations of the ledger less those whom the stocks count there
    #[arg(long, value_name = "FILE|population")]
    stayers: Option<PathBuf>,
    /// Births and deaths: a file with the columns place, year, births, deaths
    #[arg(long, value_name = "FILE")]
    births_deaths: Option<PathBuf>,
    /// What pairs are like before fitting: a file with the columns origin, destination, weight
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// pseudo-bayesian: the weight of the fewest movements, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = WEIGHT)]
    weight: f64,
    /// Indices of the table in place of the table: effectiveness, connectivity, inequality, concentration
    #[arg(long)]
    indices: bool,
    #[command(flatten)]
    picture: picture::PictureArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// Figures with their lines.
struct Read {
    figures: Figures,
    lines: Vec<Line>,
}

pub fn run(context: &Context, args: &FlowsArgs) -> Result<(), CliError> {
    args.check()?;
    let is_picture = args.picture.is_wanted(args.output.file())?;
    let ledger = context.open()?;
    let asked = args.selection.selection(context, &ledger)?;
    if asked.at.is_some() {
        return Err(CliError::usage(
            "flows are of a period between two days: write --period, such as 2022..2023, in place of --at",
        ));
    }
    let (read, method) = args.read(context, &ledger, &asked)?;
    let Read { figures, lines } = &read;
    let seed = args.seed.as_deref().map(files::seed).transpose()?;
    let at_home = args.at_home(context, &ledger, &asked)?;
    let natural = args
        .births_deaths
        .as_deref()
        .map(files::natural)
        .transpose()?;
    let flows = match method {
        Method::Published => published(figures, lines).ok_or_else(|| nothing(&ledger, &asked))?,
        Method::Fitted => {
            let seed = seed.as_ref().ok_or(FlowsError::NoSeed)?;
            fitted(figures, lines, seed)?
        }
        method => estimate(
            figures,
            lines,
            &Wanted {
                method,
                each: args.each,
                absent_as_zero: args.absent_as_zero,
                weight: args.weight,
                at_home: at_home.as_ref().map(|(at_home, _)| at_home),
                natural: natural.as_ref(),
                seed: seed.as_ref(),
            },
        )?,
    };
    tell(context, &flows);
    if is_picture {
        return args.picture.put(
            context,
            &ledger,
            &asked,
            (figures, lines),
            &flows,
            args.output.file(),
        );
    }
    let mut also = at_home.and_then(|(_, populations)| populations);
    let table = if args.indices {
        let people = args.people(context, &ledger, &asked)?;
        let mut behind = BTreeSet::new();
        let table = indices(&flows, &|places, day| of_all(&people, places, day))?;
        if table.iter().any(|index| index.index == "courgeau_k") {
            behind.extend(people.rows.iter().map(|row| row.id));
            also = Some((people, behind));
        } else {
            context.tell(
                "without the population of all these places in the year of the last day no probability to move is reckoned; `humstat ingest world-bank population` brings populations",
            );
        }
        index_frame(&flows, &table)?
    } else {
        frame(&flows)?
    };
    let behind = Behind {
        command: "humstat flows",
        ledger: &ledger,
        selection: &asked,
        figures,
        only: Some(flows.figures.clone()),
        also: also.as_ref().map(|(figures, only)| (figures, only.clone())),
    };
    args.output.write(context, &table, &behind)
}

/// Says what was reckoned and what it does not mean.
fn tell(context: &Context, flows: &Flows<'_>) {
    for remark in &flows.remarks {
        context.tell(remark);
    }
    if let Some(words) = flows.come_and_gone() {
        let way_out = if flows.absent_as_zero {
            ""
        } else {
            "; they are marked, and --absent-as-zero counts them"
        };
        context.tell(&format!("{words}{way_out}"));
    }
    context.tell(&flows.sentence());
}

/// The people of all places in the year of a day; none where one of them lacks.
fn of_all(people: &Figures, places: &BTreeSet<&PlaceId>, day: NaiveDate) -> Option<i64> {
    let known = populations(people);
    let of = |place: &PlaceId| {
        let (first, last) = year_around(day)?;
        let of_year = (place.clone(), first)..=(place.clone(), last);
        known
            .range(of_year)
            .next_back()
            .map(|(_, people)| *people as i64)
    };
    places.iter().map(|place| of(place)).sum()
}

/// The first and the last day of the year of a day.
fn year_around(day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    NaiveDate::from_ymd_opt(day.year(), 1, 1).zip(NaiveDate::from_ymd_opt(day.year(), 12, 31))
}

/// Populations by place and day, of all people of a place.
fn populations(figures: &Figures) -> BTreeMap<(PlaceId, NaiveDate), f64> {
    let rows = figures.rows.iter().filter_map(|row| {
        let series = &figures.series[row.series];
        let whole = series.measure == Measure::Stock && series.breakdown.iter().next().is_none();
        let people = row.quantity.value.filter(|people| whole && *people > 0)?;
        Some(((series.location.clone()?, row.period.end), people as f64))
    });
    rows.collect()
}

impl FlowsArgs {
    /// Refuses what does not go together, before anything is read.
    fn check(&self) -> Result<(), CliError> {
        let needs = |given: bool, option: &str, methods: &[Method]| {
            let fits = self.method.is_some_and(|method| methods.contains(&method));
            if !given || fits {
                return Ok(());
            }
            let names: Vec<&str> = methods.iter().map(|method| method.code()).collect();
            Err(CliError::usage(format!(
                "{option} is for --method {}",
                names.join(", ")
            )))
        };
        use Method::{Accounting, AccountingOpen, Fitted, Minimum, PseudoBayesian};
        needs(
            self.stayers.is_some(),
            "--stayers",
            &[Accounting, AccountingOpen, Minimum, PseudoBayesian],
        )?;
        needs(
            self.births_deaths.is_some(),
            "--births-deaths",
            &[Accounting, AccountingOpen, PseudoBayesian],
        )?;
        needs(
            self.seed.is_some(),
            "--seed",
            &[Fitted, Accounting, AccountingOpen, Minimum, PseudoBayesian],
        )?;
        needs(
            self.weight.to_bits() != WEIGHT.to_bits(),
            "--weight",
            &[PseudoBayesian],
        )
    }

    /// Figures of a measure, with those that a licence keeps out of files left out.
    fn lines(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
        measure: Measure,
    ) -> Result<Option<Read>, CliError> {
        if !asked.measures.is_empty() && !asked.measures.contains(&measure) {
            return Ok(None);
        }
        let mut figures = ledger.figures(&Selection {
            measures: vec![measure],
            ..asked.clone()
        })?;
        if figures.rows.is_empty() {
            return Ok(None);
        }
        self.licence
            .keep_some(context, &mut figures, self.output.file().is_some())?;
        let lines = line::lines(&figures)?;
        Ok(Some(Read { figures, lines }))
    }

    /// What the method works on, and the method: as published, where none is named and there is something
    /// published.
    fn read(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
    ) -> Result<(Read, Method), CliError> {
        let read = |measure| self.lines(context, ledger, asked, measure);
        if let Some(method) = self.method {
            let measure = match method {
                Method::Published | Method::Fitted => Measure::Flow,
                _ => Measure::Stock,
            };
            let read = read(measure)?.ok_or_else(|| nothing(ledger, asked))?;
            return Ok((read, method));
        }
        if let Some(read) = read(Measure::Flow)?
            && published(&read.figures, &read.lines).is_some()
        {
            return Ok((read, Method::Published));
        }
        let stocks = read(Measure::Stock)?;
        let pairs = stocks.is_some_and(|read| {
            let mut lines = read.lines.iter();
            lines.any(|line| line.series.origin.is_some() && line.series.location.is_some())
        });
        if !pairs {
            return Err(nothing(ledger, asked));
        }
        Err(CliError::usage(format!(
            "the ledger holds no published flows of this selection, only stocks, which do not say who moved; name how to estimate them, and what is taken for granted:{}",
            Method::choice()
        )))
    }

    /// Those who live where they come from, and the populations that this rests on.
    #[expect(clippy::type_complexity, reason = "two answers of one question")]
    fn at_home(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
    ) -> Result<Option<(AtHome, Option<(Figures, BTreeSet<FigureId>)>)>, CliError> {
        let Some(stayers) = &self.stayers else {
            return Ok(None);
        };
        if stayers.as_os_str() != POPULATION {
            return Ok(Some((AtHome::Stayers(files::stayers(stayers)?), None)));
        }
        let people = self.people(context, ledger, asked)?;
        let known = populations(&people);
        if known.is_empty() {
            return Err(CliError::nothing(
                "the ledger holds no populations; `humstat ingest world-bank population` brings them, or give --stayers FILE",
            ));
        }
        let behind = people.rows.iter().map(|row| row.id).collect();
        Ok(Some((AtHome::Populations(known), Some((people, behind)))))
    }

    /// The populations of all places in the years of the selection, as public and as recorded as it is.
    fn people(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
    ) -> Result<Figures, CliError> {
        let mut figures = ledger.figures(&Selection {
            indicators: vec![POPULATION.to_owned()],
            from: asked.from,
            to: asked.to,
            as_known_on: asked.as_known_on,
            as_recorded_at: asked.as_recorded_at,
            ..Selection::default()
        })?;
        self.licence
            .leave_out(context, &mut figures, self.output.file().is_some());
        Ok(figures)
    }
}

impl From<FlowsError> for CliError {
    fn from(error: FlowsError) -> Self {
        match error {
            FlowsError::NoStayers(_)
            | FlowsError::NoBirths(_)
            | FlowsError::NoSeed
            | FlowsError::OneDay(_)
            | FlowsError::Mixed { .. } => Self::usage(error.to_string()),
            FlowsError::NoPairs | FlowsError::NothingInCommon(..) | FlowsError::NoTotals(_) => {
                Self::nothing(error.to_string())
            }
            _ => Self::data(error.to_string()),
        }
    }
}
