//! Headers that every answer of both services carries.

use actix_web::http::header;
use actix_web::middleware::DefaultHeaders;

/// What a page may load when its style sheets lie beside it: those and our own images, nothing else,
/// no script.
pub const LINKED_STYLE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same for the few pages that need one of our own scripts.
pub const LINKED_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     script-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The headers, with what a page may load; an answer that sets one itself keeps its own.
pub fn security(policy: &str) -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, policy))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CACHE_CONTROL, "no-store"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::CROSS_ORIGIN_OPENER_POLICY, "same-origin"))
        .add((header::CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
        .add((header::CROSS_ORIGIN_EMBEDDER_POLICY, "require-corp"))
        .add((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .add((
            header::PERMISSIONS_POLICY,
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ))
        .add((header::X_DNS_PREFETCH_CONTROL, "off"))
}
