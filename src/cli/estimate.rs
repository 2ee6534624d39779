//! `humstat estimate`.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::files;
use super::output::OutputArgs;
use crate::analysis::multiple_systems::average::{
    self, Assumed, Posterior, Prior, average, default_delta,
};
use crate::analysis::multiple_systems::profile::profile;
use crate::analysis::multiple_systems::search::{self, MOST_LISTS_OF_ALL_MODELS, search};
use crate::analysis::multiple_systems::{
    Heterogeneity, Hierarchy, Histories, HistoriesError, Model, frequencies,
};
use crate::figure::counted;
use crate::publish::estimate::{
    ASSUMPTIONS, CONFIDENCE, Estimated, Row, Source, frame, refused, rows, sentences, sum,
};
use crate::table::membership::{self, Asked, Membership, Stratum};

/// All models of up to four lists.
const ALL_OF_FOUR_LISTS: usize = 113;

/// How many models of each stratum are shown.
const OF_EACH_STRATUM: usize = 10;

/// How many there were in all, from lists that overlap
///
/// Reads who is on which lists and fits every log-linear model in which the lists depend on one
/// another (Fienberg 1972; Rcapture), sorted by BIC: what each says of the people on no list, with
/// its standard error and profile-likelihood interval. Models that fit alike may differ by a factor
/// of two, so the table is the result and no number of it alone. Two lists give Lincoln-Petersen and
/// Chapman. With --bayes also the average over all decomposable graphs (Madigan and York 1997; dga).
///
/// The file has a column of 0 and 1 for each list and a column `count`, or such columns with one row
/// a person, or the columns `person_id` and `list`. Link the records first: whoever is on two lists
/// must be one person in the file. Nothing is recorded in the ledger.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat estimate lists.csv
  humstat estimate lists.csv --bayes --top 20 -o models.csv
  humstat estimate lists.csv --model \"[police*hospital,morgue]\" --strata region")]
pub struct EstimateArgs {
    /// The table of who is on which lists: CSV, a workbook, or another form that `ingest table` reads
    file: PathBuf,
    /// Which columns are lists, or which names of the column `list` [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    lists: Vec<String>,
    /// Estimate for each word of a column apart
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// A model to single out: [123,14] by the numbers of lists, [A*B,C] by their names; lists that
    /// are left out are independent of all others
    #[arg(long, value_name = "MODEL")]
    model: Option<String>,
    /// Let people differ in how easily they are listed: chao (a lower bound), poisson, darroch or gamma
    #[arg(long, value_name = "FORM")]
    heterogeneity: Option<Heterogeneity>,
    /// Show so many models only, the best first [default: 113, which are all of four lists; 10 of each
    /// stratum]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Also average over all decomposable graphs
    #[arg(long)]
    bayes: bool,
    /// The prior weight of each history in that average; 0.5 and 1 are always shown beside it
    /// [default: one over the number of histories]
    #[arg(long, value_name = "WEIGHT", requires = "bayes")]
    delta: Option<f64>,
    /// The largest total that the average looks at [default: eleven times the people named, and at most
    /// 200,000 more than they are]
    #[arg(long, value_name = "TOTAL", requires = "bayes")]
    max: Option<u64>,
    /// A gamma prior for the mean of the total, in place of one over the total
    #[arg(long, value_name = "SHAPE,SCALE", requires = "bayes", value_parser = gamma)]
    prior: Option<Prior>,
    #[command(flatten)]
    output: OutputArgs,
}

/// A gamma prior as it is written: `13.14,55.17`.
fn gamma(text: &str) -> Result<Prior, String> {
    let number = |word: &str| {
        f64::from_str(word.trim())
            .ok()
            .filter(|number| *number > 0.0)
    };
    let parts = text.split_once(',');
    let parts = parts.and_then(|(shape, scale)| Some((number(shape)?, number(scale)?)));
    let wrong = || format!("`{text}` is no shape and scale above zero; write 13.14,55.17");
    let (shape, scale) = parts.ok_or_else(wrong)?;
    Ok(Prior::Gamma { shape, scale })
}

