//! A move from what was entered into its form.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::str::FromStr;

use domain::case::Folio;
use domain::complaint::{FaultKind, FieldFaults, LongText, MessageText, SecretText, ShortText};
use domain::procedure::{
    Agreement, Move, MoveKind, NewRecommendation, Opinion, Paper, Recounted, Step, Votes,
};
use jiff::civil::Date;

use super::fields::in_row;

/// What was entered. A name may come more than once.
pub(in crate::desk) struct Typed {
    fields: Vec<(String, SecretText)>,
    /// The names that were asked for.
    asked: RefCell<BTreeSet<String>>,
}

/// A value, or what is wrong with its field.
type Read<T> = Result<T, FieldFaults>;

fn wrong<T>(name: &str, kind: FaultKind) -> Read<T> {
    Err(FieldFaults::one(name, kind))
}

impl Typed {
    pub(in crate::desk) fn new(fields: Vec<(String, SecretText)>) -> Self {
        Self {
            fields,
            asked: RefCell::default(),
        }
    }

    /// What was entered into a field; nothing if it was left empty.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.asked.borrow_mut().insert(name.to_owned());
        let of_name = self.fields.iter().filter(|(field, _)| field == name);
        let values = of_name.map(|(_, value)| value.expose());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// The one value of a field.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// The names that were asked for so far.
    #[cfg(test)]
    pub(super) fn asked(&self) -> BTreeSet<String> {
        self.asked.borrow().clone()
    }

    fn needed(&self, name: &str) -> Read<&str> {
        self.one(name)
            .map_or_else(|| wrong(name, FaultKind::Required), Ok)
    }

    fn text<T>(
        &self,
        name: &str,
        parse: impl FnOnce(SecretText) -> Result<T, FaultKind>,
    ) -> Read<T> {
        let text = SecretText::from(self.needed(name)?.to_owned());
        parse(text).map_err(|fault| FieldFaults::one(name, fault))
    }

    fn short(&self, name: &str) -> Read<ShortText> {
        self.text(name, ShortText::parse)
    }

    fn long(&self, name: &str) -> Read<LongText> {
        self.text(name, LongText::parse)
    }

