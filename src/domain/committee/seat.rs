//! The places of the committee and what each is for.

use crate::catalogue::current;
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
    /// Whether the seat has a vote, and so is part of the committee.
    pub fn votes(self) -> bool {
        current().committee().voting.seats.contains(&self)
    }

    /// Whether the seat is one of those without which there is no session.
    pub fn is_indispensable(self) -> bool {
        current().committee().indispensable.seats.contains(&self)
    }
}
