//! Dates of cells: days, months, years, quarters and spans in every usual form, never guessed.

mod form;
mod month;
mod usual;

pub(super) use form::{DateForm, Dated};

use crate::figure::coded_enum;

coded_enum! {
    /// Which comes first where day, month and year stand as numbers.
    DateOrder ("order of day and month") {
        /// The day: `08/03/2022` is 8 March.
        Dmy = "dmy",
        /// The month: `08/03/2022` is 3 August.
        Mdy = "mdy",
    }
}

impl DateOrder {
    /// In words, for messages.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Dmy => "day first",
            Self::Mdy => "month first",
        }
    }
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum DateError {
    /// In none of the usual forms.
    #[error(
        "no date such as 2022-03-08, 2022-03 or 2022; add its form, such as format = \"%d %B %Y\""
    )]
    NotADate,
    /// Not in the form that the mapping tells.
    #[error("no date of the form {0}")]
    NotOfForm(String),
    /// Day and month may be exchanged.
    #[error("day and month may stand in either order")]
    Ambiguous,
    /// Against the order that the mapping tells.
    #[error("no date with the {0}, as date_order says")]
    AgainstOrder(&'static str),
    /// The century is not said.
    #[error("the year has two digits; add the form of the column, such as format = \"%d/%m/%y\"")]
    ShortYear,
}
