//! A PDF with all taken out that is not words, so that its reader meets less that it stumbles over, and
//! nothing that never ends: pictures, colours, forms and pages that hold themselves, tables of letters
//! without an end.

use std::collections::BTreeMap;

use pdf_extract::content::{Content, Operation};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// How deep forms hold forms.
const DEEPEST: usize = 12;

/// How many operations are read in all, forms counted as often as they are shown.
const MOST_OPERATIONS: usize = 20_000_000;

/// A stream packed with LZW may unpack to a thousand times its length; longer ones are pictures.
const LONGEST_LZW: usize = 256 << 10;

/// Why a PDF is not read.
pub(super) enum Refused {
    TooLarge,
    Endless,
}

/// Takes out what is not words, of these pages.
pub(super) fn sift(document: &mut Document, pages: &[ObjectId]) -> Result<(), Refused> {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    let mut forms = BTreeMap::new();
    for id in ids {
        let Some(Object::Stream(stream)) = document.objects.get_mut(&id) else {
            continue;
        };
        let subtype = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .unwrap_or_default();
        let is_long = stream.content.len() > LONGEST_LZW;
        let is_lzw = stream
            .filters()
            .is_ok_and(|filters| filters.contains(&b"LZWDecode".as_slice()));
        if subtype == b"Image" || (is_lzw && is_long) {
            empty(stream);
        } else if subtype == b"Form" {
            let content = unpacked(stream);
            forms.insert(id, content);
        } else if !is_sound_table(&unpacked(stream)) {
            empty(stream);
        }
    }
    let mut shown = Shown::default();
    for (id, content) in forms {
        let resources = resources(document, id);
        let (content, forms) = words(document, resources.as_ref(), &content);
        shown.forms.insert(id, forms);
        shown.operations.insert(id, content.operations.len());
        replace(document, id, &content);
    }
    let mut all = 0_usize;
    for page in pages {
        settle(document, *page);
        let content = document.get_page_content(*page).unwrap_or_default();
        let resources = resources(document, *page);
        let (content, forms) = words(document, resources.as_ref(), &content);
        all = all.saturating_add(content.operations.len());
        for form in forms {
            all = all.saturating_add(shown.weight(form, 0)?);
        }
        let encoded = content.encode().unwrap_or_default();
        let stream = document.add_object(Stream::new(Dictionary::new(), encoded));
        if let Ok(page) = document.get_dictionary_mut(*page) {
            page.set("Contents", Object::Reference(stream));
        }
    }
    if all > MOST_OPERATIONS {
        Err(Refused::TooLarge)
    } else {
        Ok(())
    }
}

/// Which forms each form shows.
#[derive(Default)]
struct Shown {
    forms: BTreeMap<ObjectId, Vec<ObjectId>>,
    operations: BTreeMap<ObjectId, usize>,
    weights: BTreeMap<ObjectId, usize>,
}

impl Shown {
    /// How many operations a form means, with those of the forms that it shows.
    fn weight(&mut self, form: ObjectId, depth: usize) -> Result<usize, Refused> {
        if depth > DEEPEST {
            return Err(Refused::Endless);
        }
        if let Some(weight) = self.weights.get(&form) {
            return Ok(*weight);
        }
        let mut weight = self.operations.get(&form).copied().unwrap_or_default();
        for inner in self.forms.get(&form).cloned().unwrap_or_default() {
            weight = weight.saturating_add(self.weight(inner, depth + 1)?);
        }
        self.weights.insert(form, weight);
        Ok(weight)
    }
}

/// The operations of a content that write words, and the forms that they show.
fn words(
    document: &Document,
    resources: Option<&Dictionary>,
    content: &[u8],
) -> (Content<Vec<Operation>>, Vec<ObjectId>) {
    let form = |operation: &Operation| {
        let name = operation.operands.first()?.as_name().ok()?;
        let objects = document.get_dict_in_dict(resources?, b"XObject").ok()?;
        let id = objects.get(name).ok()?.as_reference().ok()?;
        let stream = document.get_object(id).ok()?.as_stream().ok()?;
        let is_form = matches!(
            stream.dict.get(b"Subtype").and_then(Object::as_name),
            Ok(b"Form")
        );
        is_form.then_some(id)
    };
    let mut forms = Vec::new();
    let mut operations = Content::decode(content)
        .map(|content| content.operations)
        .unwrap_or_default();
    operations.retain(|operation| match operation.operator.as_str() {
        "BT" | "ET" | "Tf" | "Tj" | "TJ" | "'" | "\"" | "Td" | "TD" | "Tm" | "T*" | "Tc" | "Tw"
        | "Tz" | "TL" | "Ts" | "q" | "Q" | "cm" => true,
        "Do" => form(operation).is_some_and(|id| {
            forms.push(id);
            true
        }),
        _ => false,
    });
    (Content { operations }, forms)
}

