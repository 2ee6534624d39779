//! Places as columns with HXL tags write them: by country and administrative level.

use std::collections::BTreeSet;

use crate::figure::PlaceId;
use crate::place::{self, Kind, Scheme};

/// One cell of a place: the column that it stands in, and its text.
pub(super) type PlaceCell = (PlaceColumn, String);

/// A column of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlaceColumn {
    /// Whether people come from there.
    pub is_origin: bool,
    /// Administrative level: 0 for countries.
    pub level: u8,
    /// Whether it holds names in place of codes.
    pub is_name: bool,
}

impl PlaceColumn {
    /// Its header.
    pub fn header(self) -> String {
        let level = match self.level {
            0 => "Country".to_owned(),
            level => format!("Admin {level}"),
        };
        let end = if self.is_origin { " of origin" } else { "" };
        let code = if self.is_name { "" } else { ", code" };
        format!("{level}{end}{code}")
    }

    /// Its tag.
    pub fn tag(self) -> String {
        let hashtag = match self.level {
            0 => "#country".to_owned(),
            level => format!("#adm{level}"),
        };
        let form = if self.is_name { "+name" } else { "+code" };
        let end = if self.is_origin { "+origin" } else { "" };
        format!("{hashtag}{form}{end}")
    }
}

/// The cells of a place and of those that it lies in; none where no tag says such a place, as of a
/// region or of what a source leaves over.
pub(super) fn cells(id: &PlaceId, is_origin: bool) -> Option<Vec<PlaceCell>> {
    let mut cells = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        let place = place::place(id)?;
        let (level, code) = match place.kind {
            Kind::Admin1 => (1, place.pcode()?),
            Kind::Admin2 => (2, place.pcode()?),
            Kind::Admin3 => (3, place.pcode()?),
            Kind::Admin4 => (4, place.pcode()?),
            Kind::Country | Kind::Area | Kind::Unknown => {
                // Only a code that is read back as this place.
                let code = place.iso3?;
                let read = place::resolve(Scheme::Iso3, code).ok()?;
                if read.id != place.id {
                    return None;
                }
                (0, code)
            }
            Kind::World | Kind::Region | Kind::Group => return None,
        };
        for (is_name, text) in [(false, code), (true, place.name)] {
            let column = PlaceColumn {
                is_origin,
                level,
                is_name,
            };
            cells.push((column, text.to_owned()));
        }
        next = match level {
            0 => None,
            _ => Some(place.parents.first()?),
        };
    }
    Some(cells)
}

/// The finest administrative levels of rows, at one end of a move.
pub(super) fn levels<'c>(
    rows: impl Iterator<Item = &'c [PlaceCell]>,
    is_origin: bool,
) -> BTreeSet<u8> {
    rows.filter_map(|cells| {
        let of_end = cells
            .iter()
            .filter(|(column, _)| column.is_origin == is_origin);
        of_end.map(|(column, _)| column.level).max()
    })
    .collect()
}
