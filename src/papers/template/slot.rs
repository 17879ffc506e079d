//! What stands between braces in a template.

use domain::catalogue::TermKey;
use domain::coded_enum;

coded_enum! {
    /// Something that the case says.
    pub enum Fact {
        /// Number of the case.
        Folio = "folio",
        /// Number in the Secretaría's system.
        ExternalFolio = "folio_sseccoe",
        /// The day of the paper.
        Today = "fecha",
        /// Legal day of reception.
        ReceivedOn = "fecha_recepcion",
        /// Day of the capture in the Secretaría's system.
        RegisteredOn = "fecha_registro",
        /// Who is denounced, one on each line.
        Denounced = "personas_denunciadas",
        /// The story.
        Narrative = "relato",
        /// When it happened.
        Period = "periodo",
        /// OOAD or UMAE.
        Place = "ooad_umae",
        /// Principal risk.
        Risk = "riesgo",
        /// The other risks, one on each line.
        OtherRisks = "otros_riesgos",
        /// The norms that define the risks.
        RiskSources = "fundamento_riesgo",
        /// Special protocols.
        Protocols = "protocolos",
        /// What is missing, one on each line.
        Missing = "elementos_faltantes",
        /// How many files came.
        Files = "archivos",
        /// Who signs for the Presidencia.
        Presidencia = "presidencia",
        /// Who signs for the Secretaría Ejecutiva.
        SecretariaEjecutiva = "secretaria_ejecutiva",
        /// Who signs for the Secretaría Técnica.
        SecretariaTecnica = "secretaria_tecnica",
    }
}

coded_enum! {
    /// Something that a session of the committee says.
    pub enum SessionFact {
        /// Kind, number and year.
        Session = "sesion",
        /// Its day.
        On = "fecha_sesion",
        /// How the members come together.
        Mode = "modalidad",
        /// Where, and at what hour.
        Place = "lugar",
        /// The day of the call.
        CalledOn = "fecha_convocatoria",
        /// Days for which it was called before; nothing if there are none.
        PutOff = "diferida",
        /// What each point is about, one on each line.
        Agenda = "orden_del_dia",
        /// Who is there, one on each line.
        Present = "asistencia",
        /// How many of them have a vote.
        Seats = "lugares",
        /// What came of the points.
        Course = "desahogo",
        /// What else the minutes say; nothing if nothing.
        Remarks = "observaciones",
        /// How it ended.
        End = "cierre",
        /// Who signs, one on each line.
        Signatures = "firmas",
        /// Who calls it.
        Presidencia = "convoca",
    }
}

impl Fact {
    /// What a person has to put in where the case does not say.
    pub(super) const fn asked(self) -> &'static str {
        match self {
            Self::Folio => "folio",
            Self::ExternalFolio => "folio del sistema de la Secretaría",
            Self::Today => "fecha",
            Self::ReceivedOn => "fecha de recepción",
            Self::RegisteredOn => "fecha de registro",
            Self::Denounced => "nombre o datos que identifiquen a la persona denunciada",
            Self::Narrative => "hechos",
            Self::Period => "fecha o periodo de los hechos",
            Self::Place => "OOAD o UMAE",
            Self::Risk => "riesgo ético",
            Self::OtherRisks => "otros riesgos éticos, o suprimir",
            Self::RiskSources => "disposiciones presuntamente vulneradas",
            Self::Protocols => "protocolo aplicable, o suprimir",
            Self::Missing => "elementos que faltan",
            Self::Files => "número de archivos",
            Self::Presidencia | Self::SecretariaEjecutiva | Self::SecretariaTecnica => {
                "nombre de quien firma"
            }
        }
    }
}

/// Something to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// From the case.
    Fact(Fact),
    /// From a session.
    Session(SessionFact),
    /// The length of a term: `{plazo:prevencion_desahogo}`.
    Length(TermKey),
    /// The last day of a term that starts on the day of the paper: `{vence:prevencion_desahogo}`.
    Due(TermKey),
    /// The norm of a term: `{fuente:prevencion_desahogo}`.
    Norm(TermKey),
    /// By a person: `{?número de oficio}`.
    Blank(String),
}

/// Why a slot is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SlotError {
    /// It has no end, or an end without a beginning.
    #[error("a brace stands alone")]
    Brace,
    /// Nothing is called so.
    #[error("`{0}` is not known")]
    Unknown(String),
}

/// Fixed words, or a slot.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Slot(Slot),
}

/// Reads the words of a template, on a session or on a case.
pub(super) fn pieces(text: &str, session: bool) -> Result<Vec<Piece>, SlotError> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').ok_or(SlotError::Brace)?;
        if words.contains('}') || slot.contains('{') {
            return Err(SlotError::Brace);
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let found = parse(slot)?;
        if !found.fits(session) {
            return Err(SlotError::Unknown(slot.to_owned()));
        }
        pieces.push(Piece::Slot(found));
        rest = after;
    }
    if rest.contains('}') {
        return Err(SlotError::Brace);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn parse(slot: &str) -> Result<Slot, SlotError> {
    let unknown = || SlotError::Unknown(slot.to_owned());
    if let Some(what) = slot.strip_prefix('?') {
        let what = what.trim();
        return if what.is_empty() {
            Err(unknown())
        } else {
            Ok(Slot::Blank(what.to_owned()))
        };
    }
    if let Some((of, key)) = slot.split_once(':') {
        let key = TermKey::ALL.iter().find(|one| one.code() == key);
        let key = *key.ok_or_else(unknown)?;
        return match of {
            "plazo" => Ok(Slot::Length(key)),
            "vence" => Ok(Slot::Due(key)),
            "fuente" => Ok(Slot::Norm(key)),
            _ => Err(unknown()),
        };
    }
    let of_case = Fact::ALL.iter().find(|fact| fact.code() == slot);
    let of_session = || SessionFact::ALL.iter().find(|fact| fact.code() == slot);
    let found = of_case.map(|fact| Slot::Fact(*fact));
    let found = found.or_else(|| of_session().map(|fact| Slot::Session(*fact)));
    found.ok_or_else(unknown)
}

impl Slot {
    /// Whether it can be filled in a paper on a session, or in one on a case.
    fn fits(&self, session: bool) -> bool {
        match self {
            Self::Fact(_) | Self::Due(_) => !session,
            Self::Session(_) => session,
            Self::Length(_) | Self::Norm(_) | Self::Blank(_) => true,
        }
    }
}
