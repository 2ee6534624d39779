//! One candidate for a person to judge: its sentence with its parts marked, the figure that it would
//! become, and what the ledger knows on that.

use std::fmt::Write as _;
use std::ops::Range;

use crate::figure::PlaceId;
use crate::ledger::Candidates;
use crate::place;
use crate::publish::harmless::one_line;
use crate::publish::review::{Reviewed, field_name};
use crate::publish::sentence;

/// How parts of a sentence are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By colours of a terminal.
    Coloured,
    /// By marks: `[about] **453,000** people`.
    Marked,
}

impl Style {
    /// Colours on a terminal, unless `NO_COLOR` says otherwise.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the environment"
    )]
    pub fn of_stdout() -> Self {
        let wants_none = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
        if std::io::IsTerminal::is_terminal(&std::io::stdout()) && !wants_none {
            Self::Coloured
        } else {
            Self::Marked
        }
    }
}

/// What a part of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Number,
    Qualifier,
    Unit,
    Place,
    Claimant,
    Date,
}

impl Part {
    /// What stands before and after it.
    const fn marks(self, style: Style) -> (&'static str, &'static str) {
        const END: &str = "\u{1b}[0m";
        match (style, self) {
            (Style::Marked, Self::Number) => ("**", "**"),
            (Style::Marked, Self::Qualifier) => ("[", "]"),
            (Style::Marked, _) => ("", ""),
            (Style::Coloured, Self::Number) => ("\u{1b}[1;4m", END),
            (Style::Coloured, Self::Qualifier) => ("\u{1b}[33m", END),
            (Style::Coloured, Self::Unit) => ("\u{1b}[36m", END),
            (Style::Coloured, Self::Place) => ("\u{1b}[32m", END),
            (Style::Coloured, Self::Claimant) => ("\u{1b}[35m", END),
            (Style::Coloured, Self::Date) => ("\u{1b}[34m", END),
        }
    }
}

/// All that is known of a candidate, a line each.
pub fn card(candidates: &Candidates, one: &Reviewed<'_>, style: Style) -> String {
    let document = candidates.document_of(one.row);
    let (about, prospect) = (&document.publication, &one.prospect);
    let candidate = &one.row.candidate;
    let mut text = String::new();
    let mut line = |name: &str, said: &str| {
        if !said.is_empty() {
            let _ = writeln!(text, "{name:<13}{said}");
        }
    };
    line(
        &one.row.id.to_string(),
        &format!("“{}”", marked(one, style)),
    );
    let figure = match prospect.series() {
        Ok((series, period)) => sentence::of_figure(&series, period, &prospect.quantity),
        Err(_) => String::new(),
    };
    line("figure", &shown(&figure));
    for lack in prospect.lacks() {
        line("lacks", &lack.to_string());
    }
    line(
        "within",
        &shown(prospect.within.as_deref().unwrap_or_default()),
    );
    let inherited: Vec<&str> = prospect.inherited.iter().copied().map(field_name).collect();
    if !inherited.is_empty() {
        line(
            "inherited",
            &format!("{}, from the document", inherited.join(", ")),
        );
    }
    if one.known.is_empty() && prospect.lacks().is_empty() {
        line("ledger", "knows nothing on it");
    }
    for known in &one.known {
        line("ledger", &shown(&known.to_string()));
    }
    let other = |at: Option<usize>| {
        let at = at?;
        let mut rows = candidates.rows.iter();
        let row = rows.find(|row| row.document == one.row.document && row.number == at);
        Some(row.map_or_else(
            || format!("number {} of its document", at + 1),
            |row| format!("{} ({})", row.id, shown(&row.candidate.text)),
        ))
    };
    line("part of", &other(candidate.part_of).unwrap_or_default());
    line("repeats", &other(candidate.repeats).unwrap_or_default());
    let published = one.row.published.or(about.version());
    let published =
        published.map_or_else(String::new, |at| format!(", {}", sentence::day(at.day())));
    line(
        "document",
        &shown(&format!(
            "{}{published} ({})",
            about.title, prospect.channel
        )),
    );
    line("url", &shown(about.url.as_deref().unwrap_or_default()));
    line(
        "read from",
        &shown(&format!(
            "{}, characters {} to {} of its text",
            document.file,
            candidate.number.begin + 1,
            candidate.number.end
        )),
    );
    line("relayed by", &shown(&prospect.relayed_by.join("; ")));
    line("confidence", &format!("{} of 100", candidate.confidence));
    if let Some(entry) = one.row.decided_in {
        let figure = one
            .row
            .figure
            .map_or_else(String::new, |id| format!(" as {id}"));
        let reason = one
            .row
            .reason
            .as_deref()
            .map_or_else(String::new, |reason| format!(": {reason}"));
        line(
            "decided",
            &shown(&format!(
                "{}{figure}, entry {entry}{reason}",
                one.row.standing
            )),
        );
    }
    text
}

