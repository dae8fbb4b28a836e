//! Argo Server: is it there, is it Argo, does it know who asks, and what does it keep.

use berth_core::Berth;
use serde_json::Value;

use super::finding::{Code, Finding};
use super::report::{Checked, Report};
use super::{clock, templates, token, version};
use crate::argo::Argo;
use crate::args::ArgoArgs;
use crate::error::CliError;
use crate::http::{Answer, Failure, is_near};

/// What follows when Argo Server can't be used.
const WAITING: &str = "requests are accepted and stay `queued` until it can be used";

/// Looks at Argo Server.
pub(super) fn examine(
    report: &mut Report,
    berth: &Berth,
    server: &ArgoArgs,
    token: Option<&str>,
) -> Result<(), CliError> {
    let argo = Argo::new(&server.argo, token, server.insecure_skip_verify)?;
    if argo.shows_token() {
        report.add("encryption", in_the_clear(&argo).into());
    }
    let answer = match argo.look("/api/v1/version", true) {
        Ok(answer) => answer,
        Err(failure) => {
            report.add("argo", closed(&argo, failure).into());
            return Ok(());
        }
    };
    let version = answer.body.get("version").and_then(Value::as_str).unwrap_or_default();
    if version.is_empty() && !matches!(answer.status, 401 | 403) {
        report.add("argo", no_argo(&argo, &answer).into());
        return Ok(());
    }
    report.add("argo", Checked::Fine(format!("{} answers", argo.url())));
    let is_sandbox = version.ends_with("+berth-sandbox");
    if !version.is_empty() {
        report.add("version", of_version(version, is_sandbox));
    }
    let namespace = &berth.workflow_settings().namespace;
    let list = format!("/api/v1/workflows/{namespace}?listOptions.limit=1&fields=metadata");
    let may_read = authorization(report, &argo, &list, token, is_sandbox);
    report.add("clock", clock::of_header(answer.date.as_deref(), "Argo Server"));
    if is_sandbox {
        report.skip("archive", "the sandbox has none");
    } else if may_read {
        report.add("archive", archive(&argo));
    } else {
        report.skip("archive", "Argo Server does not let us in");
    }
    if may_read {
        report.add("templates", templates::examine(&argo, berth));
    } else {
        report.skip("templates", "Argo Server does not let us in");
    }
    Ok(())
}

fn in_the_clear(argo: &Argo) -> Finding {
    Code::TokenUnencrypted.found(
        format!("the token travels to `{}` without encryption", argo.url()),
        "who sees the traffic can make Workflows, and through them namespaces",
        "take Argo Server's --secure=false away, or put an ingress with TLS before it, and use https://",
    )
}

/// Argo Server can't be called.
fn closed(argo: &Argo, failure: Failure) -> Finding {
    let url = argo.url();
    match failure {
        Failure::Untrusted(reason) => Code::ArgoUntrusted.found(
            format!("can't trust Argo Server at `{url}`: {reason}"),
            WAITING,
            "give its authority: SSL_CERT_FILE=ca.pem berth doctor ..., and `caFile` in argoWorkflows.instances[]; a server \
             without TLS has an address with http://",
        ),
        Failure::Unreachable(_) | Failure::Address => Code::ArgoUnreachable.found(
            match failure {
                Failure::Unreachable(reason) => format!("can't reach Argo Server at `{url}`: {reason}"),
                _ => format!("`{url}` can't be called"),
            },
            WAITING,
            "see whether it runs and where it listens: kubectl get deployments,services,ingresses,networkpolicies \
             --namespace argo",
        ),
    }
}

fn no_argo(argo: &Argo, answer: &Answer) -> Finding {
    Code::ArgoNotArgo.found(
        format!("`{}` does not answer as Argo Server does: status {}", argo.url(), answer.status),
        WAITING,
        match argo.url().strip_prefix("http://") {
            // A server with TLS answers so to who speaks without.
            Some(host) if answer.status == 400 => format!("if it has TLS, give --argo https://{host}"),
            _ => format!("see what answers: curl --include {}/api/v1/version", argo.url()),
        },
    )
}

