//! The program: see [`humstat::cli`].

fn main() -> std::process::ExitCode {
    humstat::cli::main()
}
