//! Rules of the daily trees of the receipts.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::Fixture;
use super::samples::{Samples, TODAY};
use crate::mailroom::{Deposit, Leaf};

fn on(day: Date, mut deposit: Deposit) -> Deposit {
    deposit.leaf = deposit.leaf.map(|leaf| Leaf { day, ..leaf });
    deposit
}

fn hash(deposit: &Deposit) -> [u8; 32] {
    deposit.leaf.expect("a complaint adds a leaf").hash
}

/// Sorted, so that they tell no order.
pub async fn each_complaint_adds_a_leaf_to_its_day(fixture: &dyn Fixture) {
    let mut samples = Samples::new(120);
    let mailroom = fixture.mailroom().await;
    assert_eq!(mailroom.first_leaf_day().await.expect("read"), None);
    let key = samples.id();
    let deposits: Vec<_> = (0..8).map(|_| samples.deposit(key)).collect();
    let earlier = on(date(2026, 3, 16), samples.deposit(key));

    mailroom.deposit(&deposits).await.expect("deposited");
    mailroom
        .deposit(std::slice::from_ref(&earlier))
        .await
        .expect("deposited");

    let mut expected: Vec<_> = deposits.iter().map(hash).collect();
    expected.sort_unstable();
    assert_eq!(mailroom.leaves(TODAY).await.expect("read"), expected);
    let day = mailroom.first_leaf_day().await.expect("read");
    assert_eq!(day, Some(date(2026, 3, 16)));
    let before = mailroom.leaves(date(2026, 3, 16)).await.expect("read");
    assert_eq!(before, [hash(&earlier)]);
    let none = mailroom.leaves(date(2026, 3, 15)).await.expect("read");
    assert_eq!(none, <[[u8; 32]; 0]>::default());
}

/// A deposit that changes nothing adds no leaf, whatever leaf it brings the second time, nor does a
/// message.
pub async fn what_was_deposited_before_adds_no_leaf(fixture: &dyn Fixture) {
    let mut samples = Samples::new(121);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let first = samples.deposit(key);
    let mut again = first.clone();
    again.leaf = Some(Leaf {
        day: TODAY,
        hash: samples.id(),
    });
    let message = Deposit {
        envelope: samples.envelope(key),
        first_entry: None,
        leaf: again.leaf,
    };

    for deposit in [&first, &again, &first, &message] {
        mailroom
            .deposit(std::slice::from_ref(deposit))
            .await
            .expect("deposited");
    }
    mailroom
        .deposit(&[again, message, first.clone()])
        .await
        .expect("deposited");

    assert_eq!(mailroom.leaves(TODAY).await.expect("read"), [hash(&first)]);
}

/// What was published once is never changed, and nothing is published but what comes next: the heads of
/// several processes form one chain.
pub async fn a_tree_is_published_once_and_after_the_one_before(fixture: &dyn Fixture) {
    let mut samples = Samples::new(122);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let tree = samples.tree(TODAY);
    let second = samples.tree(TODAY);
    assert_eq!(one.tree(TODAY).await.expect("read"), None);

    one.publish_tree(&tree).await.expect("published");
    other.publish_tree(&second).await.expect("no error");
    for not_next in [-1, 2, -40].map(|days| TODAY.saturating_add(days.days())) {
        let tree = samples.tree(not_next);
        other.publish_tree(&tree).await.expect("no error");
        assert_eq!(other.tree(not_next).await.expect("read"), None);
    }
    assert_eq!(other.tree(TODAY).await.expect("read"), Some(tree));

    let tomorrow = TODAY.tomorrow().expect("a day");
    let (left, right) = (samples.tree(tomorrow), samples.tree(tomorrow));
    let (first, second) = tokio::join!(one.publish_tree(&left), other.publish_tree(&right));
    first.and(second).expect("published");
    let stands = one.tree(tomorrow).await.expect("read");
    assert!([Some(left), Some(right)].contains(&stands));
    let days: Vec<_> = (one.tree_heads(None, 9).await.expect("read"))
        .into_iter()
        .map(|(day, _)| day)
        .collect();
    assert_eq!(days, [tomorrow, TODAY]);
}

/// So that they can be shown page by page.
pub async fn heads_come_newest_first(fixture: &dyn Fixture) {
    let mut samples = Samples::new(123);
    let mailroom = fixture.mailroom().await;
    // Across the end of a month.
    let days = [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
        date(2024, 3, 2),
    ];
    for day in days {
        let tree = samples.tree(day);
        mailroom.publish_tree(&tree).await.expect("published");
    }
    let days_of = async |before, limit| {
        let heads = mailroom.tree_heads(before, limit).await.expect("read");
        heads
            .into_iter()
            .map(|(day, _)| day.day())
            .collect::<Vec<_>>()
    };

    assert_eq!(days_of(None, 99).await, [2, 1, 29, 28]);
    assert_eq!(days_of(None, 2).await, [2, 1]);
    assert_eq!(days_of(Some(date(2024, 3, 1)), 2).await, [29, 28]);
    assert_eq!(
        days_of(Some(date(2024, 2, 28)), 2).await,
        <[i8; 0]>::default()
    );
    let newest = mailroom.tree_heads(None, 1).await.expect("read");
    let tree = mailroom.tree(date(2024, 3, 2)).await.expect("read");
    assert_eq!(tree.map(|tree| tree.head), Some(newest[0].1.clone()));
}

/// The tree holds them; the others wait for theirs.
pub async fn published_leaves_are_forgotten(fixture: &dyn Fixture) {
    let mut samples = Samples::new(124);
    let mailroom = fixture.mailroom().await;
    let key = samples.id();
    let published = on(date(2026, 3, 16), samples.deposit(key));
    let waiting = samples.deposit(key);
    mailroom
        .deposit(&[published, waiting.clone()])
        .await
        .expect("deposited");
    let tree = samples.tree(date(2026, 3, 16));
    mailroom.publish_tree(&tree).await.expect("published");

    for _ in 0..2 {
        mailroom.forget_published_leaves().await.expect("forgotten");
    }

    let gone = mailroom.leaves(date(2026, 3, 16)).await.expect("read");
    assert_eq!(gone, <[[u8; 32]; 0]>::default());
    let kept = mailroom.leaves(TODAY).await.expect("read");
    assert_eq!(kept, [hash(&waiting)]);
    let day = mailroom.first_leaf_day().await.expect("read");
    assert_eq!(day, Some(TODAY));
}
