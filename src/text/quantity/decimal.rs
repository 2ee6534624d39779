//! A number as a text writes it: whole, or with a fraction in tenths, hundredths and so on.

use serde::{Serialize, Serializer};

/// A mantissa over a power of ten. No rounding, no binary fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    decimals: u32,
}

impl Decimal {
    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self {
            mantissa: value as i128,
            decimals: 0,
        }
    }

    /// From the digits before and after the decimal mark; none when they are too many.
    pub fn from_digits(digits: impl Iterator<Item = u8>, decimals: u32) -> Option<Self> {
        let mut mantissa: i128 = 0;
        for digit in digits {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        Some(Self { mantissa, decimals })
    }

    /// So many times as much.
    pub fn times(self, factor: i64) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_mul(i128::from(factor))?,
            decimals: self.decimals,
        })
    }

    /// One of so many parts, where it comes out even in a few decimals.
    pub fn over(self, parts: i64) -> Option<Self> {
        let parts = i128::from(parts);
        (0..4).find_map(|more| {
            let mantissa = self.mantissa.checked_mul(10_i128.pow(more))?;
            (parts != 0 && mantissa % parts == 0).then_some(Self {
                mantissa: mantissa / parts,
                decimals: self.decimals + more,
            })
        })
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Option<Self> {
        let decimals = self.decimals.max(other.decimals);
        let raised = |number: Self| {
            let more = 10_i128.checked_pow(decimals - number.decimals)?;
            number.mantissa.checked_mul(more)
        };
        Some(Self {
            mantissa: raised(self)?.checked_add(raised(other)?)?,
            decimals,
        })
    }

    /// Its value where it is whole and fits.
    pub fn to_whole(self) -> Option<i64> {
        let power = 10_i128.checked_pow(self.decimals)?;
        (self.mantissa % power == 0)
            .then(|| i64::try_from(self.mantissa / power).ok())
            .flatten()
    }

    /// Its value, rounded as binary fractions are.
    pub fn to_f64(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "only compared and printed")]
        let mantissa = self.mantissa as f64;
        mantissa / 10_f64.powi(i32::try_from(self.decimals).unwrap_or(i32::MAX))
    }
}

/// A whole number where it is one, else a binary fraction.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.to_f64()),
        }
    }
}
