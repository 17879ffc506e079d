//! Logs that say what the system did and never about whom.
//!
//! Three rules, all kept here and not where something is logged: only events of this project's own
//! crates are written (a library may put an address into its message); of an event only the message
//! and the fields of [`ALLOWED`] are written; and a line carries the day, no time of day.

use std::fmt;
use std::io::Write as _;

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::clock::{Clock, SystemClock};

/// The fields that a log line may carry. None tells who came, when, or in which order; counts are
/// totals of a day or of a whole store.
pub const ALLOWED: &[&str] = &[
    "address",     // where the service itself listens
    "cases",       // total of a day
    "cause",       // text of an error of ours, which holds no data
    "engine",      // sqlite or postgres
    "deferred",    // total of a day
    "envelopes",   // how many in all
    "foreign",     // how many in all
    "head",        // once a day: how many entries the log of the committee's acts has, and its hash
    "messages",    // total of a day
    "quarantined", // total of a day
    "key_id",      // public
    "place",       // file and line of our own source
    "reason",      // a stable code
    "sealed",      // whether the service holds a key
    "step",        // which step of a procedure
    "unheld",      // how many cases no member may open, in all
    "version",     // of a catalogue, schema or program
];

/// The crates whose events are written.
const OURS: &[&str] = &[
    "committee",
    "domain",
    "guiando",
    "intake",
    "service",
    "store",
    "store_postgres",
    "store_sqlite",
    "triage",
];

/// Starts logging to standard error, one JSON object a line. Further calls change nothing.
pub fn start() {
    // A second start happens in tests only; the first subscriber stays.
    let _ = tracing_subscriber::registry()
        .with(AllowList { clock: SystemClock })
        .try_init();
}

struct AllowList<C> {
    clock: C,
}

impl<S: Subscriber, C: Clock + 'static> Layer<S> for AllowList<C> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if let Some(line) = line(event, &self.clock) {
            // Where standard error is gone there is nobody to tell.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }
}

fn line(event: &Event<'_>, clock: &impl Clock) -> Option<Value> {
    let meta = event.metadata();
    let own = meta
        .target()
        .split("::")
        .next()
        .is_some_and(|root| OURS.contains(&root));
    if !own || *meta.level() > Level::INFO {
        return None;
    }
    let mut fields = Allowed(Map::new());
    fields
        .0
        .insert("day".into(), clock.now().strftime("%F").to_string().into());
    fields
        .0
        .insert("level".into(), meta.level().as_str().into());
    fields.0.insert("target".into(), meta.target().into());
    event.record(&mut fields);
    Some(Value::Object(fields.0))
}

struct Allowed(Map<String, Value>);

impl Allowed {
    fn note(&mut self, field: &Field, value: impl Into<Value>) {
        if field.name() == "message" || ALLOWED.contains(&field.name()) {
            self.0.insert(field.name().to_owned(), value.into());
        }
    }
}

impl Visit for Allowed {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.note(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.note(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.note(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.note(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.note(field, format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::clock::FixedClock;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<String>>>);

    impl<S: Subscriber> Layer<S> for Kept {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let clock = FixedClock("2026-03-04T15:16:17Z".parse().unwrap());
            if let Some(line) = line(event, &clock) {
                self.0.lock().unwrap().push(line.to_string());
            }
        }
    }

    #[test]
    fn only_own_events_and_listed_fields_are_written_and_no_time_of_day() {
        let kept = Kept::default();
        let subscriber = tracing_subscriber::registry().with(kept.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(target: "intake::run", envelopes = 3, ip = "203.0.113.9", "listening");
            tracing::warn!(target: "actix_server", "203.0.113.9 hung up");
            tracing::debug!(target: "intake", "too detailed");
        });
        let lines = kept.0.lock().unwrap();
        assert_eq!(
            *lines,
            [
                r#"{"day":"2026-03-04","envelopes":3,"level":"INFO","message":"listening","target":"intake::run"}"#
            ]
        );
    }
}
