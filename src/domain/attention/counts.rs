//! How many attentions there were in each month of a year.

use std::collections::BTreeMap;

use super::{Attention, AttentionKind, Channel, Done, Subject};

/// The attentions of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    calls: u32,
    orientations: u32,
    writings: u32,
}

impl Month {
    /// Of one kind.
    pub const fn of(self, kind: AttentionKind) -> u32 {
        match kind {
            AttentionKind::Call => self.calls,
            AttentionKind::Orientation => self.orientations,
            AttentionKind::Writing => self.writings,
        }
    }

    /// All.
    pub const fn all(self) -> u32 {
        self.calls + self.orientations + self.writings
    }

    fn add(&mut self, kind: AttentionKind) {
        match kind {
            AttentionKind::Call => self.calls += 1,
            AttentionKind::Orientation => self.orientations += 1,
            AttentionKind::Writing => self.writings += 1,
        }
    }
}

/// The attentions of a year: by month, and by what they were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    months: [Month; 12],
    whole: Month,
    channels: BTreeMap<Channel, u32>,
    subjects: BTreeMap<Subject, u32>,
    done: BTreeMap<Done, u32>,
}

impl Counts {
    /// Of those that happened in a year and were not taken back.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Attention>, year: i16) -> Self {
        let mut counts = Self::default();
        let counted = all
            .into_iter()
            .filter(|one| one.counts() && one.what.on.year() == year);
        for one in counted {
            let what = &one.what;
            let kind = what.channel.kind();
            let month = usize::try_from(what.on.month() - 1);
            let month = month.expect("months are counted from 1");
            counts.months[month].add(kind);
            counts.whole.add(kind);
            *counts.channels.entry(what.channel).or_default() += 1;
            *counts.subjects.entry(what.subject).or_default() += 1;
            *counts.done.entry(what.done).or_default() += 1;
        }
        counts
    }

    /// January to December.
    pub fn months(&self) -> &[Month; 12] {
        &self.months
    }

    /// The whole year.
    pub fn whole(&self) -> Month {
        self.whole
    }

    /// By the way they came.
    pub fn channel(&self, channel: Channel) -> u32 {
        self.channels.get(&channel).copied().unwrap_or_default()
    }

    /// By what they were for.
    pub fn subject(&self, subject: Subject) -> u32 {
        self.subjects.get(&subject).copied().unwrap_or_default()
    }

    /// By what was done.
    pub fn done(&self, done: Done) -> u32 {
        self.done.get(&done).copied().unwrap_or_default()
    }
}
