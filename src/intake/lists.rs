//! The lists that a complaint chooses from, with the words in which people are shown them.

use domain::catalogue::{CentreKind, OoadCode, Risk, UmaeCode};
use domain::complaint::form::KeptOutSeat;
use domain::complaint::{
    AgeGroup, Bond, EarlierFiling, Frequency, PlaceKind, Rank, ReferralConsent, ReporterRole, Sex,
    Support,
};
use service::language::Texts;

/// One of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Risks in the words of everyday life.
    Conduct,
    /// Risks by their official names.
    Risk,
    Ooad,
    Umae,
    Centre,
    Rank,
    Frequency,
    PlaceKind,
    Support,
    EarlierFiling,
    ReferralConsent,
    ReporterRole,
    Bond,
    Sex,
    AgeGroup,
    Seat,
}

impl List {
    /// Every list, for the tests.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 16] = [
        Self::Conduct,
        Self::Seat,
        Self::Risk,
        Self::Ooad,
        Self::Umae,
        Self::Centre,
        Self::Rank,
        Self::Frequency,
        Self::PlaceKind,
        Self::Support,
        Self::EarlierFiling,
        Self::ReferralConsent,
        Self::ReporterRole,
        Self::Bond,
        Self::Sex,
        Self::AgeGroup,
    ];

    /// Its codes, in the official order.
    pub(crate) fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Conduct => Risk::ALL
                .iter()
                .filter(|risk| **risk != Risk::FueraCompetencia)
                .map(|risk| risk.code())
                .collect(),
            Self::Seat => codes(KeptOutSeat::ALL, KeptOutSeat::code),
            Self::Risk => codes(Risk::ALL, Risk::code),
            Self::Ooad => OoadCode::all().map(OoadCode::code).collect(),
            Self::Umae => UmaeCode::all().map(UmaeCode::code).collect(),
            Self::Centre => CentreKind::all().map(CentreKind::code).collect(),
            Self::Rank => codes(Rank::ALL, Rank::code),
            Self::Frequency => codes(Frequency::ALL, Frequency::code),
            Self::PlaceKind => codes(PlaceKind::ALL, PlaceKind::code),
            Self::Support => codes(Support::ALL, Support::code),
            Self::EarlierFiling => codes(EarlierFiling::ALL, EarlierFiling::code),
            Self::ReferralConsent => codes(ReferralConsent::ALL, ReferralConsent::code),
            Self::ReporterRole => codes(ReporterRole::ALL, ReporterRole::code),
            Self::Bond => codes(Bond::ALL, Bond::code),
            Self::Sex => codes(Sex::ALL, Sex::code),
            Self::AgeGroup => codes(AgeGroup::ALL, AgeGroup::code),
        }
    }

    /// Codes with their labels. Names of places are official and stay in Spanish.
    pub(crate) fn labelled(self, texts: &Texts) -> Vec<(&'static str, String)> {
        let name = match self {
            Self::Ooad => {
                return OoadCode::all()
                    .map(|ooad| (ooad.code(), ooad.name().to_owned()))
                    .collect();
            }
            Self::Umae => {
                return UmaeCode::all()
                    .map(|umae| (umae.code(), umae.name().to_owned()))
                    .collect();
            }
            Self::Centre => {
                return CentreKind::all()
                    .map(|kind| (kind.code(), kind.name().to_owned()))
                    .collect();
            }
            Self::Conduct => "conduct",
            Self::Seat => "seat",
            Self::Risk => "risk",
            Self::Rank => "rank",
            Self::Frequency => "frequency",
            Self::PlaceKind => "place-kind",
            Self::Support => "support",
            Self::EarlierFiling => "earlier-filing",
            Self::ReferralConsent => "referral-consent",
            Self::ReporterRole => "reporter-role",
            Self::Bond => "bond",
            Self::Sex => "sex",
            Self::AgeGroup => "age-group",
        };
        let label = |code| (code, texts.get(&format!("{name}-{code}")));
        self.codes().into_iter().map(label).collect()
    }
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| code(*value)).collect()
}

#[cfg(test)]
mod tests {
    use service::language::Language;

    use super::*;
    use crate::shared::translations;

    #[test]
    fn every_code_that_is_shown_has_a_label_in_every_language() {
        let translations = translations().unwrap();
        for language in Language::ALL {
            for list in List::ALL {
                for (code, label) in list.labelled(translations.of(language)) {
                    assert!(
                        !label.ends_with(&format!("-{code}")),
                        "{language:?} {label}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_spanish_names_of_risks_are_the_official_ones() {
        let translations = translations().unwrap();
        for (code, label) in List::Risk.labelled(translations.of(Language::EsMx)) {
            assert_eq!(label, code.parse::<Risk>().unwrap().name());
        }
    }
}
