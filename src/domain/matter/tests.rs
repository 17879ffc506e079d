use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::complaint::SecretText;

const TODAY: Date = date(2026, 3, 4);
const ME: MemberId = MemberId([7; 16]);

fn short(text: &str) -> ShortText {
    ShortText::parse(SecretText::from(text.to_owned())).unwrap()
}

fn long(text: &str) -> LongText {
    LongText::parse(SecretText::from(text.to_owned())).unwrap()
}

fn entered(kind: Kind) -> Entered {
    Entered {
        kind,
        received_on: TODAY,
        name: Some(short("Elvira Quiroga")),
        contact: Some(short("elvira@example.mx")),
        ooad: None,
        umae: None,
        statement: long("¿Puedo evaluar a mi prima?"),
        documents: None,
    }
}

fn matter(kind: Kind) -> Matter {
    let id = MatterId([1; 16]);
    Matter::enter(id, entered(kind), 1, ME, TODAY, &Calendar::default()).unwrap()
}

fn sample(kind: StepKind) -> Step {
    match kind {
        StepKind::Send => Step::Send {
            letter: short("CE/12/2026"),
        },
        StepKind::Answer => Step::Answer {
            text: long("Debe excusarse."),
        },
        StepKind::Assess => Step::Assess {
            verdict: Verdict::Viable,
            text: long("Se propone difundirlo."),
        },
        StepKind::Tell => Step::Tell {
            letter: short("Correo"),
        },
        StepKind::Ask => Step::Ask {
            missing: short("El nombramiento"),
        },
        StepKind::Complete => Step::Complete {
            text: short("Nombramiento"),
        },
        StepKind::Lapse => Step::Lapse {},
    }
}

fn take(matter: &Matter, kind: StepKind, on: Date) -> Result<Matter, MatterRefused> {
    matter.take(
        sample(kind),
        on,
        ME,
        date(2027, 12, 31),
        &Calendar::default(),
    )
}

#[test]
fn a_consultation_is_registered_in_two_days_and_completed_in_three() {
    let received = matter(Kind::Consultation);
    let term = received.deadline().unwrap();
    // Wednesday, 4 March 2026; two working days.
    assert_eq!(
        (term.key, term.due_on),
        (TermKey::ConsultaCiRegistro, date(2026, 3, 6))
    );
    let asked = take(&received, StepKind::Ask, date(2026, 3, 5)).unwrap();
    let term = asked.deadline().unwrap();
    assert_eq!(
        (term.key, term.due_on),
        (TermKey::ConsultaCiRequerimiento, date(2026, 3, 10))
    );
    assert_eq!(
        take(&asked, StepKind::Lapse, date(2026, 3, 10)),
        Err(MatterRefused::StillRunning)
    );
    let lapsed = take(&asked, StepKind::Lapse, date(2026, 3, 11)).unwrap();
    assert_eq!((lapsed.state(), lapsed.deadline()), (State::Lapsed, None));
    let again = take(&asked, StepKind::Complete, date(2026, 3, 9)).unwrap();
    assert_eq!(again.deadline().unwrap().due_on, date(2026, 3, 11));
    assert_eq!(
        take(&again, StepKind::Ask, date(2026, 3, 9)),
        Err(MatterRefused::OnlyOnce)
    );
    let sent = take(&again, StepKind::Send, date(2026, 3, 12)).unwrap();
    assert!(sent.taken().last().unwrap().late);
    let answered = take(&sent, StepKind::Answer, date(2026, 3, 20)).unwrap();
    assert_eq!(
        take(&answered, StepKind::Tell, date(2026, 3, 19)),
        Err(MatterRefused::Day)
    );
    let told = take(&answered, StepKind::Tell, date(2026, 3, 20)).unwrap();
    assert_eq!(told.state(), State::Told);
    assert!(told.open_steps().is_empty());
}

#[test]
fn who_consults_says_who_they_are_and_who_petitions_need_not() {
    let enter = |kind| {
        let what = Entered {
            name: None,
            ..entered(kind)
        };
        Matter::enter(MatterId([1; 16]), what, 1, ME, TODAY, &Calendar::default())
    };
    assert_eq!(enter(Kind::Consultation), Err(MatterRefused::NotAnonymous));
    assert!(enter(Kind::Petition).is_ok());
}

#[test]
fn a_petition_goes_to_nobody_of_the_secretaria() {
    let received = matter(Kind::Petition);
    assert_eq!(
        take(&received, StepKind::Send, TODAY),
        Err(MatterRefused::NotNow)
    );
    let assessed = take(&received, StepKind::Assess, TODAY).unwrap();
    assert_eq!(assessed.open_steps(), [StepKind::Tell]);
}

proptest! {
    /// Whatever is tried: a state that is not final has a step that is open, a state that waits for the
    /// committee has a term, and nothing is asked for twice.
    #[test]
    fn no_matter_gets_stuck(
        kind in select(Kind::ALL),
        tries in prop::collection::vec((select(StepKind::ALL), 0_i64..9), 0..30),
    ) {
        let mut now = matter(kind);
        let mut day = TODAY;
        for (step, days) in tries {
            day += days.days();
            let open = now.open_steps().contains(&step);
            match take(&now, step, day) {
                Ok(next) => {
                    prop_assert!(open);
                    prop_assert_eq!(next.taken().len(), now.taken().len() + 1);
                    now = next;
                }
                Err(refused) => prop_assert!(
                    !open || refused == MatterRefused::StillRunning,
                    "{:?} {:?}", step, refused
                ),
            }
            prop_assert_eq!(now.open_steps().is_empty(), now.state().is_final());
            let others = now.state().is_final() || now.state() == State::Sent;
            prop_assert_eq!(now.deadline().is_none(), others);
            let asked = now.taken().iter().filter(|taken| taken.step.kind() == StepKind::Ask);
            prop_assert!(asked.count() <= 1);
            let kept = serde_json::to_string(&now).unwrap();
            prop_assert_eq!(serde_json::from_str::<Matter>(&kept).unwrap(), now.clone());
        }
    }
}
