//! The REST API: Argo Server's paths that Berth uses, and one of our own.
//!
//! - `guard`: who may call: this machine, no foreign web page, the token where there is one
//! - `answer`, `body`, `query`, `fields`: errors, bodies, parameters and what of an answer is wanted
//! - `workflows`, `templates`, `watch`, `log`, `info`, `objects`: the calls
//! - `listen`: the connections, with limits

mod answer;
mod body;
mod fields;
mod guard;
mod info;
mod listen;
mod log;
mod objects;
mod query;
mod stream;
mod templates;
mod watch;
mod workflows;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::{Method, Uri};
use axum::middleware;
use axum::routing::{get, post, put};
use tokio::sync::mpsc;

use crate::executor::Executor;
use crate::logs::LogBook;
use crate::registry::Registry;
use crate::store::Store;
use answer::{ApiError, Code};
pub(crate) use listen::serve;

/// What all calls share. Without `Debug`: the token is nobody's to print but the caller's who started us.
pub(crate) struct App {
    pub(crate) registry: Arc<Registry>,
    pub(crate) executor: Arc<Executor>,
    pub(crate) logs: Arc<LogBook>,
    /// The cluster in memory, when there is one.
    pub(crate) store: Option<Arc<Store>>,
    /// What callers must show, when it is asked for.
    pub(crate) token: Option<String>,
    pub(crate) address: SocketAddr,
    /// Every run holds a clone; the sandbox has ended when all are gone.
    pub(crate) alive: mpsc::Sender<()>,
}

/// All paths. Whatever else is asked for is named in the answer.
pub(crate) fn router(app: Arc<App>) -> Router {
    let workflow = get(workflows::get).delete(workflows::delete);
    let template = get(templates::get).put(templates::update).delete(templates::delete);
    Router::new()
        .route("/api/v1/info", get(info::info))
        .route("/api/v1/version", get(info::version))
        .route("/api/v1/workflows/{namespace}", get(workflows::list).post(workflows::create))
        .route("/api/v1/workflows/{namespace}/lint", post(workflows::lint))
        .route("/api/v1/workflows/{namespace}/{name}", workflow)
        .route("/api/v1/workflows/{namespace}/{name}/stop", put(workflows::stop))
        .route("/api/v1/workflows/{namespace}/{name}/terminate", put(workflows::terminate))
        .route("/api/v1/workflows/{namespace}/{name}/log", get(log::log))
        .route("/api/v1/workflow-events/{namespace}", get(watch::watch))
        .route("/api/v1/workflow-templates/{namespace}", get(templates::list).post(templates::create))
        .route("/api/v1/workflow-templates/{namespace}/{name}", template)
        .route("/sandbox/objects", get(objects::list))
        .fallback(not_served)
        .method_not_allowed_fallback(not_served)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .with_state(app)
}

async fn not_served(method: Method, uri: Uri) -> ApiError {
    ApiError::new(Code::Unimplemented, format!("berth sandbox does not serve `{method} {}`", uri.path()))
}
