//! What a chart file says of itself: the metadata that was drawn into an SVG or a PNG.

use resvg::usvg::roxmltree;

use super::draw::NAMESPACE;

/// The entries of a chart's metadata, as keys and texts; none where the bytes are no chart.
pub fn provenance(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    if bytes.starts_with(PNG) {
        return of_png(bytes);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let entries = document
        .descendants()
        .filter(|node| node.tag_name().name() == "entry")
        .filter(|node| node.tag_name().namespace() == Some(NAMESPACE))
        .filter_map(|node| Some((node.attribute("key")?.to_owned(), node.text()?.to_owned())))
        .collect();
    Some(entries)
}

fn of_png(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .ok()?;
    let info = reader.info();
    let mut entries: Vec<(String, String)> = info
        .uncompressed_latin1_text
        .iter()
        .map(|chunk| (chunk.keyword.clone(), chunk.text.clone()))
        .collect();
    for chunk in &info.utf8_text {
        entries.push((chunk.keyword.clone(), chunk.get_text().ok()?));
    }
    Some(entries)
}
