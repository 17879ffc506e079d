//! The official lists: versioned data files, compiled in and checked as a whole.
//!
//! Two kinds of lists. A **closed** list is one the program's own rules speak about (risks, terms,
//! profiles): an enum, and the file must have each value exactly once. An **open** list is one only
//! data knows (OOAD, UMAE, states, centres of work, instances of orientation): its codes are small
//! copies of a reference to the entry, read from the code, the name or an alias.
//!
//! ```
//! use domain::catalogue::{OoadCode, Risk, TermKey};
//!
//! let ooad: OoadCode = "D.F. Norte".parse()?;
//! assert_eq!(ooad.code(), "ciudad_de_mexico_norte");
//! assert_eq!(Risk::AcosoSexual.entry().id, "RE01");
//! assert_eq!(TermKey::ConclusionTotal.term().amount().to_string(), "4 months");
//! # Ok::<(), domain::code::UnknownCode>(())
//! ```
//!
//! Every program calls [`Catalogues::load`] when it starts, so that a fault is a message and not a
//! panic; everything else goes through [`current`].

mod committee;
mod fault;
mod holidays;
mod instances;
mod involved;
mod labels;
mod list;
mod orientation;
mod places;
mod procedure;
mod retention;
mod risks;
mod terms;

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

pub use committee::{
    ActTerms, CommitteeRules, InvitationTerm, PostponementTerm, Quorum, SeatList, SessionTerms,
    TwoPersons,
};
pub use fault::{CatalogueError, Fault, Problem};
pub use holidays::Holidays;
pub use instances::{Contact, ContactKind, Instance, InstanceCode};
pub use involved::{CommissionSeats, InvolvedRules, Tell, Turn};
pub use labels::Label;
pub use list::Edition;
pub use orientation::{
    Accused, Advice, Answers, Destination, Matter, YesNo, reasons as orientation_reasons,
};
pub use places::{Centre, CentreKind, Ooad, OoadCode, State, StateCode, Umae, UmaeCode};
pub use procedure::{Kinds, Most, Ownership, ProcedureRules};
pub use retention::{RetentionRules, Series, SeriesEntry, Years};
pub use risks::{Escalation, ReferralRuling, Risk, RiskEntry, Ruling};
pub use terms::{Confidence, Runs, Term, TermKey};

use committee::CommitteeFile;
use fault::Faults;
use holidays::HolidaysFile;
use involved::InvolvedFile;
use labels::{AllLabels, LabelsFile};
use list::{File, List};
use orientation::{Orientation, OrientationFile};
use procedure::ProcedureFile;
use retention::RetentionFile;
use risks::{Risks, RisksFile};
use terms::{Terms, TermsFile};

const RISKS: &str = "risks.toml";
const OOAD: &str = "ooad.toml";
const UMAE: &str = "umae.toml";
const STATES: &str = "states.toml";
const CENTRES: &str = "centres.toml";
const TERMS: &str = "terms.toml";
const CALENDARS: &str = "calendars.toml";
const INSTANCES: &str = "instances.toml";
const ORIENTATION: &str = "orientation.toml";
const COMMITTEE: &str = "committee.toml";
const PROCEDURE: &str = "procedure.toml";
const RETENTION: &str = "retention.toml";
const INVOLVED: &str = "involved.toml";
const LABELS: &str = "labels.toml";

/// The texts of the data files.
#[derive(Clone)]
struct Files {
    risks: String,
    ooad: String,
    umae: String,
    states: String,
    centres: String,
    terms: String,
    calendars: String,
    instances: String,
    orientation: String,
    committee: String,
    procedure: String,
    retention: String,
    involved: String,
    labels: String,
}