    fn if_given<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Self, &str) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.one(name) {
            Some(_) => read(self, name).map(Some),
            None => Ok(None),
        }
    }

    fn code<T: FromStr>(&self, name: &str) -> Read<T> {
        let code = self.needed(name)?;
        code.parse()
            .or_else(|_| wrong(name, FaultKind::UnknownCode))
    }

    fn codes<T: FromStr, C: FromIterator<T>>(&self, name: &str) -> Read<C> {
        let all = self.all(name).into_iter().map(|code| {
            code.parse()
                .or_else(|_| wrong(name, FaultKind::UnknownCode))
        });
        all.collect()
    }

    fn day(&self, name: &str) -> Read<Date> {
        let day = self.needed(name)?;
        day.parse().or_else(|_| wrong(name, FaultKind::NotADate))
    }

    fn count<T: FromStr>(&self, name: &str) -> Read<T> {
        let number = self.needed(name)?;
        number
            .parse()
            .or_else(|_| wrong(name, FaultKind::WrongType))
    }

    fn flag(&self, name: &str) -> bool {
        self.one(name).is_some()
    }

    fn agreement(&self) -> Read<Agreement> {
        Ok(Agreement {
            kind: self.code("agreement_kind")?,
            number: self.count("agreement_number")?,
            held_on: self.day("agreement_held_on")?,
            votes: Votes {
                favour: self.count("agreement_favour")?,
                against: self.count("agreement_against")?,
                abstained: self.count("agreement_abstained")?,
                casting: self.flag("agreement_casting"),
            },
        })
    }

    fn changes(&self, name: &str) -> Read<Vec<Recounted>> {
        let all = self.all(name).into_iter();
        all.map(|change| {
            serde_json::from_str(change).or_else(|_| wrong(name, FaultKind::WrongType))
        })
        .collect()
    }

    /// The rows of a list that are not left empty, as far as there are any.
    fn rows<T>(
        &self,
        lines: usize,
        first: &'static str,
        prefix: &str,
        read: impl Fn(&dyn Fn(&'static str) -> String) -> Read<T>,
    ) -> Read<Vec<T>> {
        let rows = (1..=lines).filter(|row| self.one(&in_row(prefix, *row, first)).is_some());
        rows.map(|row| read(&|part| in_row(prefix, row, part)))
            .collect()
    }

    fn recommendations(&self, lines: usize) -> Read<Vec<NewRecommendation>> {
        self.rows(lines, "text", "recommendation", |part| {
            Ok(NewRecommendation {
                kind: self.code(&part("kind"))?,
                unit: self.short(&part("unit"))?,
                extends_to_superiors: self.flag(&part("extends")),
                text: self.long(&part("text"))?,
            })
        })
    }

    fn papers(&self, lines: usize) -> Read<Vec<Paper>> {
        self.rows(lines, "kind", "paper", |part| {
            Ok(Paper {
                kind: self.code(&part("kind"))?,
                reference: self.if_given(&part("reference"), Self::short)?,
            })
        })
    }

    /// The move that was entered, with its documents.
    ///
    /// # Errors
    /// The first field that is not as it has to be.
    pub(in crate::desk) fn step(&self, kind: MoveKind, lines: usize) -> Read<Step> {
        Ok(Step {
            act: self.act(kind, lines)?,
            papers: self.papers(lines)?,
        })
    }

    #[expect(clippy::too_many_lines, reason = "a table: an entry for each move")]
    fn act(&self, kind: MoveKind, lines: usize) -> Read<Move> {
        Ok(match kind {
            MoveKind::Classify => Move::Classify {
                main: self.code("main")?,
                others: self.codes("others")?,
                urgency: self.if_given("urgency", Self::code)?,
                reason: self.if_given("reason", Self::long)?,
            },
            MoveKind::AskForInformation => Move::AskForInformation {
                missing: self.codes("missing")?,
                question: self.text("question", MessageText::parse)?,
            },
            MoveKind::Answer => Move::Answer {},
            MoveKind::Archive => Move::Archive {
                cause: self.code("cause")?,
                reason: self.long("reason")?,
            },
            MoveKind::Redirect => Move::Redirect {
                cause: self.code("cause")?,
                instances: self.codes("instances")?,
                reason: self.long("reason")?,
                agreement: self.if_given("agreement_kind", |typed, _| typed.agreement())?,
            },
            MoveKind::Register => Move::Register {
                folio: self.short("folio")?,
                captured_on: self.day("captured_on")?,
            },
            MoveKind::Propose => Move::Propose {
                proposal: self.code("proposal")?,
                reason: self.long("reason")?,
            },
            MoveKind::CallSession => Move::CallSession {
                kind: self.code("session")?,
                held_on: self.day("held_on")?,
            },
            MoveKind::NotAdmit => Move::NotAdmit {
                cause: self.code("cause")?,
                reason: self.long("reason")?,
                agreement: self.agreement()?,
            },
            MoveKind::Admit => Move::Admit {
                agreement: self.agreement()?,
            },
            MoveKind::AppointCommission => Move::AppointCommission {
                members: self.codes("members")?,
            },
            MoveKind::Inquire => Move::Inquire {
                requested: self.long("requested")?,
            },
            MoveKind::ConcludeEarly => Move::ConcludeEarly {
                cause: self.code("cause")?,
                reason: self.long("reason")?,
                agreement: self.agreement()?,
            },
            MoveKind::NotifyDenounced => Move::NotifyDenounced {
                notified_on: self.day("notified_on")?,
            },
            MoveKind::ReceiveAnswer => Move::ReceiveAnswer {
                received_on: self.day("received_on")?,
            },
            MoveKind::GoOnWithoutAnswer => Move::GoOnWithoutAnswer {},
            MoveKind::Summon => Move::Summon {
                party: self.code("party")?,
                held_on: self.day("held_on")?,
            },
            MoveKind::OpenMediation => Move::OpenMediation {
                interviews_closed_on: self.day("interviews_closed_on")?,
                held_on: self.day("held_on")?,
                personal_sphere: self.long("personal_sphere")?,
                no_revictimisation: self.long("no_revictimisation")?,
            },
            MoveKind::SettleMediation => Move::SettleMediation {
                signed_on: self.day("signed_on")?,
                oic_present: self.flag("oic_present"),
                commitments: self.long("commitments")?,
                verify_on: self.day("verify_on")?,
            },
            MoveKind::EndMediation => Move::EndMediation {
                ended_on: self.day("ended_on")?,
            },
            MoveKind::Reopen => Move::Reopen {
                breach: self.long("breach")?,
                agreement: self.agreement()?,
            },
            MoveKind::StartDraft => Move::StartDraft {
                interviews_closed_on: self.if_given("interviews_closed_on", Self::day)?,
            },
            MoveKind::SubmitDraft => Move::SubmitDraft {
                sense: self.code("sense")?,
            },
            MoveKind::Determine => Move::Determine {
                sense: self.code("sense")?,
                grounds: self.long("grounds")?,
                recommendations: self.recommendations(lines)?,
                agreement: self.agreement()?,
            },
            MoveKind::NotifyDetermination => Move::NotifyDetermination {
                notified_on: self.day("notified_on")?,
            },
            MoveKind::StartFollowUp => Move::StartFollowUp {
                notified_on: self.day("notified_on")?,
            },
            MoveKind::AdoptRecommendation => Move::AdoptRecommendation {
                recommendation: self.count("recommendation")?,
                informed_on: self.day("informed_on")?,
            },
            MoveKind::DeclineRecommendation => Move::DeclineRecommendation {
                recommendation: self.count("recommendation")?,
                informed_on: self.day("informed_on")?,
            },
            MoveKind::JustifyRefusal => Move::JustifyRefusal {
                recommendation: self.count("recommendation")?,
                received_on: self.day("received_on")?,
            },
            MoveKind::ReportProgress => Move::ReportProgress {
                recommendation: self.count("recommendation")?,
                progress: self.long("progress")?,
            },
            MoveKind::FulfilRecommendation => Move::FulfilRecommendation {
                recommendation: self.count("recommendation")?,
                received_on: self.day("received_on")?,
            },
            MoveKind::FlagUnfulfilled => Move::FlagUnfulfilled {
                recommendation: self.count("recommendation")?,
                reason: self.long("reason")?,
            },
            MoveKind::Conclude => Move::Conclude {},
            MoveKind::NotifyDecision => Move::NotifyDecision {
                decision: self.count("decision")?,
                notified_on: self.day("notified_on")?,
            },
            MoveKind::Extend => Move::Extend {
                days: self.count("days")?,
                letter: self.short("letter")?,
                reason: self.long("reason")?,
            },
            MoveKind::ProposeMeasure => Move::ProposeMeasure {
                kind: self.code("protection")?,
                cause: self.long("cause_text")?,
                protects: self.long("protects")?,
            },
            MoveKind::OrderMeasure => Move::OrderMeasure {
                measure: self.count("measure")?,
                consented_on: self.day("consented_on")?,
                unit_agreed_on: self.if_given("unit_agreed_on", Self::day)?,
                notified: self.long("notified")?,
            },
            MoveKind::DropMeasure => Move::DropMeasure {
                measure: self.count("measure")?,
                reason: self.long("reason")?,
            },
            MoveKind::LiftMeasure => Move::LiftMeasure {
                measure: self.count("measure")?,
                reason: self.long("reason")?,
            },
            MoveKind::WaiveMeasures => Move::WaiveMeasures {
                consulted_on: self.day("consulted_on")?,
            },
            MoveKind::Refer => Move::Refer {
                letter: self.short("letter")?,
                given_on: self.day("given_on")?,
                conducts: self.long("conducts")?,
                opinion: Opinion {
                    heard_on: self.day("opinion_heard_on")?,
                    favours: self.flag("opinion_favours"),
                    text: self.long("opinion_text")?,
                },
                will: self.if_given("will", Self::code)?,
            },
            MoveKind::RecordReferralOutcome => Move::RecordReferralOutcome {
                referral: self.count("referral")?,
                on: self.day("on")?,
                outcome: self.long("outcome")?,
            },
            MoveKind::Join => Move::Join {
                into: self.code::<Folio>("into")?,
                cause: self.code("cause")?,
                reason: self.long("reason")?,
            },
            MoveKind::SetMark => Move::SetMark {
                mark: self.code("mark")?,
                reason: self.long("reason")?,
            },
            MoveKind::ClearMark => Move::ClearMark {
                mark: self.code("mark")?,
                reason: self.long("reason")?,
            },
            MoveKind::Recount => Move::Recount {
                changes: self.changes("changes")?,
                reason: self.long("reason")?,
            },
        })
    }
}

#[cfg(test)]
mod tests;
