//! The kubectl image of the documents: pinned by its digest, and of the cluster's time.

use berth_core::Berth;

use super::finding::Code;
use super::report::Checked;
use super::version::numbers;

/// kubectl works with the API servers of its own minor version and of its neighbours.
const SKEW: u32 = 1;

/// Is it pinned?
pub(super) fn pinned(berth: &Berth) -> Checked {
    let image = &berth.workflow_settings().image;
    let name = format!("{}:{}", image.repository, image.tag.as_deref().unwrap_or("latest"));
    match &image.digest {
        Some(_) => Checked::Fine(format!("{name} is pinned by its digest")),
        None => Checked::from(Code::ImageUnpinned.found(
            format!("the image `{name}` is not pinned by its digest"),
            "the registry decides what runs with the rights of the Workflows, and may decide otherwise tomorrow",
            format!("write `workflow.image.digest` into the platform document: crane digest {name}"),
        )),
    }
}

/// Does it fit the cluster?
pub(super) fn fits(berth: &Berth, cluster: &str) -> Checked {
    let tag = berth.workflow_settings().image.tag.as_deref().unwrap_or_default();
    let (Some((major, minor, _)), Some((other_major, other_minor, _))) = (numbers(tag), numbers(cluster))
    else {
        return Checked::Skipped("the tag of the kubectl image is no version".to_owned());
    };
    if major == other_major && minor.abs_diff(other_minor) <= SKEW {
        return Checked::Fine(format!("kubectl {tag} fits Kubernetes {cluster}"));
    }
    Checked::from(Code::ImageSkew.found(
        format!("the kubectl image is {tag}, the cluster {cluster}"),
        "kubectl is supported with clusters at most one minor version apart; what it prints and how it waits may differ",
        format!("write `workflow.image.tag: v{other_major}.{other_minor}.N` and its digest into the platform document"),
    ))
}
