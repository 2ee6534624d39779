//! Makes `outlines.bin.zst` from the TopoJSON of world-atlas, which packs Natural Earth.
//!
//! It is no part of the program. `cargo test write_the_outlines -- --ignored` runs it where the
//! shared data lie beside the project, and a test compares what it makes with the committed file.
//! What is moved and why is told in `README.md`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::MAGIC;

/// Whole numbers of the grid of the TopoJSON.
type GridPoint = (i64, i64);
/// Arcs of a ring by number, `!number` for one that runs backwards, as in TopoJSON.
type Ring = Vec<i64>;

/// Arcs and rings on their grid.
struct Atlas {
    scale: [f64; 2],
    offset: [f64; 2],
    arcs: Vec<Vec<GridPoint>>,
    places: BTreeMap<String, Vec<Ring>>,
}

/// A side of a straight line of the grid: where an axis is above a number of degrees.
struct Cut {
    from: &'static str,
    to: &'static str,
    /// 0 for longitude, 1 for latitude.
    axis: usize,
    degrees: f64,
    /// Whether the part above the number goes to the other place, else the part below.
    above: bool,
}

/// Parallel 27°40' north, and a line along the Jordan and the lake below it.
const CUTS: [Cut; 2] = [
    Cut {
        from: "MAR",
        to: "ESH",
        axis: 1,
        degrees: 27.0 + 40.0 / 60.0,
        above: false,
    },
    Cut {
        from: "ISR",
        to: "SYR",
        axis: 0,
        degrees: 35.64,
        above: true,
    },
];

/// The bytes of the file, not yet compressed. `iso3` gives the code of a number of ISO 3166.
pub fn convert(topojson: &str, iso3: impl Fn(&str) -> Option<String>) -> Vec<u8> {
    let mut atlas = read(&serde_json::from_str(topojson).unwrap(), iso3);
    // Crimea is the one ring of Russia's that touches Ukraine and no other land.
    atlas.hand_over("RUS", "UKR", |[east, north]| {
        (32.0..37.0).contains(&east) && (44.0..46.5).contains(&north)
    });
    for cut in &CUTS {
        atlas.cut(cut);
    }
    for place in ["SOM", "CYP", "UKR", "ESH", "SYR"] {
        atlas.join(place);
    }
    atlas.written()
}

fn read(topology: &Value, iso3: impl Fn(&str) -> Option<String>) -> Atlas {
    let pair = |name: &str| {
        let pair = &topology["transform"][name];
        [pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap()]
    };
    let arcs = topology["arcs"].as_array().unwrap().iter();
    let mut atlas = Atlas {
        scale: pair("scale"),
        offset: pair("translate"),
        arcs: arcs.map(grid_points).collect(),
        places: BTreeMap::new(),
    };
    for geometry in topology["objects"]["countries"]["geometries"]
        .as_array()
        .unwrap()
    {
        let name = geometry["properties"]["name"].as_str().unwrap();
        let code = geometry["id"].as_str().and_then(&iso3);
        let polygons: Vec<&Value> = match geometry["type"].as_str().unwrap() {
            "Polygon" => vec![&geometry["arcs"]],
            _ => geometry["arcs"].as_array().unwrap().iter().collect(),
        };
        for polygon in polygons {
            // Holes are the land of others, which is drawn over it.
            let ring: Ring = polygon[0]
                .as_array()
                .unwrap()
                .iter()
                .map(|arc| arc.as_i64().unwrap())
                .collect();
            let at = atlas.degrees(atlas.points(&ring)[0]);
            if let Some(place) = place_of(name, code.as_deref(), at) {
                atlas.places.entry(place.to_owned()).or_default().push(ring);
            }
        }
    }
    atlas
}

fn grid_points(arc: &Value) -> Vec<GridPoint> {
    let mut at = (0, 0);
    let step = |point: &Value| {
        at = (
            at.0 + point[0].as_i64().unwrap(),
            at.1 + point[1].as_i64().unwrap(),
        );
        at
    };
    arc.as_array().unwrap().iter().map(step).collect()
}

