//! From SVG to PNG, with the provenance of the SVG in its text chunks.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree, roxmltree};

use super::draw::NAMESPACE;
use super::spec::Medium;
use super::{ChartError, font};

/// What the PNG says made it.
const SOFTWARE: &str = concat!("humstat ", env!("CARGO_PKG_VERSION"));

/// The two weights of the embedded faces, and no font of the machine.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    let latin = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    for bytes in latin.into_iter().chain(font::ARABIC_FACES) {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    Arc::new(fonts)
});

/// Rasterises a chart's SVG at `scale` px of the picture for each px of the SVG. Two are usual: 192
/// to the inch on a screen, and 300 in print.
///
/// Title, description, source and provenance are read from the SVG; `metadata` is added to them
/// and wins over an entry of the same key.
///
/// # Errors
/// When the text is no SVG, or the picture would have an impossible size.
pub fn render_png(
    svg: &str,
    scale: f64,
    metadata: &[(String, String)],
) -> Result<Vec<u8>, ChartError> {
    let document =
        roxmltree::Document::parse(svg).map_err(|error| ChartError::NotSvg(error.to_string()))?;
    let chunks = chunks(&document, metadata);
    let tree = tree(&document)?;
    let side = |length: f32| (f64::from(length) * scale).round();
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let bad = || ChartError::BadSize {
        width: tree.size().width() as u32,
        height: tree.size().height() as u32,
        scale,
    };
    if !((0.5..=8.0).contains(&scale) && width.max(height) <= 16_000.0) {
        return Err(bad());
    }
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or_else(bad)?;
    // A length in mm is no whole number of px, so the paper is stretched to the last of them.
    let zoom = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, zoom, &mut pixmap.as_mut());
    encode(&pixmap, scale * medium(&document).density(), &chunks)
        .map_err(|error| ChartError::Drawing(error.to_string()))
}

/// What a chart's SVG is for, by the unit of its sides.
fn medium(document: &roxmltree::Document) -> Medium {
    let width = document.root_element().attribute("width");
    if width.is_some_and(|width| width.ends_with("mm")) {
        Medium::Print
    } else {
        Medium::Screen
    }
}

/// What resvg draws: the text laid out with the embedded font.
pub fn tree(document: &roxmltree::Document) -> Result<Tree, ChartError> {
    let options = Options {
        fontdb: FONTS.clone(),
        font_family: "Noto Sans".to_owned(),
        dpi: medium(document).density() as f32,
        ..Options::default()
    };
    Tree::from_xmltree(document, &options).map_err(|error| ChartError::NotSvg(error.to_string()))
}

/// Keys and texts for the PNG, each key once, in a fixed order.
fn chunks(document: &roxmltree::Document, metadata: &[(String, String)]) -> Vec<(String, String)> {
    let mut chunks: Vec<(String, String)> = Vec::new();
    let mut set = |key: &str, text: &str| {
        let text = text.trim();
        // The format allows 1 to 79 printable Latin letters, without blanks around.
        let key: String = key
            .chars()
            .filter(|c| c.is_ascii_graphic() || *c == ' ')
            .take(79)
            .collect();
        let key = key.trim().to_owned();
        if key.is_empty() || text.is_empty() {
            return;
        }
        match chunks.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => text.clone_into(old),
            None => chunks.push((key, text.to_owned())),
        }
    };
    for node in document.root_element().descendants() {
        let name = node.tag_name();
        let text = node.text().unwrap_or_default();
        match name.name() {
            "title" => set("Title", text),
            "desc" => set("Description", text),
            "entry" if name.namespace() == Some(NAMESPACE) => {
                set(node.attribute("key").unwrap_or_default(), text);
            }
            _ => {}
        }
    }
    for (key, text) in metadata {
        set(key, text);
    }
    set("Software", SOFTWARE);
    chunks
}

fn encode(
    pixmap: &Pixmap,
    per_inch: f64,
    chunks: &[(String, String)],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_depth(png::BitDepth::Eight);
    let density = (per_inch / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: density,
        yppu: density,
        unit: png::Unit::Meter,
    }));
    for (key, text) in chunks {
        if text.is_ascii() {
            encoder.add_text_chunk(key.clone(), text.clone())?;
        } else {
            encoder.add_itxt_chunk(key.clone(), text.clone())?;
        }
    }
    // Flat colours compress best unfiltered: smaller, and in half the time.
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    // The paper is white, so nothing shines through and the fourth channel can go.
    let opaque = pixmap.pixels().iter().all(|pixel| pixel.is_opaque());
    if opaque {
        encoder.set_color(png::ColorType::Rgb);
        let data: Vec<u8> = pixmap
            .data()
            .chunks_exact(4)
            .flat_map(|p| [p[0], p[1], p[2]])
            .collect();
        encoder.write_header()?.write_image_data(&data)?;
    } else {
        encoder.set_color(png::ColorType::Rgba);
        let data: Vec<u8> = pixmap
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let plain = pixel.demultiply();
                [plain.red(), plain.green(), plain.blue(), plain.alpha()]
            })
            .collect();
        encoder.write_header()?.write_image_data(&data)?;
    }
    Ok(out)
}
