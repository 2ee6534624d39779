//! Months by their names in the languages that partners write.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Name and number of each month; a name of two words has a space.
static MONTHS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    include_str!("months.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .zip(1..)
        .flat_map(|(line, month)| {
            line.split(' ')
                .map(move |name| (name.replace('_', " "), month))
        })
        .collect()
});

/// The number of the month of this name in small letters, from 1; a full stop or comma after it is allowed.
pub(super) fn number(name: &str) -> Option<u32> {
    MONTHS.get(name.trim_end_matches(['.', '،'])).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_month_has_its_names() {
        assert_eq!(number("december"), Some(12));
        assert_eq!(number("كانون الثاني"), Some(1));
        assert_eq!(number("يناير"), Some(1));
        assert_eq!(number("березня"), Some(3));
        assert_eq!(number("sept."), Some(9));
        assert_eq!(number("ma"), None);
        let months: std::collections::BTreeSet<u32> = MONTHS.values().copied().collect();
        assert_eq!(
            months.into_iter().collect::<Vec<_>>(),
            (1..=12).collect::<Vec<_>>()
        );
    }
}
