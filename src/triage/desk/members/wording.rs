//! What is known of a member in words, and changes of it.

use committee::log::Amended;
use committee::members::{Amendment, Detail, Details, Roster};
use domain::committee::{MemberId, Standing, Term, Unit};
use jiff::civil::Date;
use service::language::Texts;
use service::wording;

use crate::desk::labels::{self, Labelled as _};

pub(super) fn unit(unit: &Unit) -> Option<String> {
    let told = unit.place.iter().chain(&unit.area);
    let parts: Vec<String> = labels::place(unit.ooad, unit.umae)
        .into_iter()
        .chain(told.map(|text| text.expose().to_owned()))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

pub(super) fn term(texts: &Texts, term: Term) -> String {
    let from = wording::date(texts, term.from);
    match term.until {
        Some(until) => texts.fill(
            "desk-member-term-until",
            &[("from", &from), ("until", &wording::date(texts, until))],
        ),
        None => texts.fill("desk-member-term-open", &[("from", &from)]),
    }
}

fn standing(texts: &Texts, roster: &Roster, titular: Option<MemberId>) -> String {
    match titular {
        None => texts.get("desk-detail-titular"),
        Some(of) => {
            let found = roster.of(of);
            let name = found.map(|found| found.record.profile.name.full());
            let name = name.map_or_else(|| texts.get("desk-act-somebody"), |name| name.to_string());
            texts.fill("desk-member-suplente", &[("name", &name)])
        }
    }
}

fn day(texts: &Texts, day: Option<Date>) -> String {
    day.map_or_else(|| texts.get("desk-untold"), |day| wording::date(texts, day))
}

fn of(texts: &Texts, roster: &Roster, details: &Details, detail: Detail) -> String {
    match detail {
        Detail::Name => details.name.full().to_string(),
        Detail::Seat => details.seat.label(texts),
        Detail::Standing => {
            let titular = match details.standing {
                Standing::Titular => None,
                Standing::Suplente { of } => Some(of),
            };
            standing(texts, roster, titular)
        }
        Detail::Unit => unit(&details.unit).unwrap_or_else(|| texts.get("desk-untold")),
        Detail::Term => term(texts, details.term),
        Detail::Agreement => day(texts, details.agreement_on),
    }
}

fn line(texts: &Texts, detail: Detail, was: &str, becomes: &str) -> String {
    let detail = detail.label(texts);
    texts.fill(
        "desk-amend-line",
        &[("detail", &detail), ("was", was), ("becomes", becomes)],
    )
}

/// Each change of an amendment, from what to what.
pub(in crate::desk) fn changes(
    texts: &Texts,
    roster: &Roster,
    amendment: &Amendment,
) -> Vec<String> {
    let Amendment { was, becomes } = amendment;
    let changes = amendment.changes().into_iter();
    changes
        .map(|detail| {
            let [was, becomes] = [was, becomes].map(|details| of(texts, roster, details, detail));
            line(texts, detail, &was, &becomes)
        })
        .collect()
}

/// What the log has of an amendment, in one line.
pub(in crate::desk) fn amendment(texts: &Texts, roster: &Roster, amended: &Amended) -> String {
    let Amended {
        name: _,
        unit: _,
        seat,
        stands_in_for,
        term: terms,
        agreement_on,
    } = amended;
    let told = |detail| {
        let values = match detail {
            Detail::Name | Detail::Unit => None,
            Detail::Seat => seat.map(|seats| seats.map(|seat| seat.label(texts))),
            Detail::Standing => {
                stands_in_for.map(|both| both.map(|titular| standing(texts, roster, titular)))
            }
            Detail::Term => terms.map(|terms| terms.map(|one| term(texts, one))),
            Detail::Agreement => agreement_on.map(|days| days.map(|one| day(texts, one))),
        };
        match values {
            Some([was, becomes]) => line(texts, detail, &was, &becomes),
            None => detail.label(texts),
        }
    };
    let told: Vec<String> = amended.details().into_iter().map(told).collect();
    told.join("; ")
}
