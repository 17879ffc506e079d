//! Addresses for who sits on the committee.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::members;

pub(super) const ADDRESSES: &[Address] = table! {
    "/integrantes" {
        Get by Member(Act::ReadMembers) => members::show,
        Post by Member(Act::InviteMember) => members::changes::invite,
    }
    "/integrantes.csv" { Get by Member(Act::ReadMembers) => members::export }
    "/resguardo.csv" { Get by Member(Act::ReadMembers) => members::export_holders }
    "/integrantes/baja" { Post by Member(Act::EndMembership) => members::changes::end }
    "/integrantes/readmision" { Post by Member(Act::ReadmitMember) => members::changes::readmit }
    "/integrantes/{member}/datos" {
        Get by Member(Act::AmendMember) => members::amend::show,
        Post by Member(Act::AmendMember) => members::amend::change,
    }
    "/integrantes/suspension" { Post by Member(Act::SuspendMember) => members::changes::suspend }
    "/integrantes/reincorporacion" {
        Post by Member(Act::SuspendMember) => members::changes::reinstate,
    }
};
