//! Which button was pressed.

use std::str::FromStr;

use super::super::form::{Group, Step, less_button, more_button};

/// What a button asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    /// The next step, if this one is right.
    Next,
    /// The step before, whatever this one holds.
    Back,
    /// The same page again, in another language.
    Stay,
    /// The same step with room for one more.
    More(Group),
    /// The same step without one entry, by its number from 0.
    Less(Group, usize),
    /// The step of the files without the one of this number, from 0.
    Remove(usize),
    /// One step of all.
    To(Step),
    /// The review.
    Review,
    /// To file what the review shows.
    Send,
    /// To compare the words that were typed.
    Check,
    /// To leave without that.
    Skip,
    /// The words as a file.
    Download,
}

/// No button of ours.
#[derive(Debug, thiserror::Error)]
#[error("no button of the form")]
pub(super) struct NoButton;

impl FromStr for Go {
    type Err = NoButton;

    fn from_str(text: &str) -> Result<Self, NoButton> {
        Ok(match text {
            // Some browsers name no button when a form is sent from the keyboard.
            "" | "next" => Self::Next,
            "back" => Self::Back,
            "stay" => Self::Stay,
            "review" => Self::Review,
            "send" => Self::Send,
            "check" => Self::Check,
            "skip" => Self::Skip,
            "download" => Self::Download,
            other => [Group::People, Group::Witnesses]
                .into_iter()
                .find(|group| other == more_button(*group))
                .map(Self::More)
                .or_else(|| less(other))
                .or_else(|| {
                    let index = other.strip_prefix("remove-")?;
                    index.parse().ok().map(Self::Remove)
                })
                .or_else(|| other.parse().ok().map(Self::To))
                .ok_or(NoButton)?,
        })
    }
}

/// The button that takes an entry away, if it is one.
fn less(text: &str) -> Option<Go> {
    let (_, number) = text.rsplit_once('-')?;
    let index: usize = number.parse().ok()?;
    [Group::People, Group::Witnesses]
        .into_iter()
        .find(|group| text == less_button(*group, index))
        .map(|group| Go::Less(group, index))
}
