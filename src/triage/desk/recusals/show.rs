//! `GET /casos/{folio}/excusas`: who may see a case, who is kept out, and the forms to change it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use committee::access::AccessError;
use committee::acts::{Asked, Book, Stage, Who};
use domain::committee::{Act, Relation, Ruling, policy};
use service::language::Texts;
use service::wording;

use super::RecusalError;
use super::view::{Choice, WhoSees, can_be_let_in, choices, may, may_know};
use crate::desk::copies;
use crate::desk::gate::Member;
use crate::desk::pages::{self, Frame};
use crate::desk::pass::CasePass;
use crate::desk::unseen::visible;
use crate::desk::{Desk, fallback};

#[derive(Template)]
#[template(path = "recusals.html")]
struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    /// What has just been done, in words.
    done: Option<String>,
    /// Who may see the case, for whoever may open it.
    who: Option<WhoSees>,
    /// Whether the case has a page for this member.
    opens: bool,
    /// What waits for another's decision.
    waiting: Vec<Waiting>,
    /// Of whom a conflict can be pointed out.
    can_propose: Vec<Choice>,
    /// Whom can be let in again.
    can_lift: Vec<Choice>,
    /// With whom the case can be shared.
    can_share: Vec<Choice>,
}

/// A conflict that was pointed out, or is to be taken back.
struct Waiting {
    what: String,
    reason: String,
    until: String,
}

/// The page.
pub(in crate::desk) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &member, &pass, request.query_string()).await {
        Ok(page) => pages::page(texts, StatusCode::OK, &page),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

/// What can have been done just before: the query, and what is said then.
const DONE: [(&str, &str); 3] = [
    ("propuesta", "desk-recusal-proposed"),
    ("levantar", "desk-lift-proposed"),
    ("compartido", "desk-case-shared"),
];

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    member: &'a Member,
    pass: &CasePass,
    query: &str,
) -> Result<Page<'a>, RecusalError> {
    let opens = may_know(member, pass.relation);
    if opens && !pass.circle.has_looked_at(member.profile()) {
        // The reader may be one whom it is about, under a name or unit that is new.
        copies::settled(desk, member, &pass.entry).await?;
    }
    let circle = &pass.circle;
    let who = if opens {
        let recorder = member.recorder(desk);
        recorder.case_opened(pass.entry.folio).await?;
        let told = match member.access.keys(pass.entry.id, &member.key).await {
            Ok(keys) => member.access.told(pass.entry.id, &keys).await?,
            // A copy follows; who may see the case is known without.
            Err(AccessError::NoCopy) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Some(WhoSees::new(member, texts, circle, &told, None))
    } else {
        None
    };
    let me = member.actor.id;
    let chosen = |chosen: bool, is_one: &dyn Fn(domain::committee::MemberId) -> bool| {
        if chosen {
            choices(member, texts, |id, _| id != me && is_one(id))
        } else {
            Vec::new()
        }
    };
    let proposes = policy::decide(&member.actor, Act::ProposeRecusal, Some(pass.relation));
    let done = DONE.iter().find(|(asked, _)| *asked == query);
    Ok(Page {
        frame: Frame::of(texts, member),
        folio: pass.entry.folio.to_string(),
        done: done.map(|(_, text)| texts.get(text)),
        // Whoever cannot open the case does not learn who is kept out already.
        can_propose: chosen(proposes == Ruling::Allowed, &|id| {
            !opens || !circle.excluded().iter().any(|one| one.member == id)
        }),
        can_lift: chosen(opens && may(member, Act::DecideRecusal), &|id| {
            circle.is_kept_out(id) || circle.is_withdrawn(id)
        }),
        can_share: chosen(opens && may(member, Act::ShareCase), &|id| {
            can_be_let_in(member, circle, id)
        }),
        waiting: if opens {
            waiting(desk, texts, member, pass).await?
        } else {
            Vec::new()
        },
        who,
        opens,
    })
}

/// What waits for a decision on this case, as far as this member may know of it.
async fn waiting(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    pass: &CasePass,
) -> Result<Vec<Waiting>, RecusalError> {
    let who = Who {
        actor: &member.actor,
        relation: Some(Relation::Entitled),
    };
    let mut waiting = Vec::new();
    let acts = Book::new(&*desk.cases, &member.keyring).readable().await?;
    for kept in acts.records {
        let act = kept.act;
        let on_this = act.what.case().is_some_and(|one| one.id() == pass.entry.id);
        let text = match &act.what {
            Asked::Recuse { .. } => "desk-waits-recusal",
            Asked::LiftRecusal { .. } => "desk-waits-lift",
            Asked::UnmaskIdentity { .. }
            | Asked::ExportCase { .. }
            | Asked::DeleteCase { .. }
            | Asked::RotateCase { .. }
            | Asked::InviteMember { .. }
            | Asked::EndMembership { .. }
            | Asked::ReadmitMember { .. }
            | Asked::AmendMember { .. }
            | Asked::SuspendMember { .. }
            | Asked::LiftSuspension { .. } => continue,
        };
        let waits = act.stage(desk.clock.now()) == Stage::Waiting;
        if !on_this || !waits || !act.is_seen_by(who) {
            continue;
        }
        let about = act.what.about().and_then(|id| member.roster.of(id));
        let name = about.map(|found| found.record.profile.name.full());
        waiting.push(Waiting {
            what: texts.fill(
                text,
                &[("name", name.as_deref().map_or("", String::as_str))],
            ),
            reason: visible(act.reason.expose()).into_owned(),
            until: wording::date(texts, desk.calendar().legal_day(act.until)),
        });
    }
    Ok(waiting)
}
