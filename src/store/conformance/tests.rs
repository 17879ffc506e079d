//! The suite itself: complete, and its measure of order able to see.

use std::collections::BTreeSet;
use std::path::Path;

use super::order::kendall_tau;

fn folder(path: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../migrations")
        .join(path);
    std::fs::read_dir(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    for store in ["mailroom", "casefiles"] {
        let sqlite = folder(&format!("{store}/sqlite"));
        assert!(!sqlite.is_empty());
        assert_eq!(sqlite, folder(&format!("{store}/postgres")), "{store}");
    }
}

#[test]
fn every_rule_is_stamped() {
    let suite = include_str!("mod.rs");
    let sources = [
        include_str!("announcements.rs"),
        include_str!("mailroom.rs"),
        include_str!("casefiles.rs"),
        include_str!("evidence.rs"),
        include_str!("log.rs"),
        include_str!("progress.rs"),
        include_str!("receipts.rs"),
        include_str!("records.rs"),
        include_str!("steps.rs"),
        include_str!("rings.rs"),
        include_str!("schema.rs"),
        include_str!("words.rs"),
        include_str!("waiting.rs"),
    ];
    let rules = sources
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| {
            line.strip_prefix("pub async fn ")
                .and_then(|line| line.split('(').next())
        });
    for rule in rules {
        assert!(
            suite.contains(&format!(" {rule}\n")),
            "{rule} is not in the macro `suite`"
        );
    }
}

#[test]
fn tau_sees_order_and_its_absence() {
    let arrival: Vec<u64> = (0..100).collect();
    let reverse: Vec<u64> = (0..100).rev().collect();
    let same = vec![7; 100];
    assert!((kendall_tau(&arrival, &arrival) - 1.0).abs() < f64::EPSILON);
    assert!((kendall_tau(&arrival, &reverse) + 1.0).abs() < f64::EPSILON);
    assert!(kendall_tau(&arrival, &same).abs() < f64::EPSILON);
}
