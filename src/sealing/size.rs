//! The few sizes that an envelope may have.

/// Every size of a stored envelope, in bytes. A stored size tells only which of these it is.
pub const SIZE_CLASSES: [SizeClass; 7] = [
    SizeClass(4 << 10),
    SizeClass(8 << 10),
    SizeClass(16 << 10),
    SizeClass(32 << 10),
    SizeClass(64 << 10),
    SizeClass(128 << 10),
    SizeClass(256 << 10),
];

/// Bytes of the length field in front.
pub(crate) const LENGTH_FIELD: usize = 4;

/// One of the [`SIZE_CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SizeClass(usize);

impl SizeClass {
    /// The whole envelope, in bytes.
    pub const fn bytes(self) -> usize {
        self.0
    }

    /// The class of that many bytes, if it is one.
    pub fn of(bytes: usize) -> Option<Self> {
        SIZE_CLASSES.into_iter().find(|class| class.0 == bytes)
    }

    /// How long the padded plaintext is in this class, for that many recipients: what is left when
    /// age's own bytes are at their longest.
    pub fn plaintext(self, recipients: usize) -> usize {
        self.0
            .saturating_sub(LENGTH_FIELD + age_overhead(self.0, recipients))
    }

    /// The smallest class whose plaintext has room for `length` bytes, if any has.
    pub fn fitting(length: usize, recipients: usize) -> Option<Self> {
        SIZE_CLASSES
            .into_iter()
            .find(|class| length.max(1) <= class.plaintext(recipients))
    }
}

/// Upper bound of what age adds: the header line (22), a stanza for each X25519 recipient (98), the
/// random "grease" stanza (at most 190: a tag of 15, four arguments of 9, 99 bytes of body in base64
/// on three lines), the MAC line (48), the nonce (16), and a tag (16) for each chunk of 64 KiB. The
/// margin leaves room for a longer grease in a later release.
const fn age_overhead(size: usize, recipients: usize) -> usize {
    const MARGIN: usize = 48;
    22 + 98 * recipients + 190 + 48 + 16 + 16 * size.div_ceil(64 << 10) + MARGIN
}
