//! The names that Kubernetes allows.

/// A DNS label (RFC 1123): up to 63 of `[a-z0-9-]`, not a dash at either end.
pub(crate) fn is_dns_label(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// A DNS subdomain (RFC 1123): labels and dots, up to 253 characters.
pub(crate) fn is_dns_subdomain(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_dns_label)
}

/// A label key: a qualified name, with or without a prefix.
pub(crate) fn is_label_key(key: &str) -> bool {
    let (prefix, name) = key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    prefix.is_none_or(is_dns_subdomain) && !name.is_empty() && is_label_value(name)
}

/// A label value: up to 63 of `[A-Za-z0-9._-]` with a letter or digit at both ends; or empty.
pub(crate) fn is_label_value(value: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let end = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_alphanumeric());
    value.len() <= 63
        && value.bytes().all(inner)
        && end(value.bytes().next())
        && end(value.bytes().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_kubernetes_does() {
        assert!(is_dns_label("payments-checkout"));
        assert!(
            !is_dns_label("payments.checkout")
                && !is_dns_label("-x")
                && !is_dns_label("")
                && !is_dns_label("X")
        );
        assert!(is_dns_subdomain("schedules.velero.io") && !is_dns_subdomain("a..b"));
        assert!(is_label_key("platform.io/request-id") && is_label_key("app") && is_label_key("a_B.c"));
        assert!(!is_label_key("platform.io/") && !is_label_key("/x") && !is_label_key("a/b/c"));
        assert!(
            is_label_value("")
                && is_label_value("Small_1")
                && !is_label_value("-x")
                && !is_label_value("a b")
        );
    }
}