pub fn run(context: &Context, args: &EstimateArgs) -> Result<(), CliError> {
    if args.top == Some(0) {
        return Err(CliError::usage(
            "--top 0 shows nothing; the table of models is the result",
        ));
    }
    let capture = files::capture(&args.file)?;
    let asked = Asked {
        lists: &args.lists,
        strata: args.strata.as_deref(),
    };
    let membership = membership::read(&capture, asked);
    let membership = membership.map_err(|error| CliError::data(error.to_string()))?;
    tell_of_reading(context, &membership);
    if membership.lists.len() == 2 {
        args.refuse_for_two_lists()?;
    }
    let mut strata = Vec::new();
    let mut without = Vec::new();
    let counts: Vec<(&Stratum, Result<Histories, CliError>)> = membership
        .strata
        .iter()
        .map(|stratum| (stratum, histories(&membership.lists, stratum, &args.file)))
        .collect();
    for (stratum, histories) in &counts {
        match (histories, &stratum.name) {
            (Ok(histories), _) => {
                strata.push(estimated(args, &membership.lists, stratum, histories)?);
            }
            (Err(error), Some(name)) if counts.iter().any(|(_, other)| other.is_ok()) => {
                let observed = stratum.histories.values().sum();
                without.push(refused(name, observed, error.message.clone()));
            }
            (Err(error), _) => return Err(CliError::data(error.message.clone())),
        }
    }
    let top = args.top();
    let mut table: Vec<Row> = strata.iter().flat_map(|of| rows(of, top)).collect();
    for row in &without {
        let stratum = row.stratum.as_deref().unwrap_or_default();
        context.tell(&format!(
            "Stratum {stratum} has no estimate: {}",
            row.notes.join("; ")
        ));
    }
    if args.strata.is_some() {
        match sum(&strata).filter(|_| without.is_empty()) {
            Some(row) => table.push(row),
            None => context.tell(
                "there is no sum of the strata, because one of them has no estimate; a sum of the others would leave its people out",
            ),
        }
    }
    table.extend(without);
    let source = Source {
        file: capture.name.clone(),
        sha256: sha256(&capture)?,
    };
    for of in &strata {
        tell_of_result(context, of);
    }
    let models = strata
        .iter()
        .map(|of| of.found.ranked.len() + of.found.without.len());
    if let Some(models) = models.max().filter(|models| *models > top) {
        let each = if args.strata.is_some() {
            " of each stratum"
        } else {
            ""
        };
        context.tell(&format!(
            "of {models} models the best {top} are shown{each}; --top {models} shows all"
        ));
    }
    context.tell(ASSUMPTIONS);
    args.output.write_alone(context, &frame(&table, &source)?)
}

impl EstimateArgs {
    /// How many models are shown.
    fn top(&self) -> usize {
        let all = if self.strata.is_some() {
            OF_EACH_STRATUM
        } else {
            ALL_OF_FOUR_LISTS
        };
        self.top.unwrap_or(all)
    }

    /// What two lists cannot tell.
    fn refuse_for_two_lists(&self) -> Result<(), CliError> {
        for (is_given, option) in [
            (self.bayes, "--bayes"),
            (self.model.is_some(), "--model"),
            (self.heterogeneity.is_some(), "--heterogeneity"),
        ] {
            if is_given {
                return Err(CliError::usage(format!(
                    "{option} is for three lists or more: two cannot tell whether they depend on each other or whether people differ, so what it says would rest on the assumption alone"
                )));
            }
        }
        Ok(())
    }
}

/// The counts of a stratum.
fn histories(names: &[String], stratum: &Stratum, file: &Path) -> Result<Histories, CliError> {
    let dense = |lists: usize| {
        let sets = 0..1_u64 << lists;
        let counts = sets.map(|set| stratum.histories.get(&set).copied().unwrap_or_default());
        Histories::new(lists, counts.collect())
    };
    let most = crate::analysis::multiple_systems::MOST_LISTS;
    let checked = if names.len() > most {
        Err(HistoriesError::TooManyLists(names.len()))
    } else {
        dense(names.len())
    };
    checked.map_err(|error| {
        let message = match error {
            HistoriesError::EmptyList { list } => {
                let name = names.get(list).map_or("", String::as_str);
                format!("list {name} names nobody; leave it out with --lists")
            }
            HistoriesError::TooManyLists(_) => format!(
                "{error}, or choose some with --lists; the file has {}",
                names.join(", ")
            ),
            _ => error.to_string(),
        };
        CliError::data(format!("{}: {message}", file.display()))
    })
}

