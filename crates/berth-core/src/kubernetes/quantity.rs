//! Quantities of Kubernetes: `500m`, `32Mi`. Two texts may say the same amount: `1000m` is `1`.

/// Suffixes of powers of ten and of two, with what they multiply by, in thousand-millionths.
const SUFFIXES: [(&str, i128); 15] = [
    ("", ONE),
    ("n", 1),
    ("u", 1_000),
    ("m", 1_000_000),
    ("k", ONE * 1_000),
    ("M", ONE * 1_000_000),
    ("G", ONE * 1_000_000_000),
    ("T", ONE * 1_000_000_000_000),
    ("P", ONE * 1_000_000_000_000_000),
    ("E", ONE * 1_000_000_000_000_000_000),
    ("Ki", ONE << 10),
    ("Mi", ONE << 20),
    ("Gi", ONE << 30),
    ("Ti", ONE << 40),
    ("Pi", ONE << 50),
];
const ONE: i128 = 1_000_000_000;

/// Is the text an amount as Kubernetes writes it, at least zero? Exponents are left out: nobody asks for `1e3` bytes.
pub(crate) fn is_quantity(text: &str) -> bool {
    !text.starts_with('-') && !text.contains('e') && amount(text).is_some()
}

/// The amount in thousand-millionths, as Kubernetes counts; what is finer is rounded up. `None` for what is no
/// quantity, and for more than Kubernetes can hold.
pub(crate) fn amount(text: &str) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let end = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let scale = SUFFIXES.iter().find(|(known, _)| *known == suffix).map(|(_, scale)| *scale);
    let scale = scale.or_else(|| power_of_ten(suffix))?;
    let mantissa = format!("{whole}{fraction}").parse::<i128>().ok()?.checked_mul(scale)?;
    let divisor = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let rounded = mantissa.checked_add(divisor - 1)? / divisor;
    Some(sign * rounded)
}

/// `e3`, as Kubernetes writes amounts that were given so.
fn power_of_ten(suffix: &str) -> Option<i128> {
    let exponent = suffix.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?;
    let power = 10_i128.checked_pow(exponent.unsigned_abs())?;
    if exponent < 0 { Some(ONE / power) } else { ONE.checked_mul(power) }
}

#[cfg(test)]
mod tests {
    use super::{amount, is_quantity};

    #[test]
    fn amounts_of_kubernetes_are_quantities() {
        for good in ["1", "0.5", "10m", "32Mi", "1.5Gi", "100k"] {
            assert!(is_quantity(good), "{good}");
        }
        for bad in ["", "m", "a little", "-1", "1 Gi", "1gi", "1..5", ".5", "5.", "{{x}}", "1e3"] {
            assert!(!is_quantity(bad), "{bad}");
        }
    }

    #[test]
    fn the_same_amount_can_be_written_in_several_ways() {
        for (one, other) in [
            ("1000m", "1"),
            ("0.5", "500m"),
            ("1Gi", "1024Mi"),
            ("1.5Gi", "1536Mi"),
            ("1e3", "1k"),
            ("1E3", "1000"),
            ("12e-1", "1200m"),
            ("1048576", "1Mi"),
            ("-0", "0"),
        ] {
            assert_eq!(amount(one), amount(other), "{one} {other}");
        }
        assert!(amount("2Gi") > amount("2G") && amount("1E") > amount("1P"));
        assert!(amount("0.1n") == amount("1n"), "what is finer is rounded up");
        for bad in ["", "1 Gi", "e3", "1e", "1e999", "99999999999999999999999999999999999999999Pi"] {
            assert_eq!(amount(bad), None, "{bad}");
        }
    }
}
