//! The fixed lists that moves speak of, with the codes that the records of the committee use.

use crate::coded_enum;

coded_enum! {
    /// What a complaint has to have (CHIS 57), as far as it may be asked for: fractions II to IV, never
    /// the name of whoever files (CHIS 60).
    pub enum Element {
        /// Where notices reach the person (II). Whoever has a mailbox here has it.
        NoticeAddress = "MEDIO_DE_CONTACTO",
        /// Something that tells who is denounced (III).
        DenouncedPerson = "PERSONA_DENUNCIADA",
        /// What happened, how, when and where (IV).
        Facts = "HECHOS",
    }
}

coded_enum! {
    /// Why a complaint is not processed (CHIS 49, 56, 64).
    pub enum NoProcedureCause {
        /// Outside what the committee deals with.
        OutsideScope = "FUERA_DE_SUPUESTOS",
        /// What was asked for did not come in time.
        RequestUnanswered = "PREVENCION_NO_DESAHOGADA",
        /// What came is not enough.
        AnswerInsufficient = "PREVENCION_DEFICIENTE",
        /// Filed after the term to file.
        TooLate = "FUERA_DE_PLAZO",
    }
}

coded_enum! {
    /// Why an admitted case ends before its determination: these and no other (CHIS 65). That the
    /// complainant withdraws is none of them.
    pub enum EarlyCause {
        /// The complainant has died.
        ComplainantDied = "FALLECIMIENTO_DENUNCIANTE",
        /// It came out that the committee does not deal with it.
        OutsideScopeAfterAll = "FUERA_DE_SUPUESTOS_SOBREVENIDO",
        /// The inquiry found nothing to go on with.
        NothingToInquire = "SIN_ELEMENTOS_INDAGACION",
        /// The denounced person has died or left.
        DenouncedGone = "FALLECIMIENTO_O_SEPARACION_DENUNCIADA",
    }
}

coded_enum! {
    /// Why the committee is not competent (CHIS 49, 66).
    pub enum IncompetenceCause {
        /// The denounced person belongs to another institution.
        OtherInstitution = "DENUNCIADA_DE_OTRO_ENTE",
        /// The denounced person is no public servant.
        NotPublicServant = "DENUNCIADA_NO_ES_SERVIDORA_PUBLICA",
        /// An administrative fault and nothing else.
        AdministrativeFaultOnly = "FALTA_ADMINISTRATIVA_EXCLUSIVA",
        /// A matter of labour law.
        Labour = "MATERIA_LABORAL",
        /// A matter of criminal law.
        Criminal = "MATERIA_PENAL",
        /// About medical care.
        MedicalService = "CALIDAD_DEL_SERVICIO_MEDICO",
        /// Something else.
        Other = "OTRA",
    }
}

coded_enum! {
    /// What the Secretaría Ejecutiva proposes to the session.
    pub enum Proposal {
        /// To admit.
        Admit = "ADMITIR",
        /// Not to admit.
        NotAdmit = "NO_ADMITIR",
        /// To guide to another instance.
        Redirect = "ORIENTAR",
    }
}

coded_enum! {
    /// How a case was decided (CHIS 65, 78, 83).
    pub enum Sense {
        /// A recommendation to a person.
        IndividualRecommendation = "RECOMENDACION_INDIVIDUAL",
        /// A recommendation to areas.
        GeneralRecommendation = "RECOMENDACION_GENERAL",
        /// No breach.
        NoBreach = "SIN_VULNERACION",
        /// The parties agreed. Follows from the mediation alone.
        Mediated = "CONCLUIDA_MEDIACION",
        /// Ended early. Follows from the early conclusion alone.
        EndedEarly = "CONCLUIDA_ANTICIPADA",
    }
}

coded_enum! {
    /// What a recommendation asks for (CHIS 83, 85).
    pub enum RecommendationKind {
        /// Training: where a breach was proven.
        Training = "CAPACITACION",
        /// Sensitisation of the areas involved.
        Sensitisation = "SENSIBILIZACION",
        /// Making rules known.
        Outreach = "DIFUSION",
        /// Better processes.
        BetterProcesses = "MEJORA_PROCESOS",
    }
}

