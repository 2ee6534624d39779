//! A text with everything that the rules look at, found once.

use std::ops::Range;

use crate::figure::PlaceId;
use crate::text::date::{DateMention, dates};
use crate::text::lexicon::Phrases;
use crate::text::places::{By, Name, Named};
use crate::text::quantity::{Form, Mention, Reader, mentions};
use crate::text::rules::{Counted, Rules, Toward};
use crate::text::sentence::sentences;
use crate::text::token::Kind;

/// A phrase that was found, and what it means.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub(super) tokens: Range<usize>,
    pub(super) means: T,
}

/// A sentence with what all its numbers look at, found once.
pub(super) struct Scene<'p> {
    /// Its tokens.
    pub(super) sentence: Range<usize>,
    /// Words that say where from and where to.
    pub(super) toward: Vec<Found<&'p Toward>>,
    /// Whether it speaks of a disease.
    pub(super) disease: bool,
    /// How many days "the last two months" are.
    pub(super) last_days: Option<u64>,
}

impl<'p> Scene<'p> {
    pub(super) fn of(passage: &Passage<'p>, sentence: &Range<usize>) -> Self {
        Self {
            sentence: sentence.clone(),
            toward: passage.phrases(&passage.rules.toward, sentence),
            disease: !passage.phrases(&passage.rules.disease, sentence).is_empty(),
            last_days: super::when::last_days(passage, sentence),
        }
    }
}

/// A text with its numbers, dates, sentences and names.
pub(super) struct Passage<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) rules: &'a Rules,
    pub(super) mentions: Vec<Mention>,
    pub(super) dates: Vec<DateMention>,
    pub(super) sentences: Vec<Range<usize>>,
    pub(super) names: Vec<Found<&'a Named>>,
}

impl<'a> Passage<'a> {
    /// What is found in a text. `about` are countries that it is known to be about.
    pub(super) fn of(
        reader: Reader<'a>,
        rules: &'a Rules,
        places: &'a Phrases<Name>,
        about: &[PlaceId],
    ) -> Self {
        let dates = dates(reader);
        let mut mentions = mentions(reader, &dates);
        let sentences = sentences(reader);
        super::label::settle(reader, rules, &mut mentions, &sentences);
        // Only English writes "Chilean" with a capital letter.
        let any_case = rules.language != "en";
        let is_name = |name: &Name, at: usize| {
            let may_be_small =
                any_case && matches!(name, Name::Of(named) if named.by == By::People);
            reader
                .token(at)
                .is_some_and(|token| token.kind == Kind::Word && (token.capital || may_be_small))
        };
        let names = found(reader, places, 0..reader.tokens.len(), is_name);
        Self {
            reader,
            rules,
            mentions,
            dates,
            sentences,
            names: super::shared::settle(reader, names, about)
                .into_iter()
                // "the Juba river" is no town of that name.
                .filter(|name| {
                    reader.token(name.tokens.end).is_none_or(|next| {
                        !matches!(
                            &reader.text[next.start..next.end],
                            "river" | "River" | "valley" | "Valley" | "basin" | "Basin"
                        )
                    })
                })
                .collect(),
        }
    }

