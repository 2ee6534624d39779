//! Where the level of a series changed: PELT and Pettitt's test.
