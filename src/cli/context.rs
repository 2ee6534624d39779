//! What every command needs from its surroundings: the ledger, the clock, the two streams.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::CliError;
use super::error::Kind;
use super::files::{text_of, write_whole};
use crate::fetch::{Client, PROJECT_URL, Policy, RealClock};
use crate::figure::{Version, coded_enum, counted};
use crate::ingest::{IngestError, Keys};
use crate::ledger::{Ledger, LedgerError, Recording};
use crate::place;
use crate::publish::harmless::harmless;
use crate::vocabulary;

/// Name and version of the program, as entries note it.
pub const PROGRAM: &str = concat!("humstat ", env!("CARGO_PKG_VERSION"));

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct GlobalArgs {
    /// The ledger [default: that of humstat.toml here or above, else ./humstat.db]
    #[arg(long, global = true, env = "HUMSTAT_LEDGER", value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// The time to act at, in place of the clock's
    #[arg(long, global = true, value_name = "WHEN", hide_short_help = true)]
    pub now: Option<Version>,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// The surroundings of a command.
#[derive(Debug)]
pub struct Context {
    ledger: PathBuf,
    /// The time to act at.
    pub now: Version,
    /// What the desk does with the figures, which some licences do not allow.
    pub used_for: Use,
    /// Whether sources may be asked over the network.
    network: bool,
    /// Other variables that the desk keeps keys in.
    key_variables: BTreeMap<String, String>,
    quiet: bool,
}

coded_enum! {
    /// What a desk does with figures.
    Use ("use") {
        /// It sells what it publishes, as newspapers do.
        Commercial = "commercial",
        /// It does not: research, teaching, relief.
        NonCommercial = "non-commercial",
    }
}

/// The settings of a desk.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// The ledger, relative to the file.
    ledger: Option<PathBuf>,
    /// What the figures are used for; commercial unless it says otherwise.
    #[serde(rename = "use")]
    used_for: Option<Use>,
    /// Whether sources may be asked over the network; true unless it says otherwise.
    network: Option<bool>,
    /// For variables that keys stand in, other variables that this desk keeps them in.
    #[serde(default)]
    keys: BTreeMap<String, String>,
}

impl Context {
    /// Finds the ledger and the time.
    pub fn new(args: GlobalArgs) -> Result<Self, CliError> {
        let settings = settings()?;
        let ledger = args
            .ledger
            .or(settings.ledger)
            .unwrap_or_else(|| PathBuf::from("humstat.db"));
        let clock = || Version::from_timestamp(chrono::Utc::now().timestamp());
        let now = args.now.or_else(clock).ok_or_else(|| {
            CliError::data("the clock of this machine is out of range; give --now")
        })?;
        Ok(Self {
            ledger,
            now,
            used_for: settings.used_for.unwrap_or(Use::Commercial),
            network: settings.network.unwrap_or(true),
            key_variables: settings.keys,
            quiet: args.quiet,
        })
    }

    /// Opens the ledger for reading and says which it is, with its newest entry. From then on the
    /// process knows its places.
    pub fn open(&self) -> Result<Ledger, CliError> {
        let ledger = self.open_books()?;
        learn_places_of(&ledger)?;
        Ok(ledger)
    }

    /// Opens the ledger as [`Context::open`] does, for commands about the record itself, which
    /// must work where its places cannot be read.
    pub fn open_books(&self) -> Result<Ledger, CliError> {
        let ledger = Ledger::open(&self.ledger)?;
        match ledger.head()? {
            Some(head) => self.tell(&format!(
                "ledger {}, entry {} ({})",
                self.ledger.display(),
                head.id,
                head.hash.get(..12).unwrap_or_default()
            )),
            None => {
                return Err(CliError::nothing(format!(
                    "the ledger {} is empty; `humstat ingest` records figures, and `humstat run ukraine-2022` those of an example",
                    self.ledger.display()
                )));
            }
        }
        Ok(ledger)
    }

    /// Opens the ledger for writing, and makes it where there is none.
    pub fn create(&self) -> Result<Ledger, CliError> {
        let ledger = Ledger::create(&self.ledger)?;
        if let Some(head) = ledger.head()?
            && head.recorded_at > self.now
        {
            self.tell(&format!(
                "the clock says {}, and entry {} was recorded {}: one of the two is wrong; entries keep their order all the same",
                self.now, head.id, head.recorded_at
            ));
        }
        Ok(ledger)
    }

    /// Learns the places of the ledger, for a command that reads words before it writes. Where there
    /// is no ledger yet, there are none to learn.
    pub fn learn_places(&self) -> Result<(), CliError> {
        match self.ledger_if_any()? {
            Some(ledger) => learn_places_of(&ledger),
            None => Ok(()),
        }
    }

