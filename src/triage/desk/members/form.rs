//! The form in which somebody is asked in.

use committee::members::login::LoginFault;
use committee::members::{LoginName, Roster};
use domain::catalogue::{OoadCode, UmaeCode};
use domain::committee::{MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit};
use domain::complaint::{NamePart, SecretText, ShortText};
use jiff::civil::Date;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use service::language::Texts;

use crate::desk::gate::Form;
use crate::desk::labels::Labelled as _;

/// What was typed, to be given back when something is wrong with it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) given: String,
    pub(super) first_surname: String,
    pub(super) second_surname: String,
    pub(super) login: String,
    pub(super) seat: String,
    pub(super) stands_in_for: String,
    pub(super) ooad: String,
    pub(super) umae: String,
    pub(super) place: String,
    pub(super) area: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) reason: String,
}

/// Somebody who is to be asked in.
pub(super) struct Invitee {
    pub(super) profile: MemberProfile,
    pub(super) login: LoginName,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum FormFault {
    /// The name lacks a part, or a part is too long.
    #[error("not a name")]
    Name,
    /// The name to sign in with cannot be one.
    #[error(transparent)]
    Login(#[from] LoginFault),
    /// Somebody else signs in under it.
    #[error("the name to sign in with is somebody's")]
    LoginTaken,
    /// No such seat.
    #[error("no such seat")]
    Seat,
    /// Whoever is stood in for holds no such seat.
    #[error("whoever is stood in for holds another seat, or none")]
    Standing,
    /// Not a unit of the lists, or too long.
    #[error("not a unit")]
    Unit,
    /// Not days, or the end comes before the beginning.
    #[error("not a term of office")]
    Term,
    /// The system gives no randomness.
    #[error("no id could be drawn")]
    Randomness,
}

impl FormFault {
    /// The name of what is told.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Name => "member-name",
            Self::Login(_) => "member-login",
            Self::LoginTaken => "member-login-taken",
            Self::Seat => "member-seat",
            Self::Standing => "member-standing",
            Self::Unit => "member-unit",
            Self::Term => "member-term",
            Self::Randomness => "unavailable",
        }
    }
}

/// An entry of a list.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// The form as a page shows it.
pub(super) struct View<'a> {
    pub(super) action: &'static str,
    pub(super) token: &'a str,
    pub(super) typed: &'a Typed,
    pub(super) seats: Vec<Choice>,
    pub(super) titulars: Vec<Choice>,
    pub(super) ooads: Vec<Choice>,
    pub(super) umaes: Vec<Choice>,
    /// Whether another member has to agree, and so has to be told why.
    pub(super) takes_two: bool,
}

impl Typed {
    /// A form that nobody has filled in yet.
    pub(super) fn empty(today: Date) -> Self {
        Self {
            from: today.to_string(),
            ..Self::default()
        }
    }

    pub(super) fn of(form: &Form) -> Self {
        form.parse().unwrap_or_default()
    }

    /// Reads it.
    pub(super) fn read(&self, roster: &Roster) -> Result<Invitee, FormFault> {
        let login = LoginName::parse(&self.login)?;
        if roster.has_login(&login) {
            return Err(FormFault::LoginTaken);
        }
        let seat = self.seat.parse().map_err(|_| FormFault::Seat)?;
        let mut id = [0; 16];
        SystemRandom::new()
            .fill(&mut id)
            .map_err(|_| FormFault::Randomness)?;
        Ok(Invitee {
            profile: MemberProfile {
                id: MemberId(id),
                name: self.name().ok_or(FormFault::Name)?,
                seat,
                standing: self.standing(seat, roster)?,
                unit: self.unit()?,
                term: self.term().ok_or(FormFault::Term)?,
                agreement_on: None,
                suspended_from: None,
            },
            login,
        })
    }

    fn name(&self) -> Option<PersonName> {
        let part = |text: &str| NamePart::parse(SecretText::from(text.trim().to_owned())).ok();
        let second = match self.second_surname.trim() {
            "" => None,
            told => Some(part(told)?),
        };
        PersonName::new(part(&self.given)?, part(&self.first_surname)?, second).ok()
    }

    fn standing(&self, seat: Seat, roster: &Roster) -> Result<Standing, FormFault> {
        if self.stands_in_for.is_empty() {
            return Ok(Standing::Titular);
        }
        let of: MemberId = self
            .stands_in_for
            .parse()
            .map_err(|_| FormFault::Standing)?;
        let titular = roster.of(of).filter(|member| !member.record.has_ended());
        match titular.map(|member| &member.record.profile) {
            Some(profile) if profile.seat == seat && profile.standing == Standing::Titular => {
                Ok(Standing::Suplente { of })
            }
            Some(_) | None => Err(FormFault::Standing),
        }
    }

    fn unit(&self) -> Result<Unit, FormFault> {
        let text = |text: &str| match text.trim() {
            "" => Ok(None),
            told => ShortText::parse(SecretText::from(told.to_owned()))
                .map(Some)
                .map_err(|_| FormFault::Unit),
        };
        Ok(Unit {
            ooad: code(&self.ooad)?,
            umae: code(&self.umae)?,
            place: text(&self.place)?,
            area: text(&self.area)?,
        })
    }

    fn term(&self) -> Option<Term> {
        let from = self.from.trim().parse().ok()?;
        let until = match self.until.trim() {
            "" => None,
            told => Some(told.parse::<Date>().ok().filter(|until| *until >= from)?),
        };
        Some(Term { from, until })
    }
}

fn code<T: std::str::FromStr>(text: &str) -> Result<Option<T>, FormFault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| FormFault::Unit)
}

impl<'a> View<'a> {
    pub(super) fn new(
        texts: &Texts,
        action: &'static str,
        token: &'a str,
        typed: &'a Typed,
        roster: &Roster,
        takes_two: bool,
    ) -> Self {
        let choice = |code: String, label: String, given: &str| Choice {
            chosen: code == given,
            code,
            label,
        };
        let titulars = roster.all().iter().filter(|member| {
            !member.record.has_ended() && member.record.profile.standing == Standing::Titular
        });
        Self {
            action,
            token,
            typed,
            seats: Seat::ALL
                .iter()
                .map(|seat| choice(seat.code().to_owned(), seat.label(texts), &typed.seat))
                .collect(),
            titulars: titulars
                .map(|member| {
                    let profile = &member.record.profile;
                    let label = format!("{} ({})", *profile.name.full(), profile.seat.label(texts));
                    choice(profile.id.to_string(), label, &typed.stands_in_for)
                })
                .collect(),
            ooads: OoadCode::all()
                .map(|one| choice(one.code().to_owned(), one.name().to_owned(), &typed.ooad))
                .collect(),
            umaes: UmaeCode::all()
                .map(|one| choice(one.code().to_owned(), one.name().to_owned(), &typed.umae))
                .collect(),
            takes_two,
        }
    }
}
