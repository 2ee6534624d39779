//! From the globe to the plane, with areas kept true to each other.
//!
//! Equal Earth for the world: Šavrič, Patterson and Jenny (2018), "The Equal Earth map projection",
//! International Journal of Geographical Information Science. Lambert's azimuthal equal-area
//! projection for a region: Snyder (1987), "Map projections: a working manual", pp. 182 to 190. Both
//! take the globe as a sphere of radius 1, which no reader of a page-wide map can see.

/// A projection of the globe. The plane's x runs to the east, its y to the north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Projection {
    /// The whole globe around a meridian, in degrees east.
    EqualEarth(f64),
    /// The surroundings of a place, in degrees east and north.
    Lambert(f64, f64),
}

const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
/// Half the square root of three.
const M: f64 = 0.866_025_403_784_438_6;

/// Cosine of the farthest distance from the centre that Lambert's projection is asked for; what lies
/// beyond is drawn at that distance, which is outside every frame.
const FARTHEST: f64 = -0.9;

impl Projection {
    /// The place of a point given in degrees east and north.
    pub fn at(self, (east, north): (f64, f64)) -> (f64, f64) {
        match self {
            Self::EqualEarth(meridian) => equal_earth(wrapped(east - meridian).to_radians(), north),
            Self::Lambert(centre, latitude) => {
                let (sin0, cos0) = latitude.to_radians().sin_cos();
                let (sin, cos) = north.to_radians().sin_cos();
                let (sin_east, cos_east) = (east - centre).to_radians().sin_cos();
                let near = sin0 * sin + cos0 * cos * cos_east;
                let (x, y) = (cos * sin_east, cos0 * sin - sin0 * cos * cos_east);
                if near > FARTHEST {
                    let k = (2.0 / (1.0 + near)).sqrt();
                    return (k * x, k * y);
                }
                let length = x.hypot(y).max(1e-9);
                let radius = (2.0 * (1.0 - FARTHEST)).sqrt();
                (radius * x / length, radius * y / length)
            }
        }
    }

    /// The degrees east and north of a place in the plane; only of Lambert's, within its disc.
    pub fn back(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self {
            Self::EqualEarth(meridian) => (meridian, y.to_degrees()),
            Self::Lambert(centre, latitude) => {
                let radius = x.hypot(y);
                if radius < 1e-12 {
                    return (centre, latitude);
                }
                let (sin, cos) = (2.0 * (radius / 2.0).min(1.0).asin()).sin_cos();
                let (sin0, cos0) = latitude.to_radians().sin_cos();
                let north = (cos * sin0 + y * sin * cos0 / radius)
                    .clamp(-1.0, 1.0)
                    .asin();
                let east = (x * sin).atan2(radius * cos0 * cos - y * sin0 * sin);
                (wrapped(centre + east.to_degrees()), north.to_degrees())
            }
        }
    }
}

/// A difference of longitudes between -180 and 180 degrees; both ends stay as they are.
pub fn wrapped(degrees: f64) -> f64 {
    if degrees.abs() <= 180.0 {
        return degrees;
    }
    degrees - 360.0 * (degrees / 360.0).round()
}

/// The place of a longitude in radians from the middle meridian and a latitude in degrees.
pub fn equal_earth(east: f64, north: f64) -> (f64, f64) {
    let theta = (M * north.to_radians().sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let x = east * theta.cos()
        / (M * (A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square)));
    let y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    (x, y)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn near(a: (f64, f64), b: (f64, f64), tolerance: f64) {
        assert!(
            (a.0 - b.0).abs() < tolerance && (a.1 - b.1).abs() < tolerance,
            "{a:?} {b:?}"
        );
    }

    #[test]
    fn equal_earth_has_the_proportions_of_the_paper() {
        let (half_equator, _) = equal_earth(PI, 0.0);
        let (half_pole, height) = equal_earth(PI, 90.0);
        // Table and text of the paper: 2.05458 to 1, and poles of 0.59247 of the equator's length.
        assert!((half_equator / height - 2.05458).abs() < 1e-5);
        assert!((half_pole / half_equator - 0.59247).abs() < 1e-4);
        // x = 2√3 λ / (3 A₁) at the equator, and y at the pole from θ = π/3.
        near(
            (half_equator, 0.0),
            (2.0 * 3_f64.sqrt() * PI / (3.0 * A[0]), 0.0),
            1e-12,
        );
        near((height, 0.0), (1.317_362_759_157_4, 0.0), 1e-9);
        near(
            Projection::EqualEarth(11.0).at((-169.5, 0.0)),
            (-half_equator * 180.5 / 180.0 + 2.0 * half_equator, 0.0),
            1e-9,
        );
    }

    #[test]
    fn lambert_gives_snyders_numbers() {
        // Snyder p. 332: centre 40°N 100°W, the point 20°S 100°E, on a sphere of radius 3.
        let (x, y) = Projection::Lambert(-100.0, 40.0).at((100.0, -20.0));
        near((3.0 * x, 3.0 * y), (-4.233_930_3, 4.025_777_5), 1e-6);
        assert_eq!(
            Projection::Lambert(20.0, 50.0).back((0.0, 0.0)),
            (20.0, 50.0)
        );
    }

    /// Area of a small cell in the plane over that on the sphere.
    fn ratio(projection: Projection, east: f64, north: f64) -> f64 {
        let d = 1e-3;
        let [a, b, c] =
            [(east, north), (east + d, north), (east, north + d)].map(|point| projection.at(point));
        let plane = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        plane / (d.to_radians().powi(2) * (north + d / 2.0).to_radians().cos())
    }

    proptest! {
        #[test]
        fn areas_are_true(east in -179.0..178.0_f64, north in -85.0..85.0_f64, centre in -180.0..180.0_f64, latitude in -80.0..80.0_f64) {
            prop_assert!((ratio(Projection::EqualEarth(0.0), east, north) - 1.0).abs() < 2e-3);
            let lambert = Projection::Lambert(centre, latitude);
            let (x, y) = lambert.at((east, north));
            prop_assume!(x.hypot(y) < 1.8);
            prop_assert!((ratio(lambert, east, north) - 1.0).abs() < 2e-3);
            let (back, up) = lambert.back((x, y));
            prop_assert!(wrapped(back - east).abs() < 1e-6 && (up - north).abs() < 1e-6);
        }
    }
}