fn of_version(version: &str, is_sandbox: bool) -> Checked {
    if is_sandbox {
        return Checked::from(Code::ArgoIsSandbox.found(
            format!("this is `berth sandbox` ({version}), not Argo"),
            "it is for laptops and CI: what it keeps goes with it",
            "install Argo Workflows for production: docs/install.md",
        ));
    }
    match version::argo(version) {
        Some(finding) => finding.into(),
        None => Checked::Fine(version.to_owned()),
    }
}

/// Does it know who asks, and refuse everybody else? Says whether Workflows may be read.
fn authorization(
    report: &mut Report,
    argo: &Argo,
    list: &str,
    token: Option<&str>,
    is_sandbox: bool,
) -> bool {
    let mut findings = Vec::new();
    let (mine, anybodys) = (argo.look(list, true), argo.look(list, false));
    let status = |answer: &Result<Answer, Failure>| answer.as_ref().map_or(0, |answer| answer.status);
    let message = mine.as_ref().map_or_else(|_| "no answer".to_owned(), Answer::message);
    if status(&anybodys) == 200 && !(is_sandbox && is_near(argo.url())) {
        findings.push(Code::AuthOpen.found(
            format!("Argo Server at `{}` lets in who has no token", argo.url()),
            "whoever reaches it makes Workflows as any account of the namespace, without request, approval or trace",
            "start it with --auth-mode=client alone: kubectl apply --kustomize deploy/overlays/kind",
        ));
    }
    match (status(&mine), argo.has_token()) {
        (401, false) => findings.push(Code::TokenMissing.found(
            "Argo Server wants a token, and there is none",
            "nothing more can be looked at; the backend without `token` or `tokenFile` is refused the same way",
            "export ARGO_TOKEN=\"$(kubectl create token berth-backend --namespace berth-workflows)\"",
        )),
        (401, true) => findings.push(refused(token.unwrap_or_default(), &message)),
        (403, _) => findings.push(Code::TokenForbidden.found(
            format!("Argo Server forbids to list the Workflows: {message}"),
            "requests can't be followed: they stay `provisioning`",
            "give the account its role: kubectl apply --kustomize deploy/base",
        )),
        _ => {}
    }
    let may_read = status(&mine) == 200;
    let whose = token.and_then(token::subject).map_or_else(String::new, |subject| format!(" {subject}"));
    let seen = if argo.has_token() {
        format!("the token{whose} is known, others are refused")
    } else {
        "no token is needed".to_owned()
    };
    report.add("token", Checked::unless(findings, seen));
    may_read
}

fn refused(token: &str, message: &str) -> Finding {
    let now = jiff::Timestamp::now();
    match token::ends(token).filter(|end| *end <= now) {
        Some(end) => Code::TokenExpired.found(
            format!("the token ended at {end}"),
            WAITING,
            "use `tokenFile` with a projected token, which is renewed by itself; for this look: \
             export ARGO_TOKEN=\"$(kubectl create token berth-backend --namespace berth-workflows)\"",
        ),
        None => Code::TokenRefused.found(
            format!("Argo Server does not know the token: {message}"),
            WAITING,
            "use a token of this cluster: kubectl create token berth-backend --namespace berth-workflows",
        ),
    }
}

/// An archive answers differently for a Workflow that it doesn't have than a server without one.
fn archive(argo: &Argo) -> Checked {
    const NONE: &str = "/api/v1/archived-workflows/00000000-0000-0000-0000-000000000000";
    match argo.look(NONE, true) {
        Ok(answer) if answer.message().contains("not supported") => Checked::from(Code::ArchiveOff.found(
            "Argo keeps no archive of Workflows",
            "a Workflow that its TTL has taken, or that is lost with the cluster, is known to Berth's own tables alone",
            "add deploy/components/archive to your overlay, with your database",
        )),
        Ok(answer) if answer.status == 404 || answer.status == 200 => Checked::Fine("on".to_owned()),
        Ok(answer) => Checked::Skipped(format!("Argo Server does not tell: {}", answer.message())),
        Err(_) => Checked::Skipped("no answer".to_owned()),
    }
}
