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
    "/incidentes/{incident}" { Post by Member(Act::RecordIncident) => incidents::more }
    "/conservacion" { Get by Member(Act::ReadRegister) => retention::show }
    "/conservacion/{certificate}" { Get by Member(Act::ReadRegister) => retention::certificate }
    "/atenciones" {
        Get by Member(Act::RecordAttention) => attentions::show,
        Post by Member(Act::RecordAttention) => attentions::record,
    }
    "/atenciones/denuncia" {
        Get by Member(Act::RecordAttention) => assisted::show,
        Post by Member(Act::RecordAttention) => assisted::file,
    }
    "/atenciones/cuentas.csv" { Get by Member(Act::RecordAttention) => attentions::export }
    "/atenciones/{attention}/anular" {
        Post by Member(Act::RecordAttention) => attentions::withdraw,
    }
    "/consultas" {
        Get by Member(Act::KeepMatters) => matters::show_consultations,
        Post by Member(Act::KeepMatters) => matters::enter_consultation,
    }
    "/consultas/{matter}" {
        Get by Member(Act::KeepMatters) => matters::one,
        Post by Member(Act::KeepMatters) => matters::take,
    }
    "/peticiones" {
        Get by Member(Act::KeepMatters) => matters::show_petitions,
        Post by Member(Act::KeepMatters) => matters::enter_petition,
    }
    "/peticiones/{matter}" {
        Get by Member(Act::KeepMatters) => matters::one,
        Post by Member(Act::KeepMatters) => matters::take,
    }
    "/bitacora" { Get by Member(Act::ReadLog) => logbook::show }
};
