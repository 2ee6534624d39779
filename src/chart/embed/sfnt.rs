//! The container of a TrueType font: a directory, then tables.

/// Puts tables together, in the order of their tags, with checksums.
pub fn font(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort_by_key(|(tag, _)| *tag);
    let count = tables.len() as u16;
    let (search, selector) = search_range(count);
    let mut directory = vec![0x00, 0x01, 0x00, 0x00];
    for number in [count, search * 16, selector, count * 16 - search * 16] {
        directory.extend(number.to_be_bytes());
    }
    let mut offset = directory.len() + 16 * tables.len();
    let mut body = Vec::new();
    let mut head = None;
    for (tag, table) in &tables {
        directory.extend(tag);
        directory.extend(checksum(table).to_be_bytes());
        directory.extend((offset as u32).to_be_bytes());
        directory.extend((table.len() as u32).to_be_bytes());
        if tag == b"head" {
            head = Some(offset);
        }
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
        offset += table.len().next_multiple_of(4);
    }
    let mut font = directory;
    font.extend(body);
    // The head holds what makes the sum of the whole font come out as it must.
    if let Some(head) = head {
        let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&font));
        put(&mut font, head + 8, &adjustment.to_be_bytes());
    }
    font
}

/// The largest power of two that is not above a count, and its exponent.
pub fn search_range(count: u16) -> (u16, u16) {
    let selector = count.max(1).ilog2() as u16;
    (1 << selector, selector)
}

/// Overwrites bytes; does nothing where there are none.
pub fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// The sum of a table's words of 32 bits, the last one filled up with zeros.
pub fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0_u32, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
