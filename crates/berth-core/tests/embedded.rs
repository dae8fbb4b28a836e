//! What is embedded is what stands in `platform.yaml` and `blueprints/`.

use berth_core::Berth;
use berth_testing::{Documents, repository};

/// The digest is of the values of all documents. `cargo xtask embed` writes them; a new blueprint has a line in
/// `berth.rs`, too.
#[test]
fn the_embedded_documents_are_the_default_ones() {
    let defaults = Documents::in_folder(&repository()).load().unwrap();
    let embedded = Berth::embedded().unwrap();
    assert_eq!(embedded.blueprints().collect::<Vec<_>>(), defaults.blueprints().collect::<Vec<_>>());
    assert_eq!(embedded.policy_digest(), defaults.policy_digest());
}
