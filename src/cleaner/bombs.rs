//! Files that are small outside and huge inside, told before anything opens them.
//!
//! Archives need no look here: the library that opens them stops at a given number of bytes.

use domain::evidence::{Family, MediaType};
use flate2::{Decompress, FlushDecompress, Status};

/// Most pixels of a picture. The largest sensors of telephones have 200 million.
const PIXELS: u64 = 300_000_000;
/// Most bytes that all streams of a PDF may come to: a long, scanned file in colour.
const STREAM_BYTES: u64 = 1 << 30;
/// Most bytes that the streams which must be opened to read a PDF at all may come to.
const INDEX_BYTES: u64 = 64 << 20;
/// How far before a stream its dictionary is looked for.
const DICTIONARY: usize = 1024;

/// Whether opening the file would take more than any honest file of its type does.
pub(crate) fn is_bomb(media: MediaType, file: &[u8]) -> bool {
    match media.family() {
        Family::Image => imagesize::blob_size(file).is_ok_and(|size| {
            let side = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
            side(size.width).saturating_mul(side(size.height)) > PIXELS
        }),
        Family::Document if media == MediaType::Pdf => is_pdf_bomb(file),
        Family::Document | Family::Audio | Family::Video | Family::Text | Family::Other => false,
    }
}

fn is_pdf_bomb(file: &[u8]) -> bool {
    let mut all = 0_u64;
    let mut index = 0_u64;
    for (before, stream) in streams(file) {
        let left = STREAM_BYTES.saturating_sub(all);
        let length = inflated(stream, left);
        all += length;
        if [&b"/ObjStm"[..], b"/XRef"]
            .iter()
            .any(|kind| before.windows(kind.len()).any(|part| part == *kind))
        {
            index += length;
        }
        if all >= STREAM_BYTES || index >= INDEX_BYTES {
            return true;
        }
    }
    false
}

/// The streams of a PDF that look deflated, each with what is before it.
fn streams(file: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    const KEYWORD: &[u8] = b"stream";
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = file.get(from..)?;
            let at = rest
                .windows(KEYWORD.len())
                .position(|part| part == KEYWORD)?;
            let begin = from + at;
            from = begin + KEYWORD.len();
            let ([b'\r', b'\n', body @ ..] | [b'\n' | b'\r', body @ ..]) = file.get(from..)? else {
                continue;
            };
            // The first byte of a zlib stream (RFC 1950) with the window that everybody uses.
            if body.first().is_some_and(|byte| byte & 0x0f == 8) {
                return Some((&file[begin.saturating_sub(DICTIONARY)..begin], body));
            }
        }
    })
}

/// How many bytes a stream comes to, counted up to `most`; a damaged one counts as far as it goes.
fn inflated(stream: &[u8], most: u64) -> u64 {
    let mut inflate = Decompress::new(true);
    let mut scratch = vec![0; 32 * 1024];
    loop {
        let read = usize::try_from(inflate.total_in()).unwrap_or(usize::MAX);
        let written = inflate.total_out();
        let input = stream.get(read..).unwrap_or_default();
        let status = inflate.decompress(input, &mut scratch, FlushDecompress::None);
        let stuck = inflate.total_out() == written;
        if !matches!(status, Ok(Status::Ok)) || stuck || inflate.total_out() >= most {
            return inflate.total_out();
        }
    }
}
