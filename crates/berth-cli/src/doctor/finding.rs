//! What the doctor can find. Codes are fixed: scripts rely on them, and docs/doctor.md lists them.

use serde::Serialize;

/// Something that is not as it should be.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    /// What is wrong.
    pub(crate) message: String,
    /// What follows from it.
    pub(crate) consequence: String,
    /// The command, or the deed, that mends it.
    pub(crate) remedy: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// Requests will not be carried out, or are not safe.
    Error,
    /// It works today.
    Warning,
    /// Good to know.
    Note,
}

/// Declares the codes, with the severity of each.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// What was found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub(crate) enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $name,)+
        }

        impl Code {
            /// All of them, as they are written.
            #[cfg(test)]
            pub(crate) const ALL: &[(&str, Severity)] = &[$(($text, Severity::$severity),)+];

            /// As it is written.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// How bad it is.
            pub(crate) fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// Nobody answers at the address of Argo Server.
    ArgoUnreachable = "argo-unreachable", Error;
    /// The certificate of Argo Server is not to be believed, or there is no TLS.
    ArgoUntrusted = "argo-untrusted", Error;
    /// Something else answers.
    ArgoNotArgo = "argo-not-argo", Error;
    /// The version is too old.
    ArgoVersionOld = "argo-version-old", Error;
    /// The version was never tried.
    ArgoVersionUntested = "argo-version-untested", Warning;
    /// It is the embedded engine.
    ArgoIsSandbox = "argo-is-sandbox", Note;
    /// A token travels unencrypted.
    TokenUnencrypted = "token-unencrypted", Error;
    /// Argo Server wants a token and there is none.
    TokenMissing = "token-missing", Error;
    /// Argo Server doesn't know the token.
    TokenRefused = "token-refused", Error;
    /// The token's time is over.
    TokenExpired = "token-expired", Error;
    /// The token may not list the Workflows.
    TokenForbidden = "token-forbidden", Error;
    /// Argo Server lets everybody in.
    AuthOpen = "auth-open", Error;
    /// Clocks differ.
    ClockSkew = "clock-skew", Error;
    /// Finished Workflows are not archived.
    ArchiveOff = "archive-off", Warning;
    /// A `WorkflowTemplate` of today's documents is not installed.
    TemplateMissing = "template-missing", Warning;
    /// A `WorkflowTemplate` was changed.
    TemplateChanged = "template-changed", Error;
    /// Argo runs only Workflows by reference.
    ReferenceRequired = "reference-required", Note;
    /// Argo runs only Workflows by reference, and a `WorkflowTemplate` of today's documents isn't there.
    TemplateRequired = "template-required", Error;
    /// Argo's setting about references says what Argo doesn't know.
    RestrictionUnknown = "restriction-unknown", Error;
    /// The kubectl image is not pinned.
    ImageUnpinned = "image-unpinned", Warning;
    /// The kubectl image is of another time than the cluster.
    ImageSkew = "image-skew", Warning;
    /// The cluster can't be reached.
    ClusterUnreachable = "cluster-unreachable", Error;
    /// The cluster is too old.
    ClusterVersionOld = "cluster-version-old", Error;
    /// A part of the cluster may not be looked at.
    ClusterHidden = "cluster-hidden", Warning;
    /// The namespace of the Workflows isn't there.
    NamespaceMissing = "namespace-missing", Error;
    /// An account isn't there.
    AccountMissing = "account-missing", Error;
    /// A CRD that Argo needs isn't there.
    CrdMissing = "crd-missing", Error;
    /// A kind that an option makes isn't there.
    FeatureKindMissing = "feature-kind-missing", Warning;
    /// The token of the backend lacks a right.
    TokenRightMissing = "token-right-missing", Error;
    /// The token of the backend has a right that it must not have.
    TokenRightExcess = "token-right-excess", Error;
    /// An account of Workflows lacks a right.
    AccountRightMissing = "account-right-missing", Error;
    /// An account of Workflows has a right that it must not have.
    AccountRightExcess = "account-right-excess", Error;
    /// An admission policy isn't there.
    AdmissionMissing = "admission-missing", Error;
    /// An admission policy is there, but refuses nothing, or not everywhere.
    AdmissionUnbound = "admission-unbound", Error;
    /// An admission policy is not what the documents give.
    AdmissionOutdated = "admission-outdated", Error;
    /// Something that Berth wrote is of no document any more.
    Leftover = "leftover", Warning;
    /// A `RoleBinding` names a role of another kind than today's documents do.
    BindingOutdated = "binding-outdated", Warning;
    /// Backstage can't be reached.
    BackstageUnreachable = "backstage-unreachable", Error;
    /// Backstage doesn't tell how it is.
    BackstageRefused = "backstage-refused", Error;
    /// The database of the backend does not answer.
    DatabaseDegraded = "database-degraded", Error;
    /// Another part of the backend is not well.
    BackstageDegraded = "backstage-degraded", Error;
}

impl Code {
    /// A finding of this kind.
    pub(crate) fn found(
        self,
        message: impl Into<String>,
        consequence: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding {
            code: self,
            severity: self.severity(),
            message: message.into(),
            consequence: consequence.into(),
            remedy: remedy.into(),
        }
    }

    /// Did the doctor come to a closed door?
    pub(crate) fn is_trouble(self) -> bool {
        matches!(
            self,
            Self::ArgoUnreachable
                | Self::ArgoUntrusted
                | Self::ClusterUnreachable
                | Self::BackstageUnreachable
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_list_every_code_with_its_severity() {
        let page = include_str!("../../../../docs/doctor.md");
        let table = page.split_once("| Code | Severity |").unwrap().1;
        let cells = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
        let listed: Vec<(&str, &str)> =
            cells.map(|(code, rest)| (code, rest.split(" | ").next().unwrap_or_default())).collect();
        let wanted: Vec<(&str, String)> = Code::ALL
            .iter()
            .map(|(code, severity)| (*code, format!("{severity:?}").to_lowercase()))
            .collect();
        let wanted: Vec<(&str, &str)> =
            wanted.iter().map(|(code, severity)| (*code, severity.as_str())).collect();
        assert_eq!(listed, wanted);
    }
}
