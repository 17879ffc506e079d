//! Every address of the desk, who may call it, and what answers.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Route, guard};
use domain::committee::Act;

use super::{
    account, acts, agenda, api, assets, attentions, board, capture, case, copies, correspondence,
    enrolment, fallback, gate, health, incidents, list, logbook, matters, meetings, members,
    papers, procedure, recounts, recusals, retention, search, second_step, shortcuts, sign_in,
    suspensions, today, unsealing, version,
};

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody, even while the service is sealed.
    Open,
    /// Anybody, while the service is sealed: opening it.
    Unseal,
    /// Anybody, once the service is unsealed: signing in.
    SignIn,
    /// Whoever gave the right name and passphrase: the second step of signing in.
    SecondStep,
    /// Whoever has opened an invitation that works.
    Enrolment,
    /// Whoever opened a service that has no members.
    Founding,
    /// A member whom the policy allows this act.
    Member(Act),
}

/// A method; GET includes HEAD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
}

/// One way to call an address.
pub(super) struct Call {
    pub(super) verb: Verb,
    pub(super) access: Access,
    handler: fn(Route) -> Route,
}

/// An address and the ways to call it.
pub(super) struct Address {
    pub(super) path: &'static str,
    pub(super) calls: &'static [Call],
    allow: &'static str,
}

const fn call(verb: Verb, access: Access, handler: fn(Route) -> Route) -> Call {
    Call {
        verb,
        access,
        handler,
    }
}

