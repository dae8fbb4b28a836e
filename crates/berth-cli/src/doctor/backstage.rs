//! The backend: does it answer, and how are its database, its outbox and its documents.

use serde_json::Value;

use super::finding::{Code, Finding};
use super::report::{Checked, Report};
use crate::error::CliError;
use crate::http::{self, Answer, Failure};

/// Looks at a Backstage.
pub(super) fn examine(report: &mut Report, url: &str, token: Option<&str>) -> Result<(), CliError> {
    if !http::is_address(url) {
        return Err(CliError::trouble(format!("`{url}` is not the address of a Backstage"))
            .hint("write it like `https://backstage.company.com`"));
    }
    let base = format!("{}/api/platform/health", url.trim_end_matches('/'));
    let agent = http::agent(url, false);
    match Answer::of(&agent, &base, None) {
        Ok(answer) if answer.body.get("status").and_then(Value::as_str) == Some("ok") => {
            report.add("backstage", Checked::Fine(format!("{url} answers")));
        }
        Ok(answer) => {
            report
                .add("backstage", closed(&base, &format!("it answers with status {}", answer.status)).into());
            return Ok(());
        }
        Err(Failure::Unreachable(reason) | Failure::Untrusted(reason)) => {
            report.add("backstage", closed(&base, &reason).into());
            return Ok(());
        }
        Err(Failure::Address) => {
            report.add("backstage", closed(&base, "it can't be called").into());
            return Ok(());
        }
    }
    let Some(token) = token else {
        report.skip("database", "BACKSTAGE_TOKEN is not set");
        return Ok(());
    };
    match Answer::of(&agent, &format!("{base}/details"), Some(&http::bearer(token))) {
        Ok(answer) if answer.status == 200 => parts(report, &answer.body),
        Ok(answer) => report.add(
            "database",
            Code::BackstageRefused
                .found(
                    format!("the backend does not say how it is: {}", answer.message()),
                    "its database, outbox and documents were not looked at",
                    "use a token of one of the issuers in `berth.tokens`, or of a Backstage user, in BACKSTAGE_TOKEN",
                )
                .into(),
        ),
        Err(_) => report.skip("database", "no answer"),
    }
    Ok(())
}

fn closed(url: &str, reason: &str) -> Finding {
    Code::BackstageUnreachable.found(
        format!("can't reach the plugin `platform` at `{url}`: {reason}"),
        "nobody can ask for anything",
        format!("see its log, and: curl --include {url}"),
    )
}

/// Each part of `GET /health/details`.
fn parts(report: &mut Report, details: &Value) {
    let parts = details.get("parts").and_then(Value::as_object);
    let mut others = Vec::new();
    for (name, part) in parts.into_iter().flatten() {
        let is_ok = part.get("status").and_then(Value::as_str) == Some("ok");
        let message = part.get("message").and_then(Value::as_str).unwrap_or("no reason given");
        if name == "database" {
            report.add(
                "database",
                if is_ok { Checked::Fine("answers".to_owned()) } else { database(message).into() },
            );
        } else if !is_ok {
            others.push(Code::BackstageDegraded.found(
                format!("`{name}` of the backend is degraded: {message}"),
                "requests or notifications wait",
                "docs/operating.md says what to do about each part",
            ));
        }
    }
    report.add("backend", Checked::unless(others, "all parts are well"));
}

fn database(message: &str) -> Finding {
    Code::DatabaseDegraded.found(
        format!("the backend's database does not answer: {message}"),
        "requests are neither taken nor carried on; Workflows that run go on, and are found again afterwards",
        "see the database and `backend.database` in app-config.yaml; docs/operating.md says how to restore it",
    )
}
