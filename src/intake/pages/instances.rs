//! Instances as pages show them.

use domain::catalogue::{Contact, ContactKind, InstanceCode};
use service::language::Texts;
use service::wording;

/// An instance as it is shown; names are official and stay in Spanish.
pub(super) struct ShownInstance {
    pub(super) name: &'static str,
    pub(super) when: String,
    pub(super) limit: Option<String>,
    pub(super) anonymous: Option<String>,
    pub(super) contacts: Vec<ShownContact>,
}

pub(super) struct ShownContact {
    pub(super) kind: String,
    pub(super) value: &'static str,
    pub(super) verified: String,
}

pub(super) fn shown(t: &Texts, code: InstanceCode) -> ShownInstance {
    let instance = code.entry();
    let text = |part: &str| t.get(&format!("instance-{}-{part}", code.code()));
    let anonymous = instance.anonymous.map(|anonymous| {
        t.get(if anonymous {
            "guidance-anonymous"
        } else {
            "guidance-not-anonymous"
        })
    });
    ShownInstance {
        name: &instance.name,
        when: text("when"),
        limit: instance.limit.as_ref().map(|_| text("limit")),
        anonymous,
        contacts: instance
            .contacts()
            .filter_map(|contact| shown_contact(t, contact))
            .collect(),
    }
}

/// Only what was verified on a known day is shown: a wrong number can cost a person her only try.
fn shown_contact(t: &Texts, contact: &'static Contact) -> Option<ShownContact> {
    let kind = match contact.kind {
        ContactKind::Web => "guidance-web",
        ContactKind::Phone => "guidance-phone",
        ContactKind::Email => "guidance-email",
    };
    Some(ShownContact {
        kind: t.get(kind),
        value: &contact.value,
        verified: wording::date(t, contact.verified_on?),
    })
}

#[cfg(test)]
mod tests {
    use service::language::Language;

    use super::*;
    use crate::shared::translations;

    #[test]
    fn the_spanish_texts_of_instances_are_those_of_the_catalogue() {
        let translations = translations().unwrap();
        for code in InstanceCode::all() {
            let shown = shown(translations.of(Language::EsMx), code);
            assert_eq!(shown.when, code.entry().when);
            assert_eq!(shown.limit, code.entry().limit);
        }
    }

    #[test]
    fn a_contact_without_a_day_of_verification_is_not_shown() {
        let translations = translations().unwrap();
        for code in InstanceCode::all() {
            let shown = shown(translations.of(Language::En), code);
            assert_eq!(shown.contacts.len(), code.entry().contacts().count());
            assert!(
                shown
                    .contacts
                    .iter()
                    .all(|contact| !contact.verified.is_empty())
            );
        }
    }
}
