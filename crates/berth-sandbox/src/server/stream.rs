//! Answers that go on: one JSON document after the other, as server-sent events for who asks for them.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::ApiError;

/// Comments that keep an idle event stream alive; Argo sends them as often.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How many messages wait for a slow reader.
const WAITING: usize = 16;

/// How messages are framed: Argo looks at the `Accept` header alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Framing {
    Events,
    Lines,
}

/// The writing end of a stream.
pub(super) struct Sender {
    framing: Framing,
    messages: mpsc::Sender<Result<Bytes, std::convert::Infallible>>,
}

/// The reader has gone.
pub(super) struct Gone;

impl Framing {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        match headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()) {
            Some("text/event-stream") => Self::Events,
            _ => Self::Lines,
        }
    }

    fn frame(self, message: &Value) -> Bytes {
        match self {
            Self::Events => Bytes::from(format!("data: {message} \n\n\n")),
            Self::Lines => Bytes::from(format!("{message}\n")),
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Events => "text/event-stream",
            Self::Lines => "application/json",
        }
    }

    /// An error instead of a stream.
    pub(super) fn error(self, error: ApiError) -> Response {
        let status = error.status();
        let body = self.frame(&error.into_stream_error());
        (status, [(header::CONTENT_TYPE, self.content_type())], body).into_response()
    }

    /// A stream that `write` fills until it ends or the reader has gone.
    pub(super) fn respond<F>(self, write: impl FnOnce(Sender) -> F) -> Response
    where
        F: Future<Output = Result<(), Gone>> + Send + 'static,
    {
        let (messages, receiver) = mpsc::channel(WAITING);
        let alive = messages.clone();
        let writing = write(Sender { framing: self, messages });
        tokio::spawn(async move {
            tokio::select! {
                _ = writing => {}
                () = keep_alive(self, &alive) => {}
                () = alive.closed() => {}
            }
        });
        let body = Body::from_stream(ReceiverStream::new(receiver));
        let headers =
            [(header::CONTENT_TYPE, self.content_type()), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
        (headers, body).into_response()
    }
}

impl Sender {
    pub(super) async fn send(&self, result: Value) -> Result<(), Gone> {
        self.write(&json!({"result": result})).await
    }

    pub(super) async fn send_error(&self, error: ApiError) -> Result<(), Gone> {
        self.write(&error.into_stream_error()).await
    }

    async fn write(&self, message: &Value) -> Result<(), Gone> {
        self.messages.send(Ok(self.framing.frame(message))).await.map_err(|_| Gone)
    }
}

async fn keep_alive(framing: Framing, messages: &mpsc::Sender<Result<Bytes, std::convert::Infallible>>) {
    loop {
        tokio::time::sleep(KEEP_ALIVE).await;
        if let Framing::Events = framing
            && messages.send(Ok(Bytes::from_static(b":\n"))).await.is_err()
        {
            return;
        }
    }
}
