//! Every text is there, in every language.

use std::collections::BTreeSet;

use domain::catalogue::{InstanceCode, TermKey};
use service::language::Language;

use super::super::acts::view::SHOWN;
use super::super::{OWN, labels, translations};

fn ids(file: &str) -> BTreeSet<&str> {
    file.lines()
        .filter(|line| !line.starts_with(['#', ' ', '}']))
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
        .collect()
}

/// Every `"desk-…"` and `"problem-…"` of a template or a source file.
fn asked_for(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|text| {
        text.starts_with("desk-") && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

#[test]
fn all_languages_have_the_same_texts() {
    let [(_, spanish), (_, english)] = OWN;
    assert_eq!(ids(spanish), ids(english));
    assert!(ids(spanish).len() > 150);
}

#[test]
fn every_code_that_is_shown_has_a_label() {
    let translations = translations().unwrap();
    let codes = labels::ids();
    let terms = TermKey::ALL
        .iter()
        .map(|term| format!("term-{}", term.code()));
    let instances = InstanceCode::all().flat_map(|code| {
        let when = format!("instance-{}-when", code.code());
        let limit = format!("instance-{}-limit", code.code());
        std::iter::once(when).chain(code.entry().limit.is_some().then_some(limit))
    });
    let two = SHOWN.iter().flat_map(|act| {
        let id = format!("two-{act}");
        [format!("{id}-follows"), id]
    });
    for id in codes.into_iter().chain(terms).chain(instances).chain(two) {
        for language in Language::ALL {
            assert!(translations.of(language).has(&id), "{id} in {language:?}");
        }
    }
}

#[test]
fn every_text_that_is_asked_for_exists_and_every_text_is_asked_for() {
    const SOURCES: [&str; 48] = [
        include_str!("../account/mail.rs"),
        include_str!("../../mail/mod.rs"),
        include_str!("../../mail/waiting.rs"),
        include_str!("../../../../web/templates/triage/layout.html"),
        include_str!("../../../../web/templates/triage/problem.html"),
        include_str!("../../../../web/templates/triage/sign_in.html"),
        include_str!("../../../../web/templates/triage/second_step.html"),
        include_str!("../../../../web/templates/triage/unseal.html"),
        include_str!("../../../../web/templates/triage/list.html"),
        include_str!("../../../../web/templates/triage/case.html"),
        include_str!("../../../../web/templates/triage/account.html"),
        include_str!("../../../../web/templates/triage/codes.html"),
        include_str!("../../../../web/templates/triage/enrolled.html"),
        include_str!("../../../../web/templates/triage/enrolment.html"),
        include_str!("../../../../web/templates/triage/enrolment_code.html"),
        include_str!("../../../../web/templates/triage/founding.html"),
        include_str!("../../../../web/templates/triage/invite_form.html"),
        include_str!("../../../../web/templates/triage/invite_link.html"),
        include_str!("../../../../web/templates/triage/members.html"),
        include_str!("../../../../web/templates/triage/recovery_codes.html"),
        include_str!("../../../../web/templates/triage/member_fields.html"),
        include_str!("../../../../web/templates/triage/amend.html"),
        include_str!("../account/page.rs"),
        include_str!("../enrolment/page.rs"),
        include_str!("../members/amend.rs"),
        include_str!("../members/list.rs"),
        include_str!("../members/wording.rs"),
        include_str!("../../../../web/templates/triage/logbook.html"),
        include_str!("../logbook/wording.rs"),
        include_str!("../../../../web/templates/triage/case_acts.html"),
        include_str!("../../../../web/templates/triage/ask_act.html"),
        include_str!("../../../../web/templates/triage/acts.html"),
        include_str!("../../../../web/templates/triage/act_line.html"),
        include_str!("../../../../web/templates/triage/act_code.html"),
        include_str!("../acts/view.rs"),
        include_str!("../acts/panel.rs"),
        include_str!("../../../../web/templates/triage/recusals.html"),
        include_str!("../../../../web/templates/triage/who_sees.html"),
        include_str!("../recusals/reasons.rs"),
        include_str!("../recusals/shortage.rs"),
        include_str!("../recusals/show.rs"),
        include_str!("../recusals/view.rs"),
        include_str!("../case/page.rs"),
        include_str!("../case/proposal.rs"),
        include_str!("../labels.rs"),
        include_str!("../list.rs"),
        include_str!("../pages.rs"),
        include_str!("../unsealing.rs"),
    ];
    let asked: BTreeSet<&str> = SOURCES.into_iter().flat_map(asked_for).collect();
    let [(_, spanish), _] = OWN;
    let there = ids(spanish);
    // Facts are asked for by the second half of their name, codes by their prefix.
    let whole = |id: &&str| {
        let labelled = labels::ids().iter().any(|label| label == id);
        id.starts_with("desk-") && !id.starts_with("desk-fact-") && !labelled
    };
    let unused: Vec<&&str> = there
        .iter()
        .filter(|id| whole(id) && !asked.contains(*id))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
    let facts = include_str!("../case/page.rs")
        .split("told.add(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
        .map(|name| format!("desk-fact-{name}"));
    for id in facts {
        assert!(there.contains(id.as_str()), "{id}");
    }
    let prefixes = [
        "desk-age-group",
        "desk-bond",
        "desk-detail",
        "desk-fact-",
        "desk-from",
        "desk-how",
        "desk-rank",
        "desk-seat",
        "desk-referral-consent",
        "desk-reporter-role",
        "desk-sex",
        "desk-version",
        "desk-wholeness",
    ];
    let missing: Vec<&&str> = asked
        .iter()
        .filter(|id| !there.contains(*id) && !prefixes.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
