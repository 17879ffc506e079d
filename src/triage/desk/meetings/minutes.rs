//! `GET /sesiones/{meeting}/acta`: the minutes as text, in Spanish, with the points that the reader may
//! know of. What the committee signs is printed from it.

use std::fmt::Write as _;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::meeting::{Meeting, Outcome, Stage};
use service::language::{Language, Texts};
use service::wording;
use zeroize::Zeroizing;

use super::list::title;
use super::show::{counts, outcome_words, point_title};
use super::{MeetingError, SeenPoint, find, name, points};
use crate::desk::case::file::disposition;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

/// The text, to be saved.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    meeting: Path<String>,
) -> HttpResponse {
    match written(&desk, &member, &meeting).await {
        Ok((file, text)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((CONTENT_LANGUAGE, Language::EsMx.tag()))
            .insert_header((CONTENT_DISPOSITION, disposition(&file)))
            .body(text.as_bytes().to_vec()),
        Err(error) => {
            let problem = error.problem(desk.texts(&request));
            fallback::problem(&desk, &request, &problem)
        }
    }
}

async fn written(
    desk: &Desk,
    member: &Member,
    id: &str,
) -> Result<(String, Zeroizing<String>), MeetingError> {
    let meeting = find(desk, member, id).await?;
    // Before it is held there are none.
    if meeting.attendance().is_none() {
        return Err(MeetingError::None);
    }
    let seen = points(desk, member, &meeting).await?;
    let file = format!(
        "acta-{}-{}-{}.txt",
        meeting.year(),
        meeting.kind().code().to_lowercase(),
        meeting.number()
    );
    // A document of the committee, whatever language its reader has chosen.
    let texts = desk.translations.of(Language::EsMx);
    Ok((file, text(texts, member, &meeting, &seen)))
}

fn text(
    texts: &Texts,
    member: &Member,
    meeting: &Meeting,
    seen: &[SeenPoint],
) -> Zeroizing<String> {
    let mut lines = Lines(Zeroizing::new(String::with_capacity(16 << 10)));
    let day = |day| wording::date(texts, day);
    lines.add(
        &texts
            .with("desk-minutes-title", "title", title(texts, meeting))
            .to_uppercase(),
    );
    lines.gap();
    lines.add(&texts.fill(
        "desk-minutes-begin",
        &[
            ("date", &day(meeting.on())),
            ("mode", &meeting.said().mode.label(texts)),
            ("place", &visible(meeting.said().place.expose())),
            ("called", &day(meeting.called().0)),
        ],
    ));
    for one in meeting.postponed() {
        lines.add(&texts.with("desk-minutes-postponed", "date", day(one.from)));
    }
    lines.heading(&texts.get("desk-minutes-there"));
    let attendance = meeting.attendance().cloned().unwrap_or_default();
    for one in attendance.seated() {
        let who = name(member, texts, one.member);
        let seat = one.seat.label(texts);
        let line = Zeroizing::new(if one.stands_in() {
            let titular = name(member, texts, one.holder);
            texts.fill(
                "desk-minutes-suplente",
                &[("name", &who), ("seat", &seat), ("titular", &titular)],
            )
        } else {
            texts.fill("desk-minutes-member", &[("name", &who), ("seat", &seat)])
        });
        lines.item(&line);
    }
    for id in attendance.voice() {
        let who = name(member, texts, *id);
        lines.item(&texts.fill("desk-minutes-voice", &[("name", &who)]));
    }
    lines.add(&texts.with("desk-minutes-quorum", "count", attendance.seated().len()));
    lines.heading(&texts.get("desk-minutes-points"));
    for (one, number) in seen.iter().zip(1_usize..) {
        lines.gap();
        lines.add(&format!(
            "{number}. {}",
            point_title(texts, one.point.topic())
        ));
        outcome(&mut lines, texts, member, one, meeting);
    }
    if let Stage::Closed { remarks, on, .. } = meeting.stage() {
        if let Some(remarks) = remarks {
            lines.heading(&texts.get("desk-minutes-remarks"));
            lines.add(&visible(remarks.expose()));
        }
        lines.gap();
        lines.add(&texts.with("desk-minutes-closed", "date", day(*on)));
    } else {
        lines.gap();
        lines.add(&texts.get("desk-minutes-open"));
    }
    lines.heading(&texts.get("desk-minutes-signatures"));
    for one in attendance.seated() {
        lines.gap();
        lines.add("______________________________");
        let who = name(member, texts, one.member);
        lines.add(&format!("{}, {}", *who, one.seat.label(texts)));
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

    fn heading(&mut self, line: &str) {
        self.gap();
        self.add(&line.to_uppercase());
    }
}
