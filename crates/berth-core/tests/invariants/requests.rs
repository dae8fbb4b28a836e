//! Generators: requests that are valid, and texts that Argo, a shell, Kubernetes, YAML or JSON would read as more than text.

use std::sync::LazyLock;

use berth_core::plan::RequestId;
use berth_core::render::{Kind, Origin, RenderOptions, Rendering, Target};
use berth_core::{Berth, Context, Moment};
use berth_testing::corpus;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(crate) static DEFAULT: LazyLock<Berth> = LazyLock::new(default);
pub(crate) static HARBOUR: LazyLock<Berth> = LazyLock::new(harbour);

/// The documents that come with Berth.
pub(crate) fn default() -> Berth {
    Berth::embedded().unwrap()
}

/// The second organisation of the corpus, with every type of parameter and objects outside the namespace.
pub(crate) fn harbour() -> Berth {
    berth_testing::Documents::in_folder(&corpus().join("fixtures")).load().unwrap()
}

/// A valid request, and the documents that it is for.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) berth: &'static Berth,
    pub(crate) request: Value,
    /// The label prefix of the platform.
    pub(crate) prefix: &'static str,
    pub(crate) id: RequestId,
    pub(crate) now: Moment,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} as {} at {}", self.request, self.id.as_str(), self.now.as_str())
    }
}

impl Asked {
    /// The request, rendered.
    pub(crate) fn render(&self, target: Target, kind: Kind<'_>) -> Rendering {
        let options =
            RenderOptions { target, kind, request_id: self.id.clone(), now: self.now.clone(), attempt: 1 };
        self.berth.render(&self.request, &Context::UNKNOWN, &options).unwrap()
    }

    /// Is it valid at its moment?
    pub(crate) fn is_valid(&self) -> bool {
        let context = Context { now: Some(self.now.clone()), ..Context::UNKNOWN };
        self.berth.decide(&self.request, &context).valid
    }

    /// Every Workflow and WorkflowTemplate of the request, by name; a change comes from the same request, smaller.
    pub(crate) fn workflows(&self) -> Vec<(&'static str, Value)> {
        let request_id = RequestId::parse("made-0.by-another").unwrap();
        let created_at = Moment::parse("2025-06-01T08:00:00Z").unwrap();
        let requester = Some("user:default/{{ada}} $(id)");
        let origin = Origin { request_id: &request_id, created_at: &created_at, requester };
        let from = self.with_less();
        let render = |target, kind| json!(self.render(target, kind));
        let mut workflows = vec![
            ("create", render(Target::Workflow, Kind::Create)),
            ("reference", render(Target::WorkflowRef, Kind::Create)),
            ("template", render(Target::WorkflowTemplate, Kind::Create)),
            ("change", render(Target::Workflow, Kind::Change { from: &from, origin })),
            ("adopt", render(Target::Workflow, Kind::Adopt)),
            ("delete", render(Target::Workflow, Kind::Delete { origin })),
        ];
        // A database has no quota, and so nothing to freeze.
        if self.request.get("blueprint").is_none() {
            workflows.push(("freeze", render(Target::Workflow, Kind::Freeze { origin })));
        }
        workflows
    }

    /// The same request with its list of features turned round: what it has goes, what it hasn't comes.
    pub(crate) fn with_less(&self) -> Value {
        let mut from = self.request.clone();
        if let Some(features) = from.get_mut("features") {
            let chosen = features.as_array().unwrap().clone();
            let others =
                FEATURES.iter().map(|feature| json!(feature)).filter(|feature| !chosen.contains(feature));
            *features = others.collect();
        }
        if let Some(contact) = from.pointer_mut("/parameters").and_then(Value::as_object_mut) {
            contact.insert("contact".to_owned(), "sea@example.com".into());
        }
        from
    }
}

pub(crate) const FEATURES: [&str; 6] = [
    "istio-injection",
    "monitoring-enhanced",
    "backup-enabled",
    "external-ingress",
    "database-access",
    "gpu-access",
];

/// Pieces that mean something to somebody.
const NASTY: [&str; 34] = [
    "{{workflow.name}}",
    "{{=sprig.env('HOME')}}",
    "{{{{x}}}}",
    "{{inputs.parameters.zz}}",
    "{{",
    "}}",
    "{",
    "}",
    "${parameters.team}",
    "$${x}",
    "$(whoami)",
    "$$(HOME)",
    "`id`",
    "--all",
    "-",
    "'",
    "\"",
    "\\",
    "\\u007b\\u007b",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "---\n",
    "# ",
    ": ",
    "!!binary ",
    "*a &a",
    "é😀",
    "null",
];

/// Text of at most `most` code points.
pub(crate) fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(&NASTY[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z ]{0,8}",
    ];
    proptest::collection::vec(piece, 0..12)
        .prop_map(move |pieces| pieces.concat().chars().take(most).collect())
}

/// The name of a namespace that nobody has.
fn name() -> impl Strategy<Value = String> {
    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?".prop_filter("a reserved name", |name| {
        let request = json!({ "namespaceName": name, "team": "payments", "environment": "development" });
        DEFAULT.decide(&request, &Context::UNKNOWN).valid
    })
}

fn id() -> impl Strategy<Value = RequestId> {
    "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?".prop_map(|id| RequestId::parse(&id).unwrap())
}

