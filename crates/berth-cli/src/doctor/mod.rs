//! `berth doctor`: looks at an installation, part by part.
//!
//! - `finding`: what can be found, with fixed codes
//! - `report`: all that was looked at, as JSON; `show`: the same for people
//! - `argo`, `version`, `token`, `clock`: Argo Server itself
//! - `templates`, `images`: what the documents want of Argo
//! - `cluster`, `kinds`: the API server; `rights`, `accounts`: what the backend's token and Workflows may do there
//! - `admission`: the policies that hold them to it; `difference`: whether what stands is what was written
//! - `restrictions`: must Workflows be by reference; `leftovers`, `bindings`: what older documents left
//! - `backstage`: the backend, and its database

mod accounts;
mod admission;
mod argo;
mod backstage;
mod bindings;
mod clock;
mod cluster;
mod difference;
mod finding;
mod images;
mod kinds;
mod leftovers;
mod report;
mod restrictions;
mod rights;
mod show;
mod templates;
mod token;
mod version;

pub(crate) use report::Report;
pub(crate) use show::show;

use berth_core::Berth;

use crate::args::DoctorArgs;
use crate::error::CliError;
use crate::kubectl::Kubectl;

/// Looks at everything that the command line names.
///
/// # Errors
/// When it was not used as it is meant; what is wrong with the installation is in the report.
pub(crate) fn examine(berth: &Berth, args: &DoctorArgs) -> Result<Report, CliError> {
    let token = environment("ARGO_TOKEN");
    let mut report = Report::new(berth);
    argo::examine(&mut report, berth, &args.server, token.as_deref())?;
    report.add("image", images::pinned(berth));
    match &args.kubeconfig {
        Some(kubeconfig) => {
            cluster::examine(&mut report, berth, &Kubectl::new(kubeconfig), token.as_deref());
        }
        None => report.skip("cluster", "give --kubeconfig to look at it"),
    }
    match &args.backstage {
        Some(url) => backstage::examine(&mut report, url, environment("BACKSTAGE_TOKEN").as_deref())?,
        None => report.skip("backstage", "give --backstage to look at it"),
    }
    Ok(report)
}

/// A variable of the environment that says something.
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}