coded_enum! {
    /// Where a recommendation stands (CHIS 86, 87).
    pub enum RecommendationState {
        /// Voted.
        Issued = "EMITIDA",
        /// Told to the head of the unit.
        Notified = "NOTIFICADA",
        /// The unit adopts it.
        Adopted = "ADOPTADA",
        /// The unit has justified why it does not.
        DeclinedWithReason = "NO_ATENDIDA_JUSTIFICADA",
        /// The unit has shown progress.
        UnderWay = "EN_IMPLEMENTACION",
        /// Carried out, with evidence.
        Fulfilled = "CUMPLIDA",
        /// Not carried out, or not answered for.
        Unfulfilled = "INCUMPLIDA",
    }
}

coded_enum! {
    /// A protection measure (HSyAS 44, CHIS 67, DISC 18).
    pub enum MeasureKind {
        /// Another place for one of them.
        Relocation = "REUBICACION_FISICA",
        /// Another unit.
        OtherUnit = "CAMBIO_UNIDAD_ADMINISTRATIVA",
        /// Other hours.
        OtherHours = "CAMBIO_HORARIO",
        /// Work from elsewhere.
        RemoteWork = "TRABAJO_FUERA_DEL_CENTRO",
        /// No contact.
        NoContact = "RESTRICCION_CONTACTO_COMUNICACION",
        /// Psychological, social or medical support.
        Support = "CANALIZACION_APOYO_PSICOLOGICO_SOCIAL_MEDICO",
        /// Courses.
        Courses = "CURSOS_SENSIBILIZACION",
        /// Rearranged workplace.
        Rearrangement = "REACOMODO_ESPACIO_TRABAJO",
        /// Something else.
        Other = "OTRA",
    }
}

coded_enum! {
    /// Why a case is joined to another (CHIS 62).
    pub enum JoinCause {
        /// The same parties, other conducts.
        SameParties = "MISMAS_PARTES",
        /// Other complainants, the same denounced person and similar conducts.
        SimilarConducts = "CONDUCTAS_SIMILARES",
    }
}

coded_enum! {
    /// A flag of a case that no state tells (DOMAIN §4.3).
    pub enum Mark {
        /// A protection measure is in force.
        ProtectionMeasures = "MEDIDAS_PROTECCION",
        /// Notice was given to the control body.
        Referred = "VISTA_OIC",
        /// Joined to another case, which goes on for both.
        Joined = "ACUMULADA",
        /// The total term was extended.
        Extended = "PRORROGA",
        /// Somebody of the committee is kept out.
        Recusal = "RECUSACION",
        /// Protocol on sexual harassment.
        Hsyas = "PROTOCOLO_HSYAS",
        /// Protocol on discrimination.
        Disc = "PROTOCOLO_DISC",
        /// A life may be at risk, and nobody has attended to it yet.
        LifeAtRisk = "RIESGO_VIDA",
    }
}

coded_enum! {
    /// A session of the committee (CHIS 21, 28).
    pub enum SessionKind {
        /// Installation.
        Installation = "INSTALACION",
        /// Ordinary.
        Ordinary = "ORDINARIA",
        /// Extraordinary.
        Extraordinary = "EXTRAORDINARIA",
    }
}

coded_enum! {
    /// A document that a move goes with.
    pub enum PaperKind {
        /// Request to complete the complaint.
        Request = "PREVENCION",
        /// Agreement of the committee.
        Agreement = "ACUERDO",
        /// Request of information.
        Inquiry = "SOLICITUD_INFORMACION",
        /// Notice to the denounced person.
        Transfer = "TRASLADO",
        /// Answer of the denounced person.
        Answer = "DESCARGO",
        /// Summons.
        Summons = "CITATORIO",
        /// Signed minutes.
        Minutes = "ACTA",
        /// What the parties agreed.
        Settlement = "CONVENIO",
        /// Draft determination.
        Draft = "PROYECTO",
        /// Determination.
        Determination = "DETERMINACION",
        /// Recommendation.
        Recommendation = "RECOMENDACION",
        /// Answer of the unit.
        UnitAnswer = "RESPUESTA_UNIDAD",
        /// Evidence that it was carried out.
        Evidence = "EVIDENCIA",
        /// Notice to the control body.
        Referral = "VISTA",
        /// Letter of another authority.
        OfficialLetter = "OFICIO",
        /// Proof that a notice was given.
        ProofOfNotice = "CONSTANCIA_NOTIFICACION",
    }
}

coded_enum! {
    /// Whom an interview is with.
    pub enum Party {
        /// The complainant.
        Complainant = "DENUNCIANTE",
        /// The denounced person.
        Denounced = "DENUNCIADA",
        /// A witness.
        Witness = "TESTIGO",
    }
}
