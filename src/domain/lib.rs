//! What a complaint, a risk, a workplace, a case, a term and a calendar *are*.
//!
//! Nothing here does I/O, reads the clock or draws randomness: instants and random numbers come in
//! as arguments, data files are compiled in. So everything in this crate can be tested by calling
//! it, and the same rules hold on the public side, on the committee's side and in the operator's
//! tools.
//!
//! - [`catalogue`]: the official lists (risks, OOAD, UMAE, terms, holidays …), versioned data files.
//! - [`calendar`]: working days, legal day of reception, due dates.
//! - [`committee`]: who sits on it, who may open which case, and who may do what.
//! - [`complaint`]: what a person files, parsed once at the edge.
//! - [`evidence`]: what is handed in with it: names, types and findings of files.
//! - [`attention`]: calls, orientations and writings, counted apart from complaints.
//! - [`case`]: folio, states, and what the complainant is told of them.
//! - [`matter`]: conflict-of-interest consultations and citizen petitions.
//! - [`meeting`]: a session of the committee: called, held, voted in, closed.
//! - [`presentation`]: whether a complaint came after its time, as a warning.
//! - [`privacy`]: which edition of the privacy notice is in force.
//! - [`procedure`]: what may be done in a case, by whom, and which terms run.
//! - [`redaction`]: what a party may not read of a case, and how it is taken out.
//! - [`retention`]: how long a closed case is kept, and when it may be deleted.
//! - [`routing`]: from risk and urgency to protocol, priority, mediation, first term, and who is involved.
//! - [`traces`]: what in a complaint could tell who wrote it.

pub mod attention;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod code;
pub mod committee;
pub mod complaint;
pub mod evidence;
pub mod ids;
pub mod matter;
pub mod meeting;
pub mod presentation;
pub mod privacy;
pub mod procedure;
pub mod redaction;
pub mod retention;
pub mod routing;
pub mod traces;
