//! A complaint as it comes from outside: raw, untrusted, every field optional.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::fault::Collector;
use super::reading::{DraftError, read_as_object, read_json};
use super::text::{LongText, Narrative, SecretText, ShortText, is_blank};
use super::{
    Complaint, DenouncedPerson, Facts, FaultKind, FieldFaults, Identity, Reporter, Witness,
    Workplace, limits,
};

/// The fields of the public form and of `POST /api/v1/complaints`, before anything is checked.
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct ComplaintDraft {
    /// See [`Complaint::narrative`].
    pub narrative: Option<SecretText>,
    /// A code of the catalogue of risks.
    pub suspected_risk: Option<String>,
    /// See [`Complaint::workplace`].
    pub workplace: Option<WorkplaceDraft>,
    /// See [`Complaint::people`].
    pub people: Option<Vec<DenouncedPersonDraft>>,
    /// See [`Complaint::facts`].
    pub facts: Option<FactsDraft>,
    /// See [`Complaint::witnesses`].
    pub witnesses: Option<Vec<WitnessDraft>>,
    /// See [`Complaint::immediate_danger`].
    pub immediate_danger: Option<bool>,
    /// See [`Complaint::retaliation`].
    pub retaliation: Option<bool>,
    /// Codes of [`super::Support`].
    pub support_wanted: Option<Vec<String>>,
    /// See [`Complaint::protection_wanted`].
    pub protection_wanted: Option<bool>,
    /// See [`Complaint::keep_from`].
    pub keep_from: Option<Vec<SecretText>>,
    /// Codes of [`super::EarlierFiling`].
    pub already_filed_with: Option<Vec<String>>,
    /// A code of [`super::ReferralConsent`].
    pub referral_consent: Option<String>,
    /// A code of [`crate::privacy::Edition`].
    pub privacy_notice: Option<String>,
    /// A code of [`crate::attention::Channel`]; the desk alone gives one.
    pub presented_through: Option<String>,
    /// See [`Complaint::reporter`].
    pub reporter: Option<ReporterDraft>,
    /// See [`Complaint::identity`].
    pub identity: Option<IdentityDraft>,
}

/// See [`Workplace`].
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct WorkplaceDraft {
    /// Code or name of an OOAD.
    pub ooad: Option<String>,
    /// Code or name of a UMAE.
    pub umae: Option<String>,
    /// Code of a kind of centre.
    pub kind: Option<String>,
    /// In the person's words.
    pub place: Option<SecretText>,
}

/// See [`DenouncedPerson`].
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct DenouncedPersonDraft {
    /// Name.
    pub name: Option<SecretText>,
    /// Post.
    pub position: Option<SecretText>,
    /// Area or service.
    pub area: Option<SecretText>,
    /// What else identifies.
    pub description: Option<SecretText>,
    /// Code of [`super::Rank`].
    pub rank: Option<String>,
}

/// See [`Facts`].
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct FactsDraft {
    /// `YYYY-MM-DD`.
    pub from: Option<String>,
    /// `YYYY-MM-DD`.
    pub to: Option<String>,
    /// Whether it goes on.
    pub ongoing: Option<bool>,
    /// Code of [`super::Frequency`].
    pub frequency: Option<String>,
    /// Code of [`super::PlaceKind`].
    pub place_kind: Option<String>,
    /// In the person's words.
    pub place_detail: Option<SecretText>,
}

/// See [`Witness`]; a bare text is taken as the name.
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct WitnessDraft {
    /// Name or description.
    pub name: Option<SecretText>,
    /// How to reach them.
    pub contact: Option<SecretText>,
}

impl<'de> Deserialize<'de> for WitnessDraft {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct NameOrObject;

        impl<'de> Visitor<'de> for NameOrObject {
            type Value = WitnessDraft;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an object")
            }

