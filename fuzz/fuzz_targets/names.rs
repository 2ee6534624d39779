#![no_main]
#[path = "../../tests/suite/fuzz/targets/mod.rs"]
#[allow(dead_code)]
mod targets;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::words::names(bytes));