/// Read by the server that is started and by the gate in front of it.
pub(super) const TABLE: &[Address] = &[
    Address {
        path: "/",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(list::show),
        )],
    },
    Address {
        path: "/hoy",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(today::show),
        )],
    },
    Address {
        path: "/asuntos.csv",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(list::export::show),
        )],
    },
    Address {
        path: "/vistas",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::ReadRegister),
            |route| route.to(list::views::keep),
        )],
    },
    Address {
        path: "/vistas/quitar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::ReadRegister),
            |route| route.to(list::views::forget),
        )],
    },
    Address {
        path: "/tablero",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(board::show),
        )],
    },
    Address {
        path: "/calendario",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(agenda::show),
        )],
    },
    Address {
        path: "/calendario.ics",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(agenda::file),
        )],
    },
    Address {
        path: "/buscar",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadRegister), |route| {
                route.to(search::form)
            }),
            call(Verb::Post, Access::Member(Act::ReadRegister), |route| {
                route.to(search::answer)
            }),
        ],
    },
    Address {
        path: "/ayuda",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::OwnAccount), |route| {
                route.to(shortcuts::show)
            }),
            call(Verb::Post, Access::Member(Act::OwnAccount), |route| {
                route.to(shortcuts::change)
            }),
        ],
    },
    Address {
        path: "/abrir",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Unseal, |route| route.to(unsealing::form)),
            call(Verb::Post, Access::Unseal, |route| {
                route.to(unsealing::hand_in)
            }),
        ],
    },
    Address {
        path: "/copias",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::GiveCopies), |route| {
            route.to(copies::give)
        })],
    },
    Address {
        path: "/sellar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::SealService),
            |route| route.to(unsealing::seal),
        )],
    },
    Address {
        path: "/entrar",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::SignIn, |route| route.to(sign_in::form)),
            call(Verb::Post, Access::SignIn, |route| route.to(sign_in::enter)),
        ],
    },
    Address {
        path: "/entrar/segundo",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::SecondStep, |route| {
                route.to(second_step::form)
            }),
            call(Verb::Post, Access::SecondStep, |route| {
                route.to(second_step::enter)
            }),
        ],
    },
    Address {
        path: "/fundar",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Founding, |route| {
                route.to(members::founding::form)
            }),
            call(Verb::Post, Access::Founding, |route| {
                route.to(members::founding::invite)
            }),
        ],
    },
    Address {
        path: "/invitacion/{code}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::SignIn, |route| route.to(enrolment::ask)),
            call(Verb::Post, Access::SignIn, |route| {
                route.to(enrolment::open)
            }),
        ],
    },
    Address {
        path: "/invitacion",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Enrolment, |route| {
            route.to(enrolment::accept)
        })],
    },
    Address {
        path: "/calendario/suspensiones",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadRegister), |route| {
                route.to(suspensions::show)
            }),
            call(Verb::Post, Access::Member(Act::SetCalendar), |route| {
                route.to(suspensions::enter)
            }),
        ],
    },
    Address {
        path: "/calendario/suspensiones/levantar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::SetCalendar),
            |route| route.to(suspensions::withdraw),
        )],
    },
    Address {
        path: "/calendario/plazos",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadRegister), |route| {
                route.to(recounts::show)
            }),
            call(Verb::Post, Access::Member(Act::RecountTerms), |route| {
                route.to(recounts::take)
            }),
        ],
    },
    Address {
        path: "/calendario/suspensiones.txt",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(suspensions::file),
        )],
    },
    Address {
        path: "/mi-cuenta",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::OwnAccount), |route| {
                route.to(account::show)
            }),
            call(Verb::Post, Access::Member(Act::OwnAccount), |route| {
                route.to(account::change)
            }),
        ],
    },
    Address {
        path: "/integrantes",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadMembers), |route| {
                route.to(members::show)
            }),
            call(Verb::Post, Access::Member(Act::InviteMember), |route| {
                route.to(members::changes::invite)
            }),
        ],
    },
    Address {
        path: "/integrantes/baja",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::EndMembership),
            |route| route.to(members::changes::end),
        )],
    },
    Address {
        path: "/integrantes/readmision",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::ReadmitMember),
            |route| route.to(members::changes::readmit),
        )],
    },
    Address {
        path: "/integrantes/{member}/datos",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::AmendMember), |route| {
                route.to(members::amend::show)
            }),
            call(Verb::Post, Access::Member(Act::AmendMember), |route| {
                route.to(members::amend::change)
            }),
        ],
    },
    Address {
        path: "/integrantes/suspension",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::SuspendMember),
            |route| route.to(members::changes::suspend),
        )],
    },
    Address {
        path: "/integrantes/reincorporacion",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::SuspendMember),
            |route| route.to(members::changes::reinstate),
        )],
    },
    Address {
        path: "/salir",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::OwnAccount), |route| {
            route.to(sign_in::leave)
        })],
    },
    Address {
        path: "/casos/{folio}",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadCase), |route| {
            route.to(case::show)
        })],
    },
    Address {
        path: "/casos/{folio}/evidencia/{file}",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadFile), |route| {
            route.to(case::file::show)
        })],
    },
    Address {
        path: "/casos/{folio}/excusas",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::DeclareConflict),
            |route| route.to(recusals::show::show),
        )],
    },
    Address {
        path: "/casos/{folio}/excusas/declarar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::DeclareConflict),
            |route| route.to(recusals::changes::declare),
        )],
    },
    Address {
        path: "/casos/{folio}/excusas/proponer",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::ProposeRecusal),
            |route| route.to(recusals::changes::propose),
        )],
    },
    Address {
        path: "/casos/{folio}/excusas/levantar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::DecideRecusal),
            |route| route.to(recusals::changes::lift),
        )],
    },
    Address {
        path: "/casos/{folio}/excusas/compartir",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ShareCase), |route| {
            route.to(recusals::changes::share)
        })],
    },
    Address {
        path: "/casos/{folio}/mensajes",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::WriteToPerson),
            |route| route.to(correspondence::send),
        )],
    },
    Address {
        path: "/casos/{folio}/tramite",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadCase), |route| {
            route.to(procedure::page::show)
        })],
    },
    Address {
        path: "/casos/{folio}/tramite/{paso}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::TakeStep), |route| {
                route.to(procedure::page::form)
            }),
            call(Verb::Post, Access::Member(Act::TakeStep), |route| {
                route.to(procedure::page::take)
            }),
        ],
    },
    Address {
        path: "/casos/{folio}/documentos",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::WritePaper), |route| {
            route.to(papers::list)
        })],
    },
    Address {
        path: "/casos/{folio}/documentos/{paper}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::WritePaper), |route| {
                route.to(papers::show)
            }),
            call(Verb::Post, Access::Member(Act::WritePaper), |route| {
                route.to(papers::send)
            }),
        ],
    },
    Address {
        path: "/casos/{folio}/version/{party}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::RedactFile), |route| {
                route.to(version::show)
            }),
            call(Verb::Post, Access::Member(Act::RedactFile), |route| {
                route.to(version::change)
            }),
        ],
    },
    Address {
        path: "/casos/{folio}/version/{party}/pdf",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::RedactFile), |route| {
            route.to(version::take)
        })],
    },
    Address {
        path: "/casos/{folio}/sseccoe",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::CaptureCase), |route| {
            route.to(capture::show)
        })],
    },
    Address {
        path: "/casos/{folio}/actos/identidad",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::UnmaskIdentity),
            |route| route.to(acts::asking::unmask),
        )],
    },
    Address {
        path: "/casos/{folio}/actos/exportar",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ExportCase), |route| {
            route.to(acts::asking::export)
        })],
    },
    Address {
        path: "/casos/{folio}/actos/borrar",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::DeleteCase), |route| {
            route.to(acts::asking::delete)
        })],
    },
    Address {
        path: "/casos/{folio}/actos/retirar",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::RotateCase), |route| {
            route.to(acts::asking::withdraw)
        })],
    },
    Address {
        path: "/casos/{folio}/expediente",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ExportCase), |route| {
            route.to(acts::export::send)
        })],
    },
    Address {
        path: "/actos",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::SecondAct), |route| {
            route.to(acts::list::show)
        })],
    },
    Address {
        path: "/actos/{act}",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::SecondAct), |route| {
            route.to(acts::list::take)
        })],
    },
    Address {
        path: "/incidentes",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::RecordIncident), |route| {
                route.to(incidents::show)
            }),
            call(Verb::Post, Access::Member(Act::RecordIncident), |route| {
                route.to(incidents::record)
            }),
        ],
    },
    Address {
        path: "/incidentes/{incident}",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::RecordIncident),
            |route| route.to(incidents::more),
        )],
    },
    Address {
        path: "/conservacion",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(retention::show),
        )],
    },
    Address {
        path: "/conservacion/{certificate}",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(retention::certificate),
        )],
    },
    Address {
        path: "/api/v1/session",
        allow: "GET, HEAD, POST, DELETE",
        calls: &[
            call(Verb::Post, Access::SignIn, |route| {
                route.to(api::session::begin)
            }),
            call(Verb::Get, Access::Member(Act::OwnAccount), |route| {
                route.to(api::session::show)
            }),
            call(Verb::Delete, Access::Member(Act::OwnAccount), |route| {
                route.to(api::session::end)
            }),
        ],
    },
    Address {
        path: "/api/v1/session/second",
        allow: "POST",
        calls: &[call(Verb::Post, Access::SecondStep, |route| {
            route.to(api::session::second)
        })],
    },
    Address {
        path: "/api/v1/cases",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadRegister),
            |route| route.to(api::cases::list),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadCase), |route| {
            route.to(api::case::show)
        })],
    },
    Address {
        path: "/api/v1/cases/{folio}/messages",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::WriteToPerson),
            |route| route.to(api::letters::send),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/transitions",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadCase), |route| {
                route.to(api::transitions::show)
            }),
            call(Verb::Post, Access::Member(Act::TakeStep), |route| {
                route.to(api::transitions::take)
            }),
        ],
    },
    Address {
        path: "/api/v1/cases/{folio}/recusals",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::DeclareConflict),
            |route| route.to(api::recusals::list),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/recusals/declare",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::DeclareConflict),
            |route| route.to(api::recusals::declare),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/recusals/propose",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::ProposeRecusal),
            |route| route.to(api::recusals::propose),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/recusals/lift",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::DecideRecusal),
            |route| route.to(api::recusals::lift),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/recusals/share",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ShareCase), |route| {
            route.to(api::recusals::share)
        })],
    },
    Address {
        path: "/sesiones",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::ReadMeetings), |route| {
                route.to(meetings::list::show)
            }),
            call(Verb::Post, Access::Member(Act::CallMeeting), |route| {
                route.to(meetings::list::call)
            }),
        ],
    },
    Address {
        path: "/sesiones/{meeting}",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadMeetings),
            |route| route.to(meetings::show::show),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/acta",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::ReadMeetings),
            |route| route.to(meetings::minutes::show),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/puntos",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::HoldMeeting),
            |route| route.to(meetings::agenda::add),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/puntos/{point}/quitar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::HoldMeeting),
            |route| route.to(meetings::agenda::remove),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/puntos/{point}/votos",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::HoldMeeting),
            |route| route.to(meetings::vote::vote),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/puntos/{point}/nota",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::HoldMeeting),
            |route| route.to(meetings::vote::note),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/asistencia",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::HoldMeeting),
            |route| route.to(meetings::change::attend),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/diferir",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::CallMeeting),
            |route| route.to(meetings::change::postpone),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/cancelar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::CallMeeting),
            |route| route.to(meetings::change::cancel),
        )],
    },
    Address {
        path: "/sesiones/{meeting}/cerrar",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::CloseMeeting),
            |route| route.to(meetings::change::close),
        )],
    },
    Address {
        path: "/atenciones",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::RecordAttention), |route| {
                route.to(attentions::show)
            }),
            call(Verb::Post, Access::Member(Act::RecordAttention), |route| {
                route.to(attentions::record)
            }),
        ],
    },
    Address {
        path: "/atenciones/cuentas.csv",
        allow: "GET, HEAD",
        calls: &[call(
            Verb::Get,
            Access::Member(Act::RecordAttention),
            |route| route.to(attentions::export),
        )],
    },
    Address {
        path: "/atenciones/{attention}/anular",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::RecordAttention),
            |route| route.to(attentions::withdraw),
        )],
    },
    Address {
        path: "/consultas",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::show_consultations)
            }),
            call(Verb::Post, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::enter_consultation)
            }),
        ],
    },
    Address {
        path: "/consultas/{matter}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::one)
            }),
            call(Verb::Post, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::take)
            }),
        ],
    },
    Address {
        path: "/peticiones",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::show_petitions)
            }),
            call(Verb::Post, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::enter_petition)
            }),
        ],
    },
    Address {
        path: "/peticiones/{matter}",
        allow: "GET, HEAD, POST",
        calls: &[
            call(Verb::Get, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::one)
            }),
            call(Verb::Post, Access::Member(Act::KeepMatters), |route| {
                route.to(matters::take)
            }),
        ],
    },
    Address {
        path: "/bitacora",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadLog), |route| {
            route.to(logbook::show)
        })],
    },
    Address {
        path: "/api/v1/log",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadLog), |route| {
            route.to(api::log::lines)
        })],
    },
    Address {
        path: "/api/v1/log/head",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::ReadLog), |route| {
            route.to(api::log::head)
        })],
    },
    Address {
        path: "/api/v1/cases/{folio}/acts/unmask",
        allow: "POST",
        calls: &[call(
            Verb::Post,
            Access::Member(Act::UnmaskIdentity),
            |route| route.to(api::acts::unmask),
        )],
    },
    Address {
        path: "/api/v1/cases/{folio}/acts/export",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ExportCase), |route| {
            route.to(api::acts::export)
        })],
    },
    Address {
        path: "/api/v1/cases/{folio}/acts/delete",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::DeleteCase), |route| {
            route.to(api::acts::delete)
        })],
    },
    Address {
        path: "/api/v1/cases/{folio}/acts/withdraw",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::RotateCase), |route| {
            route.to(api::acts::withdraw)
        })],
    },
    Address {
        path: "/api/v1/cases/{folio}/archive",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::ExportCase), |route| {
            route.to(acts::export::send)
        })],
    },
    Address {
        path: "/api/v1/acts",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::SecondAct), |route| {
            route.to(api::acts::list)
        })],
    },
    Address {
        path: "/api/v1/acts/{act}",
        allow: "POST",
        calls: &[call(Verb::Post, Access::Member(Act::SecondAct), |route| {
            route.to(api::acts::answer)
        })],
    },
    Address {
        path: "/api/openapi.json",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Member(Act::OwnAccount), |route| {
            route.to(api::openapi::show)
        })],
    },
    Address {
        path: "/static/{file}",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Open, |route| {
            route.to(assets::show)
        })],
    },
    Address {
        path: "/health/live",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Open, |route| {
            route.to(health::live)
        })],
    },
    Address {
        path: "/health/ready",
        allow: "GET, HEAD",
        calls: &[call(Verb::Get, Access::Open, |route| {
            route.to(health::ready)
        })],
    },
];

