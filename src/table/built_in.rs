//! Mappings that come with the program.

/// Declares the mappings that are compiled in.
macro_rules! mappings {
    ($($name:literal),+ $(,)?) => {
        /// The text of a mapping under `datasets/mappings` that comes with the program.
        pub fn built_in(name: &str) -> Option<&'static str> {
            match name {
                $($name => Some(include_str!(concat!("../../datasets/mappings/", $name, ".toml"))),)+
                _ => None,
            }
        }
    };
}

mappings! {
    "acled-events",
    "dtm",
    "dtm-admin1",
    "dtm-admin2",
    "dtm-ukraine-idps",
    "dtm-ukraine-returnees",
    "emdat",
    "eurostat",
    "gaza-daily",
    "hapi-conflict-events",
    "hapi-idps",
    "hapi-needs",
    "hapi-refugees",
    "hapi-returnees",
    "hdx-acled-civilian-targeting",
    "hdx-acled-political-violence",
    "hdx-idmc",
    "hdx-unhcr-applications",
    "hdx-unhcr-decisions",
    "hdx-unhcr-demographics",
    "hdx-unhcr-population",
    "hdx-unhcr-situations",
    "hdx-unhcr-solutions",
    "idmc-gidd",
    "idmc-gidd-disasters",
    "idmc-idu",
    "insecurity-aid-workers",
    "missing-migrants",
    "odp-by-country",
    "odp-recorded-in-europe",
    "odp-sublocation",
    "odp-timeseries-arrivals",
    "odp-timeseries-crossings",
    "odp-timeseries-crossings-in-all",
    "odp-timeseries-recorded",
    "ohchr-ukraine",
    "owid",
    "reliefweb-disasters",
    "ucdp-ged",
    "ucdp-ged-14",
    "unhcr-applications",
    "unhcr-decisions",
    "unhcr-demographics",
    "unhcr-download",
    "unhcr-flows",
    "unhcr-idmc",
    "unhcr-nowcasting",
    "unhcr-popstats",
    "unhcr-population",
    "unhcr-population-vintages",
    "unhcr-solutions",
    "unrwa",
    "west-bank-daily",
    "worldbank",
    "worldbank-api",
    "worldbank-origin",
}
