//! Addresses of what the committee keeps beside its cases.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::{assisted, attentions, incidents, logbook, matters, retention};

pub(super) const ADDRESSES: &[Address] = table! {
    "/incidentes" {
        Get by Member(Act::RecordIncident) => incidents::show,
        Post by Member(Act::RecordIncident) => incidents::record,
    }
    "/incidentes.csv" { Get by Member(Act::RecordIncident) => incidents::export }
    "/incidentes/{incident}" { Post by Member(Act::RecordIncident) => incidents::more }
    "/conservacion" { Get by Member(Act::ReadRegister) => retention::show }
    "/conservacion.csv" { Get by Member(Act::ReadRegister) => retention::export::kept }
    "/constancias.csv" { Get by Member(Act::ReadRegister) => retention::export::certificates }
    "/series.csv" { Get by Member(Act::ReadRegister) => retention::export::all_series }
    "/conservacion/{certificate}" { Get by Member(Act::ReadRegister) => retention::certificate }
    "/atenciones" {
        Get by Member(Act::RecordAttention) => attentions::show,
        Post by Member(Act::RecordAttention) => attentions::record,
    }
    "/atenciones/denuncia" {
        Get by Member(Act::RecordAttention) => assisted::show,
        Post by Member(Act::RecordAttention) => assisted::file,
    }
    "/atenciones/cuentas.csv" { Get by Member(Act::RecordAttention) => attentions::export::counts }
    "/atenciones/desglose.csv" { Get by Member(Act::RecordAttention) => attentions::export::broken_down }
    "/atenciones.csv" { Get by Member(Act::RecordAttention) => attentions::export::list }
    "/atenciones/{attention}/anular" {
        Post by Member(Act::RecordAttention) => attentions::withdraw,
    }
    "/consultas" {
        Get by Member(Act::KeepMatters) => matters::list::consultations,
        Post by Member(Act::KeepMatters) => matters::enter_consultation,
    }
    "/consultas.csv" { Get by Member(Act::KeepMatters) => matters::list::export_consultations }
    "/consultas/{matter}" {
        Get by Member(Act::KeepMatters) => matters::one,
        Post by Member(Act::KeepMatters) => matters::take,
    }
    "/peticiones" {
        Get by Member(Act::KeepMatters) => matters::list::petitions,
        Post by Member(Act::KeepMatters) => matters::enter_petition,
    }
    "/peticiones.csv" { Get by Member(Act::KeepMatters) => matters::list::export_petitions }
    "/peticiones/{matter}" {
        Get by Member(Act::KeepMatters) => matters::one,
        Post by Member(Act::KeepMatters) => matters::take,
    }
    "/bitacora" { Get by Member(Act::ReadLog) => logbook::show }
    "/bitacora.csv" { Get by Member(Act::ReadLog) => logbook::export }
};
