//! How far a rotation is, on a terminal.

use std::sync::Mutex;
use std::sync::PoisonError;

use committee::rotation::{Part, Progress};
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for each part, one after the other. Where there is no terminal, nothing is drawn.
#[derive(Default)]
pub(super) struct Bar(Mutex<Option<(Part, ProgressBar)>>);

impl Bar {
    pub(super) fn show(&self, progress: Progress) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = match shown.take() {
            Some((part, bar)) if part == progress.part => bar,
            before => {
                if let Some((_, bar)) = before {
                    bar.finish();
                }
                let style = ProgressStyle::with_template("{msg} [{pos}/{len}] {wide_bar} {eta}")
                    .unwrap_or_else(|_| ProgressStyle::default_bar());
                ProgressBar::new(progress.of)
                    .with_style(style)
                    .with_message(name(progress.part))
            }
        };
        bar.set_position(progress.done);
        *shown = Some((progress.part, bar));
    }

    pub(super) fn end(&self) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bar)) = shown.take() {
            bar.finish();
        }
    }
}

fn name(part: Part) -> &'static str {
    match part {
        Part::Records => "records",
        Part::Cases => "cases",
        Part::Envelopes => "envelopes",
    }
}