/// The resources of a page or a form.
fn resources(document: &Document, id: ObjectId) -> Option<Dictionary> {
    let dictionary = match document.get_object(id).ok()? {
        Object::Stream(stream) => &stream.dict,
        other => other.as_dict().ok()?,
    };
    document
        .get_dict_in_dict(dictionary, b"Resources")
        .ok()
        .cloned()
}

/// Puts on a page what it has of the folders that it lies in, which are not climbed again: they may lie
/// in themselves.
fn settle(document: &mut Document, page: ObjectId) {
    const HIGHEST: usize = 64;
    let defaults = [
        ("Resources", Object::Dictionary(Dictionary::new())),
        (
            "MediaBox",
            Object::Array([0, 0, 612, 792].map(Object::Integer).to_vec()),
        ),
    ];
    for (key, default) in defaults {
        let mut found = None;
        let mut folder = Some(page);
        for _ in 0..HIGHEST {
            let Some(Ok(dictionary)) = folder.map(|id| document.get_dictionary(id)) else {
                break;
            };
            found = dictionary.get(key.as_bytes()).ok().cloned();
            if found.is_some() {
                break;
            }
            folder = dictionary
                .get(b"Parent")
                .and_then(Object::as_reference)
                .ok();
        }
        if let Ok(dictionary) = document.get_dictionary_mut(page) {
            dictionary.set(key, found.unwrap_or(default));
        }
    }
}

fn unpacked(stream: &Stream) -> Vec<u8> {
    match stream.filters() {
        Ok(_) => stream.decompressed_content().unwrap_or_default(),
        Err(_) => stream.content.clone(),
    }
}

fn empty(stream: &mut Stream) {
    stream.dict.remove(b"Filter");
    stream.set_content(Vec::new());
}

fn replace(document: &mut Document, id: ObjectId, content: &Content<Vec<Operation>>) {
    if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
        stream.dict.remove(b"Filter");
        stream.set_content(content.encode().unwrap_or_default());
    }
}

/// Whether a table from codes to letters, or the head of a font, can be read in a time that grows with its
/// length: no range of more letters than there are, no brackets in hundreds of brackets.
fn is_sound_table(content: &[u8]) -> bool {
    const WIDEST: u32 = 0xffff;
    const MOST_LETTERS: u64 = 1 << 20;
    const DEEPEST_BRACKET: usize = 32;
    const LONGEST_CODE_TABLE: usize = 64 << 10;
    const END_OF_HEAD: &[u8] = b"eexec";
    let holds = |word: &[u8]| content.windows(word.len()).any(|part| part == word);
    let is_table = holds(b"begincmap") || holds(b"begincodespacerange") || holds(b"beginbfrange");
    let head = content
        .windows(END_OF_HEAD.len())
        .position(|part| part == END_OF_HEAD);
    let looked_at = match head {
        Some(head) => &content[..head],
        None if is_table => content,
        None => return true,
    };
    if holds(b"begincidrange") && content.len() > LONGEST_CODE_TABLE {
        return false;
    }
    let mut depth = 0_usize;
    for byte in looked_at {
        match byte {
            b'[' | b'{' | b'(' => depth += 1,
            b']' | b'}' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_BRACKET {
            return false;
        }
    }
    let mut letters = 0_u64;
    ranges(content).iter().all(|(first, last)| {
        let width = last.saturating_sub(*first);
        letters += u64::from(width);
        width <= WIDEST && letters <= MOST_LETTERS
    })
}

/// The first two codes of each line between `beginbfrange` and `endbfrange`, whichever way lines are cut.
fn ranges(content: &[u8]) -> Vec<(u32, u32)> {
    let text = String::from_utf8_lossy(content);
    let mut ranges = Vec::new();
    for section in text.split("beginbfrange").skip(1) {
        let section = section.split("endbfrange").next().unwrap_or(section);
        let mut codes = Vec::new();
        let mut is_list = false;
        for part in section.split_inclusive(['>', '[', ']']) {
            let Some(part) = part.strip_suffix('>') else {
                is_list = part.ends_with('[');
                if !is_list {
                    codes.clear();
                }
                continue;
            };
            if is_list {
                continue;
            }
            let digits: String = part.chars().filter(char::is_ascii_hexdigit).collect();
            // Codes of more than four bytes are cut as the reader cuts them.
            let digits = digits
                .get(digits.len().saturating_sub(8)..)
                .unwrap_or_default();
            codes.push(u32::from_str_radix(digits, 16).unwrap_or(u32::MAX));
            if codes.len() == 2 {
                ranges.push((codes[0], codes[1]));
            }
            if codes.len() == 3 {
                codes.clear();
            }
        }
    }
    ranges
}
