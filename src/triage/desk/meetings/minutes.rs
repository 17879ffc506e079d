//! What the papers on a session say, as far as the reader may know of its points. Their words are Spanish.

use std::fmt::Write as _;

use domain::committee::Seat;
use domain::meeting::{Meeting, Outcome, Stage};
use papers::{SessionFacts, Signature};
use service::language::Texts;
use zeroize::Zeroizing;

use super::list::title;
use super::show::{counts, outcome_words, point_title};
use super::{SeenPoint, name};
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::unseen::visible;

/// A session with the points that exist for a member.
pub(super) fn facts(
    texts: &Texts,
    member: &Member,
    meeting: &Meeting,
    seen: &[SeenPoint],
) -> SessionFacts {
    let attendance = meeting.attendance().cloned().unwrap_or_default();
    let seated = attendance.seated();
    let mut present: Vec<String> = Vec::new();
    for one in seated {
        let who = name(member, texts, one.member);
        let seat = one.seat.label(texts);
        present.push(if one.stands_in() {
            let titular = name(member, texts, one.holder);
            texts.fill(
                "desk-minutes-suplente",
                &[("name", &who), ("seat", &seat), ("titular", &titular)],
            )
        } else {
            texts.fill("desk-minutes-member", &[("name", &who), ("seat", &seat)])
        });
    }
    for id in attendance.voice() {
        let who = name(member, texts, *id);
        present.push(texts.fill("desk-minutes-voice", &[("name", &who)]));
    }
    let (remarks, closed_on) = match meeting.stage() {
        Stage::Closed { remarks, on, .. } => (remarks.as_ref(), Some(*on)),
        Stage::Called | Stage::Held { .. } | Stage::Cancelled { .. } => (None, None),
    };
    let agenda = seen.iter().zip(1_usize..);
    let agenda = agenda.map(|(one, number)| line(texts, number, one));
    let signatures = seated.iter().map(|one| Signature {
        name: name(member, texts, one.member).replace('|', " "),
        post: one.seat.label(texts),
    });
    SessionFacts {
        session: title(texts, meeting),
        on: meeting.on(),
        mode: meeting.said().mode.label(texts),
        place: meeting.said().place.expose().to_owned(),
        called_on: meeting.called().0,
        postponed: meeting.postponed().iter().map(|one| one.from).collect(),
        agenda: agenda.collect(),
        present,
        seats: seated.len(),
        course: course(texts, member, meeting, seen).to_string(),
        remarks: remarks.map(|remarks| remarks.expose().to_owned()),
        closed_on,
        signatures: signatures.collect(),
        presidencia: presidencia(member, texts, meeting),
    }
}

/// Whoever presides on the day.
fn presidencia(member: &Member, texts: &Texts, meeting: &Meeting) -> Option<String> {
    let profiles = member.roster.profiles();
    let mut titular = profiles.iter().filter(|one| {
        one.seat == Seat::Presidencia
            && one.stands_in_for().is_none()
            && one.in_office(meeting.on())
    });
    let found = titular.next()?;
    Some(name(member, texts, found.id).to_string())
}

fn line(texts: &Texts, number: usize, seen: &SeenPoint) -> String {
    format!("{number}. {}", point_title(texts, seen.point.topic()))
}

/// What came of each point.
fn course(
    texts: &Texts,
    member: &Member,
    meeting: &Meeting,
    seen: &[SeenPoint],
) -> Zeroizing<String> {
    let mut lines = Lines(Zeroizing::new(String::with_capacity(16 << 10)));
    for (one, number) in seen.iter().zip(1_usize..) {
        if number > 1 {
            lines.gap();
        }
        lines.add(&line(texts, number, one));
        outcome(&mut lines, texts, member, one, meeting);
    }
    lines.0
}

fn outcome(lines: &mut Lines, texts: &Texts, member: &Member, seen: &SeenPoint, meeting: &Meeting) {
    match seen.point.outcome() {
        None => lines.add(&texts.get("desk-minutes-deferred")),
        Some(Outcome::Noted { text, .. }) => {
            lines.add(&texts.get("desk-point-noted"));
            lines.add(&visible(text.expose()));
        }
        Some(Outcome::Voted {
            ballot,
            out,
            text,
            dissent,
            ..
        }) => {
            for id in out {
                let who = name(member, texts, *id);
                lines.add(&texts.fill("desk-minutes-out", &[("name", &who)]));
            }
            for cast in ballot.cast().iter().filter(|cast| cast.who.stands_in()) {
                let who = name(member, texts, cast.who.member);
                let titular = name(member, texts, cast.who.holder);
                let line = [("name", who.as_str()), ("titular", titular.as_str())];
                lines.add(&texts.fill("desk-minutes-stood-in", &line));
            }
            lines.add(&visible(text.expose()));
            let carried = seen.point.agreement(meeting).is_some();
            let words = texts.get(outcome_words(carried));
            lines.add(&format!("{words} {}", counts(texts, ballot)));
            for cast in ballot.cast() {
                let who = name(member, texts, cast.who.member);
                lines.item(&format!("{}: {}", *who, cast.vote.label(texts)));
            }
            if let Some(dissent) = dissent {
                lines.add(&texts.get("desk-minutes-dissent"));
                lines.add(&visible(dissent.expose()));
            }
        }
    }
}

/// A text in the making, wiped when it is dropped.
struct Lines(Zeroizing<String>);

impl Lines {
    fn add(&mut self, line: &str) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    fn item(&mut self, line: &str) {
        let _ = writeln!(self.0, "- {line}");
    }

    fn gap(&mut self) {
        self.add("");
    }
}
