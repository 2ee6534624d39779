//! Pictures: one chart in one or several sizes, as SVG or PNG, and what a chart desk says of them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::CliError;
use super::context::{Context, PROGRAM};
use crate::chart::{self, ChartSpec};
use crate::figure::counted;
use crate::plan::{SizePlan, png_metadata};

/// How a chart is put out.
pub struct Wanted<'a> {
    /// The sizes that are drawn; the names of several files end in theirs.
    pub sizes: &'a [SizePlan],
    /// The file, whose ending is the form; stdout without it.
    pub output: Option<&'a Path>,
    /// Pixels of a PNG for each px of the chart.
    pub scale: f64,
    /// Whether the text of an SVG is written as shapes.
    pub outline: bool,
    /// Whether to say what a chart desk would object to.
    pub lint: bool,
}

/// Draws a chart in every size, and judges each where that is wanted.
///
/// # Errors
/// When it cannot be drawn or written, and when there is something to object to.
pub fn put(context: &Context, spec: &ChartSpec, wanted: &Wanted<'_>) -> Result<(), CliError> {
    if wanted.output.is_none() && !wanted.lint && wanted.sizes.len() > 1 {
        return Err(CliError::usage(
            "several sizes need files to go to; name one with -o, such as -o chart.png",
        ));
    }
    let mut objections = 0;
    for size in wanted.sizes {
        let mut spec = spec.clone();
        spec.size = (*size).into();
        let svg = chart::render_svg(&spec)?;
        if wanted.lint {
            objections += judge(context, &spec, &svg, wanted, *size)?;
        }
        match wanted.output {
            Some(file) => {
                let named = named(file, *size, wanted.sizes.len() > 1);
                let bytes = bytes(&spec, &svg, &named, wanted)?;
                context.put(&bytes, Some(&named))?;
            }
            None if wanted.lint => {}
            None => context.put(written(&svg, wanted)?.as_bytes(), None)?,
        }
    }
    match objections {
        0 => Ok(()),
        _ => Err(CliError::data("a chart desk would send this back")),
    }
}

/// Says what there is to object to: the point, what is wrong, and what the point asks for.
fn judge(
    context: &Context,
    spec: &ChartSpec,
    svg: &str,
    wanted: &Wanted<'_>,
    size: SizePlan,
) -> Result<usize, CliError> {
    let findings = chart::lint(spec, svg)?;
    let which = if wanted.sizes.len() > 1 {
        format!("{size}: ")
    } else {
        String::new()
    };
    let lines: String = findings
        .iter()
        .map(|finding| format!("{which}{finding}\n"))
        .collect();
    context.show(&lines)?;
    let count = counted(findings.len(), "finding", "findings");
    context.tell(&format!("{which}{count}"));
    Ok(findings.len())
}

/// `chart.png`, or `chart-square.png` where there are several.
fn named(file: &Path, size: SizePlan, several: bool) -> PathBuf {
    let (Some(stem), Some(ending), true) = (file.file_stem(), file.extension(), several) else {
        return file.to_owned();
    };
    let mut name = OsString::from(stem);
    name.push(format!("-{size}."));
    name.push(ending);
    file.with_file_name(name)
}

/// The SVG as it leaves the program: with its font, or with its text as shapes.
fn written(svg: &str, wanted: &Wanted<'_>) -> Result<String, CliError> {
    Ok(if wanted.outline {
        chart::outlined(svg)?
    } else {
        chart::with_font(svg)?
    })
}

fn bytes(
    spec: &ChartSpec,
    svg: &str,
    file: &Path,
    wanted: &Wanted<'_>,
) -> Result<Vec<u8>, CliError> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(written(svg, wanted)?.into_bytes()),
        Some("png") if wanted.outline => Err(CliError::usage(
            "--outline is for SVG: a PNG has no text to turn into shapes",
        )),
        Some("png") => {
            let metadata = png_metadata(spec, PROGRAM);
            Ok(chart::render_png(svg, wanted.scale, &metadata)?)
        }
        Some("pdf") => pdf(svg, file),
        Some("eps" | "ai") => Err(CliError::usage(format!(
            "no chart is written as {}; write an .svg with --outline, which programs for print open \
             without the font",
            file.display()
        ))),
        _ => Err(CliError::usage(format!(
            "{} ends in no form of picture; use .svg or .png",
            file.display()
        ))),
    }
}

#[cfg(feature = "pdf")]
fn pdf(svg: &str, _file: &Path) -> Result<Vec<u8>, CliError> {
    Ok(chart::render_pdf(svg)?)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_svg: &str, file: &Path) -> Result<Vec<u8>, CliError> {
    Err(CliError::usage(format!(
        "{} needs a humstat that was built with `--features pdf`; or write an .svg with --outline, which \
         programs for print open without the font",
        file.display()
    )))
}

/// Reads pixels for each px: 1 to 4.
///
/// # Errors
/// Says what it can be.
pub fn scale(word: &str) -> Result<f64, String> {
    word.parse()
        .ok()
        .filter(|scale| (1.0..=4.0).contains(scale))
        .ok_or_else(|| "write a number between 1 and 4; 2 is usual".to_owned())
}
