//! Where a person may be oriented to.

use jiff::civil::Date;
use serde::Deserialize;

use super::list::catalogue_code;

/// An instance inside or outside the Institute. Orientation never closes the way of the committee
/// (`HSyAS` 23, DISC 15-e).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// Such as `conapred`.
    pub code: String,
    /// Its name in Spanish.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// For which matters, in Spanish.
    pub when: String,
    /// Whether it takes anonymous reports; `None` where that is unknown or does not apply.
    pub anonymous: Option<bool>,
    /// Time limits and other conditions worth knowing beforehand, in Spanish.
    pub limit: Option<String>,
    /// The norm or publication.
    pub source: String,
    #[serde(default)]
    contacts: Vec<Contact>,
}

crate::coded_enum! {
    /// How an instance is reached.
    pub enum ContactKind {
        /// A web address without scheme.
        Web = "web",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
    }
}

/// One way to reach an instance.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// How.
    pub kind: ContactKind,
    /// The number or address.
    pub value: String,
    /// The date of the page that gave it.
    pub verified_on: Option<Date>,
    /// That page.
    pub source: String,
}

impl Instance {
    /// The contacts that may be shown: those verified on a known day. A wrong number can cost a
    /// person her only attempt.
    pub fn contacts(&self) -> impl Iterator<Item = &Contact> {
        self.contacts
            .iter()
            .filter(|contact| contact.verified_on.is_some())
    }
}

catalogue_code! {
    /// An instance a person may be oriented to.
    InstanceCode, Instance, instances
}
