//! The form in which somebody is asked in.

use committee::members::login::LoginFault;
use committee::members::{Details, LoginName, Misfit, Roster};
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
    pub(super) agreement: String,
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
    /// Others stand in for the member in the place of before.
    #[error("others stand in for the member in the place of before")]
    Suplentes,
    /// Not a day until now, or none where there was one.
    #[error("not a day on which the agreement was signed")]
    Agreement,
    /// All is as it was.
    #[error("nothing is changed")]
    Unchanged,
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
            Self::Suplentes => "member-suplentes",
            Self::Agreement => "member-agreement",
            Self::Unchanged => "member-unchanged",
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
    pub(super) action: String,
    pub(super) token: &'a str,
    pub(super) typed: &'a Typed,
    pub(super) seats: Vec<Choice>,
    pub(super) titulars: Vec<Choice>,
    pub(super) ooads: Vec<Choice>,
    pub(super) umaes: Vec<Choice>,
    /// Whether another member has to agree, and so has to be told why.
    pub(super) takes_two: bool,
    /// Whether it is about somebody who is a member.
    pub(super) amends: bool,
}

impl From<Misfit> for FormFault {
    fn from(misfit: Misfit) -> Self {
        match misfit {
            Misfit::Titular => Self::Standing,
            Misfit::Suplentes => Self::Suplentes,
        }
    }
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
        let mut id = [0; 16];
        SystemRandom::new()
            .fill(&mut id)
            .map_err(|_| FormFault::Randomness)?;
        let id = MemberId(id);
        let Details {
            name,
            seat,
            standing,
            unit,
            term,
            agreement_on,
        } = self.details(id, roster)?;
        Ok(Invitee {
            profile: MemberProfile {
                id,
                name,
                seat,
                standing,
                unit,
                term,
                agreement_on,
                suspended_from: None,
                edition: 0,
            },
            login,
        })
    }

    /// What is known of a member, to be changed.
    pub(super) fn known(profile: &MemberProfile) -> Self {
        let text = |text: &Option<ShortText>| {
            let told = text.as_ref().map(|text| text.expose().to_owned());
            told.unwrap_or_default()
        };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let unit = &profile.unit;
        Self {
            given: profile.name.given().to_owned(),
            first_surname: profile.name.first_surname().to_owned(),
            second_surname: profile.name.second_surname().unwrap_or_default().to_owned(),
            seat: profile.seat.code().to_owned(),
            stands_in_for: profile
                .stands_in_for()
                .map(|titular| titular.to_string())
                .unwrap_or_default(),
            ooad: unit.ooad.map(OoadCode::code).unwrap_or_default().to_owned(),
            umae: unit.umae.map(UmaeCode::code).unwrap_or_default().to_owned(),
            place: text(&unit.place),
            area: text(&unit.area),
            from: profile.term.from.to_string(),
            until: day(profile.term.until),
            agreement: day(profile.agreement_on),
            ..Self::default()
        }
    }

    /// Reads all but the name to sign in with and the agreement, of a member or somebody who is to be one.
    pub(super) fn details(&self, member: MemberId, roster: &Roster) -> Result<Details, FormFault> {
        let details = Details {
            name: self.name().ok_or(FormFault::Name)?,
            seat: self.seat.parse().map_err(|_| FormFault::Seat)?,
            standing: match self.stands_in_for.as_str() {
                "" => Standing::Titular,
                titular => Standing::Suplente {
                    of: titular.parse().map_err(|_| FormFault::Standing)?,
                },
            },
            unit: self.unit()?,
            term: self.term().ok_or(FormFault::Term)?,
            agreement_on: None,
        };
        details.fit(member, roster)?;
        Ok(details)
    }

    /// Reads the day of the agreement; whoever signed has signed.
    pub(super) fn agreement(
        &self,
        was: Option<Date>,
        today: Date,
    ) -> Result<Option<Date>, FormFault> {
        match (self.agreement.trim(), was) {
            ("", None) => Ok(None),
            ("", Some(_)) => Err(FormFault::Agreement),
            (typed, _) => {
                let day = typed.parse::<Date>().ok().filter(|day| *day <= today);
                day.map(Some).ok_or(FormFault::Agreement)
            }
        }
    }

    fn name(&self) -> Option<PersonName> {
        let part = |text: &str| NamePart::parse(SecretText::from(text.trim().to_owned())).ok();
        let second = match self.second_surname.trim() {
            "" => None,
            told => Some(part(told)?),
        };
        PersonName::new(part(&self.given)?, part(&self.first_surname)?, second).ok()
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
        action: String,
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
            amends: false,
        }
    }

    /// The same for somebody who is a member, and cannot stand in for themselves.
    pub(super) fn of(self, member: &MemberProfile) -> Self {
        let own = member.id.to_string();
        let mut titulars = self.titulars;
        titulars.retain(|choice| choice.code != own);
        Self {
            titulars,
            amends: true,
            ..self
        }
    }
}
