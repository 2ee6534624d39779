//! How far off forecasts of the past would have been: from one origin after the other, each method
//! forecasts what is known by now from what was known then.

use super::{COVERAGES, History, Method};

/// The most origins; of more, some that lie evenly are taken.
pub const MOST_ORIGINS: usize = 100;

/// The fewest values before an origin.
pub const FIRST_ORIGIN: usize = 10;

/// The errors of a method over some forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Errors {
    /// How many values were forecast.
    pub values: usize,
    /// The mean size of the error.
    pub mean: f64,
    /// The mean of the errors in proportion to the mean one-step error of the naive method before
    /// each origin: MASE (Hyndman and Koehler 2006).
    pub scaled: f64,
    /// How many values lay within the interval of each of [`COVERAGES`].
    pub covered: [usize; COVERAGES.len()],
}

impl Errors {
    /// The share of values within each interval, in per cent; none without values.
    pub fn coverage(&self) -> Option<[f64; COVERAGES.len()]> {
        let share = |covered| 100.0 * covered as f64 / self.values as f64;
        (self.values > 0).then(|| self.covered.map(share))
    }

    fn add(&mut self, other: &Self) {
        self.values += other.values;
        self.mean += other.mean;
        self.scaled += other.scaled;
        for (covered, more) in self.covered.iter_mut().zip(other.covered) {
            *covered += more;
        }
    }

    fn averaged(mut self) -> Self {
        let count = self.values.max(1) as f64;
        self.mean /= count;
        self.scaled /= count;
        self
    }
}

/// A method in the backtest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// The method.
    pub method: Method,
    /// Its errors by horizon, from one step on.
    pub by_horizon: Vec<Errors>,
    /// Its errors over all horizons.
    pub overall: Errors,
}

/// Why a method was not tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Untested {
    /// There is no season.
    #[error("a step of this length has no season that it knows")]
    NoSeason,
    /// The season is too long for what is known before the first origin.
    #[error("it needs two seasons before its first test, so {0} points")]
    ShortOfSeasons(usize),
    /// No model came out at an origin.
    #[error("no model could be fitted at every origin of the backtest")]
    NoModel,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// How many values were known at each origin.
    pub origins: Vec<usize>,
    /// How many origins there are when none is left out.
    pub all_origins: usize,
    /// The methods that were tested, the simplest first.
    pub tested: Vec<Tested>,
    /// Those that were not.
    pub untested: Vec<(Method, Untested)>,
}

impl Backtest {
    /// What is known of a method.
    pub fn of(&self, method: Method) -> Option<&Tested> {
        self.tested.iter().find(|tested| tested.method == method)
    }

    /// Tests all methods at the same origins: from [`FIRST_ORIGIN`] values or half of all on, up to
    /// the last that has a value after it. Each is fitted anew at each origin, to all values before it.
    pub(super) fn run(history: &History<'_>, horizon: usize) -> Self {
        let (origins, all_origins) = origins(history);
        let mut backtest = Self {
            origins,
            all_origins,
            tested: Vec::new(),
            untested: Vec::new(),
        };
        for &method in Method::ALL {
            match backtest.test(history, method, horizon) {
                Ok(tested) => backtest.tested.push(tested),
                Err(reason) => backtest.untested.push((method, reason)),
            }
        }
        backtest
    }

    fn test(
        &self,
        history: &History<'_>,
        method: Method,
        horizon: usize,
    ) -> Result<Tested, Untested> {
        if method.is_seasonal() {
            let season = history.season.ok_or(Untested::NoSeason)?;
            let first = first_origin(history.values.len());
            let modelled = history.modelled(&history.values[..first]).len();
            if modelled < 2 * season {
                let before = 2 * season + first - modelled;
                return Err(Untested::ShortOfSeasons(2 * before));
            }
        }
        let mut by_horizon = vec![Errors::default(); horizon];
        for &known in &self.origins {
            let outlook = history
                .outlook(method, known, horizon)
                .ok_or(Untested::NoModel)?;
            let scale = history.scale(&history.values[..known]);
            let came = outlook.ahead.iter().zip(&history.values[known..]);
            for ((ahead, came), errors) in came.zip(&mut by_horizon) {
                let error = (came - ahead.value).abs();
                let within = ahead
                    .intervals
                    .map(|interval| usize::from((interval.low..=interval.high).contains(came)));
                errors.add(&Errors {
                    values: 1,
                    mean: error,
                    scaled: error / scale,
                    covered: within,
                });
            }
        }
        let mut overall = Errors::default();
        by_horizon.iter().for_each(|errors| overall.add(errors));
        Ok(Tested {
            method,
            by_horizon: by_horizon.into_iter().map(Errors::averaged).collect(),
            overall: overall.averaged(),
        })
    }
}

/// How many values are known at the first origin.
fn first_origin(values: usize) -> usize {
    FIRST_ORIGIN.max(values.div_ceil(2))
}

/// The origins, and how many there would be if none were left out for their number. Where nothing had
/// changed before an origin there is no error to scale by, and it is none.
fn origins(history: &History<'_>) -> (Vec<usize>, usize) {
    let all: Vec<usize> = (first_origin(history.values.len())..history.values.len())
        .filter(|known| history.scale(&history.values[..*known]) > 0.0)
        .collect();
    let count = all.len();
    if count <= MOST_ORIGINS {
        return (all, count);
    }
    // Evenly, the last among them.
    let chosen = (1..=MOST_ORIGINS).map(|index| all[index * count / MOST_ORIGINS - 1]);
    (chosen.collect(), count)
}
