//! The methods that a forecast may be made by, and what each assumes.

use crate::figure::coded_enum;

coded_enum! {
    /// How a forecast is made. Simple ones stand first: of equals the first is taken.
    Method ("method of a forecast") {
        /// The last value stays.
        Naive = "naive",
        /// The value of one season ago comes again.
        Seasonal = "seasonal",
        /// The average change of all steps goes on.
        Drift = "drift",
        /// A smoothed trend that dies away.
        Damped = "damped",
        /// Exponential smoothing whose form is chosen from the data.
        Ets = "ets",
        /// A seasonal pattern taken off, and the rest forecast by `ets`.
        Mstl = "mstl",
    }
}

impl Method {
    /// The name of the method, with the work that it follows.
    pub const fn reference(self) -> &'static str {
        match self {
            Self::Naive => "naive, the last value (Hyndman and Athanasopoulos 2021, 5.2)",
            Self::Seasonal => {
                "seasonal naive, the value of one season ago (Hyndman and Athanasopoulos 2021, 5.2)"
            }
            Self::Drift => "drift, the average change (Hyndman and Athanasopoulos 2021, 5.2)",
            Self::Damped => "damped trend, ETS(A,Ad,N) (Gardner and McKenzie 1985)",
            Self::Ets => {
                "exponential smoothing, form chosen by AICc (Hyndman and others 2002, 2008)"
            }
            Self::Mstl => {
                "seasonal pattern by MSTL (Bandara and others 2021), the rest by exponential smoothing"
            }
        }
    }

    /// How its intervals come about, which all assume that errors are normal and independent.
    pub const fn intervals(self) -> &'static str {
        match self {
            Self::Naive | Self::Seasonal | Self::Drift => {
                "analytic, from the one-step errors of the past, taken to be normal and independent"
            }
            Self::Damped | Self::Ets => {
                "analytic, of the fitted model, its errors taken to be normal and independent and \
                 its parameters to be known"
            }
            Self::Mstl => {
                "analytic, of the model of the rest, its errors taken to be normal and independent; \
                 that the seasonal pattern is estimated is not in them"
            }
        }
    }

    /// Whether it needs a season.
    pub const fn is_seasonal(self) -> bool {
        matches!(self, Self::Seasonal | Self::Mstl)
    }
}
