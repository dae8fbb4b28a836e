//! A parameter's value as conditions see it: options are numbers, sets of options are bit masks.

/// The most options that a table or an `enum` may have, and the most parameters of a blueprint.
pub(crate) const MOST: usize = 64;

/// The value of one parameter of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot<'r> {
    /// Not given, and there is no default.
    Absent,
    /// Given, but not what the parameter takes: a violation says why, and no rule looks at it.
    Invalid,
    /// Free text.
    Text(&'r str),
    /// One option, by its place in the table.
    Choice(u8),
    /// Some options, a bit each.
    Choices(u64),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

/// The bit of the option or parameter at `index`; [`MOST`] keeps the index below 64.
pub(crate) fn bit(index: usize) -> u64 {
    1u64.wrapping_shl(u32::try_from(index).unwrap_or(u32::MAX))
}
