//! `berth policy check`: findings in the documents, where they stand, and exit codes.

use std::fs;

use crate::program::{berth, root};
use insta::assert_snapshot;

/// The documents of the repository with some text replaced, in a folder of their own.
struct Documents(tempfile::TempDir);

impl Documents {
    fn new(platform: [&str; 2], blueprint: [&str; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("blueprints")).unwrap();
        for (file, [from, to]) in [("platform.yaml", platform), ("blueprints/namespace.yaml", blueprint)] {
            let text = fs::read_to_string(root().join(file)).unwrap();
            assert!(text.contains(from), "{file} has no `{from}`");
            fs::write(folder.path().join(file), text.replace(from, to)).unwrap();
        }
        Self(folder)
    }

    /// Checks them; file names are shown without the folder.
    fn check(&self, more: &[&str]) -> crate::program::Ran {
        let path = |name| self.0.path().join(name).display().to_string();
        let (platform, blueprints) = (path("platform.yaml"), path("blueprints"));
        let own = ["policy", "check", "--platform", platform.as_str(), "--blueprints", blueprints.as_str()];
        let mut ran = berth(&[&own, more].concat());
        ran.out = ran.out.replace(&format!("{}/", self.0.path().display()), "");
        ran
    }
}

#[test]
fn the_documents_that_come_with_berth_are_fine() {
    assert_snapshot!(berth(&["policy", "check", "--strict"]));
}

#[test]
fn warnings_are_shown_where_they_stand_and_only_strict_minds_them() {
    let documents = Documents::new(
        ["by: [group:default/platform-admins]", "by: [group:default/sre]"],
        ["default: small", "default: micro"],
    );
    let ran = documents.check(&[]);
    assert_snapshot!(ran);
    assert_eq!(ran.code, 0);
    assert_eq!(documents.check(&["--strict"]).code, 1);
}

#[test]
fn rules_that_leave_nothing_are_an_error() {
    let rule = "\n  rules:\n    - { id: nowhere, require: { environment: { notIn: [development, staging, production] } }, message: nowhere }";
    let ran = Documents::new(["", ""], ["\n  rules:", rule]).check(&[]);
    assert_snapshot!(ran);
    assert_eq!(ran.code, 1);
}

#[test]
fn programs_get_file_and_position() {
    let documents = Documents::new(["", ""], ["default: small", "default: micro"]);
    let ran = documents.check(&["--output", "json", "--examples"]);
    let answer = ran.json();
    let finding =
        answer["findings"].as_array().unwrap().iter().find(|one| one["code"] == "default-not-allowed");
    let finding = finding.unwrap();
    assert_eq!(finding["file"], "blueprints/namespace.yaml");
    assert_eq!(finding["position"]["column"], 7);
    assert_eq!(finding["environment"], "production");
    assert_eq!(answer["coverage"][0]["exhaustive"], true);
    assert_eq!(answer["witnesses"].as_array().unwrap().len(), 3 + 4 + 3 + 6);
}

#[test]
fn a_document_that_is_wrong_is_not_looked_at() {
    let ran = Documents::new(["", ""], ["atLeast: small", "atLeast: smal"]).check(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("there is no option `smal`; did you mean `small`?"), "{ran}");
}
