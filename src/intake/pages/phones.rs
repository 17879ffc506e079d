//! Numbers of help, as links that a telephone dials.

use askama::filters::{Escaper as _, Html};

/// Those that are short enough to stand in a sentence.
const NUMBERS: [&str; 2] = ["911", "079"];

/// A text as HTML, with each of these numbers as a link.
pub(crate) fn linked(text: impl AsRef<str>) -> String {
    let mut html = String::new();
    Html.write_escaped_str(&mut html, text.as_ref())
        .expect("writing to memory does not fail");
    NUMBERS
        .into_iter()
        .fold(html, |html, number| link(&html, number))
}

/// No escape that [`Html`] writes has one of the numbers in it.
fn link(html: &str, number: &str) -> String {
    let mut linked = String::new();
    let mut done = 0;
    for (at, _) in html.match_indices(number) {
        let end = at + number.len();
        let is_whole = !html[..at].ends_with(|c: char| c.is_ascii_digit())
            && !html[end..].starts_with(|c: char| c.is_ascii_digit());
        if is_whole {
            linked.push_str(&html[done..at]);
            linked.extend(["<a href=\"tel:", number, "\">", number, "</a>"]);
            done = end;
        }
    }
    linked.push_str(&html[done..]);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_help_is_a_link_and_the_rest_is_text() {
        for (text, html) in [
            ("Llame al 911.", "Llame al <a href=\"tel:911\">911</a>."),
            ("079, opción 1", "<a href=\"tel:079\">079</a>, opción 1"),
            ("55 9110 7911", "55 9110 7911"),
            ("¿Qué? <b>", "¿Qué? &#60;b&#62;"),
            ("", ""),
        ] {
            assert_eq!(linked(text), html, "{text}");
        }
    }
}