impl Files {
    fn compiled_in() -> Self {
        Self {
            risks: include_str!("../catalogues/risks.toml").to_owned(),
            ooad: include_str!("../catalogues/ooad.toml").to_owned(),
            umae: include_str!("../catalogues/umae.toml").to_owned(),
            states: include_str!("../catalogues/states.toml").to_owned(),
            centres: include_str!("../catalogues/centres.toml").to_owned(),
            terms: include_str!("../catalogues/terms.toml").to_owned(),
            calendars: include_str!("../catalogues/calendars.toml").to_owned(),
            instances: include_str!("../catalogues/instances.toml").to_owned(),
            orientation: include_str!("../catalogues/orientation.toml").to_owned(),
            committee: include_str!("../catalogues/committee.toml").to_owned(),
            procedure: include_str!("../catalogues/procedure.toml").to_owned(),
            retention: include_str!("../catalogues/retention.toml").to_owned(),
            involved: include_str!("../catalogues/involved.toml").to_owned(),
            labels: include_str!("../catalogues/labels.toml").to_owned(),
        }
    }
}

/// All official lists, known to be sound.
#[derive(Debug)]
pub struct Catalogues {
    risks: Risks,
    ooad: List<Ooad>,
    umae: List<Umae>,
    states: List<State>,
    centres: List<Centre>,
    terms: Terms,
    holidays: Holidays,
    instances: List<Instance>,
    orientation: Orientation,
    committee: CommitteeRules,
    procedure: ProcedureRules,
    retention: RetentionRules,
    involved: InvolvedRules,
    labels: AllLabels,
}

impl Catalogues {
    /// Reads and checks the compiled-in data files: official counts, codes given once, names that
    /// mean one entry, references that exist, rules that no edit may drop.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] lists all faults at once. (Of a file that cannot be read at all, only the
    /// first fault is known.)
    pub fn load() -> Result<Self, CatalogueError> {
        Self::read(&Files::compiled_in())
    }

    /// Nothing here may use [`current`], which waits for this very function.
    fn read(files: &Files) -> Result<Self, CatalogueError> {
        let mut faults = Faults::default();

        // Read all the files first, so that one that cannot be read does not hide the others'
        // faults.
        let risks = read_file::<RisksFile>(RISKS, &files.risks, &mut faults)
            .map(|file| Risks::new(RISKS, file, &mut faults));
        let ooad = read_list::<Ooad>(OOAD, &files.ooad, &mut faults);
        let umae = read_list::<Umae>(UMAE, &files.umae, &mut faults);
        let states = read_list::<State>(STATES, &files.states, &mut faults);
        let centres = read_list::<Centre>(CENTRES, &files.centres, &mut faults);
        let terms = read_file::<TermsFile>(TERMS, &files.terms, &mut faults)
            .map(|file| Terms::new(TERMS, file, &mut faults));
        let holidays = read_file::<HolidaysFile>(CALENDARS, &files.calendars, &mut faults)
            .map(|file| Holidays::new(CALENDARS, file, &mut faults));
        let instances = read_list::<Instance>(INSTANCES, &files.instances, &mut faults);
        let orientation =
            read_file::<OrientationFile>(ORIENTATION, &files.orientation, &mut faults)
                .map(|file| Orientation::new(ORIENTATION, file, &mut faults));
        let committee = read_file::<CommitteeFile>(COMMITTEE, &files.committee, &mut faults)
            .map(|file| CommitteeRules::new(COMMITTEE, file, &mut faults));
        let procedure = read_file::<ProcedureFile>(PROCEDURE, &files.procedure, &mut faults)
            .map(|file| ProcedureRules::new(PROCEDURE, file, &mut faults));
        let retention = read_file::<RetentionFile>(RETENTION, &files.retention, &mut faults)
            .map(|file| RetentionRules::new(RETENTION, file, &mut faults));
        let involved = read_file::<InvolvedFile>(INVOLVED, &files.involved, &mut faults)
            .map(|file| InvolvedRules::new(INVOLVED, file, &mut faults));
        let labels = read_file::<LabelsFile>(LABELS, &files.labels, &mut faults)
            .map(|file| AllLabels::new(LABELS, file, &mut faults));

        if let Some(ooad) = &ooad {
            ooad.expect_count(OOAD, 35, &mut faults);
        }
        if let Some(umae) = &umae {
            umae.expect_count(UMAE, 25, &mut faults);
        }
        if let Some(states) = &states {
            states.expect_count(STATES, 32, &mut faults);
            let of_ooad = ooad
                .iter()
                .flat_map(List::entries)
                .map(|o| (OOAD, &o.code, &o.state));
            let of_umae = umae
                .iter()
                .flat_map(List::entries)
                .map(|u| (UMAE, &u.code, &u.state));
            for (file, entry, state) in of_ooad.chain(of_umae) {
                check_reference(file, states, (entry, "state", state), &mut faults);
            }
        }
        if let (Some(risks), Some(instances)) = (&risks, &instances) {
            for (rule, code) in risks.orientations() {
                check_reference(RISKS, instances, (rule, "orientation", code), &mut faults);
            }
        }

        if let (Some(involved), Some(committee)) = (&involved, &committee) {
            let mut seats = involved.commission.seats.iter();
            if !seats.all(|seat| committee.voting.seats.contains(seat)) {
                let entry = involved.commission.rule.clone();
                let why = "is made of members with a vote";
                faults.add(INVOLVED, Problem::Senseless { entry, why });
            }
        }
        if let (Some(orientation), Some(instances)) = (&orientation, &instances) {
            for (rule, code) in orientation.instances() {
                check_reference(ORIENTATION, instances, (rule, "to", code), &mut faults);
            }
        }

        faults.into_result()?;
        Ok(Self {
            risks: present(risks),
            ooad: present(ooad),
            umae: present(umae),
            states: present(states),
            centres: present(centres),
            terms: present(terms),
            holidays: present(holidays),
            instances: present(instances),
            orientation: present(orientation),
            committee: present(committee),
            procedure: present(procedure),
            retention: present(retention),
            involved: present(involved),
            labels: present(labels),
        })
    }

