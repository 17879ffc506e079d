//! `GET /tablero`: the cases by the state they are in, in the order of the procedure.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::case::CaseState;
use domain::procedure::is_final;
use service::language::Texts;

use super::gate::Member;
use super::labels::Labelled as _;
use super::list::{self, Filter, ListError, Listed, Order, Row, row};
use super::pages::{self, Frame};
use super::{Desk, fallback, shortcuts};

/// Most cards of a column.
const CARDS: usize = 12;

#[derive(Template)]
#[template(path = "board.html")]
struct Page<'a> {
    frame: Frame<'a>,
    scripted: bool,
    /// States in which something is to be done.
    open: Vec<Column>,
    /// States in which a case rests.
    closed: Vec<Column>,
    filtered: bool,
    /// The query string of the list of the same cases.
    query: String,
}

/// A state and its cases.
struct Column {
    code: &'static str,
    state: String,
    count: usize,
    cards: Vec<Row>,
    /// The list of all cases in this state.
    link: String,
}

/// The page; it takes the same filters as the list.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let texts = desk.texts(&request);
    match page(&desk, texts, &request, &member).await {
        Ok(page) => pages::page_with_script(texts, StatusCode::OK, &page, page.scripted),
        Err(error) => fallback::problem(&desk, &request, &error.problem(texts)),
    }
}

async fn page<'a>(
    desk: &Desk,
    texts: &'a Texts,
    request: &HttpRequest,
    member: &'a Member,
) -> Result<Page<'a>, ListError> {
    let filter = Filter::parse(request.query_string())?.first_page();
    let seen = list::seen(desk, member);
    let listed = Listed::read(desk, member, &filter, &seen).await?;
    let cases = listed.in_order(Order::default());
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for state in CaseState::ALL {
        // Intake has it still: no case is in it.
        if *state == CaseState::Received || filter.state.is_some_and(|wanted| wanted != *state) {
            continue;
        }
        let here = cases.iter().filter(|case| case.entry.state == *state);
        let of_state = Filter {
            state: Some(*state),
            ..filter
        };
        let column = Column {
            code: state.code(),
            state: state.label(texts),
            count: here.clone().count(),
            cards: here
                .take(CARDS)
                .map(|case| row(texts, case, &seen))
                .collect(),
            link: format!("/?{}", of_state.query()),
        };
        if is_final(*state) {
            closed.push(column);
        } else {
            open.push(column);
        }
    }
    Ok(Page {
        frame: Frame::of(texts, member),
        scripted: shortcuts::are_on(request),
        open,
        closed,
        filtered: !filter.takes_all(),
        query: filter.query(),
    })
}
