//! The form in which two spellings of one name are equal.
//!
//! It serves to look names up and is never printed.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_canonical;

/// A name without what spellings differ in: case, diacritics, punctuation, footnote marks, "the",
/// runs of spaces; with `&`, `St.`, `Rep.` and `Dem.` written out.
///
/// In Arabic script it lacks the marks of vowels and the tatweel; the forms of alef, yeh, kaf and
/// heh that keyboards and languages exchange are one letter each, and teh marbuta is heh. Digits
/// of other scripts are Western ones. Invisible characters, such as marks of direction, do not
/// count.
///
/// These are spellings of the same words. Anything looser would be a guess.
pub fn normalised(name: &str) -> String {
    if name.is_ascii() {
        return words(name.chars().map(|character| character.to_ascii_lowercase()));
    }
    words(
        name.chars()
            .filter(|character| !is_dropped(*character))
            .nfkc()
            .flat_map(char::to_lowercase),
    )
}

/// The words of lower-case characters, parted by single spaces.
fn words(characters: impl Iterator<Item = char>) -> String {
    let mut plain = String::new();
    for character in characters {
        match character {
            'a'..='z' | '0'..='9' => plain.push(character),
            '&' => plain.push_str(" and "),
            // What NFKC and lower case made anew, such as the dot of a Turkish capital.
            _ if is_dropped(character) || is_mark(character) => {}
            _ => match plain_letters(character) {
                "" => plain.push(plain_letter(character)),
                letters => plain.push_str(letters),
            },
        }
    }
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_ascii_whitespace() {
        let word = match word {
            "the" => continue,
            "st" => "saint",
            "rep" => "republic",
            "dem" => "democratic",
            _ => word,
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// What stands within words and tells no two of them apart.
const fn is_dropped(character: char) -> bool {
    matches!(
        character,
        // "D'Ivoire", "U.S.", "Дем'янівка", "Dayr az-Zawr with ʿayn and hamza".
        '\'' | '’' | '‘' | '`' | '´' | '.' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | '＇'
        // Footnotes.
        | '¹' | '²' | '³' | '⁰'..='⁹'
        // Soft hyphen, joiners, marks of direction, byte-order mark.
        | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}'
        // Tatweel, which only stretches a word.
        | '\u{640}'
    )
}

/// A mark upon a letter: Latin accents, Arabic vowels and what the Koran's text adds.
const fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
    )
}

/// The one letter or digit that stands for a character; a space for what is neither.
fn plain_letter(character: char) -> char {
    match character {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' | 'ہ' | 'ھ' => 'ه',
        'ى' | 'ی' | 'ے' => 'ي',
        'ک' => 'ك',
        '٠'..='٩' => digit(character, '٠'),
        '۰'..='۹' => digit(character, '۰'),
        _ if character.is_alphanumeric() => base_letter(character),
        _ => ' ',
    }
}

fn digit(character: char, zero: char) -> char {
    let number = u32::from(character) - u32::from(zero);
    char::from_digit(number, 10).unwrap_or(character)
}

/// A Latin letter without its marks; any other as it is, since "й" is no "и".
fn base_letter(character: char) -> char {
    let mut base = None;
    decompose_canonical(character, |part| {
        base.get_or_insert(part);
    });
    base.filter(char::is_ascii_alphabetic).unwrap_or(character)
}

