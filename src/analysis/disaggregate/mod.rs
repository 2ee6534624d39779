//! Yearly flows spread over shorter periods: Denton and Chow-Lin.
