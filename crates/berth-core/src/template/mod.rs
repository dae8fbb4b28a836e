//! `${path}` in manifests: values by structure, never by pasting text.
//!
//! A value lands inside one JSON string, whatever it holds. A string that is one `${path}` and
//! nothing else takes the value with its type; inside a longer string it must be scalar. A map with
//! just `when` and `value`, and a list item with just `each`, `as` and `item`, are the two forms of
//! choice and repetition. There are no functions.

mod compile;
mod render;
mod scope;

pub(crate) use compile::Compiler;
pub(crate) use render::Rendered;
pub(crate) use scope::{RequestIdentity, Scope};

use serde_json::Value;

use crate::policy::Condition;

/// A JSON value with holes.
#[derive(Clone, Debug)]
pub(crate) enum Template {
    /// No hole in it.
    Literal(Value),
    /// One `${path}`: the value with its type.
    Read(Read),
    /// Text with holes.
    Text(Vec<Part>),
    /// A map; an entry whose value is missing is left out.
    Map(Vec<(String, Template)>),
    /// A list; an item whose value is missing is left out.
    List(Vec<Item>),
    /// There only where the condition holds.
    When(Condition, Box<Template>),
}

impl Template {
    /// What stands under a key of a map.
    pub(crate) fn at(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            Self::When(_, inner) => inner.at(key),
            _ => None,
        }
    }

    /// The parameter that a value comes from, where it is one.
    pub(crate) fn field(&self) -> Option<usize> {
        match self {
            Self::Read(Read::Parameter(field) | Read::Column { field, .. }) => Some(*field),
            Self::When(_, inner) => inner.field(),
            _ => None,
        }
    }
}

/// A piece of text.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// As written.
    Literal(String),
    /// A scalar.
    Read(Read),
}

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// One item.
    One(Template),
    /// An item for each of a list.
    Each {
        /// The list.
        list: Read,
        /// The item.
        item: Template,
    },
}

/// Where a value is read from.
#[derive(Clone, Debug)]
pub(crate) enum Read {
    /// `${parameters.x}`, by the parameter's place.
    Parameter(usize),
    /// `${<row>.<path>}`: the row that the parameter chose.
    Column {
        /// The parameter's place.
        field: usize,
        /// Dotted.
        path: String,
    },
    /// `${team.x}`.
    Team(TeamField),
    /// `${request.x}`.
    Request(RequestField),
    /// The item of the `each` that is this many levels out, and a dotted path in it.
    Item {
        /// 0 is the innermost.
        level: usize,
        /// Dotted; may be empty.
        path: String,
    },
    /// `${platform...}`: known when the document is loaded.
    Constant(Value),
}

/// What can be read of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TeamField {
    /// Its title, or its name.
    Title,
    /// Its group in the catalog.
    CatalogRef,
    /// Groups of the cluster's identity provider.
    RbacGroups,
    /// Claims of a token that mean membership.
    TokenGroups,
}

/// What can be read of the request itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestField {
    /// Its id.
    Id,
    /// When it was made.
    CreatedAt,
    /// Who asked; missing where nobody is known.
    Requester,
    /// Its id while the namespace is being made, missing afterwards: the provisioning label.
    Provisioning,
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{berth, blueprint, compile, platform, request, yaml};
    use crate::{Context, PlanOptions};

    const PARAMETERS: &str = r"