/// All that is estimated of a stratum.
fn estimated<'a>(
    args: &EstimateArgs,
    names: &'a [String],
    stratum: &'a Stratum,
    histories: &'a Histories,
) -> Result<Estimated<'a>, CliError> {
    let lists = histories.lists();
    let with = |model: Model| args.heterogeneity.map_or(model, |form| model.with(form));
    let usage = |error: &dyn std::fmt::Display| CliError::usage(error.to_string());
    let wanted = args
        .model
        .as_ref()
        .map(|text| Hierarchy::parse(text, names));
    let wanted = wanted.transpose().map_err(|error| usage(&error))?;
    let wanted = wanted.map(|hierarchy| with(Model::hierarchical(hierarchy)));
    let independent = Model::hierarchical(Hierarchy::independence(lists));
    let found = match wanted {
        // Of more lists the models that are named stand beside independence.
        Some(model) if lists > MOST_LISTS_OF_ALL_MODELS => {
            search::rank(histories, distinct([with(independent), model]))
        }
        _ => search(histories, args.heterogeneity).map_err(|error| usage(&error))?,
    };
    let outcome = |model: Model| {
        let estimate = model.estimate(histories).map(|estimate| {
            let interval = profile(histories, &estimate, CONFIDENCE);
            (estimate, interval)
        });
        (model, estimate)
    };
    let asked = wanted.map(outcome);
    // One model for all people is refused where it has no estimate; of strata the others remain.
    if let (Some((model, Err(error))), None) = (&asked, &stratum.name) {
        return Err(CliError::data(format!("model {model}: {error}")));
    }
    let intervals = found.intervals(histories, args.top(), CONFIDENCE);
    let lower_bound = (lists > 2).then(|| outcome(independent.with(Heterogeneity::Chao)));
    let chapman = (lists == 2).then(|| {
        frequencies::chapman(
            histories.margin(1),
            histories.margin(2),
            histories.margin(3),
        )
    });
    Ok(Estimated {
        stratum: stratum.name.as_deref(),
        names,
        histories,
        averages: averages(args, histories)?,
        found,
        intervals,
        asked,
        lower_bound,
        chapman,
    })
}

fn distinct(models: [Model; 2]) -> Vec<Model> {
    let mut models = models.to_vec();
    models.dedup();
    models
}

/// The average over graphs, first with the weight that was asked for, then with others.
fn averages(args: &EstimateArgs, histories: &Histories) -> Result<Vec<Posterior>, CliError> {
    if !args.bayes {
        return Ok(Vec::new());
    }
    const OTHERS: [f64; 2] = [0.5, 1.0];
    const LEAST_REACH: u64 = 1000;
    // Five lists take a second for every hundred thousand.
    const MOST_REACH: u64 = 200_000;
    let observed = histories.observed();
    let default = default_delta(histories.lists());
    let chosen = args.delta.unwrap_or(default);
    let mut deltas = vec![chosen];
    for other in [default].into_iter().chain(OTHERS) {
        if !deltas.contains(&other) {
            deltas.push(other);
        }
    }
    let reach = observed
        .saturating_mul(average::REACH)
        .clamp(LEAST_REACH, MOST_REACH);
    let most = args.max.unwrap_or_else(|| observed.saturating_add(reach));
    let prior = args.prior.unwrap_or(Prior::Reciprocal);
    let averages = deltas
        .into_iter()
        .map(|delta| average(histories, Assumed { delta, prior, most }));
    averages
        .collect::<Result<_, _>>()
        .map_err(|error| CliError::usage(error.to_string()))
}

/// What is to be known of how the file was read.
fn tell_of_reading(context: &Context, membership: &Membership) {
    let lists = membership.lists.iter().enumerate();
    let lists: Vec<String> = lists
        .map(|(at, name)| format!("{} {name}", at + 1))
        .collect();
    context.tell(&format!("lists: {}", lists.join(", ")));
    if membership.repeated > 0 {
        context.tell(&format!(
            "{} again on the same list and {} once",
            counted(
                membership.repeated,
                "person stands",
                "times a person stands"
            ),
            if membership.repeated == 1 {
                "counts"
            } else {
                "count"
            }
        ));
    }
    if membership.left_out > 0 {
        let people = usize::try_from(membership.left_out).unwrap_or(usize::MAX);
        context.tell(&format!(
            "{} on none of the lists asked for and left out",
            counted(people, "person is", "people are")
        ));
    }
}

/// The result in words.
fn tell_of_result(context: &Context, of: &Estimated<'_>) {
    for (a, b) in of.histories.pairs_that_share_nobody() {
        context.tell(&format!(
            "{}{} and {} share nobody: models in which they depend on each other have no finite estimate",
            of.stratum.map_or_else(String::new, |stratum| format!("Stratum {stratum}: ")),
            of.names[a],
            of.names[b]
        ));
    }
    for sentence in sentences(of) {
        context.tell(&sentence);
    }
}

/// The SHA-256 of a file in lower-case hexadecimal.
fn sha256(capture: &crate::ledger::Capture) -> Result<String, CliError> {
    let hash = capture
        .sha256()
        .map_err(|error| CliError::data(format!("{}: {error}", capture.name)))?;
    Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}
