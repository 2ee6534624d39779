//! Whether a number in a text is a fair way to say a recorded one: rounded rightly, and with its qualifier.

use crate::figure::{Qualifier, Quantity};

/// How a number in a text stands to a recorded one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// It is the number, with words that hold for it.
    Same,
    /// It is the number, rounded, with a word that says so.
    Rounded,
    /// It is the number, or rounded from it, without the words that belong to it.
    Unqualified,
    /// It is another number.
    Different,
}

/// How far from a number "about" may be at most, as a part of it.
const ABOUT: i64 = 10;

/// Compares what a text says with what was recorded.
pub fn agreement(said: &Quantity, recorded: &Quantity) -> Agreement {
    let (said, recorded) = (plain(said), plain(recorded));
    match (said.value, recorded.value) {
        (Some(number), Some(value)) if number == value => {
            of_words(said.qualifier, recorded.qualifier)
        }
        (Some(number), Some(value)) => {
            of_rounding((number, said.qualifier), (value, recorded.qualifier))
        }
        (Some(number), None) => of_one_end((number, said.qualifier), recorded),
        (None, Some(value)) => match (said.low, said.high) {
            (Some(low), Some(high)) if low <= value && value <= high => Agreement::Rounded,
            _ => Agreement::Different,
        },
        (None, None)
            if said.is_present() && (said.low, said.high) == (recorded.low, recorded.high) =>
        {
            Agreement::Same
        }
        (None, None) => Agreement::Different,
    }
}

/// A single bound as the number that it is, with its word.
fn plain(quantity: &Quantity) -> Quantity {
    let (value, qualifier) = match (quantity.value, quantity.low, quantity.high) {
        (None, Some(low), None) => (low, Qualifier::AtLeast),
        (None, None, Some(high)) => (high, Qualifier::AtMost),
        _ => return *quantity,
    };
    Quantity {
        value: Some(value),
        low: None,
        high: None,
        qualifier,
        ..*quantity
    }
}

/// Whether the words of a text hold where the number is the same.
fn of_words(said: Qualifier, recorded: Qualifier) -> Agreement {
    use Qualifier::{AtLeast, AtMost, Exact, FewerThan, MoreThan};
    match (said, recorded) {
        (said, recorded) if said == recorded => Agreement::Same,
        (MoreThan | FewerThan, Exact) => Agreement::Different,
        (_, Exact) | (AtLeast, MoreThan) | (AtMost, FewerThan) => Agreement::Same,
        _ => Agreement::Unqualified,
    }
}

/// A rounded number: its last zeros tell to what.
fn of_rounding((number, said): (i64, Qualifier), (value, recorded): (i64, Qualifier)) -> Agreement {
    use Qualifier::{About, AtLeast, AtMost, Exact, FewerThan, MoreThan};
    let step = step(number);
    let over = number.saturating_sub(value);
    let is_near = over.abs().saturating_mul(2) <= step && over.abs().saturating_mul(ABOUT) <= value;
    let is_right = step > 1
        && match said {
            Exact | About => is_near,
            AtLeast | MoreThan => over < 0 && -over < step,
            AtMost | FewerThan => over > 0 && over < step,
            Qualifier::Between | Qualifier::Vague => false,
        };
    match (said, recorded) {
        _ if !is_right => Agreement::Different,
        (About | AtLeast | MoreThan | AtMost | FewerThan, Exact | About)
        | (AtLeast | MoreThan, AtLeast | MoreThan)
        | (AtMost | FewerThan, AtMost | FewerThan) => Agreement::Rounded,
        _ => Agreement::Unqualified,
    }
}

/// One number of a text where a range was recorded.
fn of_one_end((number, said): (i64, Qualifier), recorded: Quantity) -> Agreement {
    use Qualifier::{AtLeast, AtMost, FewerThan, MoreThan};
    match said {
        AtLeast | MoreThan if recorded.low == Some(number) => Agreement::Rounded,
        AtMost | FewerThan if recorded.high == Some(number) => Agreement::Rounded,
        _ if [recorded.low, recorded.high].contains(&Some(number)) => Agreement::Unqualified,
        _ => Agreement::Different,
    }
}

/// The power of ten that a number is rounded to, as its last zeros tell.
fn step(number: i64) -> i64 {
    let (mut step, mut rest) = (1, number);
    while rest != 0 && rest % 10 == 0 {
        rest /= 10;
        step *= 10;
    }
    step
}

/// The recorded values that a number in a text may be a fair way to say, both ends among them.
pub fn reach(said: &Quantity) -> Option<(i64, i64)> {
    let said = plain(said);
    match (said.value, said.low, said.high) {
        (Some(number), ..) => {
            let step = if step(number) > 1 { step(number) } else { 0 };
            Some((number.saturating_sub(step), number.saturating_add(step)))
        }
        (None, Some(low), Some(high)) => Some((low, high)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Agreement::{Different, Rounded, Same, Unqualified};
    use super::*;

    fn of(said: &str, recorded: &str) -> Agreement {
        agreement(&said.parse().unwrap(), &recorded.parse().unwrap())
    }

    #[test]
    fn a_number_keeps_the_words_that_belong_to_it() {
        for (said, recorded, found) in [
            ("14", "14", Same),
            ("14", "at least 14", Unqualified),
            ("at least 14", "at least 14", Same),
            ("at least 14", "more than 14", Same),
            ("more than 14", "at least 14", Unqualified),
            ("more than 14", "14", Different),
            ("about 14", "14", Same),
            ("about 453,000", "at least 453,000", Unqualified),
            ("at least 14", "between 14 and 20", Rounded),
            ("20", "between 14 and 20", Unqualified),
            ("between 14 and 20", "between 14 and 20", Same),
            ("between 10 and 20", "14", Rounded),
            ("15", "14", Different),
        ] {
            assert_eq!(of(said, recorded), found, "{said} of {recorded}");
        }
    }

    #[test]
    fn rounding_is_right_to_the_last_digit_and_says_so() {
        for (said, recorded, found) in [
            ("about 836,000", "835,928", Rounded),
            ("about 835,000", "835,928", Different),
            ("more than 835,000", "835,928", Rounded),
            ("more than 836,000", "835,928", Different),
            ("up to 836,000", "835,928", Rounded),
            ("836,000", "835,928", Unqualified),
            ("about 836,000", "at least 835,928", Unqualified),
            ("about 1 million", "1,400,000", Different),
            ("about 1.4 million", "1,412,503", Rounded),
            ("more than 1 million", "1,412,503", Rounded),
            ("about 1,857,046", "1,857,045", Different),
            ("0", "3", Different),
        ] {
            assert_eq!(of(said, recorded), found, "{said} of {recorded}");
        }
    }

    #[test]
    fn what_a_number_may_say_lies_within_its_reach() {
        assert_eq!(
            reach(&"about 836,000".parse().unwrap()),
            Some((835_000, 837_000))
        );
        assert_eq!(reach(&"14".parse().unwrap()), Some((14, 14)));
        assert_eq!(reach(&"between 14 and 20".parse().unwrap()), Some((14, 20)));
    }
}
