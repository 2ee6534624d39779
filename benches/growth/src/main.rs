//! `growth MEASURED.csv PICTURE.svg`: times by number of figures, both axes in powers of ten.

use plotters::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [measured, picture] = paths.as_slice() else {
        return Err("usage: growth MEASURED.csv PICTURE.svg".into());
    };
    let text = std::fs::read_to_string(measured)?;
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(str::parse).collect())
        .collect::<Result<_, _>>()?;
    let most = rows.last().map_or(10_000.0, |row| row[0]);

    let area = SVGBackend::new(picture, (720, 480)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Seconds by figures in the ledger", ("sans-serif", 18))
        .margin(16)
        .x_label_area_size(36)
        .y_label_area_size(56)
        .margin_right(70)
        .build_cartesian_2d((1e4..most).log_scale(), (1e-3..1e2).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("figures")
        .y_desc("seconds")
        .x_label_formatter(&|count| format!("{count:.0}"))
        .draw()?;
    let lines = [
        ("record", RGBColor(0, 90, 156)),
        ("select", RGBColor(180, 80, 0)),
        ("scan", RGBColor(90, 90, 90)),
    ];
    for (column, (name, colour)) in lines.into_iter().enumerate() {
        let points: Vec<(f64, f64)> = rows.iter().map(|row| (row[0], row[column + 1])).collect();
        chart.draw_series(LineSeries::new(points.clone(), colour.stroke_width(2)))?;
        chart.draw_series(
            points
                .iter()
                .map(|point| Circle::new(*point, 3, colour.filled())),
        )?;
        if let Some(&last) = points.last() {
            let style = ("sans-serif", 13).into_font().color(&colour);
            let label = Text::new(name, (8, -6), style);
            chart.draw_series([EmptyElement::at(last) + label])?;
        }
    }
    area.present()?;
    Ok(())
}