    /// The ledger, where there is one.
    pub fn ledger_if_any(&self) -> Result<Option<Ledger>, CliError> {
        match Ledger::open(&self.ledger) {
            Ok(ledger) => Ok(Some(ledger)),
            Err(LedgerError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The keys of sources that the desk has: in the variables of their names, or in those that
    /// `humstat.toml` names in their place.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the environment"
    )]
    pub fn keys(&self) -> Keys {
        Keys::found(|variable| {
            let variable = self
                .key_variables
                .get(variable)
                .map_or(variable, |other| other);
            std::env::var(variable).ok()
        })
    }

    /// The client that asks sources, unless this desk asks nobody.
    pub fn client(&self) -> Result<Client, CliError> {
        if !self.network {
            return Err(CliError {
                kind: Kind::Source,
                message: "no source is asked, because humstat.toml says network = false; --offline reads what was recorded".to_owned(),
            });
        }
        let now = self.now;
        let clock = Arc::new(RealClock::new(move || now));
        let client = Client::new(Policy::new(PROJECT_URL, clock));
        Ok(client.map_err(IngestError::from)?)
    }

    /// Where the ledger lies.
    pub fn ledger_path(&self) -> &Path {
        &self.ledger
    }

    /// What an entry notes about its recording.
    pub fn recording(&self, summary: String) -> Recording {
        Recording {
            now: self.now,
            program: PROGRAM.to_owned(),
            summary,
            allow_withdrawals: false,
        }
    }

    /// Says something on stderr, unless the user wants quiet.
    pub fn tell(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// Says that a day which an option gives has not come yet: it is taken, for clocks differ, but is
    /// rather a slip.
    pub fn tell_of_future(&self, option: &str, given: Option<Version>) {
        if let Some(given) = given.filter(|given| given.day() > self.now.day()) {
            self.tell(&format!(
                "{option} {given} has not come yet, for today is {}; it is taken as it stands, so see whether another day was meant",
                self.now.day()
            ));
        }
    }

    /// Says that series are left out whose newest number is dead.
    pub fn tell_unreported(&self, count: usize) {
        if count > 0 {
            self.tell(&format!(
                "{} not reported: their source has covered later periods without a number for them",
                counted(count, "series is", "series are")
            ));
        }
    }

    /// A bar that shows how many rows have come, on a terminal.
    pub fn progress(&self, what: &str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{spinner} {msg}: {human_pos} rows");
        ProgressBar::new_spinner()
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
            .with_message(what.to_owned())
    }

    /// Writes text for people to stdout, without what names in data may hold to steer a terminal.
    pub fn show(&self, text: &str) -> Result<(), CliError> {
        self.put(harmless(text).as_bytes(), None)
    }

    /// Writes data to a file, or to stdout where none is named. A closed pipe is no error: the
    /// reader has seen enough.
    pub fn put(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), CliError> {
        if let Some(file) = file {
            write_whole(file, bytes)?;
            self.tell(&format!("wrote {}", file.display()));
            return Ok(());
        }
        match std::str::from_utf8(bytes) {
            // A terminal obeys what a file or another program only keeps.
            Ok(text) if std::io::stdout().is_terminal() => self.draw(harmless(text).as_bytes()),
            _ => self.draw(bytes),
        }
    }

    /// Writes to stdout what may hold colours of our own, around texts that were made harmless.
    pub fn draw(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(CliError::data(format!("stdout cannot be written: {error}")))
            }
            _ => Ok(()),
        }
    }
}

/// Adds the gazetteers and aliases of a ledger to the places of this process.
fn learn_places_of(ledger: &Ledger) -> Result<(), CliError> {
    let (units, aliases) = (ledger.units()?, ledger.aliases()?);
    if !units.is_empty() || !aliases.is_empty() {
        place::extend(units, aliases);
    }
    Ok(())
}

/// Says something on stderr, without what names in data may hold to steer a terminal. A line that
/// repeats a cell of a megabyte repeats its beginning.
pub fn say(text: &str) {
    /// Letters of a line that anybody reads.
    const READ: usize = 4_000;
    let mut said = String::with_capacity(text.len().min(READ));
    for (index, line) in harmless(text).split('\n').enumerate() {
        if index > 0 {
            said.push('\n');
        }
        match line.char_indices().nth(READ) {
            Some((end, _)) => {
                let left = line[end..].chars().count();
                said.push_str(&format!("{}… and {left} letters more", &line[..end]));
            }
            None => said.push_str(line),
        }
    }
    // Where stderr is closed, nobody listens.
    let _ = writeln!(std::io::stderr(), "{said}");
}

impl Settings {
    /// The settings that a file says.
    pub(super) fn read(file: &Path, text: &str) -> Result<Self, CliError> {
        let settings: Self = crate::toml_file::parse(file, text)?;
        for variable in settings.keys.keys() {
            vocabulary::key_variable(variable)
                .map_err(|error| CliError::data(format!("{}, [keys]: {error}", file.display())))?;
        }
        Ok(settings)
    }
}

/// What a `humstat.toml` here or above says, its ledger relative to the current folder.
fn settings() -> Result<Settings, CliError> {
    let Ok(mut folder) = std::env::current_dir() else {
        return Ok(Settings::default());
    };
    let mut is_above = false;
    loop {
        let file = folder.join("humstat.toml");
        if let Some(text) = text_if_any(&file, is_above)? {
            let mut settings = Settings::read(&file, &text)?;
            // On the desk itself it is named as its settings name it.
            if is_above {
                settings.ledger = settings.ledger.map(|ledger| folder.join(ledger));
            }
            return Ok(settings);
        }
        if !folder.pop() {
            return Ok(Settings::default());
        }
        is_above = true;
    }
}

/// The text of a settings file, where there is one. One that cannot be read is no reason to go on
/// without it, with another ledger; what lies above the desk may be none of ours to look into.
fn text_if_any(file: &Path, is_above: bool) -> Result<Option<String>, CliError> {
    use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match text_of(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => Ok(None),
        Err(error) if is_above && error.kind() == PermissionDenied => Ok(None),
        Err(error) => Err(CliError::data(format!("{}: {error}", file.display()))),
    }
}