/// The sentence with its parts marked.
fn marked(one: &Reviewed<'_>, style: Style) -> String {
    let quote = one.row.quote.as_str();
    let parts = parts(one);
    let (mut text, mut at) = (String::new(), 0);
    for (range, part) in parts {
        let (before, after) = part.marks(style);
        text.push_str(&shown(&quote[at..range.start]));
        text.push_str(before);
        text.push_str(&shown(&quote[range.clone()]));
        text.push_str(after);
        at = range.end;
    }
    text.push_str(&shown(&quote[at..]));
    text
}

/// The parts of a sentence in their order; none overlaps another.
fn parts(one: &Reviewed<'_>) -> Vec<(Range<usize>, Part)> {
    let (quote, candidate) = (one.row.quote.as_str(), &one.row.candidate);
    let begin = candidate
        .number
        .begin
        .saturating_sub(candidate.sentence.begin);
    let length = candidate.number.end.saturating_sub(candidate.number.begin);
    let byte = |at: usize| {
        quote
            .char_indices()
            .nth(at)
            .map_or(quote.len(), |(byte, _)| byte)
    };
    let number = byte(begin)..byte(begin + length);
    let mut found = vec![(number.clone(), Part::Number)];
    let mut add = |range: Option<Range<usize>>, part: Part| {
        if let Some(range) = range
            && found
                .iter()
                .all(|(other, _)| range.end <= other.start || other.end <= range.start)
        {
            found.push((range, part));
        }
    };
    // A qualifier stands beside its number: the last before it, or the first after it.
    if let Some(words) = candidate
        .qualifier_text
        .as_deref()
        .filter(|words| !words.is_empty())
    {
        let before = quote[..number.start]
            .rfind(words)
            .map(|at| at..at + words.len());
        add(
            before.or_else(|| find(quote, number.end, words)),
            Part::Qualifier,
        );
    }
    if let Some(words) = &candidate.unit_text {
        add(find(quote, number.end, words), Part::Unit);
    }
    for id in [&candidate.origin, &candidate.location]
        .into_iter()
        .flatten()
    {
        for name in names(id) {
            add(find(quote, 0, &name), Part::Place);
        }
    }
    if let Some(words) = &candidate.claimant {
        add(find(quote, 0, words), Part::Claimant);
    }
    for day in [
        candidate.since,
        candidate.period_start,
        candidate.period_end,
    ]
    .into_iter()
    .flatten()
    {
        for form in ["%-d %B %Y", "%B %-d, %Y", "%-d %B", "%B %-d", "%A"] {
            add(find(quote, 0, &day.format(form).to_string()), Part::Date);
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Where words stand in a text, after a place in it.
fn find(text: &str, from: usize, words: &str) -> Option<Range<usize>> {
    if words.is_empty() {
        return None;
    }
    let at = from + text.get(from..)?.find(words)?;
    Some(at..at + words.len())
}

fn names(id: &PlaceId) -> Vec<String> {
    place::place(id).map_or_else(Vec::new, |place| {
        vec![place.in_text(), place.name.to_string()]
    })
}

/// A text of others without what a terminal would take for a command.
fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    one_line(text)
}