/// The plain letters of a lower-case Latin letter whose mark is a part of it; empty for others.
const fn plain_letters(character: char) -> &'static str {
    match character {
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        'ŧ' => "t",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::normalised;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (left, right) in [
            ("Côte d’Ivoire", "COTE D'IVOIRE"),
            ("Tu\u{308}rkiye", "Türkiye"),
            ("Russian Federation***", " russian  federation "),
            ("Kosovo¹", "Kosovo"),
            ("St. Lucia", "Saint Lucia"),
            ("Trinidad & Tobago", "Trinidad and Tobago"),
            ("Bahamas (the)", "The Bahamas"),
            ("Dem. Rep. of the Congo", "Democratic Republic of Congo"),
            ("U.S.A.", "USA"),
            ("Åland", "Aland"),
            ("Łódź", "Lodz"),
            ("İstanbul", "istanbul"),
            ("Al-Ḩasakah", "al hasakah"),
            ("Dayr az Z\u{327}awr", "Dayr az-Zawr"),
            ("Quảng Ngãi", "Quang Ngai"),
            ("Ｈｏｍｓ", "Homs"),
        ] {
            assert_eq!(normalised(left), normalised(right), "{left} and {right}");
        }
    }

    #[test]
    fn spellings_of_one_arabic_or_persian_name_are_equal() {
        for (left, right) in [
            ("إدلب", "ادلب"),
            ("أعزاز", "اعزاز"),
            ("آمد", "ٱمد"),
            ("حماة", "حماه"),
            ("القرى", "القري"),
            ("حَلَب", "حلب"),
            ("حلـــب", "حلب"),
            ("\u{200f}حلب\u{200e}", "حلب"),
            ("کرمانشاه", "كرمانشاه"),
            ("علی", "علي"),
            ("نیم\u{200c}روز", "نیمروز"),
            ("مخيم ٣", "مخيم 3"),
            ("ناحیه ۱۲", "ناحیه 12"),
            ("ﺣﻠﺐ", "حلب"),
            ("المدينة", "المدینه"),
        ] {
            assert_eq!(normalised(left), normalised(right), "{left} and {right}");
        }
        assert_ne!(normalised("حلب"), normalised("حماة"));
    }

    #[test]
    fn spellings_of_one_cyrillic_name_are_equal() {
        for (left, right) in [
            ("Дніпропетровська", "ДНІПРОПЕТРОВСЬКА"),
            ("Кам’янець-Подільський", "Кам'янець-подільський"),
            ("Камʼянка", "Кам`янка"),
            ("Рожищенськии\u{306}", "Рожищенський"),
        ] {
            assert_eq!(normalised(left), normalised(right), "{left} and {right}");
        }
        // Letters of their own, not letters with an accent.
        assert_ne!(normalised("Київ"), normalised("Киів"));
        assert_ne!(normalised("Край"), normalised("Краи"));
    }

    #[test]
    fn other_scripts_and_nothing_survive() {
        assert_eq!(normalised("Україна"), "україна");
        assert_eq!(normalised(" *** "), "");
        assert_eq!(normalised("\u{200b}"), "");
    }

    /// Texts in the scripts of the gazetteers, with marks and invisible characters.
    const NAMES: &str = "[ a-zA-ZÀ-žḀ-ỹ\u{300}-\u{36f}'’.&\u{620}-\u{64a}\u{64b}-\u{669}\u{671}-\u{6d3}\u{200b}-\u{200f}\u{ad}Ѐ-ӿ\u{fb50}-\u{fbb1}0-9-]{0,24}";

    proptest! {
        #[test]
        fn a_plain_form_is_its_own(name in NAMES) {
            let plain = normalised(&name);
            prop_assert_eq!(normalised(&plain), plain);
        }

        #[test]
        fn so_is_that_of_any_text(name in ".{0,24}") {
            let plain = normalised(&name);
            prop_assert_eq!(normalised(&plain), plain);
        }

        /// What an Arabic keyboard may do to a name leaves its plain form.
        #[test]
        fn marks_and_invisible_characters_do_not_count(
            name in "[\u{621}-\u{63a}\u{641}-\u{64a} ]{1,16}",
            mark in "[\u{64b}-\u{652}\u{640}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]",
            at in any::<prop::sample::Index>(),
        ) {
            let mut letters: Vec<char> = name.chars().collect();
            letters.insert(at.index(letters.len() + 1), mark.chars().next().unwrap_or(' '));
            let marked: String = letters.into_iter().collect();
            prop_assert_eq!(normalised(&marked), normalised(&name));
        }

        #[test]
        fn exchanged_letters_do_not_count(name in "[أإآٱاةهىيیکكحلب ]{0,16}") {
            let exchanged: String = name
                .chars()
                .map(|letter| match letter {
                    'أ' => 'ا',
                    'ا' => 'إ',
                    'آ' => 'ٱ',
                    'ة' => 'ه',
                    'ه' => 'ة',
                    'ى' => 'ی',
                    'ي' => 'ى',
                    'ك' => 'ک',
                    other => other,
                })
                .collect();
            prop_assert_eq!(normalised(&exchanged), normalised(&name));
        }
    }
}