/// The place of the register that a ring belongs to: its country, or the territory that the
/// register lists beside it. Nobody is counted in Antarctica, and it has no place on our maps.
fn place_of<'a>(name: &str, code: Option<&'a str>, [east, north]: [f64; 2]) -> Option<&'a str> {
    Some(match (name, code) {
        ("Kosovo", _) => "XKX",
        ("Somaliland", _) => "SOM",
        ("N. Cyprus", _) => "CYP",
        ("Indian Ocean Ter.", _) => {
            if east > 100.0 {
                "CXR"
            } else {
                "CCK"
            }
        }
        (_, Some("ATA")) => return None,
        (_, Some("FRA")) if east > 50.0 => "REU",
        (_, Some("FRA")) if east > 40.0 => "MYT",
        (_, Some("FRA")) if north < 8.0 => "GUF",
        (_, Some("FRA")) if north < 15.3 => "MTQ",
        (_, Some("FRA")) if north < 20.0 => "GLP",
        (_, Some("NOR")) if north > 73.5 || east < 0.0 => "SJM",
        (_, Some("NLD")) if east < 0.0 => "BES",
        (_, Some("NZL")) if north > -20.0 => "TKL",
        (_, Some("PSE")) if east < 34.8 => "humstat:PSE-GZA",
        (_, Some("PSE")) => "humstat:PSE-WBK",
        (_, code) => code.unwrap_or_default(),
    })
}

impl Atlas {
    fn degrees(&self, (x, y): GridPoint) -> [f64; 2] {
        [
            x as f64 * self.scale[0] + self.offset[0],
            y as f64 * self.scale[1] + self.offset[1],
        ]
    }

    fn arc(&self, code: i64) -> Vec<GridPoint> {
        let mut points =
            self.arcs[usize::try_from(if code < 0 { !code } else { code }).unwrap()].clone();
        if code < 0 {
            points.reverse();
        }
        points
    }

    /// The points of a ring, the last of which is the first.
    fn points(&self, ring: &[i64]) -> Vec<GridPoint> {
        let mut points: Vec<GridPoint> = Vec::new();
        for code in ring {
            points.extend(&self.arc(*code)[usize::from(!points.is_empty())..]);
        }
        points
    }

    /// Gives the rings of a place that begin in an area to another.
    fn hand_over(&mut self, from: &str, to: &str, within: impl Fn([f64; 2]) -> bool) {
        let rings = self.places.remove(from).unwrap();
        let (gone, kept): (Vec<Ring>, Vec<Ring>) = rings
            .into_iter()
            .partition(|ring| within(self.degrees(self.points(ring)[0])));
        assert_eq!(gone.len(), 1, "{from}");
        self.places.insert(from.to_owned(), kept);
        self.places.get_mut(to).unwrap().extend(gone);
    }

    /// Cuts the largest ring of a place along a straight line that it crosses twice, and gives the
    /// part on one side to another place.
    fn cut(&mut self, cut: &Cut) {
        let grid = ((cut.degrees - self.offset[cut.axis]) / self.scale[cut.axis]).round() as i64;
        let axis = |point: GridPoint| if cut.axis == 0 { point.0 } else { point.1 };
        let rings = &self.places[cut.from];
        let largest = (0..rings.len())
            .max_by_key(|index| self.points(&rings[*index]).len())
            .unwrap();
        for code in rings[largest].clone() {
            self.split(if code < 0 { !code } else { code }, grid, axis);
        }
        let ring = &self.places[cut.from][largest];
        let is_gone = |code: &i64| {
            let points = self.arc(*code);
            points.iter().any(|point| {
                if cut.above {
                    axis(*point) > grid
                } else {
                    axis(*point) < grid
                }
            })
        };
        let start = (0..ring.len()).find(|&index| {
            is_gone(&ring[index]) && !is_gone(&ring[(index + ring.len() - 1) % ring.len()])
        });
        let mut turned = ring.clone();
        turned.rotate_left(start.unwrap());
        let border = turned.iter().position(|code| !is_gone(code)).unwrap();
        let mut gone = turned[..border].to_vec();
        let mut kept = turned[border..].to_vec();
        assert!(
            !kept.iter().any(is_gone),
            "{} is crossed more than twice",
            cut.from
        );
        let end = |code: i64| *self.arc(code).last().unwrap();
        let line = vec![end(gone[gone.len() - 1]), self.arc(gone[0])[0]];
        let number = i64::try_from(self.arcs.len()).unwrap();
        self.arcs.push(line);
        gone.push(number);
        kept.push(!number);
        self.places.get_mut(cut.from).unwrap()[largest] = kept;
        self.places.get_mut(cut.to).unwrap().push(gone);
    }

