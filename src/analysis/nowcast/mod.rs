//! What newest periods will come to: chain ladder with Mack's standard errors.
