//! Arguments of containers: kubectl and nothing else, in a handful of shapes, with plain values in the gaps.
//! No value of a request can be a flag: a plain value never begins with `-`.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;
use serde_json::{Value, json};

use crate::requests::valid;

/// Every argument that a container may have, whole. `V` is a plain value: lower-case letters, digits, `.` and `-`,
/// never with a `-` at the beginning; `P` a label prefix.
static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let shapes = [
        "apply|delete|get|label|wait",
        "--force-conflicts=(true|false)|--server-side|--field-manager=berth|--ignore-not-found|--wait=(true|false)|--output=name",
        "--for=delete",
        r"--for=jsonpath=\{[.][A-Za-z0-9._\\/-]+\}=[A-Za-z0-9.][A-Za-z0-9.-]*",
        "--filename=/berth/V[.]json",
        "--namespace=V",
        "--timeout=[0-9]+s",
        "--selector=(T,)*T",
        // A kind, or an object of one.
        "V",
        "V/V",
        // Several kinds.
        "V(,V)+",
        // What is said of a namespace after a failure.
        r"--output=jsonpath=\{range [.]items\[\*\]\}\{[.]metadata[.]name\}[^$]*",
        // Taking the provisioning label off.
        "P/provisioning-",
    ];
    let term =
        "(kubernetes[.]io/metadata[.]name=V|!?P/provisioning|P/provisioning!?=V|P/request-id!?=V|P/managed)";
    let whole = |shape: &str| {
        let shape = shape.replace('T', term).replace('P', "(platform[.]io|berth[.]example[.]com)");
        Regex::new(&format!("^({})$", shape.replace('V', "[a-z0-9.][a-z0-9.-]*"))).unwrap()
    };
    shapes.iter().map(|shape| whole(shape)).collect()
});

/// The tags of a `WorkflowTemplate`, which stand for plain values.
static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{workflow\.parameters\.([a-z0-9-]+)\}\}").unwrap());

/// The argument as a thin Workflow fills it in.
fn filled(argument: &str, thin: &Value) -> String {
    let value = |name: &str| {
        let parameters = thin["spec"]["arguments"]["parameters"].as_array().unwrap();
        let found = parameters.iter().find(|parameter| parameter["name"] == name).unwrap();
        found["value"].as_str().unwrap().to_owned()
    };
    TAG.replace_all(argument, |tag: &regex::Captures<'_>| value(&tag[1])).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn containers_call_kubectl_in_known_shapes_and_never_a_shell(asked in valid()) {
        let workflows = asked.workflows();
        let thin = &workflows[1].1;
        for (kind, workflow) in &workflows {
            let templates = workflow["spec"]["templates"].as_array().into_iter().flatten();
            for container in templates.flat_map(|template| template["containerSet"]["containers"].as_array().into_iter().flatten()) {
                prop_assert_eq!(&container["command"], &json!(["kubectl"]));
                prop_assert_eq!(&container["securityContext"]["readOnlyRootFilesystem"], true);
                prop_assert!(container.get("source").is_none());
                for argument in container["args"].as_array().unwrap() {
                    let argument = filled(argument.as_str().unwrap(), thin);
                    prop_assert!(SHAPES.iter().any(|shape| shape.is_match(&argument)), "{kind}: {argument}");
                    prop_assert!(!argument.contains("$("), "{kind}: {argument}");
                }
            }
        }
    }
}
