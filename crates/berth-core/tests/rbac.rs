//! The RBAC that a cluster gets: what the default documents need, and what can't be exported.
//! That every rule is needed and that they are enough, only a real API server can say: see `tests/cluster`.

#![cfg(feature = "export")]
#![expect(clippy::unwrap_used, reason = "a test that fails here fails as it should")]

use berth_core::Berth;
use berth_testing::{Documents, corpus, repository};
use serde_json::{Value, json};

/// `kind name (namespace): verbs resources` of every role, in short.
fn in_short(objects: &[Value]) -> String {
    let texts = |value: &Value| {
        let list = value.as_array().unwrap().iter();
        list.map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut lines = Vec::new();
    for object in objects {
        let metadata = &object["metadata"];
        let place = metadata["namespace"].as_str().map(|place| format!(" in {place}")).unwrap_or_default();
        lines.push(format!(
            "{} {}{place}",
            object["kind"].as_str().unwrap(),
            metadata["name"].as_str().unwrap()
        ));
        for rule in object["rules"].as_array().into_iter().flatten() {
            let group = texts(&rule["apiGroups"]).join(" ");
            let names = rule.get("resourceNames").map(|names| format!(" called {}", texts(names).join(" ")));
            let resources = texts(&rule["resources"]).join(" ");
            let verbs = texts(&rule["verbs"]).join(" ");
            lines.push(format!("    {resources} [{group}]{}: {verbs}", names.unwrap_or_default()));
        }
        for subject in object["subjects"].as_array().into_iter().flatten() {
            lines.push(format!(
                "    to {} {}",
                subject["kind"].as_str().unwrap(),
                subject["name"].as_str().unwrap()
            ));
        }
    }
    lines.join("\n")
}

#[test]
fn rbac_of_the_default_documents() {
    insta::assert_snapshot!(in_short(&Berth::embedded().unwrap().export_rbac().unwrap()));
}

#[test]
fn every_object_says_what_it_was_made_from() {
    let berth = Berth::embedded().unwrap();
    for object in berth.export_rbac().unwrap() {
        assert_eq!(
            object["metadata"]["annotations"]["platform.io/policy-digest"],
            json!(berth.policy_digest())
        );
        assert_eq!(object["metadata"]["labels"]["app.kubernetes.io/part-of"], "berth");
    }
}

/// What is wrong with an edit of the default documents.
fn problems(edit: impl Fn(&mut Documents)) -> Vec<String> {
    let mut documents = Documents::in_folder(&repository());
    edit(&mut documents);
    let error = documents.load().unwrap().export_rbac().unwrap_err();
    error.problems.iter().map(|problem| format!("{problem}; {}", problem.hint)).collect()
}

#[test]
fn a_kind_that_nobody_knows_is_named_once() {
    let documents = Documents::in_folder(&corpus().join("fixtures"));
    let error = documents.load().unwrap().export_rbac().unwrap_err();
    let problem = &error.problems[0];
    assert_eq!(
        problem.message,
        "nobody says what the resource of the kind `Instance` of `databases.example.com/v1` is called"
    );
    assert_eq!(
        problem.hint,
        "add it to the platform document: `kinds: { Instance.databases.example.com: <plural> }`; `kubectl api-resources` knows it"
    );
    let mut told = Documents::in_folder(&corpus().join("fixtures"));
    let kinds = "kinds: { Instance.databases.example.com: instances, Alert.databases.example.com: alerts }\n  settings:";
    told.platform.text = told.platform.text.replace("settings:", kinds);
    let left = told.load().unwrap().export_rbac();
    let left = left.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(!left.contains("Instance"), "{left}");
}

#[test]
fn rights_are_handed_out_by_fixed_roles_only() {
    let role = "kind: ClusterRole, name: berth-developer }";
    let of_the_team = problems(|documents| {
        let text = &mut documents.blueprints[0].text;
        *text = text.replace(role, "kind: ClusterRole, name: \"${parameters.team}\" }");
    });
    assert_eq!(
        of_the_team,
        [
            "the step `rbac` of the blueprint `namespace` makes a RoleBinding to something else than a fixed ClusterRole; \
          let `roleRef` name a ClusterRole, and read nothing of the request in it"
        ]
    );
    let written = problems(|documents| {
        let text = &mut documents.blueprints[0].text;
        *text = text.replace("kind: LimitRange\n", "kind: Role\n").replace(
            "apiVersion: v1\n          kind: Role",
            "apiVersion: rbac.authorization.k8s.io/v1\n          kind: Role",
        );
    });
    assert_eq!(
        written,
        [
            "the step `quotas` of the blueprint `namespace` makes a Role: its maker would have to hold all these rights itself; \
          write its rules under `clusterRoles` of the blueprint, and bind that ClusterRole"
        ]
    );
}

#[test]
fn two_kinds_of_workflows_need_two_accounts() {
    let same = problems(|documents| {
        documents.platform.text =
            documents.platform.text.replace("change: berth-change", "change: berth-create");
    });
    assert_eq!(
        same,
        [
            "two kinds of Workflows run as one ServiceAccount; give each of `workflow.serviceAccounts` a name of its own"
        ]
    );
}
