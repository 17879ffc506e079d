//! Addresses that show many cases at once.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::{agenda, agreement, board, list, search, shortcuts, today};

pub(super) const ADDRESSES: &[Address] = table! {
    "/" { Get by Member(Act::ReadRegister) => list::show }
    "/hoy" { Get by Member(Act::ReadRegister) => today::show }
    "/hoy.csv" { Get by Member(Act::ReadRegister) => today::export }
    "/asuntos.csv" { Get by Member(Act::ReadRegister) => list::export::show }
    "/vistas" { Post by Member(Act::ReadRegister) => list::views::keep }
    "/vistas/quitar" { Post by Member(Act::ReadRegister) => list::views::forget }
    "/tablero" { Get by Member(Act::ReadRegister) => board::show }
    "/clasificador" { Get by Member(Act::ReadRegister) => agreement::show }
    "/calendario" { Get by Member(Act::ReadRegister) => agenda::show }
    "/calendario.csv" { Get by Member(Act::ReadRegister) => agenda::export }
    "/calendario.ics" { Get by Member(Act::ReadRegister) => agenda::file }
    "/buscar" {
        Get by Member(Act::ReadRegister) => search::form,
        Post by Member(Act::ReadRegister) => search::answer,
    }
    "/ayuda" {
        Get by Member(Act::OwnAccount) => shortcuts::show,
        Post by Member(Act::OwnAccount) => shortcuts::change,
    }
};
