//! What a member wrote in the form, and the complaint that it makes.

use domain::attention::Channel;
use domain::complaint::form::draft_of;
use domain::complaint::{Complaint, ComplaintDraft, FaultKind, FieldFaults, limits};
use domain::privacy::Edition;
use jiff::civil::Date;
use ring::rand::SecureRandom as _;

use crate::desk::fields::Fields;
use crate::desk::gate::Member;

/// How it came; has to be told.
pub(super) const CHANNEL: &str = "presented_through";
/// Whether the person gives no name; has to be told.
pub(super) const ANONYMOUS: &str = "anonymous";
/// Whether the privacy notice was read to the person.
pub(super) const PRIVACY: &str = "privacy_told";
/// What the form drew.
pub(super) const ONCE: &str = "once";
/// Which button.
const GO: &str = "go";
pub(super) const MORE_PEOPLE: &str = "more-people";
pub(super) const MORE_WITNESSES: &str = "more-witnesses";
/// How many entries the form showed.
pub(super) const PEOPLE: &str = "people";
pub(super) const WITNESSES: &str = "witnesses";
pub(super) const YES: &str = "SI";
pub(super) const NO: &str = "NO";

/// The form as it came. What is wrong with it is told, not lost.
pub(super) struct Filled {
    pub(super) fields: Fields,
    pub(super) people: usize,
    pub(super) witnesses: usize,
    /// Draws the words and ids of what is sent.
    pub(super) once: String,
    pub(super) faults: Option<FieldFaults>,
}

/// A complaint that can be filed.
pub(super) struct Told {
    pub(super) complaint: Complaint,
    pub(super) channel: Channel,
}

impl Filled {
    pub(super) fn empty(member: &Member) -> Self {
        Self::of(Fields::none(), member)
    }

    pub(super) fn of(fields: Fields, member: &Member) -> Self {
        let count = |name, most: usize| {
            let shown = fields.one(name).and_then(|text| text.parse().ok());
            shown.unwrap_or(1).clamp(1, most)
        };
        let (mut people, mut witnesses) = (
            count(PEOPLE, limits::PEOPLE),
            count(WITNESSES, limits::WITNESSES),
        );
        match fields.one(GO) {
            Some(MORE_PEOPLE) => people = (people + 1).min(limits::PEOPLE),
            Some(MORE_WITNESSES) => witnesses = (witnesses + 1).min(limits::WITNESSES),
            Some(_) | None => {}
        }
        let once = fields.one(ONCE).filter(|text| is_once(text));
        let once = once.map_or_else(|| draw(member), str::to_owned);
        Self {
            fields,
            people,
            witnesses,
            once,
            faults: None,
        }
    }

    /// Whether room for another entry is asked for, and nothing else.
    pub(super) fn asks_for_more(&self) -> bool {
        [MORE_PEOPLE, MORE_WITNESSES]
            .map(Some)
            .contains(&self.fields.one(GO))
    }

    /// The complaint, received on this legal day.
    pub(super) fn told(&self, today: Date) -> Result<Told, FieldFaults> {
        let one = |name| self.fields.one(name);
        let channel = match one(CHANNEL).map(str::parse::<Channel>) {
            Some(Ok(channel)) => Ok(channel),
            Some(Err(_)) => Err(FaultKind::UnknownCode),
            None => Err(FaultKind::Required),
        };
        let anonymous = match one(ANONYMOUS) {
            Some(YES) => Ok(true),
            Some(NO) => Ok(false),
            Some(_) => Err(FaultKind::UnknownCode),
            None => Err(FaultKind::Required),
        };
        let draft = self.draft(anonymous == Ok(false));
        let complaint = Complaint::parse(draft).and_then(|complaint| complaint.filed_on(today));
        match (channel, anonymous, complaint) {
            (Ok(channel), Ok(_), Ok(complaint)) => Ok(Told { complaint, channel }),
            (channel, anonymous, complaint) => {
                let own = [(CHANNEL, channel.err()), (ANONYMOUS, anonymous.err())];
                let own = own
                    .into_iter()
                    .filter_map(|(name, kind)| Some((name, kind?)));
                Err(complaint
                    .err()
                    .into_iter()
                    .fold(FieldFaults::all(own), FieldFaults::and))
            }
        }
    }

    fn draft(&self, gives_name: bool) -> ComplaintDraft {
        let draft = draft_of(&self.fields, self.people, self.witnesses);
        let edition = self.fields.one(PRIVACY).map(|_| Edition::CURRENT);
        ComplaintDraft {
            privacy_notice: edition.map(|edition| edition.code().to_owned()),
            presented_through: self.fields.one(CHANNEL).map(str::to_owned),
            identity: draft.identity.filter(|_| gives_name),
            ..draft
        }
    }
}

fn is_once(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Without randomness it is the same for each form, and then the content alone tells complaints apart.
fn draw(member: &Member) -> String {
    let mut bytes = [0; 16];
    let _ = member.keyring.rng().fill(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}