    /// Splits an arc wherever it crosses a line, in every ring that uses it.
    fn split(&mut self, number: i64, grid: i64, axis: impl Fn(GridPoint) -> i64) {
        let points = self.arc(number);
        let mut parts: Vec<Vec<GridPoint>> = vec![vec![points[0]]];
        for pair in points.windows(2) {
            let (before, after) = (axis(pair[0]) - grid, axis(pair[1]) - grid);
            if before.signum() * after.signum() < 0 {
                let share = before as f64 / (before - after) as f64;
                let between = |a: i64, b: i64| a + ((b - a) as f64 * share).round() as i64;
                let crossing = (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1));
                parts.last_mut().unwrap().push(crossing);
                parts.push(vec![crossing]);
            }
            parts.last_mut().unwrap().push(pair[1]);
        }
        let numbers: Vec<i64> = parts
            .into_iter()
            .enumerate()
            .map(|(index, part)| {
                if index == 0 {
                    self.arcs[usize::try_from(number).unwrap()] = part;
                    return number;
                }
                self.arcs.push(part);
                i64::try_from(self.arcs.len() - 1).unwrap()
            })
            .collect();
        for ring in self.places.values_mut().flatten() {
            *ring = ring
                .iter()
                .flat_map(|&code| match code {
                    code if code == number => numbers.clone(),
                    code if code == !number => numbers.iter().rev().map(|part| !part).collect(),
                    code => vec![code],
                })
                .collect();
        }
    }

    /// Takes out the borders between the rings of one place.
    fn join(&mut self, place: &str) {
        let rings = self.places.remove(place).unwrap();
        let all: Vec<i64> = rings.iter().flatten().copied().collect();
        let mut joined: Vec<Ring> = Vec::new();
        let mut open: Vec<i64> = Vec::new();
        for ring in rings {
            if ring.iter().any(|code| all.contains(&!code)) {
                open.extend(ring.into_iter().filter(|code| !all.contains(&!code)));
            } else {
                joined.push(ring);
            }
        }
        while let Some(first) = open.pop() {
            let mut ring = vec![first];
            loop {
                let end = *self.arc(ring[ring.len() - 1]).last().unwrap();
                let Some(next) = open.iter().position(|code| self.arc(*code)[0] == end) else {
                    break;
                };
                ring.push(open.remove(next));
            }
            assert_eq!(
                self.points(&ring).first(),
                self.points(&ring).last(),
                "{place}"
            );
            joined.push(ring);
        }
        self.places.insert(place.to_owned(), joined);
    }

    /// The file: only arcs that are used, in the order of their first use.
    fn written(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for number in [self.scale, self.offset].concat() {
            out.extend(number.to_le_bytes());
        }
        let mut numbers: BTreeMap<i64, u64> = BTreeMap::new();
        let mut used = Vec::new();
        for code in self.places.values().flatten().flatten() {
            let number = if *code < 0 { !code } else { *code };
            numbers.entry(number).or_insert_with(|| {
                used.push(number);
                used.len() as u64 - 1
            });
        }
        put(&mut out, used.len() as u64);
        for number in used {
            let points = self.arc(number);
            put(&mut out, points.len() as u64);
            let mut last = (0, 0);
            for point in points {
                put_signed(&mut out, point.0 - last.0);
                put_signed(&mut out, point.1 - last.1);
                last = point;
            }
        }
        put(&mut out, self.places.len() as u64);
        for (id, rings) in &self.places {
            put(&mut out, id.len() as u64);
            out.extend(id.as_bytes());
            put(&mut out, rings.len() as u64);
            for ring in rings {
                put(&mut out, ring.len() as u64);
                for code in ring {
                    let number = if *code < 0 { !code } else { *code };
                    put(&mut out, 2 * numbers[&number] + u64::from(*code < 0));
                }
            }
        }
        out
    }
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)) as u64);
}
