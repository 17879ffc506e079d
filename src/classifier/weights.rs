//! The file of trained numbers: a table of contents and named tensors, each in the form that needs
//! least room.
//!
//! | bytes | what |
//! |-------|------|
//! | 8     | `GUIANDO1` |
//! | 4     | how many tensors |
//! | per tensor | length of the name (1), name, form (1), rows (4), columns (4), offset (8), length (8) |
//! | rest  | the tensors, each beginning at a multiple of 64 |
//!
//! Numbers are little-endian. The forms:
//!
//! | form | what |
//! |------|------|
//! | 0 | bytes as they are |
//! | 1 | 32-bit floats |
//! | 2 | a 32-bit scale per row, then 8-bit integers |
//! | 3 | rows of blocks of 32: a half-precision scale, then 16 bytes, whose lower halves are the first 16 weights, each 8 too high |
//! | 4 | half-precision floats |
//!
//! `training/pack.py` writes it.

use std::collections::HashMap;

const MAGIC: &[u8] = b"GUIANDO1";
/// Weights of a block of form 3.
const BLOCK: usize = 32;
/// Its bytes: a scale and half a byte per weight.
const BLOCK_BYTES: usize = 2 + BLOCK / 2;

/// Why a file of weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsFault {
    /// Too short, or not ours.
    #[error("this is not a file of weights of this version, or it is cut off")]
    Unreadable,
    /// A tensor that the model needs is not there.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A tensor of another shape or form than the model needs.
    #[error("`{0}` is not of the shape or form that the model needs")]
    Shape(String),
}

/// In which form the numbers of a tensor are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bytes,
    Floats,
    Rows8,
    Blocks4,
    Halves,
}

impl Form {
    const fn of(code: u8) -> Option<Self> {
        Some(match code {
            0 => Self::Bytes,
            1 => Self::Floats,
            2 => Self::Rows8,
            3 => Self::Blocks4,
            4 => Self::Halves,
            _ => return None,
        })
    }

    /// How many bytes a tensor of this shape has.
    fn bytes(self, rows: usize, columns: usize) -> Option<usize> {
        let cells = rows.checked_mul(columns)?;
        match self {
            Self::Bytes => Some(cells),
            Self::Floats => cells.checked_mul(4),
            Self::Halves => cells.checked_mul(2),
            Self::Rows8 => cells.checked_add(rows.checked_mul(4)?),
            Self::Blocks4 => columns
                .is_multiple_of(BLOCK)
                .then_some(cells / BLOCK * BLOCK_BYTES),
        }
    }
}

/// A tensor as it lies in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tensor<'a> {
    form: Form,
    rows: usize,
    columns: usize,
    bytes: &'a [u8],
}

/// The tensors of a file, by name.
pub(crate) struct Weights<'a> {
    tensors: HashMap<&'a str, Tensor<'a>>,
}

impl<'a> Weights<'a> {
    pub(crate) fn read(file: &'a [u8]) -> Result<Self, WeightsFault> {
        Self::parse(file).ok_or(WeightsFault::Unreadable)
    }

    fn parse(file: &'a [u8]) -> Option<Self> {
        let mut cursor = Cursor(file);
        if cursor.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let count = cursor.number()?;
        let mut tensors = HashMap::new();
        for _ in 0..count {
            let length = usize::from(cursor.byte()?);
            let name = str::from_utf8(cursor.take(length)?).ok()?;
            let form = Form::of(cursor.byte()?)?;
            let (rows, columns) = (cursor.number()?, cursor.number()?);
            let (offset, length) = (cursor.long()?, cursor.long()?);
            let bytes = file.get(offset..offset.checked_add(length)?)?;
            if form.bytes(rows, columns)? != length {
                return None;
            }
            tensors.insert(
                name,
                Tensor {
                    form,
                    rows,
                    columns,
                    bytes,
                },
            );
        }
        Some(Self { tensors })
    }

