//! What a decided request is made of: steps and objects that apply to it, not yet written out.

use serde::Serialize;
use serde_json::Value;

use crate::decide::Subject;
use crate::policy::{ObjectTemplate, OutsidePlace, Step};
use crate::template::{Rendered, RequestIdentity, Scope};

/// The steps of a request, in order.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    scope: Scope<'a>,
}

/// A step that applies.
#[derive(Debug)]
pub(crate) struct OutlineStep<'o> {
    /// Its place among all steps of the blueprint.
    pub(crate) index: usize,
    pub(crate) step: &'o Step,
    /// The steps before it that apply, too, by place.
    pub(crate) after: Vec<usize>,
    pub(crate) objects: Vec<OutlineObject<'o>>,
    pub(crate) verify: Vec<OutlineVerify<'o>>,
}

/// An object that applies.
#[derive(Debug)]
pub(crate) struct OutlineObject<'o> {
    pub(crate) template: &'o ObjectTemplate,
    pub(crate) name: String,
    /// Where it lives; `None` for the Namespace itself and for cluster-scoped objects.
    pub(crate) namespace: Option<&'o str>,
    pub(crate) manifest: Rendered<'o>,
}

/// Something that must be true of an object that applies.
#[derive(Debug)]
pub(crate) struct OutlineVerify<'o> {
    /// Its place among all checks of the step.
    pub(crate) index: usize,
    pub(crate) api_version: &'o str,
    pub(crate) kind: &'o str,
    pub(crate) name: String,
    pub(crate) jsonpath: &'o str,
    pub(crate) expected: String,
}

impl<'a> Outline<'a> {
    /// Of a request that was found valid.
    pub(crate) fn new(subject: &'a Subject<'a>, request: RequestIdentity<'a>) -> Self {
        Self {
            scope: Scope {
                blueprint: subject.blueprint,
                team: subject.team.clone(),
                slots: &subject.slots,
                parameters: &subject.parameters,
                filled: subject.filled(),
                request,
            },
        }
    }

    /// For whom it is made.
    pub(crate) fn identity(&self) -> RequestIdentity<'a> {
        self.scope.request
    }

    /// The same with the id and the time left open.
    pub(crate) fn of_nobody(&self) -> Self {
        Self { scope: Scope { request: RequestIdentity::UNKNOWN, ..self.scope.clone() } }
    }

    /// The name of the blueprint.
    pub(crate) fn blueprint(&self) -> &str {
        &self.scope.blueprint.name
    }

    /// The name of the namespace.
    pub(crate) fn name(&self) -> &str {
        self.text_of(self.scope.blueprint.name_field)
    }

    /// The name of the environment.
    pub(crate) fn environment(&self) -> &str {
        self.text_of(self.scope.blueprint.environment_field)
    }

    /// The name of the team.
    pub(crate) fn team(&self) -> &str {
        self.scope.team.name
    }

    /// The parameters with defaults filled in, in the blueprint's order.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.scope.blueprint.fields.iter().enumerate();
        fields.filter_map(|(place, field)| Some((field.name.as_str(), self.scope.parameter(place)?)))
    }

    /// The parameters as one text, for hashing.
    pub(crate) fn request_text(&self) -> String {
        let parameters: Vec<_> = self.parameters().collect();
        crate::emit::to_json(&parameters)
    }

    fn text_of(&self, field: usize) -> &str {
        self.scope.parameter(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// The steps that apply.
    pub(crate) fn steps(&self) -> Vec<OutlineStep<'_>> {
        let all = &self.scope.blueprint.steps;
        let applies = |step: &Step| step.when.holds(self.scope.slots);
        all.iter()
            .enumerate()
            .filter(|(_, step)| applies(step))
            .filter_map(|(index, step)| {
                let objects = self.objects(step);
                if objects.is_empty() {
                    return None;
                }
                let after = effective_after(all, index, &|index| all.get(index).is_some_and(applies));
                let verify = self.verify(step, &objects);
                Some(OutlineStep { index, step, after, objects, verify })
            })
            .collect()
    }

    /// The steps that don't apply.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = &Step> {
        self.scope.blueprint.steps.iter().filter(|step| !step.when.holds(self.scope.slots))
    }

    fn objects<'o>(&'o self, step: &'o Step) -> Vec<OutlineObject<'o>> {
        let namespace = |template: &ObjectTemplate| match &step.outside {
            Some(OutsidePlace { namespace }) => namespace.as_deref(),
            None if template.kind == "Namespace" && template.api_version == "v1" => None,
            None => Some(self.name()),
        };
        step.objects
            .iter()
            .filter(|template| template.when.holds(self.scope.slots))
            .map(|template| OutlineObject {
                template,
                name: Rendered::new(&template.name, &self.scope).text().unwrap_or_default(),
                namespace: namespace(template),
                manifest: Rendered::new(&template.body, &self.scope),
            })
            .collect()
    }

    /// The checks whose object is made.
    fn verify<'o>(&'o self, step: &'o Step, objects: &[OutlineObject<'o>]) -> Vec<OutlineVerify<'o>> {
        let text = |template| Rendered::new(template, &self.scope).text().unwrap_or_default();
        let checks = step.verify.iter().enumerate().filter_map(|(index, verify)| {
            let name = text(&verify.name);
            let object =
                objects.iter().find(|object| object.template.kind == verify.kind && object.name == name)?;
            Some(OutlineVerify {
                index,
                api_version: &object.template.api_version,
                kind: &verify.kind,
                name,
                jsonpath: &verify.jsonpath,
                expected: text(&verify.expected),
            })
        });
        checks.collect()
    }
}

/// What a step waits for, where the steps that don't apply hand on what they wait for themselves.
fn effective_after(steps: &[Step], index: usize, applies: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    for &before in steps.get(index).map_or(&[][..], |step| &step.after) {
        if applies(before) {
            found.push(before);
        } else {
            found.extend(effective_after(steps, before, applies));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What tells objects apart: group, kind, namespace and name.
pub(crate) type ObjectKey<'k> = (&'k str, &'k str, Option<&'k str>, &'k str);

impl OutlineObject<'_> {
    /// What tells it from others.
    pub(crate) fn key(&self) -> ObjectKey<'_> {
        (group(&self.template.api_version), &self.template.kind, self.namespace, &self.name)
    }

    /// Is this object of a cluster the same?
    pub(crate) fn is(&self, live: &Value) -> bool {
        let text = |pointer: &str| live.pointer(pointer).and_then(Value::as_str);
        let version = text("/apiVersion").unwrap_or_default();
        let name = text("/metadata/name").unwrap_or_default();
        self.key() == (group(version), text("/kind").unwrap_or_default(), text("/metadata/namespace"), name)
    }

    /// The whole object.
    pub(crate) fn to_value(&self) -> Value {
        crate::emit::to_value(self)
    }
}

impl OutlineObject<'_> {
    /// A quota that allows nothing; `None` for what is no quota.
    pub(crate) fn frozen(&self) -> Option<Value> {
        if self.template.kind != "ResourceQuota" {
            return None;
        }
        let mut quota = self.to_value();
        for amount in quota.pointer_mut("/spec/hard").and_then(Value::as_object_mut)?.values_mut() {
            *amount = "0".into();
        }
        Some(quota)
    }
}

fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

impl Serialize for OutlineObject<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.manifest.serialize(serializer)
    }
}
