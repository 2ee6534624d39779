//! One candidate after the other, with one key for each answer.

use std::io::{BufRead as _, IsTerminal as _};

use super::super::CliError;
use super::super::context::Context;
use super::card::{self, Style};
use super::decide::{commit, parsed_change, recording_of, rejection_of};
use super::{named, reviewed};
use crate::figure::counted;
use crate::ledger::{CandidateId, Standing};

/// What can be answered.
const HELP: &str = "\
  a  accept: record the figure
  r  reject: it is no figure to record
  c  correct: set parts of it (location=POL, value=about 453,000), then record it
  s  skip: leave it waiting
  q  quit: leave all others waiting
  ?  this help
";

/// Answers as they come: single keys on a terminal, lines otherwise.
struct Answers {
    is_terminal: bool,
}

/// What a person answers.
enum Answer {
    Accept,
    Reject,
    Correct,
    Skip,
    Quit,
    Help,
}

/// Asks for a decision on each, and records it at once, so that nothing is lost by stopping.
pub fn run(context: &Context, ids: &[CandidateId]) -> Result<(), CliError> {
    let Some(ledger) = context.ledger_if_any()? else {
        return Ok(());
    };
    let mut waiting = match ids {
        [] => Vec::new(),
        ids => named(&ledger, ids)?.rows,
    };
    drop(ledger);
    // What a text denies asks for no decision.
    waiting.retain(|row| row.standing == Standing::Waiting && !row.candidate.denied);
    let ids: Vec<CandidateId> = waiting.into_iter().map(|row| row.id).collect();
    if ids.is_empty() {
        context.tell("no figure that was read from prose waits for a decision");
        return Ok(());
    }
    let answers = Answers {
        is_terminal: std::io::stdin().is_terminal() && std::io::stdout().is_terminal(),
    };
    let style = Style::of_stdout();
    let mut left = 0;
    for (at, id) in ids.iter().enumerate() {
        match decide_one(
            context,
            *id,
            &format!("{} of {}", at + 1, ids.len()),
            (&answers, style),
        )? {
            Next::Decided => {}
            Next::Left => left += 1,
            Next::Quit => {
                left += ids.len() - at;
                break;
            }
        }
    }
    if left > 0 {
        context.tell(&format!(
            "{} for a decision",
            counted(left, "figure waits", "figures wait")
        ));
    }
    Ok(())
}

/// What follows.
enum Next {
    Decided,
    Left,
    Quit,
}

fn decide_one(
    context: &Context,
    id: CandidateId,
    place: &str,
    (answers, style): (&Answers, Style),
) -> Result<Next, CliError> {
    let Some(ledger) = context.ledger_if_any()? else {
        return Ok(Next::Quit);
    };
    let candidates = named(&ledger, &[id])?;
    let reviewed = reviewed(&ledger, &candidates)?;
    drop(ledger);
    let Some(one) = reviewed.first() else {
        return Ok(Next::Left);
    };
    // Somebody else may have decided on it meanwhile.
    if one.row.standing != Standing::Waiting {
        return Ok(Next::Decided);
    }
    put(
        context,
        &format!("{place}\n{}", card::card(&candidates, one, style)),
    )?;
    let mut set: Vec<(String, String)> = Vec::new();
    loop {
        put(
            context,
            "accept, reject, correct, skip, quit? [a/r/c/s/q/?] ",
        )?;
        let decision = match answers.next()? {
            Answer::Quit => {
                put(context, "\n")?;
                return Ok(Next::Quit);
            }
            Answer::Skip => {
                put(context, "\n")?;
                return Ok(Next::Left);
            }
            Answer::Help => {
                put(context, &format!("\n{HELP}"))?;
                continue;
            }
            Answer::Reject => Ok(rejection_of(one.row, None)),
            Answer::Accept => recording_of(&candidates, one.row, &set),
            Answer::Correct => {
                put(context, "\nfield=value, several parted by semicolons: ")?;
                let Some(line) = answers.line()? else {
                    return Ok(Next::Quit);
                };
                match changes(&line) {
                    Ok(changes) => set.extend(changes),
                    Err(message) => {
                        put(context, &format!("{message}\n"))?;
                        continue;
                    }
                }
                recording_of(&candidates, one.row, &set)
            }
        };
        put(context, "\n")?;
        let outcome = match decision {
            Ok(decision) => commit(context, &[decision])
                .map(drop)
                .map_err(|error| error.message),
            Err(refusal) => {
                // What was said wrongly is asked for again; what was said rightly is kept.
                if !refusal.is_lack {
                    set.clear();
                }
                Err(refusal.message)
            }
        };
        match outcome {
            Ok(()) => return Ok(Next::Decided),
            Err(message) => put(context, &format!("{message}\n"))?,
        }
    }
}

fn put(context: &Context, text: &str) -> Result<(), CliError> {
    context.draw(text.as_bytes())
}

/// Changes of one line, parted by semicolons. A part without `=` goes on with the value before it, as
/// that of a breakdown does.
fn changes(line: &str) -> Result<Vec<(String, String)>, String> {
    let mut changes: Vec<(String, String)> = Vec::new();
    for part in line
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let is_field = part
            .split_once('=')
            .is_some_and(|(name, _)| crate::text::FIELDS.contains(&name.trim()));
        match changes.last_mut() {
            Some((_, value)) if !is_field => {
                value.push(';');
                value.push_str(part);
            }
            _ => changes.push(parsed_change(part)?),
        }
    }
    Ok(changes)
}

impl Answers {
    /// The next answer; the end of the input quits.
    fn next(&self) -> Result<Answer, CliError> {
        loop {
            let key = if self.is_terminal {
                self.key()?
            } else {
                let Some(line) = self.line()? else {
                    return Ok(Answer::Quit);
                };
                line.trim().chars().next().unwrap_or('?')
            };
            return Ok(match key.to_ascii_lowercase() {
                'a' => Answer::Accept,
                'r' => Answer::Reject,
                'c' => Answer::Correct,
                's' => Answer::Skip,
                'q' => Answer::Quit,
                '?' | 'h' => Answer::Help,
                _ if self.is_terminal => continue,
                _ => Answer::Help,
            });
        }
    }

    fn key(&self) -> Result<char, CliError> {
        console::Term::stdout().read_char().map_err(unread)
    }

    fn line(&self) -> Result<Option<String>, CliError> {
        let mut line = String::new();
        let read = std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(unread)?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn unread(error: std::io::Error) -> CliError {
    CliError::data(format!("the answer cannot be read: {error}"))
}
