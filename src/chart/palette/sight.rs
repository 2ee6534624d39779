//! How colours look to those who do not tell all of them apart.

use super::Colour;

/// A way of seeing that does not tell all colours apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Print without colour.
    Greyscale,
    /// No green cones.
    Deuteranopia,
    /// No red cones.
    Protanopia,
}

impl Sight {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Greyscale, Self::Deuteranopia, Self::Protanopia];

    /// How far apart two colours are, in units of CIELAB; under about 10 they pass for one.
    ///
    /// The matrices are those of Viénot, Brettel and Mollon (1999) for linear light.
    pub fn distance(self, a: Colour, b: Colour) -> f64 {
        let (a, b) = (self.lab(a), self.lab(b));
        a.iter()
            .zip(b)
            .map(|(a, b)| (a - b) * (a - b))
            .sum::<f64>()
            .sqrt()
    }

    fn lab(self, colour: Colour) -> [f64; 3] {
        let [red, green, blue] = colour.linear();
        let (red, green, blue) = match self {
            Self::Greyscale => {
                let grey = colour.luminance();
                (grey, grey, grey)
            }
            Self::Deuteranopia => {
                let yellow = 0.29275 * red + 0.70725 * green;
                (yellow, yellow, -0.02234 * red + 0.02234 * green + blue)
            }
            Self::Protanopia => {
                let yellow = 0.11238 * red + 0.88762 * green;
                (yellow, yellow, 0.00401 * red - 0.00401 * green + blue)
            }
        };
        let curve = |share: f64| {
            if share > 0.008_856 {
                share.cbrt()
            } else {
                7.787 * share + 16.0 / 116.0
            }
        };
        let x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }
}
