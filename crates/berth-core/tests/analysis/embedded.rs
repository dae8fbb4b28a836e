//! The documents that come with Berth.

use berth_core::Berth;
use berth_core::analysis::{CheckOptions, FindingSeverity};

#[test]
fn the_embedded_documents_have_neither_errors_nor_warnings() {
    let findings = Berth::embedded().unwrap().check_policy(CheckOptions::default());
    assert_eq!(findings.worst(), Some(FindingSeverity::Note), "{findings:#?}");
    insta::assert_json_snapshot!((&findings.findings, &findings.coverage));
}
