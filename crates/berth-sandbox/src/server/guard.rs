//! Who may call: programs of this machine, and no web page of somebody else's.
//!
//! A page that a browser shows can call loopback addresses; its Origin, or the name by which it made the
//! browser come here (DNS rebinding), gives it away.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::answer::{ApiError, Code};

pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match check(&app, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn check(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    let host = single(headers, &header::HOST)?.unwrap_or_default();
    if !is_ours(host, app.address) {
        let message = format!("berth sandbox answers to its loopback name only, not to the host `{host}`");
        return Err(ApiError::new(Code::PermissionDenied, message));
    }
    if let Some(origin) = single(headers, &header::ORIGIN)?
        && !origin.strip_prefix("http://").is_some_and(|host| is_ours(host, app.address))
    {
        let message = format!("berth sandbox does not answer web pages of the origin `{origin}`");
        return Err(ApiError::new(Code::PermissionDenied, message));
    }
    let Some(token) = &app.token else { return Ok(()) };
    let shown = single(headers, &header::AUTHORIZATION)?.and_then(|value| value.strip_prefix("Bearer "));
    if shown.is_some_and(|shown| is_same(shown, token)) {
        return Ok(());
    }
    Err(ApiError::new(
        Code::Unauthenticated,
        "token not valid: send the token that berth sandbox printed as `Authorization: Bearer <token>`",
    ))
}

/// A header that may stand once at most.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ApiError> {
    let mut values = headers.get_all(name).iter();
    let refused = || ApiError::new(Code::PermissionDenied, format!("the header `{name}` is not readable"));
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| refused()),
        (Some(_), Some(_)) => Err(refused()),
    }
}

/// A loopback name and our own port.
fn is_ours(host: &str, address: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port.parse().ok()),
        _ => (host, Some(80)),
    };
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    port == Some(address.port()) && (is_address || name.eq_ignore_ascii_case("localhost"))
}

/// Compares without telling by the time how much was right.
fn is_same(shown: &str, token: &str) -> bool {
    let differences = shown.bytes().zip(token.bytes()).fold(0, |differences, (a, b)| differences | (a ^ b));
    shown.len() == token.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_with_our_port_are_ours() {
        let address = "127.0.0.1:2746".parse().unwrap();
        for host in ["127.0.0.1:2746", "127.0.0.2:2746", "localhost:2746", "[::1]:2746", "LOCALHOST:2746"] {
            assert!(is_ours(host, address), "{host}");
        }
        for host in [
            "127.0.0.1",
            "localhost:80",
            "evil.example:2746",
            "127.0.0.1.evil.example:2746",
            "",
            "[::1]",
            "0.0.0.0:2746",
        ] {
            assert!(!is_ours(host, address), "{host}");
        }
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(is_same("abc", "abc"));
        assert!(
            !is_same("ab", "abc") && !is_same("abcd", "abc") && !is_same("", "abc") && !is_same("abd", "abc")
        );
    }
}
