//! The two fonts, as far as a document uses them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{Face as Parsed, GlyphId};
use unicode_normalization::UnicodeNormalization as _;

use crate::letters::{is_unseen, number};

static REGULAR: LazyLock<Face> = LazyLock::new(|| {
    Face::new(
        include_bytes!("../fonts/DejaVuSerifCondensed.ttf"),
        "DejaVuSerifCondensed",
    )
});
static BOLD: LazyLock<Face> = LazyLock::new(|| {
    Face::new(
        include_bytes!("../fonts/DejaVuSerifCondensed-Bold.ttf"),
        "DejaVuSerifCondensed-Bold",
    )
});

/// How hard streams are compressed: little is won beyond it.
pub(super) const EFFORT: u8 = 6;

/// A font that is inside this program.
struct Face {
    bytes: &'static [u8],
    parsed: Parsed<'static>,
    name: &'static str,
    per_em: f32,
}

impl Face {
    fn new(bytes: &'static [u8], name: &'static str) -> Self {
        let parsed = Parsed::parse(bytes, 0).expect("the font is inside this program, and tested");
        Self {
            bytes,
            per_em: f32::from(parsed.units_per_em()),
            parsed,
            name,
        }
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        let units = self.parsed.glyph_hor_advance(glyph).unwrap_or_default();
        f32::from(units) / self.per_em
    }
}

/// A letter as it will stand on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    pub(super) c: char,
    glyph: u16,
    /// Width in a font of one point.
    pub(super) width: f32,
}

/// A font and the letters of it that were used.
pub(super) struct Font {
    face: &'static Face,
    used: GlyphRemapper,
    /// What each glyph of the document stands for, and its width in thousandths.
    meant: BTreeMap<u16, (char, f32)>,
}

impl Font {
    pub(super) fn regular() -> Self {
        Self::of(&REGULAR)
    }

    pub(super) fn bold() -> Self {
        Self::of(&BOLD)
    }

    fn of(face: &'static Face) -> Self {
        Self {
            face,
            used: GlyphRemapper::new(),
            meant: BTreeMap::new(),
        }
    }

    /// The letters of a text without line breaks. One that the font has not, or that shows nothing, becomes
    /// its number.
    pub(super) fn letters(&self, text: &str) -> Vec<Letter> {
        let mut letters = Vec::with_capacity(text.len());
        for c in text.nfc() {
            let c = if matches!(c, '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            };
            if let Some(letter) = self.letter(c) {
                letters.push(letter);
                continue;
            }
            let mut by_number = String::new();
            number(c, &mut by_number);
            letters.extend(by_number.chars().filter_map(|c| self.letter(c)));
        }
        letters
    }

    fn letter(&self, c: char) -> Option<Letter> {
        if is_unseen(c) {
            return None;
        }
        let glyph = self.face.parsed.glyph_index(c)?;
        Some(Letter {
            c,
            glyph: glyph.0,
            width: self.face.advance(glyph),
        })
    }

    /// The letters as the page names them.
    pub(super) fn show(&mut self, letters: &[Letter]) -> Vec<u8> {
        let mut shown = Vec::with_capacity(letters.len() * 2);
        for letter in letters {
            let glyph = self.used.remap(letter.glyph);
            self.meant
                .entry(glyph)
                .or_insert((letter.c, letter.width * 1_000.0));
            shown.extend(glyph.to_be_bytes());
        }
        shown
    }

    /// Writes the font with the letters that were used, and how they are read aloud and copied.
    pub(super) fn write(&self, pdf: &mut Pdf, id: Ref, next: &mut impl FnMut() -> Ref) {
        let (cid, descriptor, file, cmap) = (next(), next(), next(), next());
        // Six letters say that it is not the whole font; always these, so that they tell nothing.
        let name = format!("PAPELS+{}", self.face.name);
        let name = Name(name.as_bytes());
        let info = SystemInfo {
            registry: Str(b"Adobe"),
            ordering: Str(b"Identity"),
            supplement: 0,
        };
        pdf.type0_font(id)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(cmap);

        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(info)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = font.widths();
        for (glyph, (_, width)) in &self.meant {
            widths.consecutive(*glyph, [*width]);
        }
        widths.finish();
        font.finish();

        let parsed = &self.face.parsed;
        let scale = 1_000.0 / self.face.per_em;
        let units = |units: i16| f32::from(units) * scale;
        let bounds = parsed.global_bounding_box();
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
            .bbox(Rect::new(
                units(bounds.x_min),
                units(bounds.y_min),
                units(bounds.x_max),
                units(bounds.y_max),
            ))
            .italic_angle(0.0)
            .ascent(units(parsed.ascender()))
            .descent(units(parsed.descender()))
            .cap_height(units(parsed.capital_height().unwrap_or(parsed.ascender())))
            .stem_v(80.0)
            .font_file2(file);

        let subset = subsetter::subset(self.face.bytes, 0, &self.used)
            .expect("a part of a whole font is a font");
        let packed = compress_to_vec_zlib(&subset, EFFORT);
        pdf.stream(file, &packed).filter(Filter::FlateDecode).pair(
            Name(b"Length1"),
            i32::try_from(subset.len()).expect("a font is far below two gigabytes"),
        );

        let mut letters = UnicodeCmap::new(Name(b"Letras"), info);
        for (glyph, (c, _)) in &self.meant {
            letters.pair(*glyph, *c);
        }
        let letters = compress_to_vec_zlib(letters.finish().as_slice(), EFFORT);
        pdf.stream(cmap, &letters).filter(Filter::FlateDecode);
    }
}

/// How wide letters are in a font of one point.
pub(super) fn width(letters: &[Letter]) -> f32 {
    letters.iter().map(|letter| letter.width).sum()
}
