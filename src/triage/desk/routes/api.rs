//! Addresses of the interface for programs.

use domain::committee::Act;

use super::Access::{Member, SecondStep, SignIn};
use super::{Address, table};
use crate::desk::{acts, api, version};

pub(super) const ADDRESSES: &[Address] = table! {
    "/api/v1/session" {
        Post by SignIn => api::session::begin,
        Get by Member(Act::OwnAccount) => api::session::show,
        Delete by Member(Act::OwnAccount) => api::session::end,
    }
    "/api/v1/session/second" { Post by SecondStep => api::session::second }
    "/api/v1/cases" { Get by Member(Act::ReadRegister) => api::cases::list }
    "/api/v1/cases/{folio}" { Get by Member(Act::ReadCase) => api::case::show }
    "/api/v1/cases/{folio}/files/{file}/original" {
        Post by Member(Act::ReadFile) => api::originals::send,
    }
    "/api/v1/cases/{folio}/messages" { Post by Member(Act::WriteToPerson) => api::letters::send }
    "/api/v1/cases/{folio}/transitions" {
        Get by Member(Act::ReadCase) => api::transitions::show,
        Post by Member(Act::TakeStep) => api::transitions::take,
    }
    "/api/v1/cases/{folio}/papers" { Get by Member(Act::WritePaper) => api::papers::list }
    "/api/v1/cases/{folio}/papers/{paper}" {
        Get by Member(Act::WritePaper) => api::papers::show,
        Post by Member(Act::WritePaper) => api::papers::make,
    }
    "/api/v1/cases/{folio}/versions/{party}" {
        Get by Member(Act::RedactFile) => api::versions::show,
        Post by Member(Act::RedactFile) => api::versions::change,
    }
    "/api/v1/cases/{folio}/versions/{party}/pdf" {
        Get by Member(Act::RedactFile) => version::show::take,
    }
    "/api/v1/cases/{folio}/recusals" { Get by Member(Act::DeclareConflict) => api::recusals::list }
    "/api/v1/cases/{folio}/recusals/declare" {
        Post by Member(Act::DeclareConflict) => api::recusals::declare,
    }
    "/api/v1/cases/{folio}/recusals/propose" {
        Post by Member(Act::ProposeRecusal) => api::recusals::propose,
    }
    "/api/v1/cases/{folio}/recusals/lift" {
        Post by Member(Act::DecideRecusal) => api::recusals::lift,
    }
    "/api/v1/cases/{folio}/recusals/share" {
        Post by Member(Act::ShareCase) => api::recusals::share,
    }
    "/api/v1/log" { Get by Member(Act::ReadLog) => api::log::lines }
    "/api/v1/log/head" { Get by Member(Act::ReadLog) => api::log::head }
    "/api/v1/cases/{folio}/acts/unmask" {
        Post by Member(Act::UnmaskIdentity) => api::acts::unmask,
    }
    "/api/v1/cases/{folio}/acts/export" { Post by Member(Act::ExportCase) => api::acts::export }
    "/api/v1/cases/{folio}/acts/delete" { Post by Member(Act::DeleteCase) => api::acts::delete }
    "/api/v1/cases/{folio}/acts/withdraw" {
        Post by Member(Act::RotateCase) => api::acts::withdraw,
    }
    "/api/v1/cases/{folio}/archive" { Post by Member(Act::ExportCase) => acts::export::send }
    "/api/v1/acts" { Get by Member(Act::SecondAct) => api::acts::list }
    "/api/v1/acts/{act}" { Post by Member(Act::SecondAct) => api::acts::answer }
    "/api/v1/meetings" {
        Get by Member(Act::ReadMeetings) => api::meetings::list,
        Post by Member(Act::CallMeeting) => api::meetings::call,
    }
    "/api/v1/meetings/{meeting}" { Get by Member(Act::ReadMeetings) => api::meetings::show }
    "/api/v1/meetings/{meeting}/points" { Post by Member(Act::HoldMeeting) => api::meetings::add }
    "/api/v1/meetings/{meeting}/points/{point}" {
        Delete by Member(Act::HoldMeeting) => api::meetings::remove,
    }
    "/api/v1/meetings/{meeting}/points/{point}/votes" {
        Post by Member(Act::HoldMeeting) => api::meetings::vote,
    }
    "/api/v1/meetings/{meeting}/points/{point}/note" {
        Post by Member(Act::HoldMeeting) => api::meetings::note,
    }
    "/api/v1/meetings/{meeting}/attendance" {
        Post by Member(Act::HoldMeeting) => api::meetings::attend,
    }
    "/api/v1/meetings/{meeting}/postponement" {
        Post by Member(Act::CallMeeting) => api::meetings::postpone,
    }
    "/api/v1/meetings/{meeting}/cancellation" {
        Post by Member(Act::CallMeeting) => api::meetings::cancel,
    }
    "/api/v1/meetings/{meeting}/closing" {
        Post by Member(Act::CloseMeeting) => api::meetings::close,
    }
    "/api/v1/matters" {
        Get by Member(Act::KeepMatters) => api::matters::list,
        Post by Member(Act::KeepMatters) => api::matters::enter,
    }
    "/api/v1/matters/{matter}" { Get by Member(Act::KeepMatters) => api::matters::show }
    "/api/v1/matters/{matter}/steps" { Post by Member(Act::KeepMatters) => api::matters::take }
    "/api/v1/incidents" {
        Get by Member(Act::RecordIncident) => api::incidents::list,
        Post by Member(Act::RecordIncident) => api::incidents::record,
    }
    "/api/v1/incidents/{incident}" {
        Post by Member(Act::RecordIncident) => api::incidents::more,
    }
    "/api/v1/retention" { Get by Member(Act::ReadRegister) => api::retention::list }
    "/api/v1/retention/{certificate}" {
        Get by Member(Act::ReadRegister) => api::retention::certificate,
    }
    "/api/v1/attentions" {
        Get by Member(Act::RecordAttention) => api::attentions::list,
        Post by Member(Act::RecordAttention) => api::attentions::enter,
    }
    "/api/v1/attentions/{attention}" {
        Delete by Member(Act::RecordAttention) => api::attentions::withdraw,
    }
    "/api/openapi.json" { Get by Member(Act::OwnAccount) => api::openapi::show }
};
