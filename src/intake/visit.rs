//! What a page should know about the way that somebody came, for one answer.

use actix_web::HttpRequest;

use crate::onion::OnionAddress;
use crate::shared::Shared;

/// Shown by `network.html`, which pages include that ask for something that matters.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'a> {
    /// Whether they seem to come from the Institute's own network.
    pub(crate) from_inside: bool,
    /// Where this service is inside the Tor network.
    pub(crate) onion: Option<&'a OnionAddress>,
}

impl Shared {
    /// Looks once, keeps nothing.
    pub(crate) fn visit(&self, request: &HttpRequest) -> Visit<'_> {
        Visit {
            from_inside: self.networks.is_inside(request),
            onion: self.onion.as_ref(),
        }
    }
}
