//! Records that are put in order, on disk when they are too many for memory.
//!
//! Records are held up to a limit. Those beyond it go to temporary files, each in order, and are
//! merged when they are read. A file that can no longer be read ends the reading early; whoever reads
//! asks [`Spill::check`] at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::sync::{Arc, OnceLock};

/// How many records are held in memory; some 100 MB of those that there are.
const HELD: usize = 2 << 20;

/// Records that a file is read by in one go.
const AT_ONCE: usize = 1 << 10;

/// A record of one size, ordered by its content.
pub(super) trait Record: Copy + Ord {
    /// How many bytes it takes in a file.
    const SIZE: usize;

    /// A small number that records are ordered by first.
    fn group(&self) -> usize;

    /// Appends its bytes.
    fn write(&self, into: &mut Vec<u8>);

    /// From the bytes that [`Record::write`] made.
    fn read(from: &[u8]) -> Self;
}

/// Records, some of them on disk.
#[derive(Debug, Clone)]
pub(super) struct Spill<R> {
    held: Vec<R>,
    limit: usize,
    runs: Vec<Arc<Run>>,
    failed: OnceLock<Arc<io::Error>>,
}

/// A temporary file of records in order, which is gone when it is closed.
#[derive(Debug)]
struct Run {
    file: File,
    records: usize,
}

impl<R: Record> Default for Spill<R> {
    fn default() -> Self {
        Self::holding(HELD)
    }
}

impl<R: Record> Spill<R> {
    /// None yet, with a limit of how many are held.
    pub(super) const fn holding(limit: usize) -> Self {
        Self {
            held: Vec::new(),
            limit,
            runs: Vec::new(),
            failed: OnceLock::new(),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        let on_disk: usize = self.runs.iter().map(|run| run.records).sum();
        self.held.len() + on_disk
    }

    /// Whether some of them are on disk.
    pub(super) const fn is_on_disk(&self) -> bool {
        !self.runs.is_empty()
    }

    /// The only records, where all are in memory.
    pub(super) const fn held_mut(&mut self) -> &mut Vec<R> {
        &mut self.held
    }

    /// Adds a record.
    pub(super) fn push(&mut self, record: R) {
        if self.held.len() == self.limit {
            self.put_away();
        }
        self.held.push(record);
    }

    /// Puts the records in order. From then on they are read in it.
    pub(super) fn sort(&mut self) {
        sort(&mut self.held);
        if self.is_on_disk() {
            self.put_away();
        }
    }

    /// Puts what is held into a file.
    fn put_away(&mut self) {
        sort(&mut self.held);
        match write_run(&self.held) {
            Ok(run) => self.runs.push(Arc::new(run)),
            Err(error) => self.fail(error),
        }
        self.held.clear();
    }

    fn fail(&self, error: io::Error) {
        // The first failure is the one to tell.
        let _ = self.failed.set(Arc::new(error));
    }

    /// Whether every record could be written and read so far.
    ///
    /// # Errors
    /// When a temporary file could not be.
    pub(super) fn check(&self) -> io::Result<()> {
        match self.failed.get() {
            None => Ok(()),
            Some(error) => Err(io::Error::new(
                error.kind(),
                format!("a temporary file: {error}"),
            )),
        }
    }

    /// The records: in order after [`Spill::sort`], in any order before.
    pub(super) fn iter(&self) -> impl Iterator<Item = R> {
        let mut merge = Merge::new(self);
        std::iter::from_fn(move || merge.next()).chain(self.held.iter().copied())
    }
}

/// Puts records in order: they are counted into their groups first, because within a group they mostly
/// come in order, and there may be millions.
fn sort<R: Record>(records: &mut Vec<R>) {
    if records.is_sorted() {
        return;
    }
    let groups = records.iter().map(Record::group).max().unwrap_or(0) + 1;
    // Where groups are nearly as many as records, counting them helps nothing.
    if groups > records.len() {
        records.sort_unstable();
        return;
    }
    let mut starts = vec![0_usize; groups + 1];
    for record in records.iter() {
        starts[record.group() + 1] += 1;
    }
    for group in 1..starts.len() {
        starts[group] += starts[group - 1];
    }
    let mut sorted = records.clone();
    for record in records.iter() {
        let place = &mut starts[record.group()];
        sorted[*place] = *record;
        *place += 1;
    }
    for of_group in sorted.chunk_by_mut(|a, b| a.group() == b.group()) {
        of_group.sort_unstable();
    }
    *records = sorted;
}

fn write_run<R: Record>(records: &[R]) -> io::Result<Run> {
    let mut file = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
    let mut bytes = Vec::with_capacity(R::SIZE);
    for record in records {
        bytes.clear();
        record.write(&mut bytes);
        debug_assert_eq!(bytes.len(), R::SIZE);
        file.write_all(&bytes)?;
    }
    Ok(Run {
        file: file.into_inner().map_err(io::IntoInnerError::into_error)?,
        records: records.len(),
    })
}

/// The records of all runs, the smallest first.
struct Merge<'s, R> {
    spill: &'s Spill<R>,
    cursors: Vec<Cursor<'s>>,
    next: BinaryHeap<Reverse<(R, usize)>>,
}

