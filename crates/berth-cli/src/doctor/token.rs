//! What a token says about itself. It is only read, never believed: who checks it is the server.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

/// When a JSON Web Token ends; nothing if it isn't one, or never ends.
pub(super) fn ends(token: &str) -> Option<Timestamp> {
    let expires = claims(token)?.get("exp")?.as_i64()?;
    Timestamp::from_second(expires).ok()
}

/// Whom a JSON Web Token stands for.
pub(super) fn subject(token: &str) -> Option<String> {
    Some(claims(token)?.get("sub")?.as_str()?.to_owned())
}

fn claims(token: &str) -> Option<Value> {
    let token = token.trim();
    let token = token.strip_prefix("Bearer ").unwrap_or(token);
    let payload = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_whose_it_is_and_when_it_ends() {
        let claims = r#"{"exp":1767225600,"sub":"system:serviceaccount:berth-workflows:berth-backend"}"#;
        let token = format!("Bearer e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        assert_eq!(ends(&token).unwrap().to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(subject(&token).unwrap(), "system:serviceaccount:berth-workflows:berth-backend");
        assert_eq!((ends("v2:secret"), subject("e30.####.c2ln")), (None, None));
    }
}
