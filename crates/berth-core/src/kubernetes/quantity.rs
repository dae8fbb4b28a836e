//! Quantities of Kubernetes: `500m`, `32Mi`.

/// Suffixes of powers of ten and of two.
const SUFFIXES: [&str; 15] = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi"];

/// Is the text an amount as Kubernetes writes it, at least zero? Exponents are left out: nobody asks for `1e3` bytes.
pub(crate) fn is_quantity(text: &str) -> bool {
    let (number, suffix) =
        text.split_at(text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len()));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(fraction) && SUFFIXES.contains(&suffix)
}

#[cfg(test)]
mod tests {
    use super::is_quantity;

    #[test]
    fn amounts_of_kubernetes_are_quantities() {
        for good in ["1", "0.5", "10m", "32Mi", "1.5Gi", "100k"] {
            assert!(is_quantity(good), "{good}");
        }
        for bad in ["", "m", "a little", "-1", "1 Gi", "1gi", "1..5", ".5", "5.", "{{x}}", "1e3"] {
            assert!(!is_quantity(bad), "{bad}");
        }
    }
}
