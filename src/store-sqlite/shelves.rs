//! The register by shelves.

use async_trait::async_trait;
use store::StoreError;
use store::casefiles::{CaseId, DocumentId, RegisterEntry};
use store::shelves::{Mark, Shelf, Shelves};

use crate::SqliteCaseFiles;
use crate::failure::unavailable;
use crate::rows::{CourseRow, MarkRow, PartRow, RegisterRow, register as register_of};

#[async_trait]
impl Shelves for SqliteCaseFiles {
    async fn marks(&self) -> Result<Vec<(Shelf, Mark)>, StoreError> {
        let rows = sqlx::query_as!(MarkRow, "SELECT shelf, mark FROM case_marks ORDER BY shelf",)
            .fetch_all(&self.connections.reader)
            .await
            .map_err(unavailable)?;
        rows.into_iter().map(MarkRow::into_mark).collect()
    }

    async fn shelf(&self, which: Shelf) -> Result<Vec<RegisterEntry>, StoreError> {
        let (least, greatest) = which.bounds();
        let (least, greatest) = (least.as_slice(), greatest.as_slice());
        let rows = sqlx::query_as!(
            RegisterRow,
            r#"SELECT c.id, c.folio_year, c.folio_digits, c.received_on, c.state, c.ooad, c.umae,
                c.messages, c.main_risk, c.labels, c.urgency, c.review, c.priority, c.mediation,
                c.protocols, c.model, t.term AS "term?", t.starts_on AS "starts_on?",
                t.due_on AS "due_on?",
                CASE WHEN NOT EXISTS (
                    SELECT 1 FROM case_terms AS sooner
                    WHERE sooner.case_id = c.id
                        AND (sooner.due_on, sooner.term) < (t.due_on, t.term)
                ) THEN c.circle END AS "circle?"
            FROM cases AS c LEFT JOIN case_terms AS t ON t.case_id = c.id
            WHERE c.id BETWEEN $1 AND $2
            ORDER BY c.id, t.due_on, t.term"#,
            least,
            greatest,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        register_of(rows)
    }

    async fn shelf_courses(&self, which: Shelf) -> Result<Vec<(CaseId, Vec<u8>)>, StoreError> {
        let (least, greatest) = which.bounds();
        let (least, greatest) = (least.as_slice(), greatest.as_slice());
        let rows = sqlx::query_as!(
            CourseRow,
            "SELECT id, course FROM cases
            WHERE id BETWEEN $1 AND $2 AND course IS NOT NULL
            ORDER BY id",
            least,
            greatest,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter()
            .filter_map(|row| row.into_course().transpose())
            .collect()
    }

    async fn shelf_documents(&self, which: Shelf) -> Result<Vec<(CaseId, DocumentId)>, StoreError> {
        let (least, greatest) = which.bounds();
        let (least, greatest) = (least.as_slice(), greatest.as_slice());
        let rows = sqlx::query_as!(
            PartRow,
            "SELECT case_id, id FROM documents
            WHERE case_id BETWEEN $1 AND $2
            ORDER BY case_id, written_on, id",
            least,
            greatest,
        )
        .fetch_all(&self.connections.reader)
        .await
        .map_err(unavailable)?;
        rows.into_iter().map(PartRow::into_part).collect()
    }
}
