//! Random identifiers: uids of objects and the sandbox's token.

/// The system has no random bytes to give.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub(crate) struct NoRandomness(#[from] getrandom::Error);

/// A fresh uid in the form that Kubernetes gives (version 4).
pub(crate) fn uid() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xf << 76) | (0x4 << 76);
    let number = number & !(0x3 << 62) | (0x2 << 62);
    let group =
        |start: u32, digits: u32| (number >> (128 - 4 * (start + digits))) & ((1 << (4 * digits)) - 1);
    let (time_low, time_mid, time_high) = (group(0, 8), group(8, 4), group(12, 4));
    let (clock, node) = (group(16, 4), group(20, 12));
    Ok(format!("{time_low:08x}-{time_mid:04x}-{time_high:04x}-{clock:04x}-{node:012x}"))
}

/// A fresh token of 256 bits.
pub(crate) fn token() -> Result<String, NoRandomness> {
    let (mut high, mut low) = ([0_u8; 16], [0_u8; 16]);
    getrandom::fill(&mut high)?;
    getrandom::fill(&mut low)?;
    Ok(format!("{:032x}{:032x}", u128::from_be_bytes(high), u128::from_be_bytes(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_have_the_form_of_version_four() {
        let uid = uid().unwrap();
        assert_eq!(uid.len(), 36);
        assert_eq!(uid.chars().nth(14), Some('4'));
        assert!("89ab".contains(uid.chars().nth(19).unwrap()));
        assert_ne!(uid, super::uid().unwrap());
    }
}