    /// Version and source of every data file, for records and reports.
    pub fn editions(&self) -> [(&'static str, &Edition); 14] {
        [
            (RISKS, self.risks.edition()),
            (OOAD, self.ooad.edition()),
            (UMAE, self.umae.edition()),
            (STATES, self.states.edition()),
            (CENTRES, self.centres.edition()),
            (TERMS, self.terms.edition()),
            (CALENDARS, self.holidays.edition()),
            (INSTANCES, self.instances.edition()),
            (ORIENTATION, self.orientation.edition()),
            (COMMITTEE, self.committee.edition()),
            (PROCEDURE, self.procedure.edition()),
            (RETENTION, self.retention.edition()),
            (INVOLVED, self.involved.edition()),
            (LABELS, self.labels.edition()),
        ]
    }

    /// What raises a case above its risks.
    pub fn escalations(&self) -> &[Escalation] {
        self.risks.escalations()
    }

    /// Who votes, who has to be there, and how many.
    pub fn committee(&self) -> &CommitteeRules {
        &self.committee
    }

    /// Who keeps which term, and how many of what.
    pub fn procedure(&self) -> &ProcedureRules {
        &self.procedure
    }

    /// How long closed cases are kept.
    pub fn retention(&self) -> &RetentionRules {
        &self.retention
    }

    /// Who of the committee is told of a case, and who may be in its commission.
    pub fn involved(&self) -> &InvolvedRules {
        &self.involved
    }

    /// Calendars, office hours and time zone.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }
}

/// The compiled-in catalogues.
pub fn current() -> &'static Catalogues {
    static CURRENT: LazyLock<Catalogues> = LazyLock::new(|| {
        Catalogues::load().expect("checked by the test `the_compiled_in_catalogues_are_sound`")
    });
    &CURRENT
}

fn read_file<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
    faults: &mut Faults,
) -> Option<T> {
    toml::from_str(text)
        .map_err(|error| faults.add(file, Problem::Unreadable(Box::new(error))))
        .ok()
}

fn read_list<T: DeserializeOwned + list::Entry>(
    file: &'static str,
    text: &str,
    faults: &mut Faults,
) -> Option<List<T>> {
    read_file::<File<T>>(file, text, faults).map(|read| List::new(file, read, faults))
}

fn check_reference<T: list::Entry>(
    file: &'static str,
    list: &List<T>,
    (entry, field, code): (&str, &'static str, &str),
    faults: &mut Faults,
) {
    if !list.has_code(code) {
        let (entry, code) = (entry.to_owned(), code.to_owned());
        faults.add(file, Problem::Dangling { entry, field, code });
    }
}

fn present<T>(read: Option<T>) -> T {
    read.expect("a file that could not be read has left a fault")
}

#[cfg(test)]
mod tests;
