//! Which of two ways of writing a column has: the first cell that showed each.

/// The first cell that showed each convention.
#[derive(Debug, Clone)]
pub(super) struct Evidence<C> {
    seen: Vec<Witness<C>>,
}

/// A cell whose form leaves no doubt.
#[derive(Debug, Clone)]
pub(super) struct Witness<C> {
    /// What it shows.
    pub(super) convention: C,
    /// Its line in the file.
    pub(super) line: u64,
    /// What stands there.
    pub(super) text: String,
}

impl<C> Default for Evidence<C> {
    fn default() -> Self {
        Self { seen: Vec::new() }
    }
}

impl<C: Copy + PartialEq> Evidence<C> {
    /// Keeps a cell, if it is the first of its convention.
    pub(super) fn see(&mut self, convention: C, line: u64, text: &str) {
        if self.seen.iter().all(|seen| seen.convention != convention) {
            self.seen.push(Witness {
                convention,
                line,
                text: text.to_owned(),
            });
        }
    }

    /// The first cell that showed one.
    pub(super) fn first(&self) -> Option<&Witness<C>> {
        self.seen.first()
    }

    /// Two cells that contradict one another, named.
    pub(super) fn conflict(&self) -> Option<String> {
        let (first, second) = (self.seen.first()?, self.seen.get(1)?);
        Some(format!(
            "line {} says `{}`, and line {} says `{}`",
            first.line, first.text, second.line, second.text
        ))
    }
}
