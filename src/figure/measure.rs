//! What a number counts, and how it relates to time.

use super::coded::coded_enum;

coded_enum! {
    /// How a number relates to time.
    Measure ("measure") {
        /// How many there are on one day.
        Stock = "stock",
        /// How many moved, died or were decided within the period.
        Flow = "flow",
        /// So far, since a first day.
        Cumulative = "cumulative",
    }
}

coded_enum! {
    /// What one of the number is. Units are never added to one another.
    Unit ("unit") {
        /// People.
        Persons = "persons",
        /// Families or households, each of several people.
        Households = "households",
        /// Case files, each of one or several people.
        Cases = "cases",
        /// Crossings of a border; one person may cross several times.
        Crossings = "crossings",
        /// Incidents.
        Events = "events",
        /// United States dollars.
        UsDollars = "usd",
    }
}
