//! Argo Server, as far as the command line needs it: submit, look, watch, read logs.
//!
//! - `client`: the calls, and the token
//! - `error`: what can go wrong, in words
//! - `events`: the stream of events, line by line
//! - `run`: what a Workflow says about its steps
//! - `watch`: every change of one Workflow until it has ended

mod client;
mod error;
mod events;
mod run;
mod watch;

pub(crate) use client::{Argo, Found};
pub(crate) use error::ArgoError;
pub(crate) use run::{Phase, Rollback, Run, Step};
pub(crate) use watch::{wait, watch};
