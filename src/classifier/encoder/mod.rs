//! The two sentence encoders: pieces in, a vector of meaning out.
//!
//! Both are matrix products with little between them. The products are of integers
//! ([`matrix`]), so that they are the same whichever instructions a machine has, and the rest is plain
//! 32-bit arithmetic in a fixed order. Only the exponential and the logarithm are the platform's: in
//! one build a text always gets the same vector; builds for two systems may differ in its last digits.

mod arithmetic;
mod matrix;
mod transformer;
mod word_groups;

pub(crate) use transformer::Transformer;
pub(crate) use word_groups::WordGroups;

/// Sequences go through an encoder together up to this many pieces, so that every weight is fetched
/// once for all of them and memory stays bounded.
const TOGETHER: usize = 512;

/// Cuts a list of sequences into runs of at most [`TOGETHER`] pieces, at least one sequence each.
fn runs<T>(sequences: &[Vec<T>]) -> Vec<&[Vec<T>]> {
    let mut out = Vec::new();
    let mut rest = sequences;
    while !rest.is_empty() {
        let mut pieces = 0;
        let fitting = rest
            .iter()
            .take_while(|sequence| {
                pieces += sequence.len();
                pieces <= TOGETHER
            })
            .count();
        let (run, left) = rest.split_at(fitting.max(1));
        out.push(run);
        rest = left;
    }
    out
}
