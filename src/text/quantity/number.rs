//! One number: digits with their separators, words, or both, with the scale that multiplies them.

use super::decimal::Decimal;
use crate::text::lexicon::{Lexicon, Senses};
use crate::text::token::{Gap, Kind, Token, digit_value};

/// Groups of two digits that are looked at ahead; a number with more cannot be held.
const PAIRS: usize = 12;

/// A number expression without percent sign, range or unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The token after its last.
    pub end: usize,
    /// Its value before any scale; none where it has more digits than can be held.
    pub mantissa: Option<Decimal>,
    /// What multiplies it: 1 without a scale.
    pub scale: i64,
    /// Whether it is written in words alone.
    pub words: bool,
    /// Digits in one run without separators, such as years have.
    pub plain_digits: bool,
}

impl Number {
    /// Its value.
    pub fn value(&self) -> Option<Decimal> {
        self.mantissa?.times(self.scale)
    }
}

/// A text being read for numbers.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The words of its language.
    pub lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// The bytes of some tokens.
    pub fn bytes(&self, tokens: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self
            .token(tokens.start)
            .map_or(self.text.len(), |token| token.start);
        let last = tokens.end.checked_sub(1).and_then(|at| self.token(at));
        start..last.map_or(start, |token| token.end.max(start))
    }

    /// A token, or none past the end.
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// A word in lower case, as it stands.
    pub fn spelled(&self, at: usize) -> String {
        self.token(at)
            .map(|token| self.text[token.start..token.end].to_lowercase())
            .unwrap_or_default()
    }

    /// What the word at a place means.
    pub fn senses(&self, at: usize) -> Senses {
        self.token(at)
            .filter(|token| token.kind == Kind::Word)
            .map_or_else(Senses::default, |token| self.lexicon.senses(token.spelling))
    }

    /// Whether a token is a certain mark right behind the one before it.
    pub fn is_glued_mark(&self, at: usize, marks: &[char]) -> bool {
        self.token(at)
            .is_some_and(|token| token.gap == Gap::None && marks.contains(&token.mark))
    }

    /// Whether a token is a certain mark.
    pub fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.token(at)
            .is_some_and(|token| marks.contains(&token.mark))
    }

    fn digits(&self, at: usize) -> Option<&Token> {
        self.token(at).filter(|token| token.kind == Kind::Digits)
    }

    fn digit_count(&self, token: &Token) -> usize {
        self.text[token.start..token.end].chars().count()
    }

    /// The number that begins at a token.
    pub fn number(&self, first: usize) -> Option<Number> {
        match self.token(first)?.kind {
            Kind::Digits => Some(self.scaled(first, self.digits_at(first)?)),
            Kind::Word => self.words_at(first),
            Kind::Mark => None,
        }
    }

    /// Digits with separators and decimals.
    fn digits_at(&self, first: usize) -> Option<Number> {
        let head = self.digits(first)?;
        let head_count = self.digit_count(head);
        let mut groups = vec![*head];
        let mut next = first + 1;
        let mut separator = None;
        if head_count <= 3 {
            while let Some((mark, group)) = self.group(next, separator, groups.len()) {
                separator = Some(mark);
                groups.push(*self.token(group)?);
                next = group + 1;
            }
        }
        let mut decimals = 0;
        if let Some(fraction) = self.fraction(next, separator) {
            decimals = self.digit_count(&fraction);
            groups.push(fraction);
            next += 2;
        }
        let digits = groups
            .iter()
            .flat_map(|token| self.text[token.start..token.end].chars())
            .filter_map(digit_value);
        Some(Number {
            end: next,
            mantissa: Decimal::from_digits(digits, u32::try_from(decimals).ok()?),
            scale: 1,
            words: false,
            plain_digits: groups.len() == 1,
        })
    }

    /// The next group of thousands: what parts it, and its token.
    fn group(&self, at: usize, separator: Option<char>, groups: usize) -> Option<(char, usize)> {
        let is_group = |token: &Token, count| self.digit_count(token) == count;
        let token = self.token(at)?;
        let may = |mark| separator.is_none_or(|known| known == mark);
        if token.kind == Kind::Digits {
            // "12 000": one blank, three digits, and no word glued to them.
            let follows = self.token(at + 1).is_some_and(|next| {
                next.gap == Gap::None && (next.kind == Kind::Word || next.mark == '/')
            });
            return (token.gap == Gap::Blank && may(' ') && is_group(token, 3) && !follows)
                .then_some((' ', at));
        }
        let mark = match token.mark {
            '’' | '\'' => '\'',
            mark @ (',' | '.' | '٬' | '،') => mark,
            _ => return None,
        };
        if token.gap != Gap::None || !may(mark) {
            return None;
        }
        let group = self.digits(at + 1)?;
        let more = || self.is_glued_mark(at + 2, &[token.mark]) && self.digits(at + 3).is_some();
        if group.gap == Gap::None && is_group(group, 3) {
            // One point before three digits is a fraction where the language writes it so.
            let is_fraction = groups == 1 && !more() && self.is_short_of_thousands(at, mark);
            return (!is_fraction).then_some((mark, at + 1));
        }
        if group.gap == Gap::None && mark == ',' && is_group(group, 2) && more() {
            // "1,24,053": lakhs and crores in groups of two before the last three.
            let mut last = at + 3;
            while last < at + 3 + 2 * PAIRS
                && self.digits(last).is_some_and(|token| is_group(token, 2))
                && self.is_glued_mark(last + 1, &[','])
            {
                last += 2;
            }
            return self
                .digits(last)
                .is_some_and(|token| is_group(token, 3))
                .then_some((mark, at + 1));
        }
        // "203, 198", as text drawn from PDF has it, but no list of numbers.
        let in_list = self.is_glued_mark(at + 2, &[','])
            || self.senses(at + 2).and
            || (at >= 3 && self.is_mark(at - 2, &[',']) && self.digits(at - 3).is_some())
            || (at >= 2 && self.senses(at - 2).month.is_some());
        (group.gap == Gap::Blank && mark == ',' && groups == 1 && is_group(group, 3) && !in_list)
            .then_some((mark, at + 1))
    }

    /// Whether a mark before three digits, alone in its number, is a decimal mark: a point where the language
    /// writes it so; else a comma or a point before a scale, "2,345 millions", or behind a zero. Otherwise it
    /// parts thousands, as pages in every language have it: "12,345 personas".
    fn is_short_of_thousands(&self, at: usize, mark: char) -> bool {
        let decimal = self.lexicon.decimal;
        if decimal == '.' || !matches!(mark, ',' | '.') {
            return mark == decimal;
        }
        let is_zero = || {
            at.checked_sub(1)
                .and_then(|head| self.token(head))
                .and_then(|head| self.text[head.start..head.end].chars().next())
                .and_then(digit_value)
                == Some(0)
        };
        (mark == decimal || decimal == '٫')
            && (is_zero() || self.senses(at + 2).scale.is_some_and(|scale| scale > 100))
    }

    /// The digits after a decimal mark at a place.
    fn fraction(&self, at: usize, separator: Option<char>) -> Option<Token> {
        let mark = self.token(at)?;
        let digits = self.digits(at + 1)?;
        if mark.gap != Gap::None || digits.gap != Gap::None || separator == Some(mark.mark) {
            return None;
        }
        let count = self.digit_count(digits);
        let is_decimal = match mark.mark {
            '٫' => true,
            '.' if self.lexicon.decimal == '.' => true,
            ',' if self.lexicon.decimal == '.' => count <= 2,
            '.' | ',' if count == 3 && separator.is_none() => {
                self.is_short_of_thousands(at, mark.mark)
            }
            '.' | ',' => true,
            '،' => count <= 2,
            _ => false,
        };
        // "7.4.1" is a chapter.
        let goes_on = self.is_glued_mark(at + 2, &['.'])
            && self
                .digits(at + 3)
                .is_some_and(|token| token.gap == Gap::None);
        (is_decimal && !goes_on).then_some(*digits)
    }

    /// Whether a letter right behind digits is a scale: "54m" of money, "120k", and no "500m" or "2B".
    fn is_suffix(&self, at: usize, number: usize) -> bool {
        let is_short = self
            .token(at)
            .is_some_and(|token| token.end - token.start == 1);
        let is_thousand = self.senses(at).suffix == Some(1000);
        let is_money = || {
            number.checked_sub(1).is_some_and(|before| {
                self.is_mark(before, &['$', '€', '£', '¥']) || self.senses(before).currency
            })
        };
        let counts_people = || self.senses(at + 1).head;
        !is_short || is_thousand || is_money() || counts_people()
    }

    /// A number with the scale that may follow it.
    fn scaled(&self, first: usize, mut number: Number) -> Number {
        let Some(token) = self.token(number.end) else {
            return number;
        };
        let senses = self.senses(number.end);
        let glued = token.gap == Gap::None;
        let factor = match (glued, senses.suffix, senses.scale) {
            (true, Some(factor), _) if self.is_suffix(number.end, first) => Some(factor),
            (_, _, Some(factor)) if token.gap <= Gap::Line => Some(factor),
            _ => None,
        };
        // "40-million" is written too.
        let (factor, skip) = match factor {
            Some(factor) => (Some(factor), 1),
            None if self.is_glued_mark(number.end, &['-', '‑'])
                && self
                    .token(number.end + 1)
                    .is_some_and(|next| next.gap == Gap::None) =>
            {
                (self.senses(number.end + 1).scale, 2)
            }
            None => (None, 0),
        };
        if let Some(factor) = factor {
            number.scale = factor;
            number.end += skip;
            number.plain_digits = false;
            number.end = self.after_scale(number.end);
            // "3 mil millones".
            if factor == 1000
                && let Some(more) = self.senses(number.end).scale.filter(|more| *more > 1000)
            {
                number.scale = factor.saturating_mul(more);
                number.end = self.after_scale(number.end + 1);
            }
            self.with_rest(&mut number);
        }
        number
    }

    /// The token after the full stop of an abbreviated scale: "12 тис. осіб". At the end of a sentence it stays
    /// outside.
    fn after_scale(&self, at: usize) -> usize {
        let is_short = at
            .checked_sub(1)
            .is_some_and(|scale| self.senses(scale).abbreviation);
        let goes_on = self
            .token(at + 1)
            .is_some_and(|next| next.gap == Gap::Blank && !next.capital);
        at + usize::from(is_short && goes_on && self.is_glued_mark(at, &['.']))
    }

    /// What adds to digits and their scale: "1 million 200 thousand", "2 millones 500 mil", "3 millions et demi".
    fn with_rest(&self, number: &mut Number) {
        let (end, scale) = (number.end, number.scale);
        if scale < 1000 {
            return;
        }
        let mut add = |part: Option<Decimal>, end| {
            if let Some(sum) = number.value().zip(part).and_then(|(a, b)| a.plus(b)) {
                number.mantissa = Some(sum);
                number.scale = 1;
                number.end = end;
            }
        };
        if let Some(past) = self.half_behind(end) {
            add(
                Decimal::whole(1).over(2).and_then(|half| half.times(scale)),
                past,
            );
        } else if let Some(rest) = self.digits(end).and_then(|_| self.digits_at(end))
            && let Some(less) = self.senses(rest.end).scale
            && (1000..scale).contains(&less)
            && rest.mantissa.is_some_and(|value| value.to_f64() < 1000.0)
        {
            let past = self.after_scale(rest.end + 1);
            add(rest.mantissa.and_then(|value| value.times(less)), past);
        }
    }

    /// The token after "and a half" behind a scale, in languages that say it so.
    fn half_behind(&self, at: usize) -> Option<usize> {
        if !self.lexicon.grammar.half_behind {
            return None;
        }
        // Arabic writes "and" in one word with the half.
        let is_one_word = self.token(at).is_some_and(|token| {
            self.text[token.start..token.end].starts_with('و')
                && self.senses(at).fraction == Some(2)
        });
        let next = if is_one_word { at } else { at + 1 };
        let is_half = is_one_word || self.senses(at).and && self.senses(next).fraction == Some(2);
        // "مليون ونصف المليون" names the scale once more.
        let scale = at.checked_sub(1).and_then(|at| self.senses(at).scale);
        let again = scale.is_some() && self.senses(next + 1).scale == scale;
        is_half.then_some(next + 1 + usize::from(again))
    }

    /// A number in words: "twenty-five", "two and a half million", "a dozen".
    fn words_at(&self, first: usize) -> Option<Number> {
        let (mut total, mut current) = (Decimal::whole(0), 0_i64);
        let mut half = false;
        let (mut at, mut end, mut last_scale) = (first, first, 0_i64);
        if self.senses(first).article {
            // "a million", "a dozen", "a hundred", and no other "a".
            self.senses(first + 1).scale?;
            at += 1;
        }
        let grammar = self.lexicon.grammar;
        loop {
            let mut place = at;
            let started = end > first;
            let Some(token) = self.token(place) else {
                break;
            };
            if started && matches!(token.mark, '-' | '‐' | '‑') && token.gap == Gap::None {
                // Only tens and ones, or a number and its scale, are joined by a hyphen.
                let joins = (current % 100 >= 20 && current % 10 == 0)
                    && self
                        .senses(place + 1)
                        .number
                        .is_some_and(|ones| (1..10).contains(&ones))
                    || self
                        .senses(place + 1)
                        .number
                        .is_some_and(|next| grammar.joins_twenties(current % 100, next))
                    || self.senses(place + 1).scale.is_some();
                let glued = self
                    .token(place + 1)
                    .is_some_and(|next| next.gap == Gap::None);
                if !(joins && glued) {
                    break;
                }
                place += 1;
            } else if started && token.gap >= Gap::Paragraph {
                break;
            }
            let mut senses = self.senses(place);
            if started && senses.and {
                // "one hundred and five"; "two and a half".
                let next = self.senses(place + 1);
                if next.article && self.senses(place + 2).fraction == Some(2) && !half {
                    half = true;
                    end = place + 3;
                    at = end;
                    continue;
                }
                if next.number.is_none()
                    || (last_scale == 0 && current % 100 != 0 && !grammar.tens_and_ones)
                    || last_scale == 12
                {
                    break;
                }
                place += 1;
                senses = next;
            }
            if let Some(value) = senses.number {
                let tens = current % 100;
                let is_eighty = grammar.by_twenties && tens == 4 && value == 20;
                let is_ones_first =
                    grammar.ones_first && (1..10).contains(&tens) && value % 10 == 0;
                let fits = current == 0
                    || (tens == 0 && value < 100)
                    || (tens >= 20 && current % 10 == 0 && (1..10).contains(&value))
                    || (is_ones_first && value < 100)
                    || grammar.joins_twenties(tens, value);
                if !fits || (started && last_scale == 12) || half {
                    break;
                }
                if value >= 1000 {
                    // A dual: two thousand, two million.
                    if current != 0 || last_scale != 0 && last_scale <= value {
                        break;
                    }
                    total = total.plus(Decimal::whole(value))?;
                    last_scale = if value < 1_000_000 { 1000 } else { 1_000_000 };
                } else {
                    current += if is_eighty { 76 } else { value };
                }
            } else if let Some(factor) = senses.scale {
                if !started && !self.senses(first).article && !senses.bare {
                    return None;
                }
                if factor == 100 {
                    if current >= 100 {
                        break;
                    }
                    current = current.max(1).checked_mul(100)?;
                    last_scale = 100;
                } else if last_scale == 1000
                    && current == 0
                    && factor > 1000
                    && total.to_f64() < 1e6
                {
                    // "dos mil millones", "dix mille milliards".
                    total = total.times(factor)?;
                    last_scale = factor;
                } else if last_scale != 0 && last_scale != 100 && factor >= last_scale {
                    break;
                } else {
                    let mut part = Decimal::whole(current.max(1));
                    if half {
                        part = part.plus(Decimal::whole(1).over(2)?)?;
                        half = false;
                    }
                    total = total.plus(part.times(factor)?)?;
                    current = 0;
                    last_scale = factor;
                }
            } else {
                break;
            }
            end = place + 1;
            at = end;
        }
        if end == first {
            return None;
        }
        if current == 0
            && last_scale >= 1000
            && let Some(past) = self.half_behind(end)
        {
            total = total.plus(Decimal::whole(last_scale / 2))?;
            end = past;
        }
        let mut value = total.plus(Decimal::whole(current))?;
        if half {
            value = value.plus(Decimal::whole(1).over(2)?)?;
        }
        Some(Number {
            end,
            mantissa: Some(value),
            scale: 1,
            words: true,
            plain_digits: false,
        })
    }
}
