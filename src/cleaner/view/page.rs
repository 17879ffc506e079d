//! Pages of a PDF, drawn.
//!
//! Only drawing is understood: scripts, forms, sounds and other files inside are not, and nothing outside is
//! fetched.

use cleaning::{Drawn, NotShown, Refusal};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::{Fault, POINTS, Picture, SIDE};

/// Most pages that can be looked at.
const PAGES: usize = 500;
/// Points of the picture for each point of the page (1/72 of an inch): 144 to the inch.
const SCALE: f32 = 2.0;

fn open(file: &[u8]) -> Result<Pdf, Fault> {
    Pdf::new(file.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted.into(),
        LoadPdfError::Invalid => NotShown::Unreadable.into(),
    })
}

/// How many pages there are to draw, and whether there are more.
pub(super) fn count(file: &[u8]) -> Result<(u32, bool), Fault> {
    let document = open(file)?;
    let all = document.pages().len();
    match u32::try_from(all.min(PAGES)) {
        Ok(0) | Err(_) => Err(NotShown::Unreadable.into()),
        Ok(count) => Ok((count, all > PAGES)),
    }
}

/// Draws a page, counted from 0.
pub(super) fn draw(file: &[u8], index: u32) -> Result<Picture, Fault> {
    let document = open(file)?;
    let index = usize::try_from(index).map_err(|_| NotShown::NoSuchPage)?;
    let pages = document.pages();
    let page = pages
        .get(index)
        .filter(|_| index < PAGES)
        .ok_or(NotShown::NoSuchPage)?;
    let scale = scale_of(page.render_dimensions()).ok_or(NotShown::Unreadable)?;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let bytes = drawn.into_png().map_err(|_| NotShown::Unreadable)?;
    Ok(Picture {
        bytes,
        drawn: Drawn::Png,
        width,
        height,
    })
}

/// How much larger than the page it is drawn; nothing for a page of no size.
fn scale_of((width, height): (f32, f32)) -> Option<f32> {
    let sound = |side: f32| side.is_finite() && side > 0.0;
    if !sound(width) || !sound(height) {
        return None;
    }
    let side = f32::from(u16::try_from(SIDE).ok()?);
    let points = f32::from(u16::try_from(POINTS / 1_000).ok()?) * 1_000.0;
    let scale = SCALE
        .min(side / width)
        .min(side / height)
        .min((points / (width * height)).sqrt());
    // At least one point each way.
    (scale * width >= 1.0 && scale * height >= 1.0).then_some(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_is_drawn_larger_than_is_shown() {
        for size in [
            (612.0, 792.0),
            (14_400.0, 14_400.0),
            (3.0, 14_400.0),
            (1.0e9, 1.0e9),
            (0.6, 0.6),
        ] {
            let scale = scale_of(size).unwrap_or(0.0);
            assert!(scale * size.0 <= 2_000.5 && scale * size.1 <= 2_000.5);
            assert!(scale * size.0 * scale * size.1 <= 4_000_500.0);
        }
        assert!((scale_of((612.0, 792.0)).unwrap() - 2.0).abs() < 0.001);
        for none in [
            (0.0, 1.0),
            (f32::NAN, 1.0),
            (f32::INFINITY, 1.0),
            (-5.0, 5.0),
            (1.0e9, 1.0),
        ] {
            assert!(scale_of(none).is_none(), "{none:?}");
        }
    }
}
