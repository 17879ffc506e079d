//! How moves are written.

use jiff::civil::date;
use serde_json::json;

use super::samples::{begun, sample, with_papers};
use crate::procedure::*;

#[test]
fn a_move_is_written_with_the_code_of_its_kind_and_reads_back() {
    let day = date(2026, 3, 2);
    for kind in MoveKind::ALL {
        let step = with_papers(sample(&begun(day), *kind, day, 1));
        let written = serde_json::to_value(&step).unwrap();
        assert_eq!(written["act"]["move"], kind.code());
        assert_eq!(serde_json::from_value::<Step>(written).unwrap(), step);
    }
}

#[test]
fn what_no_move_has_is_refused() {
    let read = |move_| serde_json::from_value::<Move>(move_).is_ok();
    assert!(read(json!({ "move": "INDAGAR", "requested": "Registros" })));
    for bad in [
        json!({ "move": "INDAGAR", "requested": "Registros", "extra": 1 }),
        json!({ "move": "INDAGAR", "requested": " " }),
        json!({ "move": "INDAGAR", "requested": "a".repeat(2_001) }),
        json!({ "move": "DESISTIR" }),
        json!({ "move": "CORRER_TRASLADO", "notified_on": "2026-02-30" }),
    ] {
        assert!(!read(bad.clone()), "{bad}");
    }
}

#[test]
fn neither_a_step_nor_a_refusal_shows_what_was_written() {
    let day = date(2026, 3, 2);
    let act = sample(&begun(day), MoveKind::Inquire, day, 0);
    assert!(!format!("{act:?}").contains("asistencia"));
}
