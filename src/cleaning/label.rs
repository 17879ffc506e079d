//! Whether a file is what its name says, roughly.
//!
//! People rename files, and programs save WebP pictures as `.jpg`: a picture called by another kind of
//! picture is fine. A picture that is in truth a document, or a "document" that is a program, is not:
//! somebody would be misled when they open it.

use domain::evidence::{Family, FileName, MediaType};

/// Endings of programs and of files that run something when they are opened.
const RUNS: [&str; 22] = [
    "apk", "bat", "cmd", "com", "dll", "docm", "exe", "htm", "html", "jar", "js", "lnk", "msi",
    "ps1", "pptm", "scr", "sh", "svg", "vbs", "wsf", "xhtml", "xlsm",
];

/// Other endings in use for the types that are known.
const ALIASES: [(&str, MediaType); 14] = [
    ("jpe", MediaType::Jpeg),
    ("jpeg", MediaType::Jpeg),
    ("jfif", MediaType::Jpeg),
    ("heif", MediaType::Heic),
    ("tif", MediaType::Tiff),
    ("wave", MediaType::Wav),
    ("oga", MediaType::Ogg),
    ("m4b", MediaType::M4a),
    ("m4v", MediaType::Mp4),
    ("ogv", MediaType::Ogg),
    ("qt", MediaType::Mov),
    ("log", MediaType::Text),
    ("md", MediaType::Text),
    ("csv", MediaType::Text),
];

/// Whether a name may be given to a file of this type. A name without an ending, or with one that
/// says nothing here, may be given to any.
///
/// ```
/// use cleaning::label::fits;
/// use domain::evidence::{FileName, MediaType};
/// assert!(fits(&FileName::parse("foto.jpg"), MediaType::Webp));
/// assert!(!fits(&FileName::parse("foto.jpg"), MediaType::Pdf));
/// assert!(!fits(&FileName::parse("foto.jpg.exe"), MediaType::Jpeg));
/// ```
pub fn fits(name: &FileName, content: MediaType) -> bool {
    let Some((_, ending)) = name.expose().rsplit_once('.') else {
        return true;
    };
    let ending = ending.to_ascii_lowercase();
    if RUNS.contains(&ending.as_str()) {
        return false;
    }
    let by_alias = ALIASES.iter().find(|(alias, _)| *alias == ending);
    let named = by_alias.map(|(_, media)| *media).or_else(|| {
        let known = MediaType::ALL.iter().copied();
        known
            .filter(|media| *media != MediaType::Unknown)
            .find(|media| media.extension() == ending)
    });
    named.is_none_or(|media| group(media) == group(content))
}

/// Sound and moving pictures share their containers, and recorders name them either way.
fn group(media: MediaType) -> u8 {
    match media.family() {
        Family::Image => 0,
        Family::Document => 1,
        Family::Audio | Family::Video => 2,
        Family::Text => 3,
        Family::Other => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(name: &str, media: MediaType) -> bool {
        fits(&FileName::parse(name), media)
    }

    #[test]
    fn every_type_fits_its_own_ending() {
        for media in MediaType::ALL {
            let name = format!("algo.{}", media.extension());
            assert!(fit(&name, *media), "{name}");
        }
    }

    #[test]
    fn harmless_mistakes_pass_and_harmful_ones_do_not() {
        for (name, media) in [
            ("foto.JPG", MediaType::Png),
            ("sin ending", MediaType::Pdf),
            ("nota.de.voz.m4a", MediaType::Opus),
            ("video.mp4", MediaType::M4a),
            ("oficio.firmado", MediaType::Pdf),
            ("chat.csv", MediaType::Text),
        ] {
            assert!(fit(name, media), "{name}");
        }
        for (name, media) in [
            ("acta.pdf", MediaType::Jpeg),
            ("foto.jpeg", MediaType::Docx),
            ("acta.docx", MediaType::Unknown),
            ("acta.docm", MediaType::Docx),
            ("nota.txt", MediaType::Mp4),
            ("foto.HTML", MediaType::Jpeg),
        ] {
            assert!(!fit(name, media), "{name}");
        }
    }
}
