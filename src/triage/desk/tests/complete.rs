//! Whatever opens something, or changes who may, is in the log: each act of the policy done over HTTP and
//! looked for, and who may open which case compared after every step.

use std::collections::BTreeMap;

use committee::access::open_circle;
use committee::acts::{Asked, Book};
use committee::log::{Content, Entry, Event, Logbook, Opened};
use committee::members::{Amendment, Details, InvitationCode, LoginName, Roster};
use domain::committee::{Act, MemberId, Relation, Seat};
use reqwest::header::LOCATION;

use super::acts::Committee;
use super::{Answer, Member};

/// The entries of each act. Whoever adds an act has to say here which it has, and do it below.
#[expect(clippy::match_same_arms, reason = "a table: an entry for each act")]
const fn entries_of(act: Act) -> &'static [Event] {
    match act {
        // Lists: nothing of a case is opened, and nothing changed.
        Act::ReadRegister
        | Act::ReadMembers
        | Act::ReadLog
        | Act::OverseeLog
        | Act::OverseeAttentions => &[],
        Act::ReadMeetings => &[Event::MeetingPaper],
        Act::ReadCase => &[Event::CaseOpened],
        Act::ReadFile => &[Event::FileOpened, Event::OriginalTaken],
        Act::WriteToPerson => &[Event::LetterSent],
        Act::TakeStep => &[Event::StepMade],
        Act::WritePaper => &[Event::PaperWritten],
        Act::CaptureCase => &[Event::CaseOpened],
        Act::RedactFile => &[Event::VersionMasked, Event::VersionTaken],
        Act::DeclareConflict => &[Event::ConflictDeclared],
        Act::ProposeRecusal => &[Event::RecusalProposed],
        Act::DecideRecusal => &[Event::RecusalUpheld, Event::RecusalRejected],
        Act::ShareCase => &[Event::CaseShared],
        Act::RotateCase => &[Event::CaseRotated],
        Act::UnmaskIdentity => &[Event::IdentityUnmasked],
        Act::ExportCase => &[Event::CaseExported],
        Act::DeleteCase => &[Event::CaseDeleted],
        Act::InviteMember => &[Event::MemberInvited],
        Act::EndMembership => &[Event::MembershipEnded],
        Act::ReadmitMember => &[Event::MemberReadmitted],
        Act::AmendMember => &[Event::MemberAmended],
        Act::SuspendMember => &[Event::MemberSuspended, Event::SuspensionLifted],
        Act::RecordIncident => &[Event::IncidentRecorded, Event::IncidentTold],
        Act::SetCalendar => &[
            Event::TermsSuspended,
            Event::TermsResumed,
            Event::ProfileChosen,
        ],
        // A step in each case.
        Act::RecountTerms => &[],
        Act::SealService => &[Event::ServiceSealed],
        Act::OwnAccount => &[Event::SignedIn, Event::SessionEnded],
        Act::SecondAct => &[Event::ActProposed, Event::ActSeconded, Event::ActDeclined],
        Act::GiveCopies => &[Event::CopiesGiven],
        Act::CallMeeting => &[Event::MeetingCalled, Event::MeetingMoved],
        Act::HoldMeeting => &[Event::MeetingHeld, Event::PointDecided],
        Act::CloseMeeting => &[Event::MeetingClosed],
        Act::RecordAttention => &[Event::AttentionRecorded, Event::AttentionWithdrawn],
        Act::KeepMatters => &[Event::MatterChanged, Event::MatterOpened],
    }
}

/// What every member is to every case, and whether the log is to learn of it with the next day.
type Relations = BTreeMap<String, (Vec<Relation>, bool)>;

/// Looks, step by step, whether who may open a case changed without an entry.
struct Watch<'a> {
    committee: &'a Committee,
    relations: Relations,
    entries: usize,
}

impl<'a> Watch<'a> {
    async fn begin(committee: &'a Committee) -> Self {
        Self {
            relations: relations(committee).await,
            entries: written(committee).await.len(),
            committee,
        }
    }

