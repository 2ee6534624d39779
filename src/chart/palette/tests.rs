//! How well every colour can be seen, in every theme.

use super::*;

const ROLES: [Role; 9] = [
    Role::Refugees,
    Role::AsylumSeekers,
    Role::InternallyDisplaced,
    Role::OtherInNeed,
    Role::Returned,
    Role::OthersOfConcern,
    Role::Stateless,
    Role::Killed,
    Role::Injured,
];

#[test]
fn lines_and_texts_can_be_seen_on_the_paper_of_every_theme() {
    let categories = CATEGORIES.into_iter().chain([EMPHASIS, MUTED]);
    let all: Vec<Tones> = ROLES
        .into_iter()
        .map(Role::tones)
        .chain(categories)
        .collect();
    for &look in Look::ALL {
        let contrast = |colour| look.show(colour).contrast(look.paper());
        for tones in &all {
            assert!(contrast(tones.line) >= 3.0, "{look} {tones:?}");
            assert!(contrast(tones.text) >= 4.5, "{look} {tones:?}");
        }
        for text in [BLACK, INK, MUTED_TEXT, MAIN_TEXT] {
            assert!(contrast(text) >= 4.5, "{look} {text:?}");
        }
        assert!(contrast(CONTEXT) >= 3.0, "{look}");
        // The grid stays behind the data, and can be seen.
        assert!((1.15..1.5).contains(&contrast(GRID)), "{look}");
        assert_eq!(look.show(WHITE), look.paper());
    }
}

/// The least distance between two of the colours in a theme.
fn closest(look: Look, sight: Sight, colours: &[Colour]) -> f64 {
    let mut least = f64::INFINITY;
    for (index, &a) in colours.iter().enumerate() {
        for &b in &colours[index + 1..] {
            least = least.min(sight.distance(look.show(a), look.show(b)));
        }
    }
    least
}

#[test]
fn casualties_are_told_apart_by_everyone() {
    let (killed, injured) = (Role::Killed.tones().line, Role::Injured.tones().line);
    for &look in Look::ALL {
        for sight in Sight::ALL {
            let distance = closest(look, sight, &[killed, injured]);
            assert!(distance > 15.0, "{look} {sight:?} {distance}");
        }
    }
}

/// Lines and fills of the categories, and lines of the kinds of population.
fn families() -> [(&'static str, Vec<Colour>); 3] {
    let roles = ROLES[..7].iter().map(|role| role.tones().line);
    [
        ("lines", CATEGORIES.map(|tones| tones.line).to_vec()),
        ("fills", CATEGORIES.map(|tones| tones.fill).to_vec()),
        ("roles", roles.collect()),
    ]
}

#[test]
fn categories_are_told_apart_by_those_who_see_few_hues() {
    for look in [Look::Light, Look::Dark] {
        for (name, colours) in families() {
            for sight in [Sight::Deuteranopia, Sight::Protanopia] {
                let distance = closest(look, sight, &colours);
                let least = if name == "fills" { 9.0 } else { 12.0 };
                assert!(distance > least, "{look} {name} {sight:?} {distance}");
            }
        }
    }
}

#[test]
fn six_categories_are_told_apart_without_colour_in_print() {
    for (name, mut colours) in families() {
        // The seventh kind of population is named at its line, like all others.
        colours.truncate(6);
        let distance = closest(Look::Grey, Sight::Greyscale, &colours);
        assert!(distance > 10.0, "{name} {distance}");
    }
}

#[test]
fn text_on_areas_stays_legible_in_every_theme() {
    let roles = ROLES.map(|role| role.tones().fill);
    let fills = families()[1].1.clone();
    let plain: Vec<Colour> = [MAIN, CONTEXT]
        .into_iter()
        .chain(roles)
        .chain(fills)
        .collect();
    let tints = plain.iter().map(|fill| fill.tint(0.25));
    let all = plain
        .iter()
        .copied()
        .chain(tints)
        .chain(SEQUENTIAL)
        .chain(DIVERGING);
    for fill in all {
        for text in [WHITE, INK] {
            if fill.contrast(text) < 4.5 {
                continue;
            }
            for &look in Look::ALL {
                let contrast = look.show(fill).contrast(look.show(text));
                assert!(
                    contrast >= 4.4,
                    "{look} {} on {} {contrast}",
                    text.hex(),
                    fill.hex()
                );
            }
        }
    }
}

#[test]
fn ramps_are_strictly_monotone_and_their_steps_can_be_told_apart() {
    let (below, above) = (&DIVERGING[..4], &DIVERGING[3..]);
    for &look in Look::ALL {
        let show = |ramp: &[Colour]| ramp.iter().map(|&one| look.show(one)).collect::<Vec<_>>();
        for ramp in [&SEQUENTIAL[..], below, above] {
            let shown = show(ramp);
            let contrasts: Vec<f64> = shown.iter().map(|one| one.contrast(look.paper())).collect();
            let rising = contrasts.is_sorted_by(|a, b| a < b);
            let falling = contrasts.is_sorted_by(|a, b| a > b);
            assert!(rising || falling, "{look} {contrasts:?}");
            for pair in shown.windows(2) {
                for sight in Sight::ALL {
                    let distance = sight.distance(pair[0], pair[1]);
                    assert!(distance > 8.0, "{look} {sight:?} {pair:?} {distance}");
                }
            }
        }
    }
    // Either arm is as dark as the other, and those who see few hues still tell them apart.
    for step in 0..3 {
        let (below, above) = (DIVERGING[step], DIVERGING[6 - step]);
        assert!(Sight::Greyscale.distance(below, above) < 6.0, "{step}");
        for look in [Look::Light, Look::Dark] {
            for sight in [Sight::Deuteranopia, Sight::Protanopia] {
                let distance = closest(look, sight, &[below, above]);
                assert!(distance > 12.0, "{look} {step} {sight:?} {distance}");
            }
        }
    }
}

#[test]
fn known_values_of_contrast_and_sight() {
    assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
    assert!((MAIN.contrast(WHITE) - 5.08).abs() < 0.01);
    assert!((MUTED_TEXT.contrast(WHITE) - 4.74).abs() < 0.01);
    let (red, green) = (Colour(0xb0, 0x60, 0x30), Colour(0x70, 0x7c, 0x30));
    assert!(Sight::Deuteranopia.distance(red, green) < 10.0);
    assert_eq!(Colour::parse("#0072bc"), Some(MAIN));
    assert_eq!(
        Colour::parse("#0072bc").map(Colour::hex).as_deref(),
        Some("#0072bc")
    );
    assert_eq!(MAIN.tint(0.0), WHITE);
}
