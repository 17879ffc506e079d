//! What can be wrong with a field, in a form that each language words for itself.

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// Where: dotted path with indices, such as `people[0].name`.
    pub field: String,
    /// What.
    pub kind: FaultKind,
}

/// What is wrong, without the value that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Nothing was given where something is needed.
    Required,
    /// Fewer visible code points than `min`.
    TooShort {
        /// Least number of visible code points.
        min: u64,
    },
    /// More code points than `max`.
    TooLong {
        /// Greatest number of code points.
        max: u64,
    },
    /// More entries than `max`.
    TooMany {
        /// Greatest number of entries.
        max: u64,
    },
    /// A control character other than tab and line breaks.
    ControlCharacter,
    /// None of the codes of its catalogue.
    UnknownCode,
    /// Not a day of the form `YYYY-MM-DD`, in a year that can be meant.
    NotADate,
    /// The last day comes before the first.
    EndsBeforeItBegins,
    /// The day comes after the legal day of filing.
    InTheFuture,
    /// The field does not exist.
    UnknownField,
    /// The field was given more than once.
    DuplicateField,
    /// Not of the type that the field has.
    WrongType,
    /// The whole is not a JSON object.
    NotAnObject,
}

impl FaultKind {
    /// A stable name, for programs and for the translation files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::TooMany { .. } => "too_many",
            Self::ControlCharacter => "control_character",
            Self::UnknownCode => "unknown_code",
            Self::NotADate => "not_a_date",
            Self::EndsBeforeItBegins => "ends_before_it_begins",
            Self::InTheFuture => "in_the_future",
            Self::UnknownField => "unknown_field",
            Self::DuplicateField => "duplicate_field",
            Self::WrongType => "wrong_type",
            Self::NotAnObject => "not_an_object",
        }
    }

    /// The bound that was passed over, if there is one.
    pub const fn limit(self) -> Option<u64> {
        match self {
            Self::TooShort { min } => Some(min),
            Self::TooLong { max } | Self::TooMany { max } => Some(max),
            Self::Required
            | Self::ControlCharacter
            | Self::UnknownCode
            | Self::NotADate
            | Self::EndsBeforeItBegins
            | Self::InTheFuture
            | Self::UnknownField
            | Self::DuplicateField
            | Self::WrongType
            | Self::NotAnObject => None,
        }
    }
}

/// Everything wrong with what was sent, never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} fields are not as they must be", .0.len())]
pub struct FieldFaults(pub(super) Vec<FieldFault>);

impl FieldFaults {
    /// A single fault.
    pub fn one(field: impl Into<String>, kind: FaultKind) -> Self {
        Self(vec![FieldFault {
            field: field.into(),
            kind,
        }])
    }

    /// Several, if there are any; to be followed by [`Self::and`] where there are none.
    pub fn all(faults: impl IntoIterator<Item = (&'static str, FaultKind)>) -> Self {
        let fault = |(field, kind): (&str, FaultKind)| FieldFault {
            field: field.to_owned(),
            kind,
        };
        Self(faults.into_iter().map(fault).collect())
    }

    /// Those and then others; what was said of a field first counts.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for other in others.0 {
            if self.of(&other.field).is_none() {
                self.0.push(other);
            }
        }
        self
    }

    /// The faults, in the order of the form.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldFault> {
        self.0.iter()
    }

    /// The faults themselves, in the same order.
    pub fn into_vec(self) -> Vec<FieldFault> {
        self.0
    }

    /// Those that are wanted, if there are any.
    #[must_use]
    pub fn only(self, wanted: impl Fn(&FieldFault) -> bool) -> Option<Self> {
        let kept: Vec<_> = self.0.into_iter().filter(wanted).collect();
        (!kept.is_empty()).then_some(Self(kept))
    }

    /// What is wrong with one field, if anything.
    pub fn of(&self, field: &str) -> Option<FaultKind> {
        self.0
            .iter()
            .find(|fault| fault.field == field)
            .map(|fault| fault.kind)
    }
}

impl<'a> IntoIterator for &'a FieldFaults {
    type Item = &'a FieldFault;
    type IntoIter = std::slice::Iter<'a, FieldFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Gathers faults while a draft is parsed, so that all of them are told at once.
#[derive(Debug, Default)]
pub(super) struct Collector(Vec<FieldFault>);

impl Collector {
    pub(super) fn note(&mut self, field: impl Into<String>, kind: FaultKind) {
        self.0.push(FieldFault {
            field: field.into(),
            kind,
        });
    }

    /// Keeps the value or notes the fault.
    pub(super) fn keep<T>(
        &mut self,
        field: impl Into<String>,
        parsed: Result<T, FaultKind>,
    ) -> Option<T> {
        parsed.map_err(|kind| self.note(field, kind)).ok()
    }

    pub(super) fn finish(self) -> Result<(), FieldFaults> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(FieldFaults(self.0))
        }
    }
}
