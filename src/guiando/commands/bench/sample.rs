//! The complaint that everything is measured with: 2 KiB of narrative and a workplace.

use domain::complaint::{Complaint, read_json};
use serde_json::json;

use super::BenchError;

/// Length of the narrative; of plain letters, so bytes and code points are the same.
const NARRATIVE: usize = 2 << 10;

/// The request body.
pub(crate) fn body() -> Vec<u8> {
    let story = "El jefe del servicio me grita frente a mis companeras y me cambia la guardia. ";
    let narrative: String = story
        .chars()
        .cycle()
        .take(NARRATIVE - 1)
        .chain(['.'])
        .collect();
    let complaint = json!({
        "narrative": narrative,
        "workplace": {"ooad": "ciudad_de_mexico_norte", "kind": "HGZ"},
    });
    complaint.to_string().into_bytes()
}

/// The same, as intake parses it.
pub(crate) fn complaint() -> Result<Complaint, BenchError> {
    let draft = read_json(&body()).map_err(|_| BenchError::Sample("it is not a complaint"))?;
    Complaint::parse(draft).map_err(|_| BenchError::Sample("the form refuses it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_a_complaint_of_two_kibibytes() {
        let complaint = complaint().unwrap();
        assert_eq!(complaint.narrative.expose().len(), NARRATIVE);
    }
}
