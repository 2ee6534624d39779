//! What a figure needs before it can be recorded and the text does not tell.

use super::Field;

/// What a figure needs and the text does not tell. Each says which option gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// The text denies it.
    #[error("the text denies it, and what is denied is never recorded")]
    Denied,
    /// What is counted.
    #[error(
        "what is counted is not told: --set indicator=CODE (`humstat indicators` lists the codes)"
    )]
    Indicator,
    /// Who counted.
    #[error("who counted is not told: --set claimant=NAME")]
    Claimant,
    /// The days.
    #[error("the days that it speaks of are not told: --set period=2022-03")]
    Period,
    /// The one day of a stock or a cumulative.
    #[error(
        "a stock and a cumulative are of one day, and it speaks of several: --set period=2022-03-08"
    )]
    OneDay,
    /// The first day of a cumulative.
    #[error("a cumulative needs its first day: --set since=2022-02-24")]
    Since,
    /// The day before the first.
    #[error(
        "its last day lies before the day that it counts from: --set period=… or --set since=…"
    )]
    Order,
    /// A place of ours for the part of a country that the text names.
    #[error(
        "the text says it of a part of the country only: --set location=… with a place of `humstat places`, or the country if it means the whole"
    )]
    Within,
    /// The number.
    #[error("it has no number: --set value=\"about 453,000\"")]
    Number,
    /// The low end of a range.
    #[error(
        "the low end of its range may be meant in the thousands of the high end: --set value=\"between 10,000 and 12,000\""
    )]
    LowEnd,
    /// Which day a date means.
    #[error(
        "its date may be read in two ways, or lies after the publication: --set period=2022-03-08"
    )]
    Date,
    /// Which of several origins.
    #[error(
        "it is of people from several countries together: --set origin=… with one place, or --set origin= without any"
    )]
    Origin,
    /// Which of several locations.
    #[error(
        "it is of several countries together: --set location=… with one place, or --set location= without any"
    )]
    Location,
}

impl Lack {
    /// The part of the figure that is to be set.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Indicator => "indicator",
            Self::Claimant => "claimant",
            Self::Period | Self::OneDay | Self::Order | Self::Date => "period",
            Self::Since => "since",
            Self::Origin => "origin",
            Self::Within | Self::Location => "location",
            Self::Number | Self::LowEnd => "value",
        }
    }

    /// What is lacking where the text leaves a part of the figure open.
    pub(super) const fn of_unclear(field: Field) -> Option<Self> {
        match field {
            Field::Number => Some(Self::LowEnd),
            Field::Period => Some(Self::Date),
            Field::Origin => Some(Self::Origin),
            Field::Location => Some(Self::Location),
            Field::Claimant | Field::Indicator => None,
        }
    }
}
