//! The program: see [`humstat::cli`].

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    humstat::cli::main()
}
