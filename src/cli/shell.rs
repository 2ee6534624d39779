//! `humstat completions` and `humstat man`.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::files::write_whole;

/// Write completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat completions bash > ~/.local/share/bash-completion/completions/humstat
  humstat completions zsh > ~/.zfunc/_humstat")]
pub struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Write the man pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  humstat man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// The folder
    folder: PathBuf,
}

pub fn completions(context: &Context, args: &CompletionsArgs) -> Result<(), CliError> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "humstat", &mut text);
    context.put(&text, None)
}

pub fn man(context: &Context, args: &ManArgs) -> Result<(), CliError> {
    std::fs::create_dir_all(&args.folder)
        .map_err(|error| CliError::data(format!("{}: {error}", args.folder.display())))?;
    let mut command = super::command();
    command.build();
    let count = page(&command, "humstat", args)?;
    context.tell(&format!("wrote {count} pages to {}", args.folder.display()));
    Ok(())
}

/// Writes the page of a command and those of the commands below it.
fn page(command: &clap::Command, name: &str, args: &ManArgs) -> Result<usize, CliError> {
    let mut page_bytes = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(name)
        .render(&mut page_bytes)
        .map_err(|error| CliError::data(error.to_string()))?;
    write_whole(&args.folder.join(format!("{name}.1")), &page_bytes)?;
    let mut count = 1;
    for below in command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
    {
        count += page(below, &format!("{name}-{}", below.get_name()), args)?;
    }
    Ok(count)
}