note: { type: string }
owner: { type: string }
replicas: { type: integer, default: 2 }
size: { type: string, optionsFrom: sizes, row: size, default: small }
features: { type: array, enum: [backup, gpu], default: [] }
";

    fn spec(data: &str) -> String {
        format!(
            r#"
tables: {{ sizes: {{ small: {{ cpu: 1, memory: 2Gi, zones: [a, b] }}, large: {{ cpu: 8, memory: 16Gi, zones: [c] }} }} }}
steps:
  - id: namespace
    title: Namespace
    manifests:
      - {{ apiVersion: v1, kind: Namespace, metadata: {{ name: "${{parameters.name}}" }} }}
      - {{ apiVersion: v1, kind: ConfigMap, metadata: {{ name: c }}, data: {data} }}
"#
        )
    }

    /// What `data` of a manifest becomes for a request.
    fn rendered(data: &str, parameters: &str) -> Value {
        let berth = berth(PARAMETERS, &spec(data));
        let request = request(parameters);
        let plan = berth.plan(&request, &Context::UNKNOWN, &PlanOptions::default()).unwrap();
        plan.steps[0].objects[1].manifest["data"].clone()
    }

    fn refused(data: &str) -> String {
        compile(&platform(&[]), &blueprint(PARAMETERS, &spec(data))).unwrap_err().join("\n")
    }

    #[test]
    fn a_hole_alone_keeps_its_type_and_text_around_it_makes_text() {
        let data = r#"{ a: "${parameters.replicas}", b: "x-${parameters.replicas}", c: "${size.zones}", d: "${size.cpu}/${size.memory}" }"#;
        assert_eq!(
            rendered(data, "{ size: large }"),
            json!({ "a": 2, "b": "x-2", "c": ["c"], "d": "8/16Gi" })
        );
    }

    #[test]
    fn values_land_by_structure_whatever_they_hold() {
        let nasty = "a\"b: [${team.title}] {{workflow.name}} $(id) \\ \n #";
        let request = request("{}");
        let mut request = request;
        request["note"] = nasty.into();
        let berth = berth(PARAMETERS, &spec(r#"{ a: "${parameters.note}", b: "<${parameters.note}>" }"#));
        let plan = berth.plan(&request, &Context::UNKNOWN, &PlanOptions::default()).unwrap();
        let data = &plan.steps[0].objects[1].manifest["data"];
        assert_eq!(*data, json!({ "a": nasty, "b": format!("<{nasty}>") }));
    }

    #[test]
    fn what_is_not_given_takes_its_key_and_its_item_with_it() {
        let data = r#"{ a: "${parameters.note}", b: ["${parameters.note}", x], c: "n: ${parameters.note}", d: kept }"#;
        assert_eq!(rendered(data, "{}"), json!({ "b": ["x"], "d": "kept" }));
        assert_eq!(
            rendered(data, "{ note: hi }"),
            json!({ "a": "hi", "b": ["hi", "x"], "c": "n: hi", "d": "kept" })
        );
    }

    #[test]
    fn when_and_each_choose_and_repeat() {
        let data = r#"
a: { when: { features: { contains: gpu } }, value: "yes" }
b: [{ each: team.rbacGroups, as: group, item: { name: "${group}", of: "${parameters.team}" } }, last]
c: [{ each: parameters.features, as: feature, item: [{ each: size.zones, as: zone, item: "${feature}-${zone}" }] }]
"#;
        let data = yaml(data).to_string();
        assert_eq!(
            rendered(&data, "{ features: [gpu, backup] }"),
            json!({
                "a": "yes",
                "b": [{ "name": "payments-developers", "of": "payments" }, { "name": "payments-oncall", "of": "payments" }, "last"],
                "c": [["gpu-a", "gpu-b"], ["backup-a", "backup-b"]],
            })
        );
        assert_eq!(rendered(&data, "{ team: nobody }"), json!({ "b": ["last"], "c": [] }));
    }

    #[test]
    fn an_escaped_hole_is_text_and_platform_may_stand_in_keys() {
        let data = r#"{ "${platform.labelPrefix}/x": "$${parameters.note} costs $5" }"#;
        assert_eq!(rendered(data, "{}"), json!({ "platform.io/x": "${parameters.note} costs $5" }));
    }

    #[test]
    fn a_path_that_reads_nothing_is_an_error_of_the_document() {
        for (data, error) in [
            (
                r#"{ a: "${parameters.nots}" }"#,
                "`${parameters.nots}` reads nothing; did you mean `${parameters.note}`?",
            ),
            (
                r#"{ a: "${size.disk}" }"#,
                "the row `small` has no column `disk`; every row that may be chosen needs it: add the column, or mend the name",
            ),
            (
                r#"{ a: "${platform.settings.nothing}" }"#,
                "the platform document has no `settings.nothing`; add it there, for example under `settings`",
            ),
            (
                r#"{ "${parameters.name}": x }"#,
                "`${parameters.name}` reads a request; only `${platform...}` may stand here",
            ),
            (
                r#"{ a: "is ${parameters.features}" }"#,
                "a list or a map can't stand inside a longer text; let it stand alone, or repeat over it with `each`",
            ),
            (
                r#"{ a: "${parameters.note" }"#,
                "`${parameters.note` opens `${` and never closes it; write `$${` for a plain `${`",
            ),
        ] {
            assert!(refused(data).ends_with(error), "{} instead of {error}", refused(data));
        }
    }
}