fn now() -> impl Strategy<Value = Moment> {
    (2020..2100_u32, 1..=12_u32, 1..=28_u32, 0..24_u32).prop_map(|(year, month, day, hour)| {
        Moment::parse(&format!("{year}-{month:02}-{day:02}T{hour:02}:00:00+02:00")).unwrap()
    })
}

fn some<T: Strategy<Value = Value>>(strategy: T) -> impl Strategy<Value = Option<Value>> {
    proptest::option::of(strategy)
}

fn one_of(options: &'static [&'static str]) -> impl Strategy<Value = Value> {
    proptest::sample::select(options).prop_map(Value::from)
}

fn map(entries: Vec<(&str, Option<Value>)>) -> Map<String, Value> {
    entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// A valid request for a namespace, flat.
pub(crate) fn namespace() -> impl Strategy<Value = Asked> {
    let team = prop_oneof![Just("payments".to_owned()), "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])"];
    let place = (one_of(&["development", "staging", "production"]), name(), team);
    let choices = (
        some(one_of(&["micro", "small", "medium", "large"])),
        some(one_of(&["isolated", "team-shared", "open"])),
        some(proptest::sample::subsequence(&FEATURES[..], 0..=6).prop_shuffle().prop_map(|list| json!(list))),
    );
    let texts = (
        some(text(500).prop_map(Value::from)),
        some(text(50).prop_map(Value::from)),
        some(now().prop_map(|now| now.as_str().into())),
    );
    (place, choices, texts, id(), now())
        .prop_map(|((environment, name, team), (tier, network, features), texts, id, now)| {
            let (description, cost_center, expires_at) = texts;
            let request = map(vec![
                ("namespaceName", Some(name.into())),
                ("team", Some(team.into())),
                ("environment", Some(environment)),
                ("resourceTier", tier),
                ("networkPolicy", network),
                ("features", features),
                ("description", description),
                ("costCenter", cost_center),
                ("expiresAt", expires_at),
            ]);
            Asked { berth: &DEFAULT, request: request.into(), prefix: "platform.io", id, now }
        })
        .prop_filter("a rule is broken, or it has expired", Asked::is_valid)
}

/// A valid request for a database of the harbour, wrapped.
pub(crate) fn database() -> impl Strategy<Value = Asked> {
    let place =
        ("[a-z]([a-z0-9-]{0,38}[a-z0-9])?", "[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])", one_of(&["dev", "live"]));
    let choices = (
        some(one_of(&["postgres", "mysql", "redis"])),
        some(one_of(&["s", "m", "l"])),
        some(
            proptest::sample::subsequence(&["postgis", "pgvector", "timescale"][..], 0..=2)
                .prop_map(|list| json!(list)),
        ),
        some(
            proptest::sample::subsequence(&["a", "b", "c"][..], 1..=3)
                .prop_shuffle()
                .prop_map(|list| json!(list)),
        ),
    );
    let numbers = (
        some((1..=5_i64).prop_map(Value::from)),
        some((1..1000_i64).prop_map(Value::from)),
        some(any::<bool>().prop_map(Value::from)),
    );
    let texts = (
        some(text(15).prop_map(Value::from)),
        some(text(40).prop_map(Value::from)),
        some("[a-z.]{1,40}@example[.]com".prop_map(Value::from)),
    );
    (place, choices, numbers, texts, id(), now())
        .prop_map(|((instance, owner, stage), (engine, size, extensions, zones), numbers, texts, id, now)| {
            let (replicas, storage, public) = numbers;
            let (alias, reviewed_by, contact) = texts;
            let alias = alias.map(|alias| format!("{instance}{}", alias.as_str().unwrap()).into());
            let parameters = map(vec![
                ("instance", Some(instance.into())),
                ("owner", Some(owner.into())),
                ("stage", Some(stage)),
                ("engine", engine),
                ("size", size),
                ("replicas", replicas),
                ("storage", storage),
                ("public", public),
                ("extensions", extensions),
                ("zones", zones),
                ("alias", alias),
                ("reviewedBy", reviewed_by),
                ("contact", contact),
            ]);
            let request = json!({ "blueprint": "database", "parameters": parameters });
            Asked { berth: &HARBOUR, request, prefix: "berth.example.com", id, now }
        })
        .prop_filter("a rule is broken", Asked::is_valid)
}

/// Any valid request.
pub(crate) fn valid() -> impl Strategy<Value = Asked> {
    prop_oneof![2 => namespace().boxed(), 1 => database().boxed()]
}

/// Any JSON value; often one that looks like a request.
pub(crate) fn anything() -> impl Strategy<Value = Value> {
    let keys = proptest::sample::select(
        &[
            "namespaceName",
            "team",
            "environment",
            "resourceTier",
            "networkPolicy",
            "features",
            "description",
            "costCenter",
            "expiresAt",
            "blueprint",
            "parameters",
            "requester",
            "instance",
            "owner",
            "stage",
            "__proto__",
        ][..],
    );
    let key = prop_oneof![3 => keys.prop_map(str::to_owned), 1 => text(10)];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text(80).prop_map(Value::from),
        one_of(&[
            "payments",
            "development",
            "production",
            "micro",
            "open",
            "istio-injection",
            "namespace",
            "database",
            "2026-01-01T00:00:00Z"
        ]),
    ];
    leaf.prop_recursive(4, 64, 12, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..12)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}
