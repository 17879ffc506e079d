//! `GET /api/openapi.json`: the description of the interface.

use actix_web::HttpResponse;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::desk::session::COOKIE;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Mesa del Comité",
        description = "The committee's side: signing in, the register, one case, letters to the \
                       person who filed, who may see a case, what takes two members, papers and \
                       versions for the parties, sessions of the committee, attentions, consultations and \
                       petitions, security incidents, retention. Whatever changes something carries the session's token in `X-CSRF-Token`."
    ),
    paths(
        super::session::begin,
        super::session::second,
        super::session::show,
        super::session::end,
        super::cases::list,
        super::case::show,
        super::letters::send,
        super::originals::send,
        super::transitions::show,
        super::transitions::take,
        super::recusals::list,
        super::recusals::declare,
        super::recusals::propose,
        super::recusals::lift,
        super::recusals::share,
        super::log::lines,
        super::log::head,
        super::acts::list,
        super::acts::answer,
        super::acts::unmask,
        super::acts::export,
        super::acts::delete,
        super::acts::withdraw,
        crate::desk::acts::export::send,
        super::meetings::list,
        super::meetings::call,
        super::meetings::show,
        super::meetings::add,
        super::meetings::remove,
        super::meetings::vote,
        super::meetings::note,
        super::meetings::attend,
        super::meetings::postpone,
        super::meetings::cancel,
        super::meetings::close,
        super::papers::list,
        super::papers::show,
        super::papers::make,
        super::versions::show,
        super::versions::change,
        crate::desk::version::show::take,
        super::matters::list,
        super::matters::enter,
        super::matters::show,
        super::matters::take,
        super::incidents::list,
        super::incidents::record,
        super::incidents::more,
        super::retention::list,
        super::retention::certificate,
        super::attentions::list,
        super::attentions::enter,
        super::attentions::withdraw,
    ),
    components(schemas(super::schemas::ProblemView)),
    modifiers(&CookieOfSessions)
)]
pub(in crate::desk) struct Description;

struct CookieOfSessions;

impl Modify for CookieOfSessions {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
        description
            .components
            .get_or_insert_default()
            .add_security_scheme("session", cookie);
    }
}

/// The description.
pub(in crate::desk) async fn show() -> HttpResponse {
    HttpResponse::Ok().json(Description::openapi())
}