    /// The phrases of a list within some tokens, from left to right, the longest first, none within another.
    pub(super) fn phrases<'p, T>(
        &self,
        list: &'p Phrases<T>,
        within: &Range<usize>,
    ) -> Vec<Found<&'p T>> {
        found(self.reader, list, within.clone(), |_, _| true)
    }

    /// The text of some tokens.
    pub(super) fn text(&self, tokens: &Range<usize>) -> &'a str {
        &self.reader.text[self.reader.bytes(tokens)]
    }

    /// A word in lower case.
    pub(super) fn word(&self, at: usize) -> String {
        self.reader.spelled(at)
    }

    /// Names of places within some tokens.
    pub(super) fn names_in(
        &self,
        within: &Range<usize>,
    ) -> impl Iterator<Item = &Found<&'a Named>> {
        let first = self
            .names
            .partition_point(|name| name.tokens.start < within.start);
        let end = within.end;
        self.names[first..]
            .iter()
            .take_while(move |name| name.tokens.start < end)
    }

    /// Dates within some tokens.
    pub(super) fn dates_in(&self, within: &Range<usize>) -> &[DateMention] {
        let first = self.dates.partition_point(|date| date.first < within.start);
        let last = self.dates.partition_point(|date| date.first < within.end);
        &self.dates[first..last]
    }

    /// The numbers of a sentence, by their places in the list.
    pub(super) fn mentions_in(&self, within: &Range<usize>) -> Range<usize> {
        let first = self
            .mentions
            .partition_point(|mention| mention.tokens.start < within.start);
        let last = self
            .mentions
            .partition_point(|mention| mention.tokens.start < within.end);
        first..last
    }

    /// Where a number's expression begins with what qualifies it, and where it ends with its unit.
    pub(super) fn extent(&self, mention: &Mention) -> Range<usize> {
        let mut extent = mention.tokens.clone();
        if let Some((hedge, _)) = &mention.hedge {
            extent.start = extent.start.min(hedge.start);
            extent.end = extent.end.max(hedge.end);
        }
        if let Some(unit) = mention.unit.as_ref().filter(|_| !mention.unit_inherited) {
            extent.start = extent.start.min(unit.start);
            extent.end = extent.end.max(unit.end);
        }
        extent
    }

    /// Whether money is in US dollars, by the mark or the word beside the number.
    pub(super) fn is_dollars(&self, mention: &Mention) -> bool {
        let ends = [
            mention.tokens.start.checked_sub(1),
            Some(mention.tokens.end),
            mention.unit.as_ref().map(|unit| unit.start),
        ];
        ends.into_iter().flatten().any(|at| {
            let is_mark = self.reader.is_mark(at, &['$']);
            // "US$" is theirs, and "C$" is not.
            let before = at
                .checked_sub(1)
                .filter(|_| is_mark && self.reader.is_glued_mark(at, &['$']))
                .map(|before| self.word(before));
            let named = matches!(
                &*self.word(at),
                "usd" | "us" | "dollar" | "dollars" | "dólares"
            );
            named
                || is_mark
                    && before.is_none_or(|before| {
                        before == "us" || !before.chars().all(char::is_alphabetic)
                    })
        })
    }

    /// Where the words begin that make a number the sum of what stands before a place in its sentence and of
    /// others: "bringing the total to 30,534".
    pub(super) fn sum_words(&self, before: usize, index: usize) -> Option<usize> {
        let start = self.extent(&self.mentions[index]).start;
        let parted = index
            .checked_sub(1)
            .map(|other| &self.mentions[other])
            .filter(|other| Self::counts(other))
            .map_or(before, |other| self.extent(other).end.max(before));
        let found = self.phrases(&self.rules.sums, &(parted..start.max(parted)));
        found.first().map(|found| found.tokens.start)
    }

    /// What is counted, where a number counts people, families, houses or incidents by its noun.
    pub(super) fn counted(&self, mention: &Mention) -> Noun {
        let Some(unit) = &mention.unit else {
            return Noun::None;
        };
        let head = unit.end.saturating_sub(1);
        let measures = |at: usize| {
            let senses = self.reader.senses(at);
            senses.measure || (senses.currency && !mention.currency)
        };
        // "In the past 24 hours, 112 were killed": hours count what is behind them no more.
        if mention.unit_inherited && (measures(head) || unit.clone().any(measures)) {
            return Noun::None;
        }
        let mut last = None;
        for at in unit.clone() {
            if let Some(token) = self.reader.token(at)
                && let Some(counted) = self.rules.counted.get(&token.spelling)
            {
                if *counted == Counted::Things {
                    // "nine States (Ebonyi – 1, Gombe – 2)": what the list counts was said before.
                    let in_list = mention.unit_inherited
                        && mention
                            .tokens
                            .start
                            .checked_sub(1)
                            .is_some_and(|at| self.reader.is_mark(at, &['–', '-', '(']));
                    return if in_list { Noun::None } else { Noun::Thing };
                }
                last = Some(*counted);
            }
        }
        if let Some(counted) = last {
            return Noun::Known(counted);
        }
        if measures(head) {
            return Noun::Thing;
        }
        let is_people = self.names_in(unit).any(|name| name.means.by == By::People);
        let word = self.word(head);
        let doers = ["ers", "ors", "ists", "men", "ians", "ees", "ants", "ots"];
        if is_people {
            Noun::Known(Counted::Persons)
        } else if doers
            .iter()
            .any(|ending| word.len() > 5 && word.ends_with(ending))
        {
            Noun::Perhaps
        } else if mention.unit_inherited {
            Noun::None
        } else {
            Noun::Thing
        }
    }

    /// Whether a number tells how old somebody is: "three-year-old", "the man, 34, said".
    pub(super) fn is_age(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let joint = usize::from(self.reader.is_mark(end, &['-', '‑', '‐']));
        if self
            .reader
            .lexicon
            .years_old
            .at(self.reader.tokens, end + joint)
            .is_some()
        {
            return true;
        }
        let is_range_of_ages = mention
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|at| &*self.word(at) == "ages")
            || mention.tokens.start.checked_sub(2).is_some_and(|at| {
                matches!(&*self.word(at), "ages" | "age" | "aged")
                    && matches!(&*self.word(at + 1), "of" | "between" | "from")
            });
        if is_range_of_ages {
            return true;
        }
        let small = mention
            .value
            .and_then(crate::text::quantity::Decimal::to_whole)
            .is_some_and(|value| value < 110);
        let apart = |at: usize| self.reader.is_mark(at, &[',']);
        small
            && mention.hedge.is_none()
            && mention.unit.as_ref().is_none_or(|_| mention.unit_inherited)
            && apart(end)
            && mention.tokens.start.checked_sub(1).is_some_and(apart)
            && mention.tokens.start >= 2
            && self
                .reader
                .token(mention.tokens.start - 2)
                .is_some_and(|token| token.kind == Kind::Word)
            && self
                .reader
                .token(end + 1)
                .is_some_and(|token| token.kind == Kind::Word && !token.capital)
    }

    /// Whether a number is a share, a rate, a footnote or a price: "five and seven per cent", "two doctors
    /// per 1,000 people", "[5]", "US$ 64".
    pub(super) fn is_no_count(&self, mention: &Mention, index: usize) -> bool {
        let reader = self.reader;
        let end = mention.tokens.end;
        let before_share = self.mentions.get(index + 1).is_some_and(|next| {
            next.form == Form::Percent
                && next.tokens.start == end + 1
                && (reader.senses(end).and || reader.senses(end).to)
        });
        let extent = self.extent(mention);
        let is_rate = (end..extent.end + 1).any(|at| {
            &*self.word(at) == "per"
                && reader
                    .token(at + 1)
                    .is_some_and(|next| next.kind == Kind::Digits)
        });
        let is_note = reader.is_mark(end, &[']'])
            && mention
                .tokens
                .start
                .checked_sub(1)
                .is_some_and(|at| reader.is_mark(at, &['[']));
        let is_price = mention.currency
            && mention
                .value
                .and_then(crate::text::quantity::Decimal::to_whole)
                .is_some_and(|value| value < 10_000);
        before_share || is_rate || is_note || is_price
    }

    /// Whether a number may count at all: shares, fractions, multiples and differences do not.
    pub(super) const fn counts(mention: &Mention) -> bool {
        matches!(mention.form, Form::Number | Form::Vague | Form::Range) && !mention.difference
    }
}

/// What the noun behind a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    /// There is none.
    None,
    /// One that the rules name.
    Known(Counted),
    /// People by the form of the word: "protesters".
    Perhaps,
    /// Something else.
    Thing,
}

fn found<'p, T>(
    reader: Reader<'_>,
    list: &'p Phrases<T>,
    within: Range<usize>,
    may: impl Fn(&T, usize) -> bool,
) -> Vec<Found<&'p T>> {
    let mut out = Vec::new();
    let mut at = within.start;
    while at < within.end {
        match list
            .at(reader.tokens, at)
            .filter(|(_, means)| may(means, at))
        {
            Some((end, means)) => {
                out.push(Found {
                    tokens: at..end,
                    means,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    out
}
