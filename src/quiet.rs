//! Running what may panic, without its words on the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many readers are at work.
static READERS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// The result of a reader, or none where it stopped in a panic, as the readers of PDFs, e-mails and workbooks do
/// at what they do not know. The panic is not told: hooks are of the whole process, so ours hands on the panics of all
/// other threads, but those of the reader of Parquet, and of all other code.
pub(crate) fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() && !is_a_readers_thread() {
                others(panic);
            }
        }));
    });
    let was_quiet = IS_QUIET.replace(true);
    READERS.fetch_add(1, Ordering::Relaxed);
    let read = catch_unwind(AssertUnwindSafe(read));
    READERS.fetch_sub(1, Ordering::Relaxed);
    IS_QUIET.set(was_quiet);
    read.ok()
}

/// Whether this is one of the threads among which the reader of Parquet parts its work, while one reads.
fn is_a_readers_thread() -> bool {
    let thread = std::thread::current();
    READERS.load(Ordering::Relaxed) > 0
        && thread.name().is_some_and(|name| name.starts_with("polars"))
}
