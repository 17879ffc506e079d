//! What a page lists, as a table to be kept: the same lines in the same order, whole where the page shows
//! only a part, behind the same act as the page.
//!
//! A table is made of the lines that the page is made of, so whoever may not know of a line finds it in
//! neither. Of what lies inside one case only its steps have one, and it says which, when and by whom; the words of
//! a case, its messages, its tasks and its files leave only as the file that two members agree on.
//!
//! Every cell stands in quotes, so that no program that splits lines at another sign finds a cell within one;
//! and one that a spreadsheet would take for a formula gets an apostrophe in front, as in the records.
//! Characters that show nothing are shown by their numbers, as on the pages.
//!
//! A table is no entry of the log; only that of a case opens the case, which is one. It tells its reader
//! nothing that the page did not, and reading a list is none either. The log's kinds are of acts that others
//! have to be able to call to account: that a case was opened, that a whole file left. An entry for each
//! download would say no more than that somebody was at work, and bury those.

use std::borrow::Cow;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use service::language::Texts;
use service::problem::Problem;

use super::case::file::disposition;
use super::unseen::visible;
use super::{Desk, fallback};

/// What tells spreadsheets that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A line, before a spreadsheet may read it.
pub(super) type Cells<'a, const N: usize> = [Cow<'a, str>; N];

/// A table of so many columns.
pub(super) struct Table<const N: usize> {
    /// What its file is called, without the ending.
    name: String,
    written: Writer<Vec<u8>>,
}

impl<const N: usize> Table<N> {
    /// A table under headings that stand in the texts.
    pub(super) fn new(texts: &Texts, name: impl Into<String>, headings: [&str; N]) -> Self {
        Self::under(name, &headings.map(|id| texts.get(id).into()))
    }

    /// A table under these very headings.
    pub(super) fn under(name: impl Into<String>, headings: &Cells<'_, N>) -> Self {
        let written = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Always)
            .from_writer(MARK.to_vec());
        let name = name.into();
        Self { name, written }.with(headings)
    }

    /// With one line more.
    pub(super) fn with(mut self, cells: &Cells<'_, N>) -> Self {
        let cells = cells
            .iter()
            .map(|cell| guarded(&visible(cell)).into_owned());
        self.written
            .write_record(cells)
            .expect("memory takes every line, and all have as many cells");
        self
    }

    /// With these lines more.
    pub(super) fn with_all<'a>(self, lines: impl IntoIterator<Item = Cells<'a, N>>) -> Self {
        let lines = lines.into_iter();
        lines.fold(self, |table, cells| table.with(&cells))
    }

    /// Says in a last line, as the page does, that some do not open and are missing.
    pub(super) fn complete(self, texts: &Texts, unreadable: bool) -> Self {
        if !unreadable {
            return self;
        }
        let mut last = [const { Cow::Borrowed("") }; N];
        if let Some(first) = last.first_mut() {
            *first = texts.get("desk-unreadable").into();
        }
        self.with(&last)
    }

    /// As a file to be kept.
    pub(super) fn file(self) -> HttpResponse {
        let name = disposition(&format!("{}.csv", self.name));
        let written = self.written.into_inner();
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, name))
            .body(written.expect("memory takes every line"))
    }
}

/// The table, or why there is none.
pub(super) fn answer<const N: usize>(
    desk: &Desk,
    request: &HttpRequest,
    table: Result<Table<N>, Problem>,
) -> HttpResponse {
    match table {
        Ok(table) => table.file(),
        Err(problem) => fallback::problem(desk, request, &problem),
    }
}

/// What a spreadsheet may take for the beginning of a formula, in full width too, and the apostrophe itself.
const FORMULA: [char; 12] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠',
];

/// One apostrophe more for what would be a formula, or begins with one itself.
fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula() {
        let half = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x"];
        for formula in half.into_iter().chain(["＝1", "＋1", "－1", "＠A1"]) {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        assert_eq!(guarded("Ciudad de México"), "Ciudad de México");
    }

    #[test]
    fn every_cell_stands_in_quotes() {
        let table = Table::under("t", &["a".into(), "b".into()]).with(&["1;=2".into(), "".into()]);
        let written = table.written.into_inner().unwrap();
        assert_eq!(
            written,
            "\u{feff}\"a\",\"b\"\r\n\"1;=2\",\"\"\r\n".as_bytes()
        );
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_the_cell_without_its_first_apostrophe(cell in any::<String>()) {
            let guarded = guarded(&cell);
            prop_assert_eq!(guarded.strip_prefix('\'').unwrap_or(&guarded), cell.as_str());
        }
    }
}
