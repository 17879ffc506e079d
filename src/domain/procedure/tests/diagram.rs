//! The diagram of DOMAIN §4.3 and the table of §14.1, written a second time by hand: what the code is
//! compared with.

/// Where each state leads, and by which move.
pub(super) const ARROWS: [(&str, &[(&str, &str)]); 21] = [
    ("RECIBIDA", &[]),
    (
        "EN_REVISION",
        &[
            ("PREVENIR", "PREVENIDA"),
            ("ARCHIVAR_SIN_TRAMITE", "ARCHIVADA_SIN_TRAMITE"),
            ("ORIENTAR", "ORIENTADA"),
            ("REGISTRAR", "REGISTRADA"),
        ],
    ),
    (
        "PREVENIDA",
        &[
            ("DESAHOGAR_PREVENCION", "EN_REVISION"),
            ("ARCHIVAR_SIN_TRAMITE", "ARCHIVADA_SIN_TRAMITE"),
            ("REGISTRAR", "REGISTRADA"),
        ],
    ),
    ("REGISTRADA", &[("PROPONER_ACUERDO", "EN_ANALISIS")]),
    (
        "EN_ANALISIS",
        &[
            ("ORIENTAR", "ORIENTADA"),
            ("NO_ADMITIR", "NO_ADMITIDA"),
            ("ADMITIR", "ADMITIDA"),
        ],
    ),
    ("ARCHIVADA_SIN_TRAMITE", &[]),
    ("NO_ADMITIDA", &[]),
    ("ORIENTADA", &[]),
    ("ADMITIDA", &[("INDAGAR", "EN_INDAGACION")]),
    (
        "EN_INDAGACION",
        &[
            ("INDAGAR", "EN_INDAGACION"),
            ("CONCLUIR_ANTICIPADAMENTE", "CONCLUIDA_ANTICIPADA"),
            ("CORRER_TRASLADO", "EN_DESCARGO"),
        ],
    ),
    (
        "EN_DESCARGO",
        &[
            ("RECIBIR_DESCARGO", "EN_PRUEBAS"),
            ("PRECLUIR_DESCARGO", "EN_PRUEBAS"),
        ],
    ),
    (
        "EN_PRUEBAS",
        &[
            ("CITAR_A_ENTREVISTA", "EN_PRUEBAS"),
            ("CITAR_A_MEDIACION", "EN_MEDIACION"),
            ("ELABORAR_PROYECTO", "EN_PROYECTO"),
        ],
    ),
    (
        "EN_MEDIACION",
        &[
            ("CONCLUIR_POR_MEDIACION", "CONCLUIDA_MEDIACION"),
            ("CERRAR_MEDIACION_SIN_ACUERDO", "EN_PROYECTO"),
        ],
    ),
    ("EN_PROYECTO", &[("PRESENTAR_PROYECTO", "EN_DETERMINACION")]),
    ("EN_DETERMINACION", &[("DETERMINAR", "DETERMINADA")]),
    (
        "DETERMINADA",
        &[
            ("NOTIFICAR_DETERMINACION", "DETERMINADA"),
            ("INICIAR_SEGUIMIENTO", "EN_SEGUIMIENTO"),
            ("CONCLUIR", "CONCLUIDA"),
        ],
    ),
    (
        "EN_SEGUIMIENTO",
        &[
            ("REGISTRAR_ADOPCION", "EN_SEGUIMIENTO"),
            ("REGISTRAR_NEGATIVA", "EN_SEGUIMIENTO"),
            ("RECIBIR_JUSTIFICACION", "EN_SEGUIMIENTO"),
            ("REGISTRAR_AVANCE", "EN_SEGUIMIENTO"),
            ("ACREDITAR_CUMPLIMIENTO", "EN_SEGUIMIENTO"),
            ("DECLARAR_INCUMPLIMIENTO", "EN_SEGUIMIENTO"),
            ("CONCLUIR", "CONCLUIDA"),
        ],
    ),
    ("CONCLUIDA_MEDIACION", &[("REABRIR", "REABIERTA")]),
    ("CONCLUIDA_ANTICIPADA", &[]),
    ("REABIERTA", &[("ELABORAR_PROYECTO", "EN_PROYECTO")]),
    ("CONCLUIDA", &[]),
];

