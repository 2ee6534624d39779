//! Colours with a meaning, and how well they can be seen.
//!
//! Ramps and population types follow `unhcrthemes` 0.7, which follows UNHCR's data visualisation
//! guidelines of 2025. On white, the base tones of yellow, cyan, green and purple reach less than
//! 3:1: fills only. Lines take step 04 (05 for yellow, and for purple, whose step 04 some take for
//! blue), text takes step 05 or 06.

mod look;
mod sight;

pub use look::Look;
pub use sight::Sight;

/// An opaque colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(
    /// Red.
    pub u8,
    /// Green.
    pub u8,
    /// Blue.
    pub u8,
);

/// Ground of every chart in the light theme, in whose colours everything is decided; see [`Look`].
pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// Title.
pub const BLACK: Colour = Colour(0, 0, 0);
/// Subtitle, axis text, zero line.
pub const INK: Colour = Colour(0x26, 0x26, 0x26);
/// Notes, source and the names of context lines: 4.74:1 on white.
pub const MUTED_TEXT: Colour = Colour(0x73, 0x73, 0x73);
/// Context lines and bars: 3.03:1 on white, the lightest grey that still counts as a mark.
pub const CONTEXT: Colour = Colour(0x94, 0x94, 0x94);
/// Grid lines.
pub const GRID: Colour = Colour(0xe5, 0xe5, 0xe5);
/// The one colour of a chart with one idea.
pub const MAIN: Colour = Colour(0x00, 0x72, 0xbc);
/// The main colour for text: 7.7:1 on white.
pub const MAIN_TEXT: Colour = Colour(0x05, 0x56, 0x8b);

/// Land of a map that nothing is said of.
pub const LAND: Colour = Colour(0xe5, 0xe5, 0xe5);
/// The land that all on a map come from.
pub const ORIGIN_LAND: Colour = Colour(0xbf, 0xbf, 0xbf);
/// Marks on land that are not what the title speaks of: 3:1 on land as well as on white.
pub const MUTED_MARK: Tones = Tones {
    fill: MUTED_TEXT,
    line: MUTED_TEXT,
    text: MUTED_TEXT,
};

/// What a line counts, where that fixes its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Refugees.
    Refugees,
    /// Asylum-seekers.
    AsylumSeekers,
    /// Internally displaced people.
    InternallyDisplaced,
    /// Stateless people.
    Stateless,
    /// Returned refugees and internally displaced people.
    Returned,
    /// Other people in need of international protection.
    OtherInNeed,
    /// Others of concern.
    OthersOfConcern,
    /// People killed: navy, a sober colour.
    Killed,
    /// People injured: ochre, which everyone can tell from navy.
    Injured,
}

/// The tones of one colour for its three uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tones {
    /// For areas.
    pub fill: Colour,
    /// For lines and markers: at least 3:1 on white.
    pub line: Colour,
    /// For text: at least 4.5:1 on white.
    pub text: Colour,
}

const fn hex(rgb: u32) -> Colour {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Colour(red, green, blue)
}

const fn tones(fill: u32, line: u32, text: u32) -> Tones {
    Tones {
        fill: hex(fill),
        line: hex(line),
        text: hex(text),
    }
}

/// Tones of what the title speaks of.
pub const EMPHASIS: Tones = Tones {
    fill: MAIN,
    line: MAIN,
    text: MAIN_TEXT,
};
/// Tones of everything else.
pub const MUTED: Tones = Tones {
    fill: CONTEXT,
    line: CONTEXT,
    text: MUTED_TEXT,
};

/// Tones of earlier versions of a line, from the oldest to the one before the newest. The lightest
/// still counts as a mark.
pub const VINTAGES: [Tones; 5] = [
    MUTED,
    tones(0x858585, 0x858585, 0x737373),
    tones(0x737373, 0x737373, 0x737373),
    tones(0x606060, 0x606060, 0x606060),
    tones(0x4d4d4d, 0x4d4d4d, 0x4d4d4d),
];

/// An amount of nothing beside those of [`SEQUENTIAL`].
pub const NOTHING: Colour = hex(0xe9e6df);
/// An amount below zero beside those of [`SEQUENTIAL`].
pub const BELOW_ZERO: Colour = hex(0xe4a202);
/// Tones of men and boys, as UNHCR draws them.
pub const MALE: Tones = EMPHASIS;
/// Tones of women and girls, as UNHCR draws them.
pub const FEMALE: Tones = tones(0x6cd8fd, 0x0493c2, 0x087295);

/// Colours for up to six lines that are equals, in the order of UNHCR's categorical palette.
pub const CATEGORIES: [Tones; 6] = [
    EMPHASIS,
    tones(0xffc740, 0x8f6808, 0x684d0b),
    tones(0x32c189, 0x2b9c70, 0x257958),
    tones(0xd25a45, 0xd25a45, 0x9c4637),
    tones(0xa097e3, 0x5e578e, 0x5e578e),
    tones(0x262626, 0x262626, 0x262626),
];

/// From few to many, for areas such as cells of a table or places on a map: UNHCR's blue, from
/// light to dark in even steps. The first is too light to be seen on white without an edge. The fourth
/// is a hair off [`MAIN`], which the grey theme shows darker than its place in the ramp.
pub const SEQUENTIAL: [Colour; 6] = [
    hex(0xcde3f1),
    hex(0x8fc1e1),
    hex(0x4f9ed0),
    hex(0x0071bb),
    hex(0x05568b),
    hex(0x0b3754),
];

/// From far below a middle over the middle to far above it, for areas: UNHCR's blue and brown. Both
/// arms are as dark as each other, so without colour they show how far, and a number must say
/// which way.
pub const DIVERGING: [Colour; 7] = [
    hex(0x05568b),
    hex(0x4f9ed0),
    hex(0xa9d0e8),
    hex(0xf0f0f0),
    hex(0xdcc0bd),
    hex(0xbc8580),
    hex(0x7c3c36),
];

impl Role {
    /// The tones that stand for it.
    pub const fn tones(self) -> Tones {
        match self {
            Self::Refugees => EMPHASIS,
            Self::AsylumSeekers => tones(0x6cd8fd, 0x0493c2, 0x087295),
            Self::InternallyDisplaced => tones(0x32c189, 0x2b9c70, 0x257958),
            Self::Stateless => tones(0xffc740, 0xb98405, 0x8f6808),
            Self::Returned => tones(0xa097e3, 0x5e578e, 0x5e578e),
            Self::OtherInNeed => tones(0xd25a45, 0xd25a45, 0x9c4637),
            Self::OthersOfConcern => tones(0xbfbfbf, 0x737373, 0x4d4d4d),
            Self::Killed => tones(0x18375f, 0x18375f, 0x18375f),
            Self::Injured => tones(0xb98405, 0x8f6808, 0x8f6808),
        }
    }
}

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        u32::from_str_radix(digits, 16).ok().map(hex)
    }

    /// Writes `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// The opaque colour of this one laid over white with a share between 0 and 1.
    pub fn tint(self, share: f64) -> Self {
        let mix = |channel: u8| (255.0 - (255.0 - f64::from(channel)) * share).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    /// Whether it has no hue.
    pub fn is_grey(self) -> bool {
        let (low, high) = (
            self.0.min(self.1).min(self.2),
            self.0.max(self.1).max(self.2),
        );
        high - low < 12
    }

    /// Red, green and blue in linear light, 0 to 1.
    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Relative luminance as WCAG 2 defines it.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio as WCAG 2 defines it, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests;
