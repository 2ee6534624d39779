//! Running what may panic, without its words on the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// The result of a reader, or none where it stopped in a panic, as the readers of PDFs, e-mails and workbooks do
/// at what they do not know. The panic is not told: hooks are of the whole process, so ours hands on the panics of all
/// other threads and of all other code.
pub(crate) fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                others(panic);
            }
        }));
    });
    let was_quiet = IS_QUIET.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    IS_QUIET.set(was_quiet);
    read.ok()
}