/// Registers the whole desk. It needs a [`Desk`](super::Desk) as application data.
pub fn routes(config: &mut ServiceConfig) {
    register(config, |_, call| (call.handler)(call.verb.route()));
}

/// Registers the gate and behind it every call of the table, each with what answers it.
pub(super) fn register(config: &mut ServiceConfig, answer: impl Fn(&Address, &Call) -> Route) {
    let mut desk = web::scope("").wrap(from_fn(gate::check));
    for address in TABLE {
        let mut resource =
            web::resource(address.path).default_service(fallback::no_such_method(address.allow));
        for call in address.calls {
            resource = resource.route(answer(address, call));
        }
        desk = desk.service(resource);
    }
    config.service(desk.default_service(web::to(fallback::no_such_page)));
}

impl Verb {
    pub(super) fn route(self) -> Route {
        match self {
            Self::Get => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
            Self::Post => web::post(),
            Self::Delete => web::delete(),
        }
    }

    fn is(self, method: &Method) -> bool {
        match self {
            Self::Get => [Method::GET, Method::HEAD].contains(method),
            Self::Post => *method == Method::POST,
            Self::Delete => *method == Method::DELETE,
        }
    }
}

/// Who may make this request; whatever the table does not name needs a session.
///
/// `path` is the one that the server matches addresses with, in which `%61` is `a`: so no other way to
/// write an address passes for one that anybody may call, or for one that takes another act.
pub(super) fn access(method: &Method, path: &str) -> Access {
    TABLE
        .iter()
        .filter(|address| address.covers(path))
        .flat_map(|address| address.calls)
        .find(|call| call.verb.is(method))
        .map_or(Access::Member(Act::OwnAccount), |call| call.access)
}

/// The folio as it stands in an address that has one, unread.
pub(super) fn folio_in(path: &str) -> Option<&str> {
    TABLE.iter().find_map(|address| {
        let (prefix, _) = address.path.split_once("{folio}")?;
        path.strip_prefix(prefix)?.split('/').next()
    })
}

impl Address {
    /// As the server matches it: part by part, each `{…}` any one that is not empty.
    fn covers(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        let alike = self.path.split('/').all(|expected| {
            parts.next().is_some_and(|part| {
                part == expected || (expected.starts_with('{') && !part.is_empty())
            })
        });
        alike && parts.next().is_none()
    }
}
