//! Addresses of one case and of the acts that two people take in it.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::{
    acts, capture, case, correspondence, evidence, papers, procedure, recusals, version,
};

pub(super) const ADDRESSES: &[Address] = table! {
    "/casos/{folio}" { Get by Member(Act::ReadCase) => case::show }
    "/casos/{folio}/evidencia/{file}" {
        Get by Member(Act::ReadFile) => evidence::view::show,
        Post by Member(Act::ReadFile) => evidence::original::send,
    }
    "/casos/{folio}/evidencia/{file}/vista/{page}/{seal}" {
        Get by Member(Act::ReadFile) => evidence::drawing::send,
    }
    "/casos/{folio}/excusas" { Get by Member(Act::DeclareConflict) => recusals::show::show }
    "/casos/{folio}/excusas/declarar" {
        Post by Member(Act::DeclareConflict) => recusals::changes::declare,
    }
    "/casos/{folio}/excusas/proponer" {
        Post by Member(Act::ProposeRecusal) => recusals::changes::propose,
    }
    "/casos/{folio}/excusas/levantar" {
        Post by Member(Act::DecideRecusal) => recusals::changes::lift,
    }
    "/casos/{folio}/excusas/compartir" {
        Post by Member(Act::ShareCase) => recusals::changes::share,
    }
    "/casos/{folio}/mensajes" { Post by Member(Act::WriteToPerson) => correspondence::send }
    "/casos/{folio}/tramite" { Get by Member(Act::ReadCase) => procedure::page::show }
    "/casos/{folio}/tramite.csv" { Get by Member(Act::ReadCase) => procedure::page::export }
    "/casos/{folio}/tramite/{paso}" {
        Get by Member(Act::TakeStep) => procedure::page::form,
        Post by Member(Act::TakeStep) => procedure::page::take,
    }
    "/casos/{folio}/documentos" { Get by Member(Act::WritePaper) => papers::list }
    "/casos/{folio}/documentos/{paper}" {
        Get by Member(Act::WritePaper) => papers::show,
        Post by Member(Act::WritePaper) => papers::send,
    }
    "/casos/{folio}/version/{party}" {
        Get by Member(Act::RedactFile) => version::show,
        Post by Member(Act::RedactFile) => version::change,
    }
    "/casos/{folio}/version/{party}/pdf" { Get by Member(Act::RedactFile) => version::take }
    "/casos/{folio}/sseccoe" { Get by Member(Act::CaptureCase) => capture::show }
    "/casos/{folio}/actos/identidad" {
        Post by Member(Act::UnmaskIdentity) => acts::asking::unmask,
    }
    "/casos/{folio}/actos/exportar" { Post by Member(Act::ExportCase) => acts::asking::export }
    "/casos/{folio}/actos/borrar" { Post by Member(Act::DeleteCase) => acts::asking::delete }
    "/casos/{folio}/actos/retirar" { Post by Member(Act::RotateCase) => acts::asking::withdraw }
    "/casos/{folio}/expediente" { Post by Member(Act::ExportCase) => acts::export::send }
    "/actos" { Get by Member(Act::SecondAct) => acts::list::show }
    "/actos.csv" { Get by Member(Act::SecondAct) => acts::list::export }
    "/actos/{act}" { Post by Member(Act::SecondAct) => acts::list::take }
};
