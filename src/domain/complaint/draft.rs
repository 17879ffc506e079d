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
                serde_json::json!({ "workplace": { "workplace": 4 } }),
                "workplace.workplace",
                FaultKind::UnknownField,
            ),
            (
                serde_json::json!({ "witnesses": [{ "alias": "x" }] }),
                "witnesses[0].alias",
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
    fn an_array_is_no_object_wherever_it_stands() {
        let list = serde_json::json!(["aaaaaaaaaaaaaaaaaaaaaaaa"]);
        for root in [
            list.clone(),
            serde_json::json!([]),
            serde_json::json!("x"),
            serde_json::json!(null),
        ] {
            assert_eq!(
                fault(&root),
                (String::new(), FaultKind::NotAnObject),
                "{root}"
            );
        }
        for field in ["workplace", "facts", "reporter", "identity"] {
            let json = serde_json::json!({ "narrative": STORY, field: list });
            assert_eq!(fault(&json), (field.to_owned(), FaultKind::WrongType));
        }
        for field in ["people", "witnesses"] {
            let json = serde_json::json!({ "narrative": STORY, field: [{}, list] });
            assert_eq!(fault(&json), (format!("{field}[1]"), FaultKind::WrongType));
        }
    }

    #[test]
    fn a_field_given_twice_is_named() {
        for (json, field) in [
            (r#"{"narrative":"a","narrative":"b"}"#, "narrative"),
            (r#"{"workplace":{"ooad":"a","ooad":"a"}}"#, "workplace.ooad"),
            (
                r#"{"people":[{},{"name":"a","name":"b"}]}"#,
                "people[1].name",
            ),
            (
                r#"{"witnesses":[{"name":"a","name":"b"}]}"#,
                "witnesses[0].name",
            ),
        ] {
            let Err(DraftError::Fields(faults)) = ComplaintDraft::from_json(json.as_bytes()) else {
                panic!("{json} is read");
            };
            assert_eq!(
                faults,
                FieldFaults::one(field, FaultKind::DuplicateField),
                "{json}"
            );
        }
    }

    #[test]
    fn a_field_that_must_be_there_and_is_not_is_named() {
        #[derive(Debug, Deserialize)]
        struct Pair {
            #[expect(dead_code, reason = "only its absence matters")]
            first: String,
        }
        let Err(DraftError::Fields(faults)) = read_json::<Pair>(b"{}") else {
            panic!("an empty object is read");
        };
        assert_eq!(faults, FieldFaults::one("first", FaultKind::Required));
    }

    #[test]
    fn a_witness_may_be_a_bare_text() {
        let json = serde_json::json!({ "narrative": STORY, "witnesses": ["Una \n compañera"] });
        let complaint = parse(&json).expect("valid");
        let name = complaint.witnesses[0].name.as_ref().map(ShortText::expose);
        assert_eq!(name, Some("Una \n compañera"));
    }

    #[test]
    fn a_day_is_four_two_and_two_digits_of_a_year_that_can_be_meant() {
        let read = |day: &str| {
            parse(&serde_json::json!({ "narrative": STORY, "facts": { "from": day } }))
                .map(|complaint| complaint.facts.from)
        };
        for odd in [
            "-2026-01-01",
            "+2026-01-01",
            "26-01-01",
            "0000-01-01",
            "1899-12-31",
            "2200-01-01",
            "2026-1-1",
            "2026-001-1",
            "2026-01-1 ",
            "2026 -01-1",
            "2026-01-01T00:00",
            "2026-02-30",
            "２026-01-01",
        ] {
            assert_eq!(
                read(odd),
                Err(FieldFaults::one("facts.from", FaultKind::NotADate)),
                "{odd}"
            );
        }
        for good in ["1900-01-01", "2199-12-31", " 2024-02-29 "] {
            assert!(matches!(read(good), Ok(Some(_))), "{good}");
        }
    }

    #[test]
    fn what_is_invisible_counts_as_not_given() {
        let json = serde_json::json!({
            "narrative": STORY, "identity": { "name": "\u{200b}", "contact": " \u{feff} " }
        });
        assert!(parse(&json).expect("valid").is_anonymous());
    }

    #[test]
    fn facts_after_the_day_of_filing_are_refused() {
        let day = "2026-03-04".parse::<Date>().expect("a day");
        let filed = |from: Option<&str>, to: Option<&str>| {
            parse(&serde_json::json!({ "narrative": STORY, "facts": { "from": from, "to": to } }))
                .and_then(|complaint| complaint.filed_on(day))
                .map(|_| ())
        };
        assert_eq!(filed(None, None), Ok(()));
        assert_eq!(filed(Some("2026-03-04"), Some("2026-03-04")), Ok(()));
        for (from, to, at_fault) in [
            (Some("2026-03-05"), None, &["facts.from"][..]),
            (None, Some("2026-03-05"), &["facts.to"]),
            (Some("2026-03-04"), Some("2026-03-05"), &["facts.to"]),
            (
                Some("2026-03-05"),
                Some("2026-03-06"),
                &["facts.from", "facts.to"],
            ),
        ] {
            let faults = filed(from, to).expect_err("in the future");
            let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(fields, at_fault);
            assert!(
                faults
                    .iter()
                    .all(|fault| fault.kind == FaultKind::InTheFuture)
            );
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