    async fn look(&mut self, step: &str) {
        let (now, entries) = (
            relations(self.committee).await,
            written(self.committee).await,
        );
        let new = &entries[self.entries..];
        for (folio, was) in &self.relations {
            let is = now.get(folio);
            let same = is.is_some_and(|is| is.0 == was.0);
            let to_come = is.is_some_and(|is| is.1);
            let told = new
                .iter()
                .any(|entry| entry.case.is_some_and(|case| case.to_string() == *folio));
            assert!(
                same || told || to_come,
                "{step}: who may open {folio} changed, unwritten"
            );
        }
        for (folio, (_, to_come)) in &now {
            assert!(
                self.relations.contains_key(folio) || *to_come,
                "{step}: {folio} is new"
            );
        }
        self.entries = entries.len();
        self.relations = now;
    }
}

async fn relations(committee: &Committee) -> Relations {
    let house = &committee.service.house;
    let mut all = Relations::new();
    for entry in house.register().await {
        let sealed = entry.circle.as_ref().unwrap();
        let circle = open_circle(&house.keyring, entry.id, sealed).unwrap();
        let relations = committee.ids.map(|id| circle.relation_of(id)).to_vec();
        all.insert(entry.folio.to_string(), (relations, circle.is_unwritten()));
    }
    all
}

async fn written(committee: &Committee) -> Vec<Entry> {
    let house = &committee.service.house;
    let book = Logbook::new(house.cases.clone());
    let all = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
    let acts = all.into_iter().filter_map(|one| match one.content {
        Content::Act(entry) => Some(entry),
        Content::Key(_) => None,
    });
    acts.collect()
}

async fn send(committee: &Committee, member: &Member, path: &str, form: &str) -> Answer {
    let form = format!("csrf={}&{form}", member.token);
    let answer = committee.service.post(path, Some(member), &form).await;
    assert!(
        [200, 303].contains(&answer.status.as_u16()),
        "{path}: {}",
        answer.body
    );
    answer
}

/// The act that waits.
async fn waiting(committee: &Committee) -> String {
    let house = &committee.service.house;
    let now = service::clock::Clock::now(&*house.clock);
    let acts = Book::new(&*house.cases, &house.keyring)
        .readable()
        .await
        .unwrap()
        .records;
    let mut waiting = acts
        .iter()
        .filter(|kept| kept.act.stage(now) == committee::acts::Stage::Waiting);
    waiting.next().unwrap().act.id.to_string()
}

#[tokio::test]
async fn every_act_and_every_change_of_who_may_open_a_case_has_its_entry() {
    let all = Committee::new().await;
    let mut watch = Watch::begin(&all).await;
    on_calendar(&all).await;
    on_cases(&all, &mut watch).await;
    on_members(&all, &mut watch).await;
    let incident =
        "nature=PERDIDA&happened_on=2026-03-02&noticed_on=2026-03-04&what=x&affected=x&measures=x";
    let answer = send(&all, &all.president, "/incidentes", incident).await;
    let (_, id) = answer.header(LOCATION).split_once("#incidente-").unwrap();
    send(
        &all,
        &all.president,
        &format!("/incidentes/{id}"),
        "notice=x",
    )
    .await;
    send(&all, &all.executive, "/salir", "").await;
    send(&all, &all.president, "/sellar", "").await;

    let mut events: Vec<Event> = written(&all)
        .await
        .iter()
        .map(|entry| entry.event)
        .collect();
    events.extend(on_meetings().await);
    for act in Act::ALL {
        for event in entries_of(*act) {
            assert!(events.contains(event), "{act} left no {event}");
        }
    }
}

/// What changes by what terms are counted.
async fn on_calendar(all: &Committee) {
    let days = "from=2026-04-02&to=2026-04-03&reason=Semana+Santa&source=DOF";
    let (technical, path) = (&all.technical, "/calendario/suspensiones");
    let chosen = "profile=lft_74&reason=Acuerdo&source=Acta+3";
    send(all, technical, "/calendario/perfil", chosen).await;
    send(all, technical, path, days).await;
    let page = all.service.get(path, Some(technical)).await.body;
    let id = page.split("name=\"suspension\" value=\"").nth(1).unwrap();
    let form = format!("suspension={}&reason=No", id.split('"').next().unwrap());
    send(all, technical, &format!("{path}/levantar"), &form).await;
}

