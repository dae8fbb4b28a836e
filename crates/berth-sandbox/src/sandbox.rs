//! A running sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::executor::Executor;
use crate::kubectl::{self, Backend, Kubectl};
use crate::logs::LogBook;
use crate::registry::Registry;
use crate::server::{self, App};
use crate::store::Store;
use crate::{SandboxConfig, SandboxError, ids};

/// How long runs may take to end when the sandbox does.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running sandbox. Dropping it leaves it running as long as its runtime; [`Sandbox::shutdown`] ends it.
pub struct Sandbox {
    app: Arc<App>,
    ending: watch::Sender<bool>,
    serving: JoinHandle<()>,
    /// Ends when every run has ended.
    runs: mpsc::Receiver<()>,
}

impl Sandbox {
    /// Starts a sandbox; when this returns it listens. Needs a tokio runtime with time and I/O.
    ///
    /// # Errors
    /// When the address is not loopback or is taken, when the kubeconfig or `kubectl` is missing, or when a
    /// seeded object is not one.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        if !config.listen.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(config.listen));
        }
        let (backend, store) = backend(&config)?;
        let token = config.kubeconfig.is_some().then(ids::token).transpose()?;
        let refused = |source| SandboxError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (registry, logs) = (Arc::new(Registry::default()), Arc::new(LogBook::default()));
        let executor = Executor::new(
            Arc::clone(&registry),
            Arc::clone(&logs),
            backend,
            config.faults,
            config.step_delay,
        );
        let (alive, runs) = mpsc::channel(1);
        let app =
            Arc::new(App { registry, executor: Arc::new(executor), logs, store, token, address, alive });
        let ending = watch::Sender::new(false);
        let router = server::router(Arc::clone(&app));
        let serving = tokio::spawn(server::serve(listener, router, ending.subscribe()));
        Ok(Self { app, ending, serving, runs })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.app.address
    }

    /// Its address for clients.
    pub fn url(&self) -> String {
        format!("http://{}", self.app.address)
    }

    /// What callers must send as `Authorization: Bearer <token>`; `None` when they need nothing.
    pub fn token(&self) -> Option<&str> {
        self.app.token.as_deref()
    }

    /// The cluster in memory; `None` when a real one is written to.
    pub fn store(&self) -> Option<&Store> {
        self.app.store.as_deref()
    }

    /// Ends it: no more calls, running steps are ended where they are, private folders are removed.
    pub async fn shutdown(self) {
        let Self { app, ending, serving, mut runs } = self;
        ending.send_replace(true);
        // An error means that it has ended already.
        let _ = serving.await;
        app.executor.end();
        // The last sender but those of the runs.
        drop(app);
        let _ = tokio::time::timeout(PATIENCE, runs.recv()).await;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("address", &self.app.address).finish_non_exhaustive()
    }
}

fn backend(config: &SandboxConfig) -> Result<(Backend, Option<Arc<Store>>), SandboxError> {
    let Some(path) = &config.kubeconfig else {
        let store = Arc::new(Store::default());
        for (index, seed) in config.seeds.iter().enumerate() {
            let refused = |error: crate::store::StoreError| SandboxError::Seed {
                number: index + 1,
                reason: error.to_string(),
            };
            store.apply(seed).map_err(refused)?;
        }
        return Ok((Backend::Store(Arc::clone(&store)), Some(store)));
    };
    let path =
        kubectl::readable(path).map_err(|source| SandboxError::Kubeconfig { path: path.clone(), source })?;
    let kubectl = Kubectl::find(path).ok_or(SandboxError::NoKubectl)?;
    Ok((Backend::Kubectl(kubectl), None))
}
