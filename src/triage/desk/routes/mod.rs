//! Every address of the desk, who may call it, and what answers: a file for each area.

mod api;
mod calendar;
mod case;
mod entering;
mod meetings;
mod members;
mod office;
mod open;
mod overview;

use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Route, guard};
use domain::committee::Act;

use super::{fallback, gate};

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody, even while the service is sealed.
    Open,
    /// Anybody, while the service is sealed: opening it.
    Unseal,
    /// Anybody, once the service is unsealed: signing in.
    SignIn,
    /// Whoever gave the right name and passphrase: the second step of signing in.
    SecondStep,
    /// Whoever has opened an invitation that works.
    Enrolment,
    /// Whoever opened a service that has no members.
    Founding,
    /// A member whom the policy allows this act.
    Member(Act),
}

/// A method; GET includes HEAD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Delete,
}

/// One way to call an address.
pub(super) struct Call {
    pub(super) verb: Verb,
    pub(super) access: Access,
    handler: fn(Route) -> Route,
}

/// An address and the ways to call it.
pub(super) struct Address {
    pub(super) path: &'static str,
    pub(super) calls: &'static [Call],
}

/// A list of addresses, written as `"/path" { Verb by Access => handler }`.
macro_rules! table {
    ($($path:literal { $($verb:ident by $access:expr => $handler:path),+ $(,)? })+) => {
        &[$(
            $crate::desk::routes::Address {
                path: $path,
                calls: &[$(
                    $crate::desk::routes::Call {
                        verb: $crate::desk::routes::Verb::$verb,
                        access: $access,
                        handler: |route| route.to($handler),
                    }
                ),+],
            }
        ),+]
    };
}
use table;

const AREAS: [&[Address]; 9] = [
    overview::ADDRESSES,
    calendar::ADDRESSES,
    entering::ADDRESSES,
    members::ADDRESSES,
    case::ADDRESSES,
    meetings::ADDRESSES,
    office::ADDRESSES,
    api::ADDRESSES,
    open::ADDRESSES,
];

/// Read by the server that is started and by the gate in front of it.
pub(super) fn addresses() -> impl Iterator<Item = &'static Address> + Clone {
    AREAS.into_iter().flatten()
}

/// Registers the whole desk. It needs a [`Desk`](super::Desk) as application data.
pub fn routes(config: &mut ServiceConfig) {
    register(config, |_, call| (call.handler)(call.verb.route()));
}

/// Registers the gate and behind it every call of the table, each with what answers it.
pub(super) fn register(config: &mut ServiceConfig, answer: impl Fn(&Address, &Call) -> Route) {
    let mut desk = web::scope("").wrap(from_fn(gate::check));
    for address in addresses() {
        let mut resource =
            web::resource(address.path).default_service(fallback::no_such_method(address.allow()));
        for call in address.calls {
            resource = resource.route(answer(address, call));
        }
        desk = desk.service(resource);
    }
    config.service(desk.default_service(web::to(fallback::no_such_page)));
}

impl Verb {
    pub(super) fn route(self) -> Route {
        match self {
            Self::Get => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
            Self::Post => web::post(),
            Self::Delete => web::delete(),
        }
    }

    fn methods(self) -> &'static str {
        match self {
            Self::Get => "GET, HEAD",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }

    fn is(self, method: &Method) -> bool {
        match self {
            Self::Get => [Method::GET, Method::HEAD].contains(method),
            Self::Post => *method == Method::POST,
            Self::Delete => *method == Method::DELETE,
        }
    }
}

/// Who may make this request; whatever the table does not name needs a session.
///
/// `path` is the one that the server matches addresses with, in which `%61` is `a`: so no other way to
/// write an address passes for one that anybody may call, or for one that takes another act.
pub(super) fn access(method: &Method, path: &str) -> Access {
    addresses()
        .filter(|address| address.covers(path))
        .flat_map(|address| address.calls)
        .find(|call| call.verb.is(method))
        .map_or(Access::Member(Act::OwnAccount), |call| call.access)
}

/// The folio as it stands in an address that has one, unread.
pub(super) fn folio_in(path: &str) -> Option<&str> {
    addresses().find_map(|address| {
        let (prefix, _) = address.path.split_once("{folio}")?;
        path.strip_prefix(prefix)?.split('/').next()
    })
}

impl Address {
    /// What the `Allow` header says (RFC 9110, 10.2.1).
    fn allow(&self) -> HeaderValue {
        let names: Vec<&str> = self.calls.iter().map(|call| call.verb.methods()).collect();
        HeaderValue::try_from(names.join(", ")).expect("names of methods are ASCII")
    }

    /// As the server matches it: part by part, each `{…}` any one that is not empty.
    fn covers(&self, path: &str) -> bool {
        let mut parts = path.split('/');
        let alike = self.path.split('/').all(|expected| {
            parts.next().is_some_and(|part| {
                part == expected || (expected.starts_with('{') && !part.is_empty())
            })
        });
        alike && parts.next().is_none()
    }
}
