//! The calls of Argo Server that the command line makes.

use std::io::{BufRead, BufReader, Read};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ureq::http::Response;
use ureq::{Agent, Body};

use super::ArgoError;
use super::events::Events;
use crate::http::{self, Answer, Failure};

/// The most that is read of a log.
const MOST_LOG: u64 = 1 << 20;

/// An Argo Server.
#[derive(Clone, Debug)]
pub(crate) struct Argo {
    url: String,
    authorization: Option<String>,
    agent: Agent,
}

/// What a call for creation found.
#[derive(Debug)]
pub(crate) enum Found {
    /// Nothing: it was created.
    Created,
    /// A Workflow of this name, with these labels.
    Existing(Value),
}

impl Argo {
    /// An Argo Server at an address. `skip_verify` believes any certificate.
    pub(crate) fn new(url: &str, token: Option<&str>, skip_verify: bool) -> Result<Self, ArgoError> {
        if !http::is_address(url) {
            return Err(ArgoError::Address(url.to_owned()));
        }
        let agent = http::agent(url, skip_verify);
        Ok(Self { url: url.trim_end_matches('/').to_owned(), authorization: token.map(http::bearer), agent })
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Does a token travel where others can read it?
    pub(crate) fn shows_token(&self) -> bool {
        self.authorization.is_some() && self.url.starts_with("http://") && !http::is_near(&self.url)
    }

    /// Creates a Workflow, or finds the one that has its name.
    pub(crate) fn create(
        &self,
        namespace: &str,
        name: &str,
        workflow: &impl Serialize,
    ) -> Result<Found, ArgoError> {
        let url = format!("{}/api/v1/workflows/{namespace}", self.url);
        let request = self.with_headers(self.agent.post(&url)).content_type("application/json");
        let sent = request.send(json!({ "workflow": workflow }).to_string());
        let response = sent.map_err(|error| ArgoError::of_call(&self.url, error))?;
        match self.checked(response) {
            Ok(mut response) => self.json(&mut response).map(|_: Value| Found::Created),
            Err(ArgoError::Refused { status: 409, .. }) => self.get(namespace, name).map(Found::Existing),
            Err(error) => Err(error),
        }
    }

    /// A Workflow as it stands.
    pub(crate) fn get(&self, namespace: &str, name: &str) -> Result<Value, ArgoError> {
        let path = format!("/api/v1/workflows/{namespace}/{name}");
        self.json(&mut self.call(&path, "application/json")?)
    }

    /// Everything that happens to a Workflow from now on, beginning with how it stands.
    pub(super) fn events(
        &self,
        namespace: &str,
        name: &str,
    ) -> Result<Events<impl BufRead + use<>>, ArgoError> {
        let path =
            format!("/api/v1/workflow-events/{namespace}?listOptions.fieldSelector=metadata.name%3D{name}");
        let response = self.call(&path, "text/event-stream")?;
        Ok(Events::new(BufReader::new(response.into_body().into_reader())))
    }

    /// The lines that a container printed, with the pod that it ran in. Nothing if nobody has kept them.
    pub(crate) fn log(&self, namespace: &str, name: &str, container: &str) -> Vec<(String, String)> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Line {
            result: Content,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Content {
            #[serde(default)]
            content: String,
            #[serde(default)]
            pod_name: String,
        }
        let path = format!("/api/v1/workflows/{namespace}/{name}/log?logOptions.container={container}");
        let Ok(response) = self.call(&path, "application/json") else { return Vec::new() };
        let reader = BufReader::new(response.into_body().into_reader().take(MOST_LOG));
        let lines = reader.lines().map_while(Result::ok);
        lines
            .filter_map(|line| serde_json::from_str::<Line>(&line).ok())
            .map(|line| (line.result.pod_name, line.result.content))
            .collect()
    }

    /// What a path answers, whatever the status; with or without the token.
    pub(crate) fn look(&self, path: &str, with_token: bool) -> Result<Answer, Failure> {
        let authorization = self.authorization.as_deref().filter(|_| with_token);
        Answer::of(&self.agent, &format!("{}{path}", self.url), authorization)
    }

    /// Is there a token?
    pub(crate) fn has_token(&self) -> bool {
        self.authorization.is_some()
    }

    fn call(&self, path: &str, accept: &str) -> Result<Response<Body>, ArgoError> {
        let request =
            self.with_headers(self.agent.get(format!("{}{path}", self.url))).header("accept", accept);
        self.checked(request.call().map_err(|error| ArgoError::of_call(&self.url, error))?)
    }

    fn with_headers<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        match &self.authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        }
    }

    fn checked(&self, mut response: Response<Body>) -> Result<Response<Body>, ArgoError> {
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let text = response.body_mut().with_config().limit(MOST_LOG).read_to_string().unwrap_or_default();
        let said: Option<Value> = serde_json::from_str(&text).ok();
        let said = said.as_ref().and_then(|body| body.pointer("/message").or(body.pointer("/error/message")));
        let message = said.and_then(Value::as_str).or(status.canonical_reason()).unwrap_or("no reason given");
        Err(ArgoError::of_status(&self.url, status.as_u16(), one_line(message)))
    }

    fn json<T: for<'de> Deserialize<'de>>(&self, response: &mut Response<Body>) -> Result<T, ArgoError> {
        let body = response.body_mut().with_config().limit(http::MOST_BYTES).read_to_string();
        let text = body.map_err(|error| ArgoError::of_call(&self.url, error))?;
        serde_json::from_str(&text)
            .map_err(|error| ArgoError::NotArgo { url: self.url.clone(), reason: error.to_string() })
    }
}

/// What a server said, fit for a message.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_url_with_a_host() {
        for good in ["http://127.0.0.1:2746", "https://argo.company.com/", "https://company.com/argo"] {
            assert!(Argo::new(good, None, false).is_ok(), "{good}");
        }
        for bad in ["", "argo.company.com", "localhost:2746", "ftp://argo", "http://", "https://argo?x=1"] {
            assert!(Argo::new(bad, None, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_token_is_seen_by_others_without_encryption() {
        let shows = |url| Argo::new(url, Some("secret"), false).unwrap().shows_token();
        assert!(shows("http://argo.company.com"));
        assert!(!shows("https://argo.company.com"));
        assert!(!shows("http://127.0.0.1:2746"));
        assert!(!Argo::new("http://argo.company.com", None, false).unwrap().shows_token());
    }
}
