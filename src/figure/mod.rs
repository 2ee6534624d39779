//! What a figure is: one number that was published for one series and one period.
//!
//! Plain types without input or output. The words are those of the field: a *stock* is how many
//! there are, a *flow* how many moved or died within a period, a *cumulative* how many so far.

mod coded;
mod measure;
mod number;
mod period;
mod publication;
mod quantity;
mod series;
mod span;

pub use coded::UnknownCode;
pub(crate) use coded::coded_enum;
pub use measure::{Measure, Unit};
pub use number::{Decimal, Numeral, numeral, plain, whole_number};
pub(crate) use number::{is_money, is_share};
pub use period::{Period, TimeError, Version, YEARS};
pub use publication::{Absence, Publication, Scope};
pub use quantity::{Missing, Qualifier, Quantity, QuantityError, Status, counted, grouped};
pub use series::{Breakdown, BreakdownError, PlaceId, Series};
pub use span::{Span, SpanError};
