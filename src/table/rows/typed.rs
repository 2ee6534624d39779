//! Numbers of forms that know types, as the text of a cell.

/// Beyond this, not every whole number has a floating-point form of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A number in plain digits, which no convention of decimal marks can take for another.
pub(super) fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{number:.0}");
    }
    unmistakable(number.to_string())
}

/// As [`plain`], of a number of half the precision, by the digits that tell it from its neighbours.
pub(super) fn plain_single(number: f32) -> String {
    if number.fract() == 0.0 {
        return plain(f64::from(number));
    }
    unmistakable(number.to_string())
}

/// Three digits after a point are thousands where a table says that its mark is the comma: a zero more is none.
fn unmistakable(mut digits: String) -> String {
    let has_three = digits
        .split_once('.')
        .is_some_and(|(_, fraction)| fraction.len() == 3);
    if has_three {
        digits.push('0');
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_so_that_they_are_read_as_what_they_are() {
        for (number, text) in [
            (1_234_567_890.0, "1234567890"),
            (12_345_678_901.0, "12345678901"),
            (999_999.0, "999999"),
            (-5.0, "-5"),
            (0.5, "0.5"),
            (12.125, "12.1250"),
            (1.234_567, "1.234567"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(plain(number), text);
        }
        assert_eq!(plain_single(0.1), "0.1");
        assert_eq!(plain_single(2_000_000.0), "2000000");
    }
}
