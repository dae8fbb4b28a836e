//! The connections: how many, how long a client may take to ask, and how they end.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// How long a client may take to send its headers.
const HEADERS: Duration = Duration::from_secs(10);
/// The most bytes of headers.
const HEADER_BYTES: usize = 32 << 10;
/// How many connections are open at once; more wait.
const CONNECTIONS: usize = 256;
/// A pause after an error of the operating system, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `ending` is true, then drops all connections.
pub(crate) async fn serve(listener: TcpListener, router: Router, mut ending: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            while connections.try_join_next().is_some() {}
            let Ok((socket, _)) = listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let service = TowerToHyperService::new(router.clone());
            connections.spawn(async move {
                let mut server = http1::Builder::new();
                server.timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(HEADER_BYTES);
                // A connection that breaks is the client's business.
                let _: Result<(), _> = server.serve_connection(TokioIo::new(socket), service).await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        _ = ending.wait_for(|ending| *ending) => {}
    }
    connections.shutdown().await;
}
