//! Hierarchical log-linear models: which lists depend on one another.

use std::fmt;

use super::MOST_LISTS;

/// Why words name no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HierarchyError {
    /// A part names no list.
    #[error(
        "`{part}` names no lists; write a model as [123,14] by the numbers of the lists, or as [{first}*{second}] by their names: {known}",
        first = .names.first().map_or("A", String::as_str),
        second = .names.get(1).map_or("B", String::as_str),
        known = .names.iter().enumerate().map(|(at, name)| format!("{} {name}", at + 1)).collect::<Vec<_>>().join(", ")
    )]
    Unknown {
        /// The part.
        part: String,
        /// The names of the lists.
        names: Vec<String>,
    },
    /// The interaction of all lists at once.
    #[error(
        "the interaction of all {lists} lists cannot be estimated, since nobody on no list is counted; every estimate assumes that it is zero, so leave it out"
    )]
    Saturated {
        /// How many lists there are.
        lists: usize,
    },
}

/// A hierarchical model: with an interaction, all interactions of its parts.
///
/// Every list has an effect of its own. A term is a set of lists as in
/// [`Histories`](super::Histories); the terms are the bits of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hierarchy {
    lists: u8,
    terms: u64,
}

// A term is a bit of a `u64`.
const _: () = assert!(1 << MOST_LISTS <= u64::BITS);

impl Hierarchy {
    /// All lists independent of one another: Mt, or `[1,2,3]`.
    pub fn independence(lists: usize) -> Self {
        let terms = (0..lists).fold(0, |terms, list| terms | 1 << (1_u64 << list));
        let lists = lists as u8;
        Self { lists, terms }
    }

    /// The smallest hierarchical model with these interactions.
    ///
    /// # Errors
    /// When one is that of all lists, which cannot be estimated.
    pub fn generated(lists: usize, interactions: &[usize]) -> Result<Self, HierarchyError> {
        let all = (1 << lists) - 1;
        let mut model = Self::independence(lists);
        for interaction in interactions.iter().map(|sets| sets & all) {
            if interaction == all {
                return Err(HierarchyError::Saturated { lists });
            }
            let parts = (1..=interaction).filter(|part| part & interaction == *part);
            model.terms = parts.fold(model.terms, |terms, part| terms | 1 << part);
        }
        Ok(model)
    }

    /// Reads a model as it is written: `[123,14,34]` by the numbers of lists, or `[A*B,C]` by their
    /// names, also with `:` for `*`. A list that is not named has an effect of its own.
    ///
    /// # Errors
    /// When a part names no list, or all lists at once.
    pub fn parse(text: &str, names: &[String]) -> Result<Self, HierarchyError> {
        let inner = text.trim();
        let inner = inner.strip_prefix('[').unwrap_or(inner);
        let inner = inner.strip_suffix(']').unwrap_or(inner);
        let mut interactions = Vec::new();
        for part in inner.split(',').map(str::trim) {
            let interaction = interaction(part, names).ok_or_else(|| HierarchyError::Unknown {
                part: part.to_owned(),
                names: names.to_vec(),
            })?;
            interactions.push(interaction);
        }
        Self::generated(names.len(), &interactions)
    }

    /// Every hierarchical model but the saturated one: 1, 8, 113 and 6,893 for 2 to 5 lists.
    pub fn all(lists: usize) -> Vec<Self> {
        let top = (1_usize << lists) - 1;
        let mut sets: Vec<usize> = (1..top).filter(|set| set.count_ones() > 1).collect();
        sets.sort_by_key(|set| (set.count_ones(), *set));
        let mut models = vec![Self::independence(lists)];
        for set in sets {
            // A set may come in where all that it has but one of its lists are in.
            let parts = (0..lists)
                .filter(|list| set >> list & 1 == 1)
                .fold(0_u64, |parts, list| parts | 1 << (set & !(1 << list)));
            let grown: Vec<Self> = models
                .iter()
                .filter(|model| model.terms & parts == parts)
                .map(|model| Self {
                    terms: model.terms | 1 << set,
                    ..*model
                })
                .collect();
            models.extend(grown);
        }
        models
    }

    /// How many lists there are.
    pub fn lists(&self) -> usize {
        usize::from(self.lists)
    }

    /// Its terms, single lists first.
    pub fn terms(&self) -> Vec<usize> {
        let mut terms: Vec<usize> = (1..1 << self.lists)
            .filter(|set| self.terms >> set & 1 == 1)
            .collect();
        terms.sort_by_key(|set| (set.count_ones(), *set));
        terms
    }

    /// The terms that are part of no other, the largest first, then by their lists.
    pub fn generators(&self) -> Vec<usize> {
        let terms = self.terms();
        let is_part = |set: usize| {
            let mut larger = terms.iter();
            larger.any(|other| *other != set && other & set == set)
        };
        let mut generators: Vec<usize> =
            terms.iter().copied().filter(|set| !is_part(*set)).collect();
        generators.sort_by_key(|set| (self.lists - set.count_ones() as u8, members(*set)));
        generators
    }

    /// The model in the names of its lists: `EXH*ABA*OSCE, EXH*HRW`.
    pub fn in_names(&self, names: &[String]) -> String {
        let named = |set: usize| {
            let lists = members(set).into_iter();
            let names = lists.filter_map(|list| names.get(list).map(String::as_str));
            names.collect::<Vec<_>>().join("*")
        };
        let generators = self.generators().into_iter().map(named);
        generators.collect::<Vec<_>>().join(", ")
    }
}

/// The lists of a set, counted from 0.
pub(super) fn members(set: usize) -> Vec<usize> {
    (0..MOST_LISTS)
        .filter(|list| set >> list & 1 == 1)
        .collect()
}

/// A set of lists as numbers from 1: `134`.
pub(super) fn numbers(set: usize) -> String {
    let lists = members(set).into_iter();
    lists.map(|list| (list + 1).to_string()).collect()
}

impl fmt::Display for Hierarchy {
    /// The model by the numbers of its lists, as Rcapture writes it: `[123,14,34]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generators: Vec<String> = self.generators().into_iter().map(numbers).collect();
        write!(f, "[{}]", generators.join(","))
    }
}

/// The set of lists that a part of a model names.
fn interaction(part: &str, names: &[String]) -> Option<usize> {
    let named = |word: &str| {
        let word = word.trim();
        names.iter().position(|name| name == word).map(|at| 1 << at)
    };
    let words = part.split(['*', ':']);
    if let Some(set) = words.map(named).try_fold(0, |set, list| Some(set | list?)) {
        return Some(set);
    }
    let digits = part.chars().map(|digit| digit.to_digit(10));
    let set = digits.map(|digit| {
        let list = digit? as usize;
        (1..=names.len()).contains(&list).then(|| 1 << (list - 1))
    });
    set.into_iter()
        .try_fold(0, |set, list| Some(set | list?))
        .filter(|set| *set != 0)
}