/// What is done on cases.
async fn on_cases(all: &Committee, watch: &mut Watch<'_>) {
    let (president, executive, technical, elected) =
        (&all.president, &all.executive, &all.technical, &all.elected);
    let [_, _, technical_id, elected_id] = all.ids;
    let about = |id: MemberId| format!("member={id}&reason=Son+parientes");

    let (declared, _) = all.case(None).await;
    watch.look("a case comes").await;
    let path = format!("/casos/{declared}/excusas/declarar");
    send(all, technical, &path, "reason=Es+mi+prima").await;
    watch.look("declared").await;

    let (folio, token) = all.case(None).await;
    watch.look("another comes").await;
    let excusas = format!("/casos/{folio}/excusas");
    send(
        all,
        elected,
        &format!("{excusas}/proponer"),
        &about(technical_id),
    )
    .await;
    let act = waiting(all).await;
    all.say(president, &act, "approve").await;
    watch.look("recused").await;
    send(
        all,
        president,
        &format!("{excusas}/levantar"),
        &about(technical_id),
    )
    .await;
    let act = waiting(all).await;
    all.say(executive, &act, "approve").await;
    watch.look("lifted").await;
    send(all, president, "/copias", "").await;
    watch.look("copies").await;
    send(
        all,
        president,
        &format!("{excusas}/compartir"),
        &format!("member={elected_id}"),
    )
    .await;
    watch.look("shared").await;
    let whom = format!("&member={elected_id}");
    let asked = all.try_ask(president, folio, "retirar", &whom).await;
    let act = asked
        .header(LOCATION)
        .rsplit('-')
        .next()
        .unwrap()
        .to_owned();
    all.say(executive, &act, "approve").await;
    watch.look("withdrawn").await;

    let page = all.page(president, folio).await.body;
    let mut links = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next());
    let file = links.find(|link| link.contains("/evidencia/")).unwrap();
    assert_eq!(all.service.get(file, Some(president)).await.status, 200);
    let form = format!("csrf={}&need=PERITAJE", president.token);
    let original = all.service.post(file, Some(president), &form).await;
    assert_eq!(original.status, 200, "{}", original.body);
    let path = format!("/casos/{folio}/mensajes");
    send(all, president, &path, "kind=message&text=Gracias.").await;
    send(all, executive, &path, "kind=request&text=En+cu%C3%A1l").await;
    let paper = format!("/casos/{folio}/documentos/acuse");
    send(all, president, &paper, "do=keep&p_recibo=Recibido.").await;
    let version = format!("/casos/{folio}/version/persona_denunciada");
    let mask = "do=add&field=relato&text=quincena";
    send(all, president, &version, mask).await;
    let file = format!("{version}/pdf");
    assert_eq!(all.service.get(&file, Some(president)).await.status, 200);
    watch.look("papers and versions").await;
    let act = all.ask(president, folio, "identidad").await;
    all.say(executive, &act, "approve").await;
    assert!(all.sees_who_filed(president, folio).await);
    let act = all.ask(president, folio, "exportar").await;
    all.say(executive, &act, "approve").await;
    assert_eq!(all.archive(president, folio).await.0, 200);
    let act = all.ask(president, folio, "borrar").await;
    all.say(executive, &act, "refuse").await;
    watch.look("read, taken out, not deleted").await;

    let house = &all.service.house;
    let named = "Quien me amenaza es Casilda Zúñiga Peralta.";
    house.write(&token, named).await;
    house.worker().round().await.unwrap();
    watch.look("a message names a member").await;

    let act = all.ask(president, declared, "borrar").await;
    all.say(executive, &act, "approve").await;
    watch.look("deleted").await;
}

