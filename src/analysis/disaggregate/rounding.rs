//! Parts rounded so that they still add up to their whole.

/// How many decimals parts are given with.
pub const DECIMALS: u32 = 3;

/// Parts in thousandths (of [`DECIMALS`] decimals) that add up to their whole exactly: each is rounded down,
/// and what is then lacking goes to those that lost most, the first of equals first. None where a number is
/// too large.
pub fn add_up(parts: &[f64], whole: i64) -> Option<Vec<i64>> {
    let unit = 10_i64.checked_pow(DECIMALS)?;
    let whole = whole.checked_mul(unit)?;
    // Beyond this, a double holds no thousandths.
    const LARGEST: f64 = 9e15;
    let scaled: Vec<f64> = parts.iter().map(|part| part * unit as f64).collect();
    if scaled
        .iter()
        .any(|part| part.is_nan() || part.abs() > LARGEST)
    {
        return None;
    }
    let mut rounded: Vec<i64> = scaled.iter().map(|part| part.floor() as i64).collect();
    let lacking = whole.checked_sub(rounded.iter().sum())?;
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    let loss = |place: &usize| scaled[*place] - scaled[*place].floor();
    by_loss.sort_by(|a, b| loss(b).total_cmp(&loss(a)).then(a.cmp(b)));
    // Parts that add up but for the arithmetic lack fewer than there are parts; what is more goes round.
    let count = i64::try_from(parts.len()).ok().filter(|count| *count > 0)?;
    for (rank, place) in by_loss.into_iter().enumerate() {
        let rank = i64::try_from(rank).ok()?;
        rounded[place] += lacking.div_euclid(count) + i64::from(rank < lacking.rem_euclid(count));
    }
    Some(rounded)
}
