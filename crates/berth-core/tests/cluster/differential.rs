//! The policy over requests and `decide` give one verdict: thousands of generated requests travel as parameters of
//! Workflows to a real API server, which takes each or refuses it (a dry run), and says for which of its reasons.
//!
//! Every other one travels in a Workflow by reference: it is judged by the same policy, which reads the same parameters
//! there, and by one more. Many are made by one kubectl: what it prints names each.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use berth_core::render::{Kind, Target};
use berth_testing::{Cluster, Requests, assert_each_alone};
use serde_json::{Value, json};

use super::admission::guarded;
use super::site::Site;

/// How many requests are sent.
const REQUESTS: usize = 5_300;
/// How many go with one call of kubectl.
const AT_ONCE: usize = 300;

#[test]
fn the_api_server_agrees_with_decide() {
    let Some(cluster) = Cluster::find() else { return };
    let site = guarded(cluster, "agrees");
    let forms = [a_workflow(&site), by_reference(&site)];
    let mut requests = Requests::of_the_defaults();
    let not_exported = not_exported(&site);
    let mut sent: Vec<(Value, bool, BTreeSet<String>)> = Vec::new();
    while sent.len() < REQUESTS {
        let (request, verdict) = requests.draw();
        // What can't be read as a request of this blueprint never becomes a Workflow.
        let Some(parameters) = parameters(&request) else { continue };
        if verdict.codes.contains("unreadable") || verdict.codes.contains("unknown-blueprint") {
            continue;
        }
        let valid = verdict.codes.is_subset(&not_exported);
        let number = sent.len();
        sent.push((workflow(&site, &forms[number % 2], &parameters, number), valid, verdict.codes));
    }
    let taken: BTreeMap<usize, Result<(), String>> = thread::scope(|scope| {
        let site = &site;
        let workers: Vec<_> = sent
            .chunks(sent.len().div_ceil(4))
            .map(|some| {
                scope.spawn(move || {
                    let mut answers = BTreeMap::new();
                    some.chunks(AT_ONCE).for_each(|some| send(site, some, &mut answers));
                    answers
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    let mut alone = BTreeSet::new();
    let mut valid = 0;
    let mut disagreements = Vec::new();
    for (number, (workflow, wanted, codes)) in sent.iter().enumerate() {
        let answer = taken.get(&number).unwrap_or_else(|| panic!("no answer for {number}"));
        if *wanted != answer.is_ok() {
            disagreements.push(format!(
                "decide says {codes:?}, the API server {answer:?}, of {}",
                workflow["spec"]["arguments"]
            ));
        }
        if let Err(complaint) = answer {
            assert!(!complaint.contains("resulted in error"), "a clear answer: {complaint}");
        }
        valid += usize::from(*wanted);
        if codes.len() == 1 {
            alone.extend(codes.iter().cloned());
        }
    }
    assert!(
        disagreements.is_empty(),
        "{} of {}:\n{}",
        disagreements.len(),
        sent.len(),
        disagreements.join("\n")
    );
    let share = valid * 100 / sent.len();
    assert!((20..90).contains(&share), "{share} of 100 requests are valid");
    assert_each_alone(&alone, &[]);
}

/// The codes of violations that the policy says it leaves out.
fn not_exported(site: &Site) -> BTreeSet<String> {
    let policies = site.berth.export_admission().expect("the default documents can be exported");
    let name = format!("berth-request-namespace.{}.berth.test", site.id);
    let policy = policies.iter().find(|policy| policy["metadata"]["name"] == *name).expect("the policy");
    let list = policy["metadata"]["annotations"][site.label("not-exported")].as_str().expect("a list");
    list.split(", ").map(str::to_owned).collect()
}

/// The parameters of a request, as `decide` reads it.
fn parameters(request: &Value) -> Option<serde_json::Map<String, Value>> {
    let object = request.as_object()?;
    if object.contains_key("blueprint") || object.contains_key("parameters") {
        let known = ["blueprint", "parameters", "requester"];
        let whole = object.keys().all(|key| known.contains(&key.as_str()))
            && ["blueprint", "requester"].iter().all(|key| object.get(*key).is_none_or(Value::is_string));
        return object.get("parameters").filter(|_| whole)?.as_object().cloned();
    }
    Some(object.clone())
}

/// What the request of [`workflow`] replaces.
fn request() -> Value {
    json!({ "namespaceName": "payments-checkout", "team": "payments", "environment": "development" })
}

/// A Workflow by reference that is admitted.
fn by_reference(site: &Site) -> Value {
    site.render_as(Target::WorkflowRef, Kind::Create, &request(), "differential")
}

/// A Workflow that is admitted; its templates are the smallest there are, since they are not in question.
fn a_workflow(site: &Site) -> Value {
    let mut workflow = site.render(Kind::Create, &request(), "differential");
    let templates = workflow["spec"]["templates"].as_array_mut().expect("templates");
    for template in templates {
        if let Some(containers) =
            template.pointer_mut("/containerSet/containers").and_then(Value::as_array_mut)
        {
            containers.truncate(1);
            containers[0]["name"] = "main".into();
        }
        if let Some(artifacts) = template.pointer_mut("/inputs/artifacts").and_then(Value::as_array_mut) {
            artifacts.truncate(1);
        }
    }
    workflow
}

/// The Workflow with the parameters of another request, besides those that its template reads.
fn workflow(site: &Site, base: &Value, parameters: &serde_json::Map<String, Value>, number: usize) -> Value {
    let mut workflow = base.clone();
    workflow["metadata"]["name"] = format!("request-{number}").into();
    // As a number such as 3.0 is read: what decide has seen is what travels.
    let text = Value::from(parameters.clone()).to_string();
    let read = berth_core::input::parse(&text, berth_core::input::Format::Json).expect("it was read before");
    let parameter = |(name, value): (&String, &Value)| json!({ "name": name, "value": in_a_workflow(value) });
    let mut list: Vec<Value> = read.as_object().expect("parameters").iter().map(parameter).collect();
    let given = workflow["spec"]["arguments"]["parameters"].as_array().expect("parameters").iter();
    list.extend(given.filter(|given| given["name"].as_str().is_some_and(|name| name.contains('-'))).cloned());
    // The label, and what the template is given, follow the name, where it can be one.
    if let Some(name) = parameters.get("namespaceName").and_then(Value::as_str) {
        for given in list.iter_mut().filter(|given| given["name"] == "berth-namespace") {
            given["value"] = name.into();
        }
        if is_a_label(name) {
            workflow["metadata"]["labels"][site.label("namespace")] = name.into();
        }
    }
    workflow["spec"]["arguments"]["parameters"] = list.into();
    workflow
}

/// May a label have this value? Otherwise the API server refuses the Workflow before any policy sees it.
fn is_a_label(text: &str) -> bool {
    let ends = [text.chars().next(), text.chars().last()];
    text.len() <= 63
        && text.chars().all(|one| one.is_ascii_alphanumeric() || "-_.".contains(one))
        && ends.iter().flatten().all(char::is_ascii_alphanumeric)
}

/// JSON as Berth writes it into a Workflow: no brace inside a string.
fn in_a_workflow(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(in_a_workflow).collect::<Vec<_>>().join(",")),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                format!("{}:{}", in_a_workflow(&key.as_str().into()), in_a_workflow(value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        Value::String(_) => value.to_string().replace('{', "\\u007b").replace('}', "\\u007d"),
        other => other.to_string(),
    }
}

/// What the API server says of some Workflows.
fn send(
    site: &Site,
    some: &[(Value, bool, BTreeSet<String>)],
    answers: &mut BTreeMap<usize, Result<(), String>>,
) {
    let items: Vec<&Value> = some.iter().map(|(workflow, ..)| workflow).collect();
    let list = json!({ "apiVersion": "v1", "kind": "List", "items": items }).to_string();
    let (out, complaints) =
        site.cluster.kubectl_of_many(&["create", "--dry-run=server", "--output=name", "--filename=-"], &list);
    let number = |text: &str| {
        text.rsplit("request-").next()?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    for line in out.lines() {
        answers.insert(number(line).unwrap_or_else(|| panic!("{line}")), Ok(()));
    }
    for line in complaints.lines().filter(|line| line.contains("request-")) {
        // `Error from server (Forbidden): ... workflows.argoproj.io "request-7" is forbidden: ...`
        let name = line.split("\"request-").nth(1).unwrap_or_else(|| panic!("{line}"));
        let name: usize =
            name.split('"').next().and_then(|name| name.parse().ok()).unwrap_or_else(|| panic!("{line}"));
        answers.insert(name, Err(line.to_owned()));
    }
}
