//! Whether a series rises or falls: Mann-Kendall's test and Theil-Sen's slope.