            fn visit_str<E>(self, name: &str) -> Result<WitnessDraft, E> {
                Ok(WitnessDraft {
                    name: Some(SecretText::from(name.to_owned())),
                    contact: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<WitnessDraft, A::Error> {
                WitnessDraft::deserialize(MapAccessDeserializer::new(entries))
            }
        }

        from.deserialize_any(NameOrObject)
    }
}

/// See [`Reporter`].
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct ReporterDraft {
    /// Code of [`super::ReporterRole`].
    pub role: Option<String>,
    /// Code of [`super::Bond`].
    pub bond: Option<String>,
    /// Code of [`super::Sex`].
    pub sex: Option<String>,
    /// Code of [`super::AgeGroup`].
    pub age_group: Option<String>,
}

/// See [`Identity`].
#[derive(Debug, Default, Deserialize)]
#[serde(remote = "Self", default, deny_unknown_fields)]
pub struct IdentityDraft {
    /// Name.
    pub name: Option<SecretText>,
    /// How to reach the person.
    pub contact: Option<SecretText>,
}

read_as_object!(
    ComplaintDraft,
    WorkplaceDraft,
    DenouncedPersonDraft,
    FactsDraft,
    ReporterDraft,
    IdentityDraft,
);

impl ComplaintDraft {
    /// Reads a draft from JSON.
    ///
    /// # Errors
    /// That it is not JSON, or which field does not exist or has the wrong type. The error holds
    /// nothing of what was sent but field names that the sender chose.
    pub fn from_json(bytes: &[u8]) -> Result<Self, DraftError> {
        read_json(bytes)
    }

    pub(super) fn parse(self) -> Result<Complaint, FieldFaults> {
        let mut faults = Collector::default();
        let f = &mut faults;

        let narrative = self
            .narrative
            .ok_or(FaultKind::Required)
            .and_then(Narrative::parse);
        let narrative = f.keep("narrative", narrative);
        let suspected_risk = code(f, "suspected_risk", self.suspected_risk);
        let workplace = self.workplace.unwrap_or_default();
        let workplace = Workplace {
            ooad: code(f, "workplace.ooad", workplace.ooad),
            umae: code(f, "workplace.umae", workplace.umae),
            kind: code(f, "workplace.kind", workplace.kind),
            place: short(f, "workplace.place", workplace.place),
        };
        let people = list(f, "people", self.people, limits::PEOPLE, |f, at, person| {
            let person = DenouncedPerson {
                name: short(f, &format!("{at}.name"), person.name),
                position: short(f, &format!("{at}.position"), person.position),
                area: short(f, &format!("{at}.area"), person.area),
                description: long(f, &format!("{at}.description"), person.description),
                rank: code(f, &format!("{at}.rank"), person.rank),
            };
            (person != DenouncedPerson::default()).then_some(person)
        });
        let facts = parse_facts(f, self.facts.unwrap_or_default());
        let witnesses = list(
            f,
            "witnesses",
            self.witnesses,
            limits::WITNESSES,
            |f, at, witness| {
                let witness = Witness {
                    name: short(f, &format!("{at}.name"), witness.name),
                    contact: short(f, &format!("{at}.contact"), witness.contact),
                };
                (witness != Witness::default()).then_some(witness)
            },
        );
        let support_wanted = codes(f, "support_wanted", self.support_wanted);
        let keep_from = list(
            f,
            "keep_from",
            self.keep_from,
            limits::KEEP_FROM,
            |f, at, text| short(f, at, Some(text)),
        );
        let already_filed_with = codes(f, "already_filed_with", self.already_filed_with);
        let referral_consent = code(f, "referral_consent", self.referral_consent);
        let privacy_notice = code(f, "privacy_notice", self.privacy_notice);
        let presented_through = code(f, "presented_through", self.presented_through);
        let reporter = self.reporter.unwrap_or_default();
        let reporter = Reporter {
            role: code(f, "reporter.role", reporter.role),
            bond: code(f, "reporter.bond", reporter.bond),
            sex: code(f, "reporter.sex", reporter.sex),
            age_group: code(f, "reporter.age_group", reporter.age_group),
        };
        let identity = self.identity.unwrap_or_default();
        let identity = Identity {
            name: short(f, "identity.name", identity.name),
            contact: short(f, "identity.contact", identity.contact),
        };

        faults.finish()?;
        Ok(Complaint {
            narrative: narrative.expect("a missing narrative is a fault, and there was none"),
            suspected_risk,
            workplace,
            people,
            facts,
            witnesses,
            immediate_danger: self.immediate_danger,
            retaliation: self.retaliation,
            support_wanted,
            protection_wanted: self.protection_wanted,
            keep_from,
            already_filed_with,
            referral_consent,
            privacy_notice,
            presented_through,
            reporter,
            identity: (identity.name.is_some() || identity.contact.is_some()).then_some(identity),
        })
    }
}

fn code<T: FromStr>(faults: &mut Collector, field: &str, text: Option<String>) -> Option<T> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    faults.keep(field, text.parse().map_err(|_| FaultKind::UnknownCode))
}

