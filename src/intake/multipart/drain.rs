//! What is done with the rest of a form that is refused.

use std::time::Duration;

use tokio::time::timeout;

use super::{MultipartForm, Part};
use crate::evidence::Wanted;

/// How long it is read on at most: whoever sends faster than this sees the answer.
const LONGEST: Duration = Duration::from_secs(30);
/// How many bytes of it.
const MOST: u64 = 64 << 20;
/// How many forms at once; the next one is closed without that courtesy.
pub(crate) const AT_ONCE: usize = 32;

impl MultipartForm<'_> {
    /// Reads what is left of the body and throws it away, so that a browser that is still sending
    /// comes to see the answer. Gives up where the form itself would be given up, and where it would
    /// serve a flood: whoever has this read has neither place nor budget.
    pub(crate) async fn drain(mut self) {
        let Ok(_place) = self.shared.drains.try_acquire() else {
            return;
        };
        self.wanted = Wanted::by_nobody();
        // What comes after it is an error, which ends the reading.
        self.arrived.end_after(MOST);
        // Whichever it is that ends it, nothing more is wanted of the form.
        let _ = timeout(LONGEST, self.read_on()).await;
    }

    async fn read_on(&mut self) {
        loop {
            match self.next().await {
                Ok(Some(Part::Text { .. })) => {}
                Ok(Some(Part::File(mut file))) => while let Ok(Some(_)) = file.piece().await {},
                Ok(None) | Err(_) => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use actix_web::FromRequest as _;
    use actix_web::dev;
    use actix_web::error::PayloadError;
    use actix_web::http::header::CONTENT_TYPE;
    use actix_web::test::TestRequest;
    use actix_web::web::{Bytes, Payload};
    use futures_util::stream;
    use tokio::time::{Instant, pause, sleep};

    use super::*;
    use crate::testing::House;

    const PIECE: usize = 256 << 10;

    /// Drains a form with one file that never ends, of which a piece comes each time that so much has
    /// passed. Gives how many pieces were read, and for how long.
    async fn drained(house: &House, pace: Duration) -> (u64, Duration) {
        let head = "--grenze\r\nContent-Disposition: form-data; name=\"x\"; filename=\"x\"\r\n\r\n";
        let read = Rc::new(Cell::new(0));
        let pieces = stream::unfold(Rc::clone(&read), move |read| async move {
            sleep(pace).await;
            read.set(read.get() + 1);
            let piece = match read.get() {
                1 => Bytes::from_static(head.as_bytes()),
                _ => Bytes::from(vec![b'x'; PIECE]),
            };
            Some((Ok::<_, PayloadError>(piece), read))
        });
        let request = TestRequest::post()
            .insert_header((CONTENT_TYPE, "multipart/form-data; boundary=grenze"))
            .to_http_request();
        let mut body = dev::Payload::Stream {
            payload: Box::pin(pieces) as std::pin::Pin<Box<dyn futures_util::Stream<Item = _>>>,
        };
        let payload = Payload::from_request(&request, &mut body).await.unwrap();
        let form = MultipartForm::open(&house.shared, &request, payload).unwrap();
        let begun = Instant::now();
        form.drain().await;
        (read.get(), begun.elapsed())
    }

    #[actix_web::test]
    async fn what_is_refused_is_read_on_for_a_while_and_no_longer() {
        let house = House::open();
        pause();
        let (pieces, after) = drained(&house, Duration::from_secs(1)).await;
        assert_eq!((pieces, after.as_secs()), (29, 30));
    }

    #[actix_web::test]
    async fn no_more_of_it_is_read_than_an_impatient_browser_sends() {
        let house = House::open();
        pause();
        let (pieces, after) = drained(&house, Duration::from_millis(1)).await;
        let bytes = pieces * u64::try_from(PIECE).unwrap();
        assert!((MOST..MOST + (2 << 20)).contains(&bytes), "{bytes}");
        assert!(after < LONGEST);
    }

    #[actix_web::test]
    async fn only_so_many_are_read_on_at_once() {
        let house = House::open();
        let all = u32::try_from(AT_ONCE).unwrap();
        let taken = house.shared.drains.try_acquire_many(all).unwrap();
        pause();
        let (pieces, _) = drained(&house, Duration::from_secs(1)).await;
        assert_eq!(pieces, 0);
        drop(taken);
        let (pieces, _) = drained(&house, Duration::from_secs(1)).await;
        assert!(pieces > 0);
    }
}
