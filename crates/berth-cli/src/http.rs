//! How the command line speaks HTTP: time limits, certificates, proxies and tokens, whoever it speaks to.

use std::io;
use std::time::Duration;

use serde_json::Value;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error, Proxy};

/// How long a connection and an answer may take.
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(30);
/// Argo sends a sign of life every 15 seconds.
const SILENCE: Duration = Duration::from_secs(40);

/// The most that is read of an answer.
pub(crate) const MOST_BYTES: u64 = 16 << 20;

/// What calls `url`. `skip_verify` believes any certificate.
pub(crate) fn agent(url: &str, skip_verify: bool) -> Agent {
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .disable_verification(skip_verify)
        .build();
    Agent::config_builder()
        .http_status_as_error(false)
        // A login page is no answer.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .timeout_per_read(Some(SILENCE))
        .user_agent(concat!("berth/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls)
        // What is on this machine needs no proxy to be reached.
        .proxy(if is_near(url) { None } else { Proxy::try_from_env() })
        .build()
        .new_agent()
}

/// Why a call got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The address can't be one.
    Address,
    /// Nobody answers, or not in time.
    Unreachable(String),
    /// The certificate is not to be believed, or there is no TLS.
    Untrusted(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Unreachable(match error {
            Error::BadUri(_) | Error::Http(_) => return Self::Address,
            Error::Timeout(_) => "no answer in time".to_owned(),
            Error::HostNotFound => "there is no such host".to_owned(),
            Error::ConnectionFailed => "the connection failed".to_owned(),
            Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                "nobody listens there".to_owned()
            }
            Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Self::Untrusted(error.to_string());
            }
            Error::Rustls(error) => return Self::Untrusted(error.to_string()),
            Error::Io(error) => crate::error::reason(&error),
            other => other.to_string(),
        })
    }
}

/// Is this `http://host...` or `https://host...`?
pub(crate) fn is_address(url: &str) -> bool {
    let parsed = url.parse::<Uri>().ok();
    let scheme = parsed.as_ref().and_then(Uri::scheme_str);
    let has_host = parsed.as_ref().is_some_and(|uri| uri.host().is_some() && uri.query().is_none());
    matches!(scheme, Some("http" | "https")) && has_host
}

/// Is it on this machine?
pub(crate) fn is_near(url: &str) -> bool {
    let host = url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned));
    host.is_some_and(|host| ["127.0.0.1", "localhost", "[::1]"].contains(&host.as_str()))
}

/// A token as a header; what `argo auth token` prints begins with `Bearer ` already.
pub(crate) fn bearer(token: &str) -> String {
    let token = token.trim();
    if token.starts_with("Bearer ") { token.to_owned() } else { format!("Bearer {token}") }
}

/// What an address answers, whatever the status.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The server's clock, as its header `Date` says.
    pub(crate) date: Option<String>,
    /// `Null` when it is not JSON.
    pub(crate) body: Value,
}

impl Answer {
    /// Looks at an address.
    ///
    /// # Errors
    /// When there is no answer.
    pub(crate) fn of(agent: &Agent, url: &str, authorization: Option<&str>) -> Result<Self, Failure> {
        let request = agent.get(url).header("accept", "application/json");
        let request = match authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        };
        let mut response = request.call()?;
        let date = response.headers().get("date").and_then(|date| date.to_str().ok()).map(str::to_owned);
        let text = response.body_mut().with_config().limit(MOST_BYTES).read_to_string()?;
        let body = serde_json::from_str(&text).unwrap_or_default();
        Ok(Self { status: response.status().as_u16(), date, body })
    }

    /// What it says about itself, in one line.
    pub(crate) fn message(&self) -> String {
        let said = self.body.pointer("/message").or(self.body.pointer("/error/message"));
        match said.and_then(Value::as_str) {
            Some(said) => said.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect(),
            None => format!("status {}", self.status),
        }
    }
}
