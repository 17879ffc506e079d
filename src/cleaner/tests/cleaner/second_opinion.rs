//! Another program looks at the copies: `ExifTool`, which knows more tags than anybody.

use std::process::Command;

use cleaner::clean;
use domain::evidence::MediaType;

use crate::corpus;

/// What `ExifTool` reads in a file, with all that is unknown, hidden or repeated.
fn read(media: MediaType, bytes: &[u8]) -> String {
    let name = format!("cleaner-copy-{}.{}", std::process::id(), media.extension());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, bytes).unwrap();
    let output = Command::new("exiftool")
        .args([
            "-a",
            "-u",
            "-U",
            "-ee",
            "-G1",
            "-s",
            "-x",
            "System:all",
            "-x",
            "ExifTool:all",
        ])
        .arg(&path)
        .output()
        .expect("exiftool is installed; `.ci/install` does it");
    std::fs::remove_file(&path).unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn another_program_finds_nothing_that_was_planted() {
    for sample in corpus::all() {
        let media = sample.media;
        let before = read(media, &sample.bytes);
        let copy = clean(media, &sample.bytes).copy.unwrap();
        let after = read(media, &copy);
        // It knows nothing of the marks that Word leaves on each change.
        let readable = sample
            .planted
            .iter()
            .filter(|planted| **planted != "00AB12CD");
        let mut seen = 0;
        for planted in readable {
            seen += usize::from(before.contains(planted));
            assert!(!after.contains(planted), "{media}: {planted} in\n{after}");
        }
        assert!(seen > 0, "{media}: the look is blind\n{before}");
        for group in [
            "[GPS]",
            "[ExifIFD]",
            "[XMP",
            "[ID3",
            "[IPTC]",
            "[UserData]",
            "GPSPosition",
        ] {
            assert!(!after.contains(group), "{media}: {group} in\n{after}");
        }
    }
}