/// What is done at any time after the reception.
pub(super) const ANY_TIME: [&str; 11] = [
    "NOTIFICAR_ACUERDO",
    "ACORDAR_MEDIDA",
    "NO_ACORDAR_MEDIDA",
    "LEVANTAR_MEDIDA",
    "NO_SOLICITA_MEDIDAS",
    "DAR_VISTA_OIC",
    "REGISTRAR_RESPUESTA_OIC",
    "MARCAR",
    "QUITAR_MARCA",
    "RECALCULAR_PLAZOS",
    // Not in a final state:
    "PROPONER_MEDIDA",
];

pub(super) const FINAL: [&str; 6] = [
    "ARCHIVADA_SIN_TRAMITE",
    "NO_ADMITIDA",
    "ORIENTADA",
    "CONCLUIDA_MEDIACION",
    "CONCLUIDA_ANTICIPADA",
    "CONCLUIDA",
];

/// Who makes each move: P, E, T for the Presidencia and the Secretarías, I for elected members, O for the
/// control body, C for consejera and asesora; then D for the complainant.
pub(super) const WHO: [(&str, &str); 46] = [
    ("CLASIFICAR", "ET"),
    ("PREVENIR", "ET"),
    ("DESAHOGAR_PREVENCION", "ETD"),
    ("ARCHIVAR_SIN_TRAMITE", "E"),
    ("ORIENTAR", "E"),
    ("REGISTRAR", "ET"),
    ("PROPONER_ACUERDO", "E"),
    ("CONVOCAR", "PE"),
    ("NO_ADMITIR", "PET"),
    ("ADMITIR", "PET"),
    ("TURNAR_A_COMISION", "P"),
    ("INDAGAR", "PEI"),
    ("CONCLUIR_ANTICIPADAMENTE", "PET"),
    ("CORRER_TRASLADO", "T"),
    ("RECIBIR_DESCARGO", "ET"),
    ("PRECLUIR_DESCARGO", "ET"),
    ("CITAR_A_ENTREVISTA", "ETI"),
    ("CITAR_A_MEDIACION", "P"),
    ("CONCLUIR_POR_MEDIACION", "E"),
    ("CERRAR_MEDIACION_SIN_ACUERDO", "E"),
    ("REABRIR", "PET"),
    ("ELABORAR_PROYECTO", "EI"),
    ("PRESENTAR_PROYECTO", "P"),
    ("DETERMINAR", "PET"),
    ("NOTIFICAR_DETERMINACION", "T"),
    ("INICIAR_SEGUIMIENTO", "PET"),
    ("REGISTRAR_ADOPCION", "PEI"),
    ("REGISTRAR_NEGATIVA", "PEI"),
    ("RECIBIR_JUSTIFICACION", "PEI"),
    ("REGISTRAR_AVANCE", "PEI"),
    ("ACREDITAR_CUMPLIMIENTO", "PEI"),
    ("DECLARAR_INCUMPLIMIENTO", "PEI"),
    ("CONCLUIR", "PE"),
    ("NOTIFICAR_ACUERDO", "T"),
    ("PRORROGAR", "PE"),
    ("PROPONER_MEDIDA", "PEIOC"),
    ("ACORDAR_MEDIDA", "PE"),
    ("NO_ACORDAR_MEDIDA", "PE"),
    ("LEVANTAR_MEDIDA", "PE"),
    ("NO_SOLICITA_MEDIDAS", "PEC"),
    ("DAR_VISTA_OIC", "PE"),
    ("REGISTRAR_RESPUESTA_OIC", "PEO"),
    ("ACUMULAR", "PE"),
    ("MARCAR", "PETIOCD"),
    ("QUITAR_MARCA", "PET"),
    ("RECALCULAR_PLAZOS", "ET"),
];
