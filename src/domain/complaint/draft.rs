//! A complaint as it comes from outside: raw, untrusted, every field optional.

use std::str::FromStr;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::fault::Collector;
use super::text::{LongText, Narrative, SecretText, ShortText};
use super::{
    Complaint, DenouncedPerson, Facts, FaultKind, FieldFaults, Identity, Reporter, Witness,
    Workplace, limits,
};

/// The fields of the public form and of `POST /api/v1/complaints`, before anything is checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    /// See [`Complaint::reporter`].
    pub reporter: Option<ReporterDraft>,
    /// See [`Complaint::identity`].
    pub identity: Option<IdentityDraft>,
}

/// See [`Workplace`].
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
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
#[derive(Debug, Default)]
pub struct WitnessDraft {
    /// Name or description.
    pub name: Option<SecretText>,
    /// How to reach them.
    pub contact: Option<SecretText>,
}

impl<'de> Deserialize<'de> for WitnessDraft {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Name(SecretText),
            Apart(Apart),
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Apart {
            name: Option<SecretText>,
            contact: Option<SecretText>,
        }
        Ok(match Written::deserialize(from)? {
            Written::Name(name) => Self {
                name: Some(name),
                contact: None,
            },
            Written::Apart(Apart { name, contact }) => Self { name, contact },
        })
    }
}

/// See [`Reporter`].
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
pub struct IdentityDraft {
    /// Name.
    pub name: Option<SecretText>,
    /// How to reach the person.
    pub contact: Option<SecretText>,
}

/// Why bytes are not a draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Not JSON.
    #[error("not JSON")]
    NotJson,
    /// JSON, but a field is unknown or of the wrong type.
    #[error(transparent)]
    Fields(#[from] FieldFaults),
}

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
            reporter,
            identity: (identity.name.is_some() || identity.contact.is_some()).then_some(identity),
        })
    }
}

/// Reads any JSON body, naming the field that does not fit.
///
/// # Errors
/// As [`ComplaintDraft::from_json`].
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DraftError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DraftError::NotUtf8)?;
    let mut json = serde_json::Deserializer::from_str(text);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| field_fault(&error))?;
    json.end().map_err(|_| DraftError::NotJson)?;
    Ok(read)
}

fn field_fault(error: &serde_path_to_error::Error<serde_json::Error>) -> DraftError {
    if !error.inner().is_data() {
        return DraftError::NotJson;
    }
    let path = match error.path().to_string() {
        root if root == "." => String::new(),
        path => path,
    };
    // serde names an unknown field in its message only.
    let message = error.inner().to_string();
    let unknown = message
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split_once('`'));
    match unknown {
        Some((name, _)) => {
            // The path may or may not hold the name itself, depending on where serde stopped.
            let parent = path
                .strip_suffix(name)
                .unwrap_or(&path)
                .trim_end_matches('.');
            let field = if parent.is_empty() {
                name.to_owned()
            } else {
                format!("{parent}.{name}")
            };
            FieldFaults::one(field, FaultKind::UnknownField).into()
        }
        None => FieldFaults::one(path, FaultKind::WrongType).into(),
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
    text.filter(|text| !text.expose().trim().is_empty())
}

fn short(faults: &mut Collector, field: &str, text: Option<SecretText>) -> Option<ShortText> {
    given(text).and_then(|text| faults.keep(field, ShortText::parse(text)))
}

fn long(faults: &mut Collector, field: &str, text: Option<SecretText>) -> Option<LongText> {
    given(text).and_then(|text| faults.keep(field, LongText::parse(text)))
}

fn date(faults: &mut Collector, field: &str, text: Option<String>) -> Option<Date> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    let written = text.trim();
    // Only the calendar form: jiff would also take a date with a time of day.
    let parsed = Date::strptime("%Y-%m-%d", written).map_err(|_| FaultKind::NotADate);
    faults.keep(field, parsed)
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
mod tests {
    use super::*;

    const STORY: &str = "El jefe de turno grita e insulta al personal.";

    fn parse(json: &serde_json::Value) -> Result<Complaint, FieldFaults> {
        let draft =
            ComplaintDraft::from_json(json.to_string().as_bytes()).map_err(|e| match e {
                DraftError::Fields(faults) => faults,
                DraftError::NotUtf8 | DraftError::NotJson => panic!("{e}"),
            })?;
        Complaint::parse(draft)
    }

    fn fault(json: &serde_json::Value) -> (String, FaultKind) {
        let faults = parse(json).expect_err("the complaint is at fault");
        let first = faults.iter().next().expect("faults are never empty");
        (first.field.clone(), first.kind)
    }

