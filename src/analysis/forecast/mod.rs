//! Where a series may go: naive, drift, damped trend, exponential smoothing; chosen by backtest.
