//! The reliability diagram.

use std::fmt::Write as _;

use super::Figures;

/// Width and height of the plotted square.
const SIDE: f64 = 320.0;
const MARGIN: f64 = 48.0;

/// Stated probability against share of right proposals, as a picture. On the diagonal, a probability
/// means what it says; the area of a dot is its share of the texts.
pub fn reliability_svg(figures: &Figures) -> String {
    let x = |share: f64| MARGIN + share * SIDE;
    let y = |share: f64| MARGIN + (1.0 - share) * SIDE;
    let whole = SIDE + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" \
         font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n\
         <title>Reliability of {texts} proposals by {version}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <path d=\"M{left} {bottom}L{right} {top}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n\
         <path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#333\"/>\n",
        texts = figures.texts,
        version = figures.version,
        left = x(0.0),
        right = x(1.0),
        top = y(1.0),
        bottom = y(0.0),
    );
    for tick in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick}</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{tick}</text>",
            x(tick),
            y(0.0) + 16.0,
            x(0.0) - 6.0,
            y(tick) + 4.0,
        );
    }
    let texts = figures
        .reliability
        .iter()
        .map(|bin| bin.texts)
        .sum::<usize>();
    let mut line = String::new();
    for (n, bin) in figures.reliability.iter().enumerate() {
        let _ = write!(
            line,
            "{}{:.1} {:.1}",
            if n == 0 { "M" } else { "L" },
            x(bin.stated),
            y(bin.right)
        );
        let radius = 3.0 + 18.0 * super::share(bin.texts, texts).sqrt();
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"#1a5fb4\" fill-opacity=\"0.35\">\
             <title>{} texts: stated {:.2}, right {:.2}</title></circle>",
            x(bin.stated),
            y(bin.right),
            bin.texts,
            bin.stated,
            bin.right,
        );
    }
    let _ = write!(
        svg,
        "<path d=\"{line}\" fill=\"none\" stroke=\"#1a5fb4\" stroke-width=\"2\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">stated probability</text>\n\
         <text transform=\"translate(14 {:.1}) rotate(-90)\" text-anchor=\"middle\">share that is right</text>\n\
         <text x=\"{:.1}\" y=\"{:.1}\">calibration error {:.3}</text>\n</svg>\n",
        x(0.5),
        y(0.0) + 36.0,
        y(0.5),
        x(0.05),
        y(0.95),
        figures
            .value(super::Measure::CalibrationError)
            .unwrap_or(0.0),
    );
    svg
}
