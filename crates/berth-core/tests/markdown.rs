//! The policy as a page: that of the default documents is `docs/policy.md`.

#![cfg(feature = "export")]

use berth_core::Berth;
use berth_testing::{Documents, corpus, repository};

#[test]
fn the_page_of_the_default_documents_is_in_the_docs() {
    let page = Berth::embedded().unwrap().export_markdown();
    // The digest of the documents changes with whatever the page doesn't say, too.
    let (page, footer) = page.rsplit_once("\n---\n").unwrap();
    assert!(footer.contains("sha256:"), "{footer}");
    let kept = repository().join("docs/policy.md");
    if std::env::var_os("BERTH_BLESS").is_some() {
        std::fs::write(&kept, page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(kept).unwrap(), page, "BERTH_BLESS=1 writes it anew");
}

#[test]
fn a_page_of_other_documents() {
    insta::assert_snapshot!(
        Documents::in_folder(&corpus().join("fixtures")).load().unwrap().export_markdown()
    );
}
