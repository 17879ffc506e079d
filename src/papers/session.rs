//! What is known of a session of the committee when its call or its minutes are filled.

use std::fmt;

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::document::Signature;
use crate::words::date;

/// A session, as far as whoever takes the paper may know of it: points that do not exist for them are not
/// in it, and nothing counts them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SessionFacts {
    /// Kind, number and year.
    pub session: String,
    /// Its day.
    #[zeroize(skip)]
    pub on: Date,
    /// How the members come together.
    pub mode: String,
    /// Where, and at what hour.
    pub place: String,
    /// The day of the call.
    #[zeroize(skip)]
    pub called_on: Date,
    /// Days for which it was called before.
    #[zeroize(skip)]
    pub postponed: Vec<Date>,
    /// What each point is about.
    pub agenda: Vec<String>,
    /// Who is there, and as what.
    pub present: Vec<String>,
    /// How many of them have a vote.
    pub seats: usize,
    /// What came of the points, in running text.
    pub course: String,
    /// What else the minutes say.
    pub remarks: Option<String>,
    /// The day on which it was closed.
    #[zeroize(skip)]
    pub closed_on: Option<Date>,
    /// Who signs the minutes.
    pub signatures: Vec<Signature>,
    /// Who presides, and so calls it.
    pub presidencia: Option<String>,
}

impl SessionFacts {
    /// The days on which it was not held.
    pub(crate) fn put_off(&self) -> Option<String> {
        let days: Vec<String> = self.postponed.iter().map(|day| date(*day)).collect();
        (!days.is_empty()).then(|| {
            format!(
                "La sesión se había convocado para el {} y se difirió por falta de quórum.",
                days.join("; ")
            )
        })
    }

    /// How it ended.
    pub(crate) fn end(&self) -> String {
        match self.closed_on {
            Some(day) => format!("La sesión se cerró el {}.", date(day)),
            None => "La sesión no se ha cerrado: este texto es un borrador.".to_owned(),
        }
    }
}

impl fmt::Debug for SessionFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionFacts({})", self.on)
    }
}
