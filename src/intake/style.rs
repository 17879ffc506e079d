//! The style of every page, which travels inside the page: one answer is all that a visit needs, and
//! no second request tells a network which page was opened.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

static SHEET: LazyLock<String> =
    LazyLock::new(|| strip(include_str!("../../web/styles/guiando.css")));

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(digest(&SHA256, sheet().as_bytes()));
    // `data:` is for the empty icon, without which browsers ask for one of their own accord.
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    )
});

/// The style sheet without comments and needless blanks, as the layout writes it.
pub(crate) fn sheet() -> &'static str {
    &SHEET
}

/// What a page may load: this one style by its hash, nothing else, no script.
pub(crate) fn policy() -> &'static str {
    &POLICY
}

/// Takes out comments, and blanks that mean nothing; texts in quotation marks stay as they are.
fn strip(css: &str) -> String {
    let mut stripped = String::with_capacity(css.len());
    let mut rest = css;
    let mut blank = false;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            blank = true;
            continue;
        }
        let (piece, after) = rest.split_at(piece_length(rest, next));
        rest = after;
        if next.is_whitespace() {
            blank = true;
            continue;
        }
        let glued = |c: char| "{};,>".contains(c);
        let before = stripped.chars().next_back();
        if blank && !glued(next) && before.is_some_and(|c| !glued(c) && c != ':') {
            stripped.push(' ');
        }
        if next == '}' && before == Some(';') {
            stripped.pop();
        }
        stripped.push_str(piece);
        blank = false;
    }
    stripped
}

/// The length in bytes of a quoted text, or else of one character.
fn piece_length(text: &str, first: char) -> usize {
    let one = first.len_utf8();
    if first == '"' || first == '\'' {
        text[one..]
            .find(first)
            .map_or(text.len(), |end| one + end + one)
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        for (css, stripped) in [
            (
                "a {\n  color: red;\n  margin: 0 auto;\n}\n",
                "a{color:red;margin:0 auto}",
            ),
            ("a b > c,\nd :focus {}", "a b>c,d :focus{}"),
            (
                "a { width: calc(1px + 2 * var(--x)); }",
                "a{width:calc(1px + 2 * var(--x))}",
            ),
            ("a/* x; } */b{}", "a b{}"),
            ("/* first */ a{}", "a{}"),
            ("a { content: \"  /* ; \" }", "a{content:\"  /* ; \"}"),
            (
                "@media (min-width: 4rem) { a { b: c } }",
                "@media (min-width:4rem){a{b:c}}",
            ),
            ("a::before { content: \"", "a::before{content:\""),
            ("a /* no end", "a"),
            ("", ""),
        ] {
            assert_eq!(strip(css), stripped, "{css}");
        }
    }

    #[test]
    fn a_stripped_sheet_has_nothing_more_to_lose_and_fits_into_every_page() {
        assert_eq!(strip(sheet()), sheet());
        assert!(sheet().len() <= 14 << 10, "{}", sheet().len());
        assert!(!sheet().contains("</"));
    }
}
