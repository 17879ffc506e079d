//! What is kept of a session opens nothing without the cookie.

use std::sync::Arc;

use actix_web::test::TestRequest;
use jiff::Timestamp;

use super::*;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-03-04T18:00:00Z".parse().unwrap()
    }
}

const MEMBER: MemberId = MemberId([1; 16]);

#[test]
fn a_stolen_copy_of_the_sessions_opens_no_private_key() {
    let sessions = Sessions::new(Arc::new(Noon)).unwrap();
    let key = PersonIdentity::generate();
    let begun = sessions.begin_member(MEMBER, "ana", &key).unwrap();
    // Everything that the memory between two requests holds of the session.
    let open = sessions.open();
    let (fingerprint, kept) = open.iter().next().unwrap();
    let Stage::Member { person, .. } = &kept.stage else {
        panic!("a member's session");
    };
    let held = &person.key;
    let private = key.to_text();
    let (_, letters) = private.rsplit_once('-').unwrap();
    let holds = |text: &str| String::from_utf8_lossy(&held.sealed).contains(text);
    assert!(!holds(&private) && !holds(letters));
    let as_id = cookie::encode(fingerprint);
    drop(open);
    // What is kept is no cookie, and opens the key neither as one nor as a key.
    let request = |value: &str| {
        TestRequest::default()
            .insert_header(("cookie", format!("{COOKIE}={value}")))
            .to_http_request()
    };
    assert!(sessions.of(&request(&as_id)).is_none());
    let stolen = Id::of(&request(&as_id)).unwrap();
    let open = sessions.open();
    let kept = open.values().next().unwrap();
    let Stage::Member { person, .. } = &kept.stage else {
        panic!("a member's session");
    };
    assert!(person.key.open(&stolen).is_none());
    drop(open);
    let (session, opened) = sessions.of(&request(begun.cookie().value())).unwrap();
    assert_eq!(session.member, MEMBER);
    assert_eq!(opened.recipient(), key.recipient());
}

#[test]
fn a_session_of_one_stage_is_none_of_another() {
    let sessions = Sessions::new(Arc::new(Noon)).unwrap();
    let key = PersonIdentity::generate();
    let request = |begun: &Begun| {
        let value = begun.cookie().value().to_owned();
        TestRequest::default()
            .insert_header(("cookie", format!("{COOKIE}={value}")))
            .to_http_request()
    };
    let first = request(&sessions.begin_first(MEMBER, "ana", &key).unwrap());
    let member = request(&sessions.begin_member(MEMBER, "ana", &key).unwrap());
    let founding = request(&sessions.begin_founding().unwrap());
    let stages = |request: &HttpRequest| {
        [
            sessions.first_step(request).is_some(),
            sessions.of(request).is_some(),
            sessions.founding(request).is_some(),
            sessions.enrolment(request).is_some(),
        ]
    };
    assert_eq!(stages(&first), [true, false, false, false]);
    assert_eq!(stages(&member), [false, true, false, false]);
    assert_eq!(stages(&founding), [false, false, true, false]);
}
