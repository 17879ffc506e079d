//! The closed lists that a complaint uses; each code is the official one of its catalogue.

use crate::coded_enum;

coded_enum! {
    /// Rank of the denounced person towards the person harmed.
    pub enum Rank {
        /// Above: what happened may be hostigamiento.
        Superior = "SUPERIOR",
        /// Same level.
        Peer = "MISMO_NIVEL",
        /// Below.
        Subordinate = "SUBORDINADA",
        /// From outside the line of command.
        Outside = "SIN_RELACION",
        /// Not known.
        Unknown = "NO_SE",
    }
}

coded_enum! {
    /// How often it happened.
    pub enum Frequency {
        /// Once.
        Once = "UNICA",
        /// Several times.
        Several = "VARIAS",
        /// All the time.
        Continuous = "CONTINUA",
    }
}

coded_enum! {
    /// Kind of place of the facts (Lineamientos, art. 57-IV).
    pub enum PlaceKind {
        /// On the premises.
        Premises = "INSTALACION",
        /// On the way to or from work.
        Commute = "TRASLADO",
        /// On an assignment elsewhere.
        Assignment = "COMISION",
        /// Social gathering.
        Gathering = "CONVIVENCIA",
        /// Celebration.
        Celebration = "FESTIVIDAD",
        /// Meeting outside.
        ExternalMeeting = "REUNION_EXTERNA",
        /// Messages, networks, calls.
        Digital = "MEDIO_DIGITAL",
        /// Elsewhere.
        Other = "OTRO",
    }
}

coded_enum! {
    /// Help that can be asked for.
    pub enum Support {
        /// Medical.
        Medical = "MEDICO",
        /// Psychological.
        Psychological = "PSICOLOGICO",
        /// Legal.
        Legal = "JURIDICO",
        /// Company of a persona consejera (HSyAS, numeral 28).
        Counsellor = "PERSONA_CONSEJERA",
    }
}

coded_enum! {
    /// Where the person has already filed; going to one instance never closes another.
    pub enum EarlierFiling {
        /// Órgano Interno de Control.
        Oic = "OIC",
        /// Comisión Nacional de los Derechos Humanos.
        Cndh = "CNDH",
        /// Consejo Nacional para Prevenir la Discriminación.
        Conapred = "CONAPRED",
        /// Ministerio Público.
        PublicProsecutor = "MP",
        /// Union.
        Union = "SINDICATO",
        /// Nowhere else.
        Nowhere = "NO",
    }
}

coded_enum! {
    /// Whether the case may be handed over to the control body.
    pub enum ReferralConsent {
        /// Yes.
        Yes = "SI",
        /// No.
        No = "NO",
        /// Guidance first.
        WantsGuidance = "QUIERO_ORIENTACION",
    }
}

coded_enum! {
    /// In what quality the person files.
    pub enum ReporterRole {
        /// Presumed victim.
        PresumedVictim = "PRESUNTA_VICTIMA",
        /// Witness.
        Witness = "TESTIGO",
        /// Third party.
        ThirdParty = "TERCERO",
        /// Persona consejera.
        Counsellor = "PERSONA_CONSEJERA",
        /// Member of the committee.
        CommitteeMember = "INTEGRANTE_COMITE",
    }
}

coded_enum! {
    /// Tie of the person who files to the institution.
    pub enum Bond {
        /// Public servant.
        PublicServant = "PERSONA_SERVIDORA_PUBLICA",
        /// Resident or scholarship holder.
        ResidentOrFellow = "RESIDENTE_O_BECARIA",
        /// Social service.
        SocialService = "SERVICIO_SOCIAL",
        /// Fee contract.
        FeeContract = "HONORARIOS",
        /// Subcontracted.
        Subcontracted = "SUBCONTRATADA",
        /// Insured person.
        Insured = "DERECHOHABIENTE",
        /// Member of the public.
        Public = "PARTICULAR",
        /// Prefers not to say.
        Undisclosed = "NO_DICE",
    }
}

coded_enum! {
    /// Sex, for the statistics that the guidelines demand.
    pub enum Sex {
        /// Woman.
        Woman = "MUJER",
        /// Man.
        Man = "HOMBRE",
        /// Other.
        Other = "OTRO",
        /// Prefers not to say.
        Undisclosed = "NO_DICE",
    }
}

coded_enum! {
    /// Age band, for the statistics that the guidelines demand.
    pub enum AgeGroup {
        /// 15 to 19 years.
        From15 = "15-19",
        /// 20 to 29 years.
        From20 = "20-29",
        /// 30 to 39 years.
        From30 = "30-39",
        /// 40 to 49 years.
        From40 = "40-49",
        /// 50 to 59 years.
        From50 = "50-59",
        /// 60 years or more.
        From60 = "60_O_MAS",
        /// Prefers not to say.
        Undisclosed = "NO_DICE",
    }
}