/// What is done in sessions of the committee, and what comes besides complaints; by a committee of its
/// own, whose days go by.
async fn on_meetings() -> Vec<Event> {
    let all = Committee::new().await;
    let president = &all.president;
    let call = "kind=ORDINARIA&on=2026-03-09&mode=VIRTUAL&place=Enlace";
    let called = send(&all, president, "/sesiones", call).await;
    let meeting = called.header(LOCATION).to_owned();
    let other = send(&all, president, "/sesiones", call).await;
    let other = other.header(LOCATION).to_owned();
    send(
        &all,
        president,
        &format!("{other}/cancelar"),
        "reason=Sismo",
    )
    .await;
    let point = "matter=NORMATIVA&title=Criterios";
    send(&all, president, &format!("{meeting}/puntos"), point).await;
    let taken = "on=2026-03-04&channel=TELEFONO&subject=ORIENTACION&done=OTRA";
    send(&all, president, "/atenciones", taken).await;
    let page = all.service.get("/atenciones", Some(president)).await.body;
    let back = page
        .split("action=\"")
        .find(|rest| rest.contains("/anular\""));
    let back = back.unwrap().split('"').next().unwrap();
    send(&all, president, back, "").await;
    let petition = "received_on=2026-03-04&statement=Hola";
    let entered = send(&all, president, "/peticiones", petition).await;
    let entered = entered.header(LOCATION);
    assert_eq!(all.service.get(entered, Some(president)).await.status, 200);

    let house = &all.service.house;
    house
        .clock
        .advance(jiff::SignedDuration::from_hours(5 * 24));
    let president = &Member::of(
        &all.service
            .sign_in_as("aurelia", super::PASSPHRASE, None)
            .await,
    );
    let there: Vec<_> = all.ids.iter().map(|id| format!("present={id}")).collect();
    let path = format!("{meeting}/asistencia");
    send(&all, president, &path, &there.join("&")).await;
    let page = all.service.get(&meeting, Some(president)).await.body;
    let point = page.split("id=\"punto-").nth(1).unwrap().get(..32).unwrap();
    let path = format!("{meeting}/puntos/{point}/nota");
    send(&all, president, &path, "text=Se+informa.").await;
    send(&all, president, &format!("{meeting}/cerrar"), "").await;
    let paper = "do=pdf&p_puntos=Se+informa.";
    send(&all, president, &format!("{meeting}/acta"), paper).await;
    let entries = written(&all).await;
    entries.iter().map(|entry| entry.event).collect()
}

/// What changes the members.
async fn on_members(all: &Committee, watch: &mut Watch<'_>) {
    let house = &all.service.house;
    let [_, _, technical_id, elected_id] = all.ids;
    let roster = Roster::load(&*house.cases, &house.keyring).await.unwrap();
    let was = Details::of(&roster.of(elected_id).unwrap().record.profile);
    let mut becomes = was.clone();
    becomes.term.until = Some(house.today());
    let invited = house.profile(Seat::Electa, "nueva");
    let today = house.today();
    let link = || InvitationCode::draw(&house.rng).unwrap().hash();
    for asked in [
        Asked::InviteMember {
            profile: Box::new(invited),
            login: LoginName::parse("nueva").unwrap(),
            link: link(),
        },
        Asked::AmendMember {
            member: elected_id,
            amendment: Box::new(Amendment { was, becomes }),
        },
        Asked::SuspendMember {
            member: technical_id,
            from: today,
        },
        Asked::LiftSuspension {
            member: technical_id,
        },
        Asked::ReadmitMember {
            member: elected_id,
            link: link(),
        },
        Asked::EndMembership {
            member: technical_id,
        },
    ] {
        let step = format!("{:?}", asked.act());
        let act = all.ask_about_members(0, asked).await;
        let answer = all.say(&all.executive, &act, "approve").await;
        assert!(
            [200, 303].contains(&answer.status.as_u16()),
            "{step}: {}",
            answer.body
        );
        house.worker().round().await.unwrap();
        watch.look(&step).await;
    }
}
