//! Keys that stand twice in one object of JSON, of which the value keeps the last alone.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// The keys that stand more than once in an object, and in how many objects.
///
/// The text has been read before, so that a fault of it is told there.
pub(super) fn repeated(text: &str) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    let mut values = serde_json::Deserializer::from_str(text);
    while (Walk { found: &mut found })
        .deserialize(&mut values)
        .is_ok()
    {}
    found
}

/// A walk through a value that keeps nothing of it but such keys.
struct Walk<'f> {
    found: &'f mut BTreeMap<String, u64>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items
            .next_element_seed(Walk { found: self.found })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut twice: HashSet<String> = HashSet::new();
        while let Some(key) = object.next_key::<String>()? {
            if seen.contains(&key) {
                if twice.insert(key.clone()) {
                    *self.found.entry(key).or_default() += 1;
                }
            } else {
                seen.insert(key);
            }
            object.next_value_seed(Walk { found: self.found })?;
        }
        Ok(())
    }
}
