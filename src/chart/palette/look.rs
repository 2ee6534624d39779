//! Themes: the same picture on white paper, on dark ground, and in print without colour.
//!
//! Everything is decided in the colours of the light theme. Only where the SVG is written does each
//! colour turn into that of the theme, so that no kind of chart has to know of themes.

use super::{BLACK, Colour, WHITE};
use crate::figure::coded_enum;

coded_enum! {
    /// The ground of a chart, and how colours are shown on it.
    #[derive(Default)]
    Look ("theme") {
        /// Colours on white.
        #[default]
        Light = "light",
        /// Colours on a dark ground.
        Dark = "dark",
        /// Greys on white, for print without colour.
        Grey = "grey",
    }
}

/// Ground of the dark theme.
const NIGHT: Colour = Colour(0x1b, 0x1d, 0x21);

/// Colours on the dark ground that are not those of the contrast that they have on white. Lines and
/// their names differ more for those who see few hues; grey text and grey lines stand out more.
const NIGHTS: [(u32, u32); 9] = [
    (0x73_7373, 0x9e_9e9e),
    (0x94_9494, 0x6f_6f6f),
    (0x18_375f, 0xd3_e2f4),
    (0x04_93c2, 0x0a_a2cc),
    (0x2b_9c70, 0x32_c189),
    (0x25_7958, 0x32_c189),
    (0x8f_6808, 0xe4_a202),
    (0x68_4d0b, 0xe4_a202),
    (0x5e_578e, 0xc3_beed),
];

/// Greys for the colours that have to be told apart from one another, lines first, then fills.
///
/// Their own lightness would not do: a green and an orange are as light as each other. The greys of
/// the categories lie 10 units of lightness apart or more; text keeps 4.5:1, lines keep 3:1.
const GREYS: [(u32, u8); 12] = [
    (0x00_72bc, 0x3d),
    (0x8f_6808, 0x74),
    (0x2b_9c70, 0x93),
    (0xd2_5a45, 0x58),
    (0x5e_578e, 0x04),
    (0x04_93c2, 0x21),
    (0xb9_8405, 0x8c),
    (0x18_375f, 0x21),
    (0xff_c740, 0xdd),
    (0x32_c189, 0xad),
    (0xa0_97e3, 0x90),
    (0x6c_d8fd, 0xc6),
];

impl Look {
    /// What the picture is drawn on.
    pub const fn paper(self) -> Colour {
        match self {
            Self::Light | Self::Grey => WHITE,
            Self::Dark => NIGHT,
        }
    }

    /// A colour of the light theme as this theme shows it.
    pub fn show(self, colour: Colour) -> Colour {
        match self {
            Self::Light => colour,
            Self::Dark => at_night(colour),
            Self::Grey => without_hue(colour),
        }
    }
}

/// The grey of a colour: that of the table, else the one of the same luminance.
fn without_hue(colour: Colour) -> Colour {
    let known = GREYS
        .iter()
        .find(|(rgb, _)| super::hex(*rgb) == colour)
        .map(|(_, grey)| *grey);
    let grey = known.unwrap_or_else(|| encoded(colour.luminance()));
    Colour(grey, grey, grey)
}

/// The colour of the same hue whose contrast with the dark ground is that of `colour` with white.
///
/// So text keeps its 4.5:1 and marks their 3:1, tints stay as near to the ground as they were, the
/// order of a ramp is kept (what is much still stands out from the ground), and two colours of
/// which one lies on the other keep their contrast as well. Only that of black is lowered, since the
/// dark ground is not black itself.
fn at_night(colour: Colour) -> Colour {
    const KEPT: f64 = 15.2;
    const HIGHEST: f64 = 16.5;
    if colour == WHITE {
        return NIGHT;
    }
    let known = NIGHTS.iter().find(|(rgb, _)| super::hex(*rgb) == colour);
    if let Some((_, shown)) = known {
        return super::hex(*shown);
    }
    let contrast = colour.contrast(WHITE);
    let wanted = if contrast <= KEPT {
        contrast
    } else {
        let power = (HIGHEST / KEPT).ln() / (BLACK.contrast(WHITE) / KEPT).ln();
        KEPT * (contrast / KEPT).powf(power)
    };
    let luminance = wanted * (NIGHT.luminance() + 0.05) - 0.05;
    let [_, green_red, blue_yellow] = oklab(colour.linear());
    // Both the lightness and, where the hue cannot be that strong, its strength are found by
    // halving.
    let strongest = fit(|share| {
        let lab = lit([green_red * share, blue_yellow * share], luminance);
        linear(lab)
            .iter()
            .all(|channel| (-1e-6..=1.000_001).contains(channel))
    });
    let lab = lit([green_red * strongest, blue_yellow * strongest], luminance);
    let [red, green, blue] = linear(lab).map(encoded);
    sure(Colour(red, green, blue), wanted)
}

/// A colour one step lighter where rounding has cost it the contrast that it must have.
fn sure(colour: Colour, wanted: f64) -> Colour {
    if colour.contrast(NIGHT) >= wanted {
        return colour;
    }
    let lighter = |channel: u8| channel.saturating_add(1);
    Colour(lighter(colour.0), lighter(colour.1), lighter(colour.2))
}

/// The largest share between 0 and 1 that fits.
fn fit(fits: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    if fits(high) {
        return high;
    }
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The colour in OKLab that has a hue and a luminance.
fn lit([a, b]: [f64; 2], luminance: f64) -> [f64; 3] {
    let darker = |lightness: f64| {
        let [red, green, blue] = linear([lightness, a, b]);
        0.2126 * red + 0.7152 * green + 0.0722 * blue <= luminance
    };
    [fit(darker), a, b]
}

/// Linear light to OKLab: lightness, green to red, blue to yellow (Ottosson 2020).
fn oklab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    [
        0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
        1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
        0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
    ]
}

/// OKLab to linear light.
fn linear([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let cube = |root: f64| root * root * root;
    let long = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let medium = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let short = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

/// Linear light as one of the 256 steps of sRGB.
fn encoded(light: f64) -> u8 {
    let share = if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (share * 255.0).round().clamp(0.0, 255.0) as u8
}
