//! What the columns of a gazetteer hold, by their headers or the HXL tags under them.

/// The lowest level of administrative units that is read.
pub(super) const LOWEST: usize = 4;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The P-code of a level; level 0 is the country.
    Code(usize),
    /// A name of a level.
    Name(usize, Language),
    /// The ISO code of the country.
    Country,
    /// The language of the names with this number, as a code.
    LanguageOf(u8),
    /// Something else.
    Other,
}

/// How a column tells the language of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Language {
    /// By its header.
    Code(String),
    /// By the column `lang`, `lang1`, …, where there is one.
    Numbered(u8),
    /// It does not.
    Untold,
}

/// What a header says, such as `ADM2_PCODE`, `admin1Name_en` or `adm3_name1`.
pub(super) fn of_header(header: &str) -> Column {
    let word: String = header
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if matches!(word.as_str(), "iso3" | "iso2") {
        return Column::Country;
    }
    if let Some(number) = word.strip_prefix("lang") {
        return numbered(number).map_or(Column::Other, Column::LanguageOf);
    }
    let rest = word
        .strip_prefix("admin")
        .or_else(|| word.strip_prefix("adm"));
    let Some((level, rest)) = rest.and_then(level) else {
        return Column::Other;
    };
    if matches!(rest, "pcode" | "code") {
        return Column::Code(level);
    }
    name_of(rest).map_or(Column::Other, |language| Column::Name(level, language))
}

/// The language of a column of names, by the rest of its header: nothing, `name`, `en`, `nameen`,
/// `name1`, `refname`, `altname1en`, `alt1en`; none where it holds no names.
fn name_of(rest: &str) -> Option<Language> {
    let special = rest
        .strip_prefix("ref")
        .or_else(|| rest.strip_prefix("alt"));
    let bare = special.unwrap_or(rest);
    let named = bare.strip_prefix("name").unwrap_or(bare);
    let language = named.trim_start_matches(|character: char| character.is_ascii_digit());
    let number = &named[..named.len() - language.len()];
    match language {
        // What stands under `admin1`, `adm1_ref` and `adm1_alt` is in no language that is told.
        "" if rest.is_empty() || special.is_some() => Some(Language::Untold),
        "" => numbered(number).map(Language::Numbered),
        _ => language_code(language).map(Language::Code),
    }
}

/// What an HXL tag says, such as `#adm2+name+ar` or `#country+code`.
pub(super) fn of_tag(tag: &str) -> Column {
    let tag: String = tag.to_lowercase().split_whitespace().collect();
    let mut parts = tag.split('+');
    let level = match parts.next() {
        Some("#country") => 0,
        Some(word) => match word.strip_prefix("#adm").and_then(level) {
            Some((level, "")) => level,
            _ => return Column::Other,
        },
        None => return Column::Other,
    };
    let attributes: Vec<&str> = parts.collect();
    if attributes.contains(&"code") {
        return Column::Code(level);
    }
    if !attributes.contains(&"name") {
        return Column::Other;
    }
    let language = attributes
        .iter()
        .find_map(|attribute| language_code(attribute.strip_prefix("i_").unwrap_or(attribute)));
    Column::Name(level, language.map_or(Language::Untold, Language::Code))
}

/// A level and what follows it.
fn level(text: &str) -> Option<(usize, &str)> {
    let digit = text.chars().next()?.to_digit(10)? as usize;
    (digit <= LOWEST).then(|| (digit, &text[1..]))
}

/// The number of a column; the first has none.
fn numbered(number: &str) -> Option<u8> {
    match number {
        "" => Some(0),
        _ => number.parse().ok(),
    }
}

/// A code of two letters. Gazetteers of Ukraine write its country for its language; `id` is taken
/// for a number more often than for Indonesian.
pub(super) fn language_code(text: &str) -> Option<String> {
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    match text {
        "ua" => Some("uk".to_owned()),
        "id" => None,
        _ => is_code.then(|| text.to_owned()),
    }
}
