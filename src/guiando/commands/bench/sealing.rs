//! How fast complaints are sealed, against the age crate alone.

use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use domain::complaint::Complaint;
use jiff::civil::date;
use opening::CommitteeIdentity;
use ring::error::Unspecified;
use ring::rand::SystemRandom;
use sealing::{
    Content, EnvelopeId, FillerKey, Letter, Recipients, SealError, SealedEnvelope, TrackingToken,
};

use super::table::Sealing;
use super::{BenchError, sample};

/// Most rounds, whatever the time.
const MOST_ROUNDS: u32 = 1_000_000;

/// Seals in turn with both, so that whatever else the machine does hits both alike.
pub(crate) fn measure(span: Duration) -> Result<Sealing, BenchError> {
    let identity = CommitteeIdentity::generate();
    let complaint = sample::complaint()?;
    let bytes = sample::body();
    let recipient: age::x25519::Recipient =
        identity.public_key().parse().map_err(BenchError::Sample)?;
    let letter = letter(complaint, &SystemRandom::new())?;

    let (mut ours, mut alone, mut rounds) = (Duration::ZERO, Duration::ZERO, 0);
    let start = Instant::now();
    while start.elapsed() < span && rounds < MOST_ROUNDS {
        let begun = Instant::now();
        black_box(seal(&letter, identity.recipients())?);
        let between = Instant::now();
        black_box(age_alone(&recipient, &bytes)?);
        ours += between - begun;
        alone += between.elapsed();
        rounds += 1;
    }
    Ok(Sealing::new(f64::from(rounds), ours, alone))
}

/// A letter as intake writes it.
pub(crate) fn letter(complaint: Complaint, rng: &SystemRandom) -> Result<Letter, BenchError> {
    let no_randomness = |_: Unspecified| BenchError::Sample("the system gives no randomness");
    let token = TrackingToken::draw(rng).map_err(no_randomness)?;
    Ok(Letter {
        envelope_id: EnvelopeId::draw(rng).map_err(no_randomness)?,
        lookup_id: token.lookup_id(),
        mailbox_key: token.mailbox_key(),
        received_on: date(2026, 1, 29),
        filler_key: FillerKey::draw(rng).map_err(no_randomness)?,
        content: Content::complaint(complaint),
    })
}

/// The envelope of a letter.
pub(crate) fn seal(letter: &Letter, recipients: &Recipients) -> Result<SealedEnvelope, BenchError> {
    sealing::seal(letter, recipients)
        .map_err(|error: SealError| BenchError::Io(io::Error::other(error)))
}

/// What the age crate makes of the same bytes.
pub(crate) fn age_alone(
    recipient: &age::x25519::Recipient,
    bytes: &[u8],
) -> Result<Vec<u8>, BenchError> {
    let recipients = std::iter::once(recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients)
        .map_err(|_| BenchError::Sample("age refuses the recipient"))?;
    let mut writer = encryptor.wrap_output(Vec::with_capacity(2 * bytes.len()))?;
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_measured() {
        let measured = measure(Duration::from_millis(50)).unwrap();
        assert!(measured.ours > 0.0 && measured.age_alone > 0.0 && measured.ratio > 0.0);
    }
}
