//! Addresses of the committee's sessions.

use domain::committee::Act;

use super::Access::Member;
use super::{Address, table};
use crate::desk::meetings;

pub(super) const ADDRESSES: &[Address] = table! {
    "/sesiones" {
        Get by Member(Act::ReadMeetings) => meetings::list::show,
        Post by Member(Act::CallMeeting) => meetings::list::call,
    }
    "/sesiones.csv" { Get by Member(Act::ReadMeetings) => meetings::list::export }
    "/sesiones/{meeting}" { Get by Member(Act::ReadMeetings) => meetings::show::show }
    "/sesiones/{meeting}/orden.csv" { Get by Member(Act::ReadMeetings) => meetings::export::show }
    "/sesiones/{meeting}/asistencia.csv" { Get by Member(Act::ReadMeetings) => meetings::export::attendance }
    "/sesiones/{meeting}/convocatoria" {
        Get by Member(Act::ReadMeetings) => meetings::paper::call,
        Post by Member(Act::ReadMeetings) => meetings::paper::send_call,
    }
    "/sesiones/{meeting}/acta" {
        Get by Member(Act::ReadMeetings) => meetings::paper::minutes,
        Post by Member(Act::ReadMeetings) => meetings::paper::send_minutes,
    }
    "/sesiones/{meeting}/puntos" { Post by Member(Act::HoldMeeting) => meetings::agenda::add }
    "/sesiones/{meeting}/puntos/{point}/quitar" {
        Post by Member(Act::HoldMeeting) => meetings::agenda::remove,
    }
    "/sesiones/{meeting}/puntos/{point}/votos" {
        Post by Member(Act::HoldMeeting) => meetings::vote::vote,
    }
    "/sesiones/{meeting}/puntos/{point}/nota" {
        Post by Member(Act::HoldMeeting) => meetings::vote::note,
    }
    "/sesiones/{meeting}/puntos/{point}/tramite" {
        Post by Member(Act::HoldMeeting) => meetings::carry::take,
    }
    "/sesiones/{meeting}/asistencia" {
        Post by Member(Act::HoldMeeting) => meetings::change::attend,
    }
    "/sesiones/{meeting}/diferir" {
        Post by Member(Act::CallMeeting) => meetings::change::postpone,
    }
    "/sesiones/{meeting}/cancelar" { Post by Member(Act::CallMeeting) => meetings::change::cancel }
    "/sesiones/{meeting}/cerrar" { Post by Member(Act::CloseMeeting) => meetings::change::close }
};