    /// A tensor of any shape.
    pub(crate) fn get(&self, name: &str) -> Result<Tensor<'a>, WeightsFault> {
        self.tensors
            .get(name)
            .copied()
            .ok_or_else(|| WeightsFault::Missing(name.to_owned()))
    }

    /// All numbers of a tensor of this shape, row by row.
    pub(crate) fn floats(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Vec<f32>, WeightsFault> {
        let tensor = self.get(name)?;
        if (tensor.rows, tensor.columns) != (rows, columns) || tensor.form == Form::Bytes {
            return Err(WeightsFault::Shape(name.to_owned()));
        }
        Ok((0..rows).flat_map(|row| tensor.row(row)).collect())
    }

    /// One row of numbers.
    pub(crate) fn row(&self, name: &str, columns: usize) -> Result<Vec<f32>, WeightsFault> {
        self.floats(name, 1, columns)
    }

    /// A single number.
    pub(crate) fn number(&self, name: &str) -> Result<f32, WeightsFault> {
        Ok(self.floats(name, 1, 1)?[0])
    }

    /// Bytes as they are.
    pub(crate) fn bytes(&self, name: &str) -> Result<&'a [u8], WeightsFault> {
        let tensor = self.get(name)?;
        if tensor.form == Form::Bytes {
            Ok(tensor.bytes)
        } else {
            Err(WeightsFault::Shape(name.to_owned()))
        }
    }

    /// A text, each line by itself.
    pub(crate) fn lines(&self, name: &str) -> Result<Vec<&'a str>, WeightsFault> {
        let tensor = self.get(name)?;
        match str::from_utf8(tensor.bytes) {
            Ok(text) if tensor.form == Form::Bytes => Ok(text.lines().collect()),
            _ => Err(WeightsFault::Shape(name.to_owned())),
        }
    }
}

impl Tensor<'_> {
    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) const fn columns(&self) -> usize {
        self.columns
    }

    /// The numbers of one row. A row that is not there has none.
    pub(crate) fn row(&self, row: usize) -> Vec<f32> {
        let part = |width: usize, start: usize| {
            let at = start + row * width;
            self.bytes.get(at..at + width).unwrap_or_default()
        };
        if row >= self.rows {
            return Vec::new();
        }
        match self.form {
            Form::Bytes => part(self.columns, 0)
                .iter()
                .map(|b| f32::from(*b))
                .collect(),
            Form::Floats => floats(part(self.columns * 4, 0)).collect(),
            Form::Halves => part(self.columns * 2, 0)
                .as_chunks()
                .0
                .iter()
                .map(|two| half(u16::from_le_bytes(*two)))
                .collect(),
            Form::Rows8 => {
                let scale = floats(part(4, 0)).next().unwrap_or(0.0);
                part(self.columns, self.rows * 4)
                    .iter()
                    .map(|byte| f32::from(byte.cast_signed()) * scale)
                    .collect()
            }
            Form::Blocks4 => part(self.columns / BLOCK * BLOCK_BYTES, 0)
                .chunks_exact(BLOCK_BYTES)
                .flat_map(block)
                .collect(),
        }
    }
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|four| f32::from_le_bytes(*four))
}

/// The weights of a block of form 3.
fn block(bytes: &[u8]) -> [f32; BLOCK] {
    let scale = half(u16::from_le_bytes([bytes[0], bytes[1]]));
    let mut out = [0.0; BLOCK];
    for (at, byte) in bytes[2..].iter().enumerate() {
        out[at] = (f32::from(byte & 15) - 8.0) * scale;
        out[at + BLOCK / 2] = (f32::from(byte >> 4) - 8.0) * scale;
    }
    out
}

/// A half-precision float. Infinities and the like do not occur in weights and read as large.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from((bits >> 10) & 31);
    let fraction = f32::from(bits & 0x3ff);
    if exponent == 0 {
        sign * fraction * 2.0_f32.powi(-24)
    } else {
        sign * (1024.0 + fraction) * 2.0_f32.powi(exponent - 25)
    }
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn long(&mut self) -> Option<usize> {
        let bytes = self.take(8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(bytes)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_exactly() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x0001, 2.0_f32.powi(-24)),
            (0x3555, 0.333_251_95),
            (0, 0.0),
        ] {
            assert!((half(bits) - value).abs() < f32::EPSILON, "{bits:x}");
        }
    }

    #[test]
    fn a_block_holds_its_first_half_in_the_lower_halves_of_the_bytes() {
        let mut bytes = [0x88; BLOCK_BYTES];
        (bytes[0], bytes[1]) = (0x00, 0x3c);
        bytes[2] = 0xf0;
        let weights = block(&bytes);
        assert_eq!((weights[0], weights[16], weights[1]), (-8.0, 7.0, 0.0));
    }

    #[test]
    fn what_is_cut_off_or_foreign_is_refused() {
        for file in [
            &b""[..],
            b"GUIANDO",
            b"GUIANDO2\0\0\0\0",
            b"GUIANDO1\x01\0\0\0\x03abc",
        ] {
            assert_eq!(
                Weights::read(file).err(),
                Some(WeightsFault::Unreadable),
                "{file:?}"
            );
        }
        let empty = Weights::read(b"GUIANDO1\0\0\0\0").unwrap();
        assert_eq!(
            empty.number("x"),
            Err(WeightsFault::Missing("x".to_owned()))
        );
    }
}
