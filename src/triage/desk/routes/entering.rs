//! Addresses for opening the service, signing in, and the own account.

use domain::committee::Act;

use super::Access::{Enrolment, Founding, Member, SecondStep, SignIn, Unseal};
use super::{Address, table};
use crate::desk::{account, copies, enrolment, members, second_step, sign_in, unsealing};

pub(super) const ADDRESSES: &[Address] = table! {
    "/abrir" {
        Get by Unseal => unsealing::form,
        Post by Unseal => unsealing::hand_in,
    }
    "/copias" { Post by Member(Act::GiveCopies) => copies::give }
    "/sellar" { Post by Member(Act::SealService) => unsealing::seal }
    "/entrar" {
        Get by SignIn => sign_in::form,
        Post by SignIn => sign_in::enter,
    }
    "/entrar/segundo" {
        Get by SecondStep => second_step::form,
        Post by SecondStep => second_step::enter,
    }
    "/fundar" {
        Get by Founding => members::founding::form,
        Post by Founding => members::founding::invite,
    }
    "/invitacion/{code}" {
        Get by SignIn => enrolment::ask,
        Post by SignIn => enrolment::open,
    }
    "/invitacion" { Post by Enrolment => enrolment::accept }
    "/mi-cuenta" {
        Get by Member(Act::OwnAccount) => account::show,
        Post by Member(Act::OwnAccount) => account::change,
    }
    "/salir" { Post by Member(Act::OwnAccount) => sign_in::leave }
};
