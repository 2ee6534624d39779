//! Enumerations whose members have a fixed code in files, tables and the ledger.

/// A word that is none of an enumeration's codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no {kind}; write one of {}", .codes.join(", "))]
pub struct UnknownCode {
    /// What was expected, such as `measure`.
    pub kind: &'static str,
    /// The word that was found.
    pub word: String,
    /// All codes of the enumeration.
    pub codes: &'static [&'static str],
}

/// Declares an enumeration with one stable code per member, its parser and its serde form.
macro_rules! coded_enum {
    (
        $(#[$meta:meta])*
        $name:ident ($kind:literal) {
            $( $(#[$member_meta:meta])* $member:ident = $code:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $( $(#[$member_meta])* $member, )+ }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$member, )+ ];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[ $( $code, )+ ];

            /// The code that files, tables and the ledger use.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$member => $code, )+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::figure::UnknownCode;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $( $code => Ok(Self::$member), )+
                    _ => Err($crate::figure::UnknownCode {
                        kind: $kind,
                        word: word.to_owned(),
                        codes: Self::CODES,
                    }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::figure::UnknownCode;

            fn try_from(word: String) -> Result<Self, Self::Error> { word.parse() }
        }

        impl From<$name> for String {
            fn from(member: $name) -> Self { member.code().to_owned() }
        }
    };
}

pub(crate) use coded_enum;
