//! Pictures that an app reads.

use qrcode::QrCode;
use qrcode::render::svg;
use zeroize::Zeroizing;

/// Least width and height, in pixels.
const SIZE: u32 = 220;

/// A text as a picture to stand in a page; `None` for one that is too long.
pub(super) fn picture(text: &str) -> Option<Zeroizing<String>> {
    let code = QrCode::new(text).ok()?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(SIZE, SIZE)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    let drawn = Zeroizing::new(drawn);
    // What stands in front belongs in a file of its own, not in a page.
    drawn
        .find("<svg")
        .map(|start| Zeroizing::new(drawn[start..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stands_in_a_page_as_it_is() {
        let drawn = picture("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(drawn.starts_with("<svg ") && drawn.trim_end().ends_with("</svg>"));
        assert!(
            !drawn.contains("style=") && !drawn.contains("otpauth"),
            "{}",
            *drawn
        );
        assert!(picture(&"x".repeat(5_000)).is_none());
    }
}
