//! How much of what was sent is shown again: escaped, a text may become six times as long.

use service::language::Texts;

/// The first so many code points of a text, and whether there were more.
pub(super) fn cut(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// What is wrong with a text of which only the beginning is shown.
pub(super) fn told(texts: &Texts, fault: Option<String>, most: usize) -> String {
    let told = texts.with(
        "fault-cut",
        "limit",
        u64::try_from(most).unwrap_or(u64::MAX),
    );
    match fault {
        Some(fault) => [fault, told].join(" "),
        None => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_code_points_and_only_when_longer() {
        assert_eq!(cut("ñandú", 5), ("ñandú", false));
        assert_eq!(cut("ñandú", 4), ("ñand", true));
        assert_eq!(cut("🙂🙂", 1), ("🙂", true));
        assert_eq!(cut("", 0), ("", false));
    }
}
