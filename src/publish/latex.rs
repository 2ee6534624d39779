//! A LaTeX table with the rules of `booktabs`, its notes and sources below it.

use std::fmt::Write as _;

use polars::prelude::DataFrame;

use super::harmless::one_line;
use super::view::View;
use super::{Along, Form, PublishError};

pub(super) struct Latex;

impl Form for Latex {
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let view = View::new(frame);
        let mut text = String::from("% \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n");
        let same: Vec<String> = view
            .same
            .iter()
            .map(|(name, cell)| format!("{}: {}", name.replace('_', " "), cell))
            .collect();
        if !same.is_empty() {
            let _ = writeln!(text, "  \\caption{{{}}}", escaped(&same.join("; ")));
        }
        let columns: String = view
            .right
            .iter()
            .map(|right| if *right { 'r' } else { 'l' })
            .collect();
        let _ = writeln!(text, "  \\begin{{tabular}}{{{columns}}}\n    \\toprule");
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            format!("    {} \\\\\n", cells.join(" & "))
        };
        let header: Vec<String> = view
            .header
            .iter()
            .map(|name| name.replace('_', " "))
            .collect();
        text.push_str(&line(&header));
        text.push_str("    \\midrule\n");
        for row in &view.rows {
            text.push_str(&line(row));
        }
        text.push_str("    \\bottomrule\n  \\end{tabular}\n");
        let mut below: Vec<String> = view
            .remarks
            .iter()
            .enumerate()
            .map(|(index, remark)| format!("{}: {}", index + 1, escaped(remark)))
            .collect();
        if let Some(sources) = along.sources {
            let titles: Vec<&str> = sources
                .publications
                .iter()
                .map(|source| source.title.as_str())
                .collect();
            below.push(format!(
                "Sources: {}. {}.",
                escaped(&titles.join("; ")),
                escaped(&sources.pin.0)
            ));
        }
        if !below.is_empty() {
            text.push_str("  \\par\\medskip\n  \\begin{minipage}{\\linewidth}\\footnotesize\n");
            for one in below {
                let _ = writeln!(text, "    {one}\\par");
            }
            text.push_str("  \\end{minipage}\n");
        }
        text.push_str("\\end{table}\n");
        Ok(text.into_bytes())
    }
}

/// Text without meaning to LaTeX, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_name_is_a_command() {
        assert_eq!(
            escaped(r"\input{x} 50% & $1_2 #~^"),
            r"\textbackslash{}input\{x\} 50\% \& \$1\_2 \#\textasciitilde{}\textasciicircum{}"
        );
    }
}
