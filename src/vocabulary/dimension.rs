//! What narrows a series: dimensions and their codes.

use serde::Deserialize;

use super::list::{UnknownWord, Word};

/// One way to narrow a series, such as sex or type of procedure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Its code in a breakdown.
    pub code: String,
    /// What tables and charts call it.
    pub label: String,
    /// What it tells apart.
    pub definition: String,
    /// Whether codes beyond the listed ones are allowed.
    #[serde(default)]
    pub open: bool,
    /// Whether bands of whole years are codes: `5-11`, `60+`.
    #[serde(default)]
    pub bands: bool,
    /// Whether different codes count different people unless one is part of the other.
    #[serde(default = "yes")]
    pub additive: bool,
    /// Codes that count different people although the dimension is not additive as a whole.
    #[serde(default)]
    exclusive: Vec<Vec<String>>,
    /// The listed codes.
    #[serde(default)]
    pub codes: Vec<Code>,
}

/// One code of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What a breakdown writes.
    pub code: String,
    /// What tables and charts call it.
    pub label: String,
    /// What it covers, where the label does not say it.
    pub definition: Option<String>,
    /// Codes of the same dimension that it is made of.
    #[serde(default)]
    pub parts: Vec<String>,
    /// First and last year of age; no last year means no end.
    #[serde(default)]
    ages: Vec<u8>,
}

const fn yes() -> bool {
    true
}

impl Dimension {
    /// A listed code.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|listed| listed.code == code)
    }

    /// The label of a code; a code that is not listed, such as a band of ages, is its own label.
    pub fn label_of<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |listed| &listed.label)
    }

    /// Checks that a code belongs to the dimension.
    ///
    /// # Errors
    /// When it does not, with the nearest codes.
    pub fn check(&self, code: &str) -> Result<(), UnknownWord> {
        let is_known = self.get(code).is_some()
            || (self.open && !code.trim().is_empty())
            || (self.bands && band(code).is_some());
        if is_known {
            return Ok(());
        }
        let known = self.codes.iter().map(|listed| listed.code.as_str());
        let mut unknown = UnknownWord::new("code", code, known);
        unknown.dimension = Some(self.code.clone());
        let by_label = |listed: &&Code| listed.label.eq_ignore_ascii_case(code.trim());
        if let Some(meant) = self.codes.iter().find(by_label) {
            unknown.nearest = vec![meant.code.clone()];
        }
        Err(unknown)
    }

    /// Whether two codes may count the same people, so that they are never added.
    pub fn may_overlap(&self, left: &str, right: &str) -> bool {
        if left == right || self.contains(left, right) || self.contains(right, left) {
            return true;
        }
        if let (Some((first, last)), Some((other_first, other_last))) =
            (self.ages(left), self.ages(right))
        {
            return first <= other_last && other_first <= last;
        }
        let is_listed = |code| self.get(code).is_some() || self.ages(code).is_some();
        if !is_listed(left) || !is_listed(right) {
            return true;
        }
        if self.share_a_part(left, right) {
            return true;
        }
        let holds = |codes: &Vec<String>, code| codes.iter().any(|listed| listed == code);
        let is_exclusive = self
            .exclusive
            .iter()
            .any(|codes| holds(codes, left) && holds(codes, right));
        !self.additive && !is_exclusive
    }

    /// Whether a code is made of another one, directly or by way of its parts.
    fn contains(&self, whole: &str, part: &str) -> bool {
        self.get(whole).is_some_and(|code| {
            code.parts
                .iter()
                .any(|own| own == part || self.contains(own, part))
        })
    }

    fn share_a_part(&self, left: &str, right: &str) -> bool {
        self.codes
            .iter()
            .any(|code| self.contains(left, &code.code) && self.contains(right, &code.code))
    }

    /// The years of age that a code covers.
    pub fn ages(&self, code: &str) -> Option<(u8, u8)> {
        match self.get(code).map(|listed| listed.ages.as_slice()) {
            Some([first]) => Some((*first, u8::MAX)),
            Some([first, last]) => Some((*first, *last)),
            None if self.bands => band(code),
            _ => None,
        }
    }

    /// Codes that the file names without listing them, for the test.
    #[cfg(test)]
    pub(super) fn dangling(&self) -> Vec<&str> {
        let parts = self.codes.iter().flat_map(|code| &code.parts);
        parts
            .chain(self.exclusive.iter().flatten())
            .map(String::as_str)
            .filter(|code| self.get(code).is_none())
            .collect()
    }
}

/// A band of ages, `5-11` or `60+`, as its first and last year.
fn band(code: &str) -> Option<(u8, u8)> {
    let year = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    match code.strip_suffix('+') {
        Some(first) => Some((year(first)?, u8::MAX)),
        None => {
            let (first, last) = code.split_once('-')?;
            Some((year(first)?, year(last)?)).filter(|(first, last)| first <= last)
        }
    }
}

impl Word for Dimension {
    const KIND: &'static str = "dimension";

    fn code(&self) -> &str {
        &self.code
    }

    fn label(&self) -> &str {
        &self.label
    }

    fn texts(&self) -> Vec<&str> {
        let codes = self.codes.iter();
        codes
            .flat_map(|code| [code.code.as_str(), code.label.as_str()])
            .chain([self.definition.as_str()])
            .collect()
    }
}
