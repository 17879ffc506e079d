//! Addresses of the days on which terms run.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::{recounts, suspensions};

pub(super) const ADDRESSES: &[Address] = table! {
    "/calendario/suspensiones" {
        Get by Member(Act::ReadRegister) => suspensions::show,
        Post by Member(Act::SetCalendar) => suspensions::enter,
    }
    "/calendario/suspensiones/levantar" {
        Post by Member(Act::SetCalendar) => suspensions::withdraw,
    }
    "/calendario/perfil" { Post by Member(Act::SetCalendar) => suspensions::choose }
    "/calendario/plazos" {
        Get by Member(Act::ReadRegister) => recounts::show,
        Post by Member(Act::RecountTerms) => recounts::take,
    }
    "/calendario/plazos.csv" { Get by Member(Act::ReadRegister) => recounts::export }
    "/calendario/suspensiones.csv" { Get by Member(Act::ReadRegister) => suspensions::list }
    "/calendario/perfiles.csv" { Get by Member(Act::ReadRegister) => suspensions::choices }
    "/calendario/suspensiones.txt" { Get by Member(Act::ReadRegister) => suspensions::file }
};
