//! From SVG to PDF, with text that can be selected: behind the feature `pdf`, since the converter brings
//! a second copy of the SVG reader.

use std::sync::{Arc, LazyLock};

use svg2pdf::usvg::fontdb::{Database, Source};
use svg2pdf::usvg::{Options, Tree};
use svg2pdf::{ConversionOptions, PageOptions};

use super::{ChartError, font};

/// The two weights of the embedded faces, and no font of the machine.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    let latin = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    for bytes in latin.into_iter().chain(font::ARABIC_FACES) {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    Arc::new(fonts)
});

/// Writes a chart's SVG as one page of PDF, 96 px to the inch, so that charts for print have their size
/// in millimetres. The font is embedded as far as it is used. Unlike SVG and PNG, the bytes may differ
/// from run to run.
///
/// # Errors
/// When the text is no SVG, or cannot be converted.
pub fn render_pdf(svg: &str) -> Result<Vec<u8>, ChartError> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "Noto Sans".to_owned(),
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|error| ChartError::NotSvg(error.to_string()))?;
    svg2pdf::to_pdf(
        &tree,
        ConversionOptions::default(),
        PageOptions { dpi: 96.0 },
    )
    .map_err(|error| ChartError::Drawing(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::render_svg;
    use crate::chart::tests::{bar, bar_spec};

    #[test]
    fn a_page_embeds_the_font_and_has_the_size_of_the_chart() {
        let svg = render_svg(&bar_spec(vec![bar("Łódź", 9.0), bar("Chad", 1.0)])).unwrap();
        let bytes = render_pdf(&svg).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("NotoSans"), "the font is not embedded");
        // 850 px at 96 to the inch, in points of 72.
        assert!(text.contains("/MediaBox [0 0 637.5 "), "another size");
        assert!(render_pdf("no picture").is_err());
    }

    #[test]
    fn a_page_embeds_the_face_for_arabic() {
        let svg = render_svg(&bar_spec(vec![bar("بولندا", 9.0), bar("Chad", 1.0)])).unwrap();
        let bytes = render_pdf(&svg).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("NotoSansArabic"), "the face is not embedded");
    }
}
