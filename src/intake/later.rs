//! When to try again what could not be taken now (RFC 9110, 10.2.3).

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;

/// Seconds after which most of what is in the way has gone: a place that others had, a store that
/// starts again.
const SOON: u32 = 15;

/// Adds the header `Retry-After` to every answer that says "not now". One that knows better has said so
/// itself.
pub(crate) async fn tell(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut answer = next.call(request).await?;
    if is_not_now(answer.status()) && !answer.headers().contains_key(RETRY_AFTER) {
        let seconds = HeaderValue::from(SOON);
        answer.headers_mut().insert(RETRY_AFTER, seconds);
    }
    Ok(answer)
}

fn is_not_now(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE
}
