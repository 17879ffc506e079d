//! The places of the committee and what each is for.

use crate::coded_enum;

coded_enum! {
    /// A place of the committee (CHIS 6 to 9), or beside it: the persons of the special protocols
    /// (HSyAS 14 to 18; DISC 11 to 15) and guests are no part of the committee and have no vote.
    pub enum Seat {
        /// Presidencia.
        Presidencia = "PRESIDENCIA",
        /// Secretaría Ejecutiva.
        SecretariaEjecutiva = "SECRETARIA_EJECUTIVA",
        /// Secretaría Técnica.
        SecretariaTecnica = "SECRETARIA_TECNICA",
        /// Member elected by the staff of a level.
        Electa = "ELECTA",
        /// Representation of the control body, the OIC.
        RepresentacionOic = "REPRESENTACION_OIC",
        /// Persona consejera (HSyAS).
        Consejera = "CONSEJERA",
        /// Persona asesora (discrimination).
        Asesora = "ASESORA",
        /// Invited person.
        Invitada = "INVITADA",
    }
}

impl Seat {
    /// Whether the seat has a vote (CHIS 6 and 33), and so is part of the committee.
    pub const fn votes(self) -> bool {
        match self {
            Self::Presidencia
            | Self::SecretariaEjecutiva
            | Self::SecretariaTecnica
            | Self::Electa
            | Self::RepresentacionOic => true,
            Self::Consejera | Self::Asesora | Self::Invitada => false,
        }
    }

    /// Whether the seat is one of the three without which there is no session (CHIS 33). They also
    /// act on matters of their own administrative unit, which no other seat may (CHIS 34).
    pub const fn is_office(self) -> bool {
        match self {
            Self::Presidencia | Self::SecretariaEjecutiva | Self::SecretariaTecnica => true,
            Self::Electa
            | Self::RepresentacionOic
            | Self::Consejera
            | Self::Asesora
            | Self::Invitada => false,
        }
    }
}
