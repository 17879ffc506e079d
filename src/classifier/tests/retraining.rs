//! What a committee's own decisions teach, with the real model and real lessons.

#[expect(dead_code, reason = "it learns from the other texts")]
mod corpus;

use std::sync::LazyLock;

use classifier::evaluation::Labelled;
use classifier::retraining::{FEWEST, Lesson, RetrainError, Retrained, retrain};
use classifier::{Classifier, HeadsFault, TrainedClassifier, shipped};
use domain::{catalogue::Risk, routing::Urgency};

/// Texts of all authors. The committees of these tests classify some of them in their own way.
static TEXTS: LazyLock<Vec<Labelled>> = LazyLock::new(|| corpus::training(23));

/// This committee calls poor leadership a want of efficacy, always.
fn in_their_way(risk: Risk) -> Risk {
    if risk == Risk::FaltaLiderazgo {
        Risk::FaltaEficacia
    } else {
        risk
    }
}

fn learnt(texts: &[Labelled], main: impl Fn(usize, Risk) -> Risk) -> Vec<Lesson<'_>> {
    texts
        .iter()
        .enumerate()
        .map(|(at, labelled)| Lesson {
            text: &labelled.text,
            main: main(at, labelled.main),
            labels: &[],
            urgency: Some(labelled.urgency),
        })
        .collect()
}

/// The lessons, and texts that are none of them.
fn parted() -> (&'static [Labelled], &'static [Labelled]) {
    TEXTS.split_at(TEXTS.len() * 3 / 4)
}

/// How many texts have the main risk that is wanted.
fn agreeing(
    classifier: &TrainedClassifier,
    texts: &[Labelled],
    wanted: impl Fn(Risk) -> Risk,
) -> usize {
    let main = |text: &str| {
        let probabilities = classifier.probabilities(text);
        let most = probabilities.iter().max_by(|a, b| a.1.total_cmp(b.1));
        most.map(|(risk, _)| *risk)
    };
    texts
        .iter()
        .filter(|labelled| main(&labelled.text) == Some(wanted(labelled.main)))
        .count()
}

#[test]
fn what_a_committee_does_consistently_is_learnt() {
    let (own, others) = parted();
    let retrained = retrain(shipped(), &learnt(own, |_, risk| in_their_way(risk))).unwrap();
    let Retrained {
        heads,
        before,
        after,
    } = &retrained;
    assert!(retrained.is_no_worse(), "{before:?} {after:?}");
    assert!(after.main > before.main + 0.03, "{before:?} {after:?}");
    let theirs = shipped().with_heads(heads).unwrap();
    let (now, then) = (
        agreeing(&theirs, others, in_their_way),
        agreeing(shipped(), others, in_their_way),
    );
    assert!(now > then, "{now} after {then}");
    // What they call as everybody does stays.
    let same: Vec<_> = others
        .iter()
        .filter(|one| one.main != Risk::FaltaLiderazgo)
        .cloned()
        .collect();
    let lost =
        agreeing(shipped(), &same, |risk| risk)
            .saturating_sub(agreeing(&theirs, &same, |risk| risk));
    assert!(lost * 25 <= same.len(), "{lost} of {}", same.len());
}

/// A committee that is distracted in every fifth case does not spoil the others.
#[test]
fn noise_does_little_harm() {
    let (own, others) = parted();
    let lessons = learnt(own, |at, risk| {
        if at % 5 == 0 {
            Risk::ALL[(at * 7 + 3) % Risk::ALL.len()]
        } else {
            risk
        }
    });
    let retrained = retrain(shipped(), &lessons).unwrap();
    let noisy = shipped().with_heads(&retrained.heads).unwrap();
    let lost =
        agreeing(shipped(), others, |risk| risk)
            .saturating_sub(agreeing(&noisy, others, |risk| risk));
    assert!(lost * 10 <= others.len(), "{lost} of {}", others.len());
}

#[test]
fn few_lessons_of_a_committee_that_agrees_change_little() {
    let (own, others) = parted();
    let retrained = retrain(shipped(), &learnt(&own[..FEWEST], |_, risk| risk)).unwrap();
    let same = shipped().with_heads(&retrained.heads).unwrap();
    for one in &others[..30] {
        let (ours, theirs) = (
            shipped().probabilities(&one.text),
            same.probabilities(&one.text),
        );
        let moved = ours.iter().map(|(risk, p)| (p - theirs[risk]).abs());
        let most = moved.fold(0.0, f64::max);
        assert!(most < 0.25, "{most}");
    }
}

#[test]
fn heads_say_which_they_are_and_are_taken_whole_or_not_at_all() {
    let lessons = learnt(&TEXTS[..FEWEST], |_, risk| in_their_way(risk));
    let heads = retrain(shipped(), &lessons).unwrap().heads;
    let theirs = shipped().with_heads(&heads).unwrap();
    let (version, base) = (theirs.version(), shipped().version());
    assert!(version.starts_with(&format!("{base}+")), "{version}");
    assert_eq!(theirs.base_version(), base);

    // They replace each other, and learning starts from the shipped model all the same.
    let again = theirs.with_heads(&heads).unwrap();
    assert_eq!(again.version(), version);
    let text = "el jefe nunca decide nada y los oficios se quedan";
    assert_eq!(again.probabilities(text), theirs.probabilities(text));
    assert_eq!(retrain(&theirs, &lessons).unwrap().heads, heads);

    for length in [0, 1, 8, 20, heads.len() / 2, heads.len() - 1] {
        let refused = shipped().with_heads(&heads[..length]).err();
        assert_eq!(refused, Some(HeadsFault::Unreadable), "{length}");
    }
    let mut other = heads;
    // In the version of the model it belongs to.
    other[12] ^= 1;
    assert_eq!(
        shipped().with_heads(&other).err(),
        Some(HeadsFault::OtherBase)
    );
}

#[test]
fn too_little_to_learn_from_is_refused() {
    let lessons = learnt(&TEXTS[..FEWEST], |_, risk| risk);
    let found = FEWEST - 1;
    assert_eq!(
        retrain(shipped(), &lessons[..found]).err(),
        Some(RetrainError::TooFew { found })
    );
    let alike = learnt(&TEXTS[..FEWEST], |_, _| Risk::Agresiones);
    assert_eq!(
        retrain(shipped(), &alike).err(),
        Some(RetrainError::OneClass)
    );
}

#[test]
fn lessons_without_words_or_urgency_are_borne() {
    let mut lessons = learnt(&TEXTS[..FEWEST], |_, risk| risk);
    for lesson in &mut lessons {
        lesson.urgency = None;
    }
    lessons[3].text = "";
    lessons[4].text = "🙂🙂";
    lessons[5].text = lessons[6].text;
    let retrained = retrain(shipped(), &lessons).expect("enough lessons");
    assert_eq!(retrained.after.urgent, None);
    let unmoved = shipped().with_heads(&retrained.heads).expect("our heads");
    let urgent = "el camillero trae una navaja";
    assert_eq!(unmoved.classify(urgent).urgency, Urgency::Alta);
}
