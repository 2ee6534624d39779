//! Who is on which lists: counts by capture history.

/// The most lists that a table may have.
pub const MOST_LISTS: usize = 6;

/// Why counts are no table of capture histories.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoriesError {
    /// One list tells nothing of what it misses.
    #[error(
        "{0} is too few lists: how many they miss is told by those whom several name; give 2 or more"
    )]
    TooFewLists(usize),
    /// More lists than the tables hold.
    #[error(
        "{0} lists are too many; give at most {MOST_LISTS}, for instance with two similar ones as one list"
    )]
    TooManyLists(usize),
    /// There is not one count for each history.
    #[error("{lists} lists have {wanted} histories but {counts} counts are given", wanted = 1_u64 << lists)]
    Cells {
        /// How many lists there are.
        lists: usize,
        /// How many counts were given.
        counts: usize,
    },
    /// Somebody is counted whom no list names.
    #[error(
        "{0} are counted as on no list; how many those are is what is estimated, so leave that row out"
    )]
    OnNoList(u64),
    /// A list names nobody.
    #[error("list {number} names nobody; leave it out", number = .list + 1)]
    EmptyList {
        /// Which, counted from 0.
        list: usize,
    },
    /// Nobody is on two lists.
    #[error(
        "the lists share nobody, so nothing tells how many they miss; match the same people across lists first"
    )]
    NoOverlap,
}

/// How many members have each capture history.
///
/// A history is a set of lists, written as a number in which bit `i` stands for list `i`: of lists
/// A, B and C, `0b101` is on A and C and not on B.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histories {
    lists: usize,
    counts: Vec<u64>,
}

impl Histories {
    /// Checks counts: one for each of the `2^lists` histories, the first, on no list, being zero.
    ///
    /// # Errors
    /// When there are too few or too many lists, a list names nobody, nobody is on two lists, or
    /// somebody is counted who is on none.
    pub fn new(lists: usize, counts: Vec<u64>) -> Result<Self, HistoriesError> {
        if lists < 2 {
            return Err(HistoriesError::TooFewLists(lists));
        }
        if lists > MOST_LISTS {
            return Err(HistoriesError::TooManyLists(lists));
        }
        if counts.len() != 1 << lists {
            let counts = counts.len();
            return Err(HistoriesError::Cells { lists, counts });
        }
        if counts[0] != 0 {
            return Err(HistoriesError::OnNoList(counts[0]));
        }
        let histories = Self { lists, counts };
        if let Some(list) = (0..lists).find(|list| histories.margin(1 << list) == 0) {
            return Err(HistoriesError::EmptyList { list });
        }
        if histories.named(1) == histories.observed() {
            return Err(HistoriesError::NoOverlap);
        }
        Ok(histories)
    }

    /// How many lists there are.
    pub fn lists(&self) -> usize {
        self.lists
    }

    /// How many members the lists name together, each once.
    pub fn observed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many have exactly this history.
    pub fn count(&self, history: usize) -> u64 {
        self.counts.get(history).copied().unwrap_or_default()
    }

    /// The counts of all histories, that of no list first.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many are on all lists of a set, whatever other lists they are on.
    pub fn margin(&self, set: usize) -> u64 {
        let counts = self.counts.iter().enumerate();
        counts
            .filter(|(history, _)| history & set == set)
            .map(|(_, count)| count)
            .sum()
    }

    /// How many are on exactly so many lists.
    pub fn named(&self, times: u32) -> u64 {
        let counts = self.counts.iter().enumerate();
        counts
            .filter(|(history, _)| history.count_ones() == times)
            .map(|(_, count)| count)
            .sum()
    }

    /// Pairs of lists that share nobody: nothing tells whether they avoid each other.
    pub fn pairs_that_share_nobody(&self) -> Vec<(usize, usize)> {
        let pairs = (0..self.lists).flat_map(|a| (a + 1..self.lists).map(move |b| (a, b)));
        pairs
            .filter(|(a, b)| self.margin(1 << a | 1 << b) == 0)
            .collect()
    }
}
