//! Where things are sealed for: each text names one row and one column, and what is opened at another
//! place is refused. So whoever can write to the database cannot swap one row's part for another's.
//!
//! All of them stand here, since a change of the committee's key seals everything anew at its place.

use store::casefiles::CaseId;

/// A part of a case.
pub fn case(case: CaseId, part: &str) -> String {
    format!("case {:032x} {part}", u128::from_be_bytes(case.0))
}

/// What the service needs for notices of a case.
pub fn service_record(id: CaseId) -> String {
    case(id, "service record")
}

/// The wrap of a case's key for the committee.
pub fn committee_wrap(id: CaseId) -> String {
    case(id, "key")
}

/// The circle of a case.
pub fn circle(id: CaseId) -> String {
    case(id, "circle")
}

/// How a case stands in the procedure.
pub fn course(id: CaseId) -> String {
    case(id, "course")
}

/// The ring of one of a case's keys, which is named by its public half.
pub fn ring(id: CaseId, recipient: &str) -> String {
    case(id, &format!("ring {recipient}"))
}

/// The pieces of one of a case's keys, for the holders of the last resort.
pub fn recovery(id: CaseId, recipient: &str) -> String {
    case(id, &format!("recovery {recipient}"))
}

/// A record of the committee's service; `kind` is its code.
pub fn record(kind: &str, id: [u8; 16]) -> String {
    format!("{kind} {:032x}", u128::from_be_bytes(id))
}
