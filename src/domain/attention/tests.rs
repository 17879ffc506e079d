use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const TODAY: Date = date(2026, 3, 4);
const ME: MemberId = MemberId([7; 16]);

fn entered(on: Date, channel: Channel) -> Entered {
    Entered {
        on,
        channel,
        subject: Subject::Complaint,
        done: Done::Explained,
        ooad: None,
        umae: None,
        risk: None,
        note: None,
    }
}

fn attentions() -> impl Strategy<Value = Attention> {
    let parts = (
        -366_i64..=0,
        select(Channel::ALL),
        select(Subject::ALL),
        select(Done::ALL),
        any::<bool>(),
        any::<[u8; 16]>(),
    );
    parts.prop_map(|(days, channel, subject, done, withdrawn, id)| {
        let on = TODAY + days.days();
        let what = Entered {
            subject,
            done,
            ..entered(on, channel)
        };
        let one = Attention::enter(AttentionId(id), what, ME, TODAY).unwrap();
        if withdrawn {
            one.withdraw(TODAY).unwrap()
        } else {
            one
        }
    })
}

#[test]
fn days_to_come_and_of_long_ago_are_refused() {
    let enter = |on| Attention::enter(AttentionId([1; 16]), entered(on, Channel::Phone), ME, TODAY);
    assert!(enter(TODAY).is_ok());
    assert!(enter(date(2025, 3, 3)).is_ok());
    assert_eq!(enter(date(2025, 3, 2)), Err(AttentionRefused::Day));
    assert_eq!(enter(date(2026, 3, 5)), Err(AttentionRefused::Day));
}

#[test]
fn what_was_taken_back_is_not_taken_back_again() {
    let id = AttentionId([1; 16]);
    let one = Attention::enter(id, entered(TODAY, Channel::Email), ME, TODAY).unwrap();
    let back = one.withdraw(TODAY).unwrap();
    assert!(!back.counts());
    assert_eq!(back.withdraw(TODAY), Err(AttentionRefused::Withdrawn));
}

proptest! {
    #[test]
    fn every_attention_counts_once_in_its_year(all in prop::collection::vec(attentions(), 0..60)) {
        let years = [2024, 2025, 2026].map(|year| Counts::of(&all, year));
        let counted = all.iter().filter(|one| one.counts()).count();
        let sum: u32 = years.iter().map(|year| year.whole().all()).sum();
        prop_assert_eq!(usize::try_from(sum).unwrap(), counted);
        for year in &years {
            let whole = year.whole();
            let by_month: u32 = year.months().iter().map(|month| month.all()).sum();
            let by_kind: u32 = AttentionKind::ALL.iter().map(|kind| whole.of(*kind)).sum();
            let by_channel: u32 = Channel::ALL.iter().map(|one| year.channel(*one)).sum();
            let by_subject: u32 = Subject::ALL.iter().map(|one| year.subject(*one)).sum();
            let by_done: u32 = Done::ALL.iter().map(|one| year.done(*one)).sum();
            prop_assert_eq!([by_month, by_kind, by_channel, by_subject, by_done], [whole.all(); 5]);
        }
    }

    #[test]
    fn what_is_kept_reads_back(one in attentions()) {
        let kept = serde_json::to_string(&one).unwrap();
        prop_assert_eq!(serde_json::from_str::<Attention>(&kept).unwrap(), one);
    }
}