/// Codes of a list, each once, in the order given.
fn codes<T: FromStr + PartialEq>(
    faults: &mut Collector,
    field: &str,
    texts: Option<Vec<String>>,
) -> Vec<T> {
    let mut kept = Vec::new();
    let texts = texts.unwrap_or_default();
    if texts.len() > limits::CODES {
        faults.note(
            field,
            FaultKind::TooMany {
                max: limits::CODES as u64,
            },
        );
        return kept;
    }
    for (index, text) in texts.into_iter().enumerate() {
        if let Some(value) = code(faults, &format!("{field}[{index}]"), Some(text))
            && !kept.contains(&value)
        {
            kept.push(value);
        }
    }
    kept
}

fn list<D, T>(
    faults: &mut Collector,
    field: &str,
    drafts: Option<Vec<D>>,
    max: usize,
    parse: impl Fn(&mut Collector, &str, D) -> Option<T>,
) -> Vec<T> {
    let drafts = drafts.unwrap_or_default();
    if drafts.len() > max {
        faults.note(field, FaultKind::TooMany { max: max as u64 });
        return Vec::new();
    }
    drafts
        .into_iter()
        .enumerate()
        .filter_map(|(index, draft)| parse(faults, &format!("{field}[{index}]"), draft))
        .collect()
}

/// An optional text: blank is the same as not given.
fn given(text: Option<SecretText>) -> Option<SecretText> {
    text.filter(|text| !is_blank(text.expose()))
}

fn short(faults: &mut Collector, field: &str, text: Option<SecretText>) -> Option<ShortText> {
    given(text).and_then(|text| faults.keep(field, ShortText::parse(text)))
}

fn long(faults: &mut Collector, field: &str, text: Option<SecretText>) -> Option<LongText> {
    given(text).and_then(|text| faults.keep(field, LongText::parse(text)))
}

fn date(faults: &mut Collector, field: &str, text: Option<String>) -> Option<Date> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    faults.keep(field, calendar_day(text.trim()).ok_or(FaultKind::NotADate))
}

/// A day as a [`Complaint`] writes it, so that it is read back: jiff alone would also take signs,
/// fewer digits and a time of day, and years that nobody who files has lived in.
fn calendar_day(written: &str) -> Option<Date> {
    let form = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if written.len() != 10 || !written.bytes().enumerate().all(form) {
        return None;
    }
    let day = Date::strptime("%Y-%m-%d", written).ok()?;
    limits::YEARS.contains(&day.year()).then_some(day)
}

fn parse_facts(faults: &mut Collector, draft: FactsDraft) -> Facts {
    let facts = Facts {
        from: date(faults, "facts.from", draft.from),
        to: date(faults, "facts.to", draft.to),
        ongoing: draft.ongoing,
        frequency: code(faults, "facts.frequency", draft.frequency),
        place_kind: code(faults, "facts.place_kind", draft.place_kind),
        place_detail: short(faults, "facts.place_detail", draft.place_detail),
    };
    if let (Some(from), Some(to)) = (facts.from, facts.to)
        && to < from
    {
        faults.note("facts.to", FaultKind::EndsBeforeItBegins);
    }
    facts
}

#[cfg(test)]
mod tests;
