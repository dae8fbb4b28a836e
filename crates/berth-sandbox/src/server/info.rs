//! What this server is, and that it is not Argo.

use axum::Json;
use serde_json::{Value, json};

use super::query::NoQuery;
use crate::VERSION;

pub(super) async fn version(_: NoQuery) -> Json<Value> {
    Json(json!({
        "version": VERSION,
        "buildDate": "",
        "gitCommit": "",
        "gitTag": "",
        "gitTreeState": "",
        "goVersion": "",
        "compiler": "rustc",
        "platform": format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
    }))
}

/// Where the real one is.
const LINK: &str = "https://argoproj.github.io/workflows";

/// The link is what Argo's own UI would show at the side: it says plainly what this is.
pub(super) async fn info(_: NoQuery) -> Json<Value> {
    let not_argo = "this is berth sandbox, not Argo: it runs only the Workflows that berth renders";
    Json(json!({
        "links": [{"name": not_argo, "scope": "workflow-list", "url": LINK, "target": "_blank"}],
        "modals": {"feedback": false, "firstTimeUser": false, "newVersion": false},
    }))
}
