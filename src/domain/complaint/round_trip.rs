//! What intake acknowledges, triage reads: the property on which the two sides rest.

use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::{
    AgeGroup, Bond, Complaint, ComplaintDraft, EarlierFiling, Frequency, PlaceKind, Rank,
    ReferralConsent, ReporterRole, Sex, Support,
};
use crate::attention::Channel;
use crate::catalogue::{CentreKind, OoadCode, Risk, UmaeCode};
use crate::privacy::Edition;

/// An object with those of its fields that are given; `null` is the same as not given.
fn fields<const N: usize>(given: [(&str, Option<Value>); N]) -> Value {
    let given = given
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<_, _>>())
}

fn padded(text: impl Strategy<Value = String>) -> impl Strategy<Value = Value> {
    let pad = || select(vec!["", "", " ", "\t", "\n\u{3000}", "\u{a0}"]);
    (pad(), text, pad()).prop_map(|(before, text, after)| json!(format!("{before}{text}{after}")))
}

/// Codes as people may write them, and blanks.
fn code(codes: Vec<&'static str>) -> BoxedStrategy<Option<Value>> {
    let written = (select(codes), 0..4_u8).prop_map(|(code, how)| match how {
        0 => code.to_lowercase(),
        1 => code.replace('_', " "),
        _ => code.to_owned(),
    });
    of(prop_oneof![
        8 => padded(written),
        1 => select(vec![json!(""), json!("  "), Value::Null]),
    ])
    .boxed()
}

macro_rules! codes {
    ($list:ty) => {
        code(<$list>::ALL.iter().map(|value| value.code()).collect())
    };
}

/// Any text, blank ones and those of invisible characters included.
fn text() -> BoxedStrategy<Option<Value>> {
    of(prop_oneof![
        4 => padded("\\PC{1,40}".prop_map(String::from)),
        1 => select(vec![json!(""), json!(" \n "), json!("\u{200b}\u{feff}"), Value::Null]),
        1 => Just(json!("\"\\/\u{2028}\t👩\u{200d}👧\r\n\u{301}")),
    ])
    .boxed()
}

fn day() -> BoxedStrategy<Option<Value>> {
    let odd = vec![
        "-2026-01-01",
        "+2026-01-01",
        "26-01-01",
        "0000-01-01",
        "9999-12-31",
        "-009999-01-01",
        "2026-1-1",
        "2026-01-01T00:00",
    ];
    let usual = (1890..2210_i32, 1..=12_u8, 1..=29_u8)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    of(prop_oneof![
        30 => padded(usual),
        1 => padded(select(odd).prop_map(String::from)),
        1 => select(vec![json!(""), json!(" "), Value::Null]),
    ])
    .boxed()
}

fn flag() -> BoxedStrategy<Option<Value>> {
    of(any::<bool>().prop_map(Value::from)).boxed()
}

fn list(item: impl Strategy<Value = Option<Value>>) -> impl Strategy<Value = Option<Value>> {
    let present = item.prop_filter_map("entries are never null", |entry| {
        entry.filter(|entry| !entry.is_null())
    });
    of(prop::collection::vec(present, 0..4).prop_map(Value::from))
}

fn workplace() -> impl Strategy<Value = Option<Value>> {
    let either = |codes: Vec<&'static str>, names: Vec<&'static str>| {
        prop_oneof![
            code(codes),
            of(padded(select(names).prop_map(String::from)))
        ]
    };
    of((
        either(
            OoadCode::all().map(OoadCode::code).collect(),
            OoadCode::all().map(OoadCode::name).collect(),
        ),
        either(
            UmaeCode::all().map(UmaeCode::code).collect(),
            UmaeCode::all().map(UmaeCode::name).collect(),
        ),
        code(CentreKind::all().map(CentreKind::code).collect()),
        text(),
    )
        .prop_map(|(ooad, umae, kind, place)| {
            fields([
                ("ooad", ooad),
                ("umae", umae),
                ("kind", kind),
                ("place", place),
            ])
        }))
}

fn people() -> impl Strategy<Value = Option<Value>> {
    let person = (text(), text(), text(), text(), codes!(Rank)).prop_map(
        |(name, position, area, description, rank)| {
            Some(fields([
                ("name", name),
                ("position", position),
                ("area", area),
                ("description", description),
                ("rank", rank),
            ]))
        },
    );
    list(person)
}

fn facts() -> impl Strategy<Value = Option<Value>> {
    of((
        day(),
        day(),
        flag(),
        codes!(Frequency),
        codes!(PlaceKind),
        text(),
    )
        .prop_map(|(from, to, ongoing, frequency, place_kind, place_detail)| {
            fields([
                ("from", from),
                ("to", to),
                ("ongoing", ongoing),
                ("frequency", frequency),
                ("place_kind", place_kind),
                ("place_detail", place_detail),
            ])
        }))
}

fn reporter() -> impl Strategy<Value = Option<Value>> {
    of((
        codes!(ReporterRole),
        codes!(Bond),
        codes!(Sex),
        codes!(AgeGroup),
    )
        .prop_map(|(role, bond, sex, age_group)| {
            fields([
                ("role", role),
                ("bond", bond),
                ("sex", sex),
                ("age_group", age_group),
            ])
        }))
}

fn named() -> impl Strategy<Value = Option<Value>> {
    (text(), text())
        .prop_map(|(name, contact)| Some(fields([("name", name), ("contact", contact)])))
}

fn draft() -> impl Strategy<Value = Value> {
    let narrative = padded("\\PC{10,80}").prop_map(Some);
    let witness = prop_oneof![named(), text()];
    let told = (
        narrative,
        codes!(Risk),
        workplace(),
        people(),
        facts(),
        list(witness),
    );
    let asked = (flag(), flag(), flag(), list(codes!(Support)), list(text()));
    let about = (
        list(codes!(EarlierFiling)),
        codes!(ReferralConsent),
        (codes!(Edition), codes!(Channel)),
        reporter(),
        named(),
    );
    (told, asked, about).prop_map(
        |(
            (narrative, suspected_risk, workplace, people, facts, witnesses),
            (immediate_danger, retaliation, protection_wanted, support_wanted, keep_from),
            (already_filed_with, referral_consent, (privacy_notice, presented), reporter, identity),
        )| {
            fields([
                ("narrative", narrative),
                ("suspected_risk", suspected_risk),
                ("workplace", workplace),
                ("people", people),
                ("facts", facts),
                ("witnesses", witnesses),
                ("immediate_danger", immediate_danger),
                ("retaliation", retaliation),
                ("support_wanted", support_wanted),
                ("protection_wanted", protection_wanted),
                ("keep_from", keep_from),
                ("already_filed_with", already_filed_with),
                ("referral_consent", referral_consent),
                ("privacy_notice", privacy_notice),
                ("presented_through", presented),
                ("reporter", reporter),
                ("identity", identity),
            ])
        },
    )
}

fn read(json: &[u8]) -> Option<Complaint> {
    let draft = ComplaintDraft::from_json(json).ok()?;
    Complaint::parse(draft).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn every_complaint_that_is_accepted_is_read_back_as_the_same_one(draft in draft()) {
        // At fault drafts are drawn again, so that every case counted is one that was accepted.
        let accepted = read(draft.to_string().as_bytes());
        prop_assume!(accepted.is_some());
        let written = serde_json::to_vec(&accepted).expect("serialises");
        prop_assert_eq!(read(&written), accepted);
    }
}