impl<'s, R: Record> Merge<'s, R> {
    fn new(spill: &'s Spill<R>) -> Self {
        let cursors = spill.runs.iter().map(|run| Cursor::new(run)).collect();
        let mut merge = Self {
            spill,
            cursors,
            next: BinaryHeap::new(),
        };
        for index in 0..merge.cursors.len() {
            merge.advance(index);
        }
        merge
    }

    fn advance(&mut self, index: usize) {
        let Some(cursor) = self.cursors.get_mut(index) else {
            return;
        };
        match cursor.read::<R>() {
            Ok(record) => self
                .next
                .extend(record.map(|record| Reverse((record, index)))),
            Err(error) => {
                self.spill.fail(error);
                // Nothing more comes: a part must not be taken for the whole.
                self.next.clear();
                self.cursors.clear();
            }
        }
    }

    fn next(&mut self) -> Option<R> {
        let Reverse((record, index)) = self.next.pop()?;
        self.advance(index);
        Some(record)
    }
}

/// A place in a run. The file is read at a place of its own, so that several may read it.
struct Cursor<'s> {
    run: &'s Run,
    /// How many records were read from the file.
    read: usize,
    bytes: Vec<u8>,
    at: usize,
}

impl<'s> Cursor<'s> {
    const fn new(run: &'s Run) -> Self {
        Self {
            run,
            read: 0,
            bytes: Vec::new(),
            at: 0,
        }
    }

    fn read<R: Record>(&mut self) -> io::Result<Option<R>> {
        if self.at == self.bytes.len() {
            let count = AT_ONCE.min(self.run.records - self.read);
            if count == 0 {
                return Ok(None);
            }
            self.bytes.resize(count * R::SIZE, 0);
            read_at(
                &self.run.file,
                &mut self.bytes,
                (self.read * R::SIZE) as u64,
            )?;
            self.read += count;
            self.at = 0;
        }
        let record = R::read(&self.bytes[self.at..self.at + R::SIZE]);
        self.at += R::SIZE;
        Ok(Some(record))
    }
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], place: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, place)
}

#[cfg(windows)]
fn read_at(file: &File, mut into: &mut [u8], mut place: u64) -> io::Result<()> {
    while !into.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, into, place)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => {
                into = &mut into[count..];
                place += count as u64;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Record for (u32, u32) {
        const SIZE: usize = 8;

        fn group(&self) -> usize {
            self.0 as usize
        }

        fn write(&self, into: &mut Vec<u8>) {
            into.extend_from_slice(&self.0.to_le_bytes());
            into.extend_from_slice(&self.1.to_le_bytes());
        }

        fn read(from: &[u8]) -> Self {
            let number = |at: usize| {
                let bytes = [from[at], from[at + 1], from[at + 2], from[at + 3]];
                u32::from_le_bytes(bytes)
            };
            (number(0), number(4))
        }
    }

    proptest! {
        #[test]
        fn records_come_out_in_order_however_many_are_held(
            records in prop::collection::vec((0_u32..9, 0_u32..99), 0..400),
            limit in 1_usize..500,
        ) {
            let mut spill = Spill::holding(limit);
            for record in &records {
                spill.push(*record);
            }
            let mut expected = records.clone();
            expected.sort_unstable();
            let mut before: Vec<_> = spill.iter().collect();
            before.sort_unstable();
            prop_assert_eq!(&before, &expected);
            spill.sort();
            prop_assert_eq!(spill.len(), records.len());
            prop_assert_eq!(spill.is_on_disk(), records.len() > limit);
            // Two may read at once.
            let both: Vec<_> = spill.iter().zip(spill.iter()).collect();
            prop_assert!(both.iter().all(|(a, b)| a == b));
            prop_assert_eq!(spill.iter().collect::<Vec<_>>(), expected);
            prop_assert!(spill.check().is_ok());
        }
    }

    #[test]
    fn a_file_that_is_cut_is_told_at_the_end() {
        let mut spill = Spill::holding(2);
        for number in 0..5 {
            spill.push((0, number));
        }
        spill.sort();
        spill.runs[0].file.set_len(8).unwrap();
        assert!(spill.iter().count() < 5);
        assert!(spill.check().is_err());
    }
}
