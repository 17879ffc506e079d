//! Where the Institute works: OOAD, UMAE, federal entities, kinds of centre of work.

use serde::Deserialize;

use super::list::catalogue_code;

/// An Órgano de Operación Administrativa Desconcentrada, formerly *Delegación* (LSS 251-A).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ooad {
    /// Such as `ciudad_de_mexico_norte`.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub(super) state: String,
}

/// A Unidad Médica de Alta Especialidad. It belongs to no OOAD.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Umae {
    /// Such as `he_25_monterrey`.
    pub code: String,
    /// Its official name.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The town.
    pub place: String,
    /// Whether the name was seen in a public page; if not, it waits for the Institute to confirm it.
    pub verified: bool,
    pub(super) state: String,
}

/// A federal entity (CPEUM 43).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Such as `nuevo_leon`.
    pub code: String,
    /// The name in daily use.
    pub name: String,
    /// The full name and other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A kind of centre of work.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    /// Such as `HGZ`.
    pub code: String,
    /// The kind in full.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether few people work in one, so that the kind and a place may tell who writes.
    #[serde(default)]
    pub small: bool,
}

catalogue_code! {
    /// One of the 35 OOAD.
    OoadCode, Ooad, ooad
}

catalogue_code! {
    /// One of the 25 UMAE.
    UmaeCode, Umae, umae
}

catalogue_code! {
    /// One of the 32 federal entities.
    StateCode, State, states
}

catalogue_code! {
    /// A kind of centre of work, such as `UMF` or `GUARDERIA`.
    CentreKind, Centre, centres
}

impl OoadCode {
    /// The federal entity in its name. Its territory is set elsewhere, and may cross the border.
    pub fn state(self) -> StateCode {
        state(&self.entry().state)
    }
}

impl UmaeCode {
    /// The federal entity of its town.
    pub fn state(self) -> StateCode {
        state(&self.entry().state)
    }
}

fn state(code: &str) -> StateCode {
    code.parse()
        .expect("`Catalogues::load` found the state of every OOAD and UMAE")
}