    #[test]
    fn a_story_alone_is_a_complaint() {
        let complaint = parse(&serde_json::json!({ "narrative": STORY })).expect("valid");
        assert_eq!(complaint.narrative.expose(), STORY);
        assert!(complaint.is_anonymous());
        assert_eq!(
            serde_json::to_value(&complaint).expect("serialises"),
            serde_json::json!({ "narrative": STORY })
        );
    }

    #[test]
    fn a_full_complaint_reads_back_as_it_was_written() {
        let json = serde_json::json!({
            "narrative": STORY,
            "suspected_risk": "acoso_laboral",
            "workplace": { "ooad": "jalisco", "kind": "HGZ", "place": "Urgencias" },
            "people": [{ "name": "N. N.", "position": "Jefatura de turno", "rank": "SUPERIOR" }],
            "facts": { "from": "2026-01-10", "to": "2026-02-01", "ongoing": true,
                       "frequency": "VARIAS", "place_kind": "INSTALACION" },
            "witnesses": [{ "name": "Una compañera" }],
            "immediate_danger": false,
            "retaliation": true,
            "support_wanted": ["PSICOLOGICO"],
            "protection_wanted": true,
            "keep_from": ["Presidencia"],
            "already_filed_with": ["NO"],
            "referral_consent": "QUIERO_ORIENTACION",
            "reporter": { "role": "TESTIGO", "bond": "HONORARIOS", "sex": "NO_DICE", "age_group": "30-39" },
            "identity": { "name": "A. B.", "contact": "555" }
        });
        let complaint = parse(&json).expect("valid");
        assert_eq!(serde_json::to_value(&complaint).expect("serialises"), json);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let faults = parse(&serde_json::json!({
            "narrative": "corto",
            "suspected_risk": "envidia",
            "workplace": { "ooad": "narnia" },
            "facts": { "from": "ayer", "to": "2026-01-01T10:00" },
            "people": [{}, { "rank": "REY" }],
        }))
        .expect_err("at fault");
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.field.as_str(), fault.kind))
            .collect();
        assert_eq!(
            told,
            [
                ("narrative", FaultKind::TooShort { min: 20 }),
                ("suspected_risk", FaultKind::UnknownCode),
                ("workplace.ooad", FaultKind::UnknownCode),
                ("people[1].rank", FaultKind::UnknownCode),
                ("facts.from", FaultKind::NotADate),
                ("facts.to", FaultKind::NotADate),
            ]
        );
    }

    #[test]
    fn unknown_fields_and_wrong_types_are_named_wherever_they_are() {
        let story = || serde_json::Value::from(STORY);
        for (json, field, kind) in [
            (
                serde_json::json!({ "narrative": story(), "ip": "x" }),
                "ip",
                FaultKind::UnknownField,
            ),
            (
                serde_json::json!({ "narrative": story(), "workplace": { "room": 4 } }),
                "workplace.room",
                FaultKind::UnknownField,
            ),
            (
                serde_json::json!({ "narrative": story(), "people": [{ "alias": "x" }] }),
                "people[0].alias",
                FaultKind::UnknownField,
            ),
            (
                serde_json::json!({ "narrative": 7 }),
                "narrative",
                FaultKind::WrongType,
            ),
            (
                serde_json::json!({ "narrative": story(), "witnesses": [3] }),
                "witnesses[0]",
                FaultKind::WrongType,
            ),
        ] {
            assert_eq!(fault(&json), (field.to_owned(), kind), "{json}");
        }
    }

    #[test]
    fn a_missing_narrative_is_a_fault_like_any_other() {
        assert_eq!(
            fault(&serde_json::json!({})),
            ("narrative".into(), FaultKind::Required)
        );
        assert_eq!(
            fault(&serde_json::json!({ "narrative": null })),
            ("narrative".into(), FaultKind::Required)
        );
    }

    #[test]
    fn the_last_day_does_not_come_before_the_first() {
        let json = serde_json::json!({
            "narrative": STORY, "facts": { "from": "2026-02-02", "to": "2026-02-01" }
        });
        assert_eq!(
            fault(&json),
            ("facts.to".into(), FaultKind::EndsBeforeItBegins)
        );
    }

    #[test]
    fn what_is_not_json_or_not_utf_8_is_told_apart() {
        let read = ComplaintDraft::from_json;
        assert!(matches!(
            read(b"{\"narrative\":\"\xff\"}"),
            Err(DraftError::NotUtf8)
        ));
        assert!(matches!(read(b"narrative=x"), Err(DraftError::NotJson)));
        assert!(matches!(read(b"{} {}"), Err(DraftError::NotJson)));
        assert!(matches!(read(b""), Err(DraftError::NotJson)));
    }
}
