//! The Workflows themselves: as whom they run, with which image, and that they do nothing else than `render` writes.

use super::policy::Policy;
use crate::berth::Berth;
use crate::export::cel::{text, texts};
use crate::render::image;

/// What a Workflow of Berth has in its `spec`.
const SPEC: [&str; 12] = [
    "activeDeadlineSeconds",
    "arguments",
    "entrypoint",
    "onExit",
    "podGC",
    "securityContext",
    "serviceAccountName",
    "synchronization",
    "templates",
    "ttlStrategy",
    "suspend",
    "shutdown",
];
/// What may not change any more: whatever decides what is run, and as whom. Stopping a Workflow stays possible.
const FIXED: [&str; 22] = [
    "arguments",
    "artifactGC",
    "automountServiceAccountToken",
    "entrypoint",
    "executor",
    "executorPlugins",
    "hooks",
    "hostAliases",
    "hostNetwork",
    "imagePullSecrets",
    "onExit",
    "podMetadata",
    "podSpecPatch",
    "securityContext",
    "serviceAccountName",
    "synchronization",
    "templateDefaults",
    "templates",
    "volumeClaimTemplates",
    "volumes",
    "workflowMetadata",
    "workflowTemplateRef",
];

impl Berth {
    /// The policy over Workflows and their templates in the namespace of the Workflows.
    pub(super) fn workflows_policy(&self) -> Policy {
        let workflow = &self.platform.document.spec.workflow;
        let mut policy = Policy::about(
            "berth-workflows",
            "argoproj.io",
            &["workflows", "workflowtemplates", "cronworkflows", "workfloweventbindings"],
            &["CREATE", "UPDATE"],
        );
        policy.in_namespace(&workflow.namespace);
        let label =
            |of: &str, key: &str| format!("{of}.metadata.?labels[?{}].orValue('')", text(&self.label(key)));
        policy.set("kind", label("object", "workflow-kind"));
        policy.set("blueprint", label("object", "blueprint"));
        policy.set("new", "request.operation == 'CREATE' || object.kind == 'WorkflowTemplate'");
        policy.set("thin", "object.kind == 'Workflow' && has(object.spec.workflowTemplateRef)");
        policy.set("templates", "has(object.spec.templates) ? object.spec.templates : []");
        policy.set("sets", "variables.templates.filter(t, has(t.containerSet))");
        policy.must(
            "object.kind in ['Workflow', 'WorkflowTemplate']",
            "only Workflows and WorkflowTemplates of Berth may stand in this namespace",
        );
        let accounts = &workflow.service_accounts;
        let accounts = [
            ("create", &accounts.create),
            ("change", &accounts.change),
            ("adopt", &accounts.change),
            ("freeze", &accounts.change),
            ("delete", &accounts.delete),
        ];
        policy.must(
            format!(
                "variables.kind in {} && variables.blueprint in {}",
                texts(accounts.iter().map(|(kind, _)| *kind)),
                texts(self.blueprints())
            ),
            format!(
                "the labels `{}` and `{}` must name a kind of Workflow and a blueprint of the documents",
                self.label("workflow-kind"),
                self.label("blueprint")
            ),
        );
        let account = |(kind, account): &(&str, &String)| format!("{}: {}", text(kind), text(account));
        let accounts: Vec<String> = accounts.iter().map(account).collect();
        policy.must(
            format!(
                "!variables.new || variables.thin || object.spec.?serviceAccountName.orValue('') == {{{}}}[?variables.kind].orValue('-')",
                accounts.join(", ")
            ),
            "a Workflow runs as the ServiceAccount of its kind",
        );
        forms(&mut policy);
        self.containers(&mut policy);
        let fixed = FIXED.map(|key| format!("object.spec.?{key} == oldObject.spec.?{key}")).join(" && ");
        let labels = ["workflow-kind", "blueprint", "request-id", "attempt", "spec-hash", "namespace"];
        let labels = labels.map(|key| format!("{} == {}", label("object", key), label("oldObject", key)));
        policy.must(
            format!("variables.new || ({fixed} && {})", labels.join(" && ")),
            "what a Workflow does can't be changed any more; it can be stopped",
        );
        policy
    }

    /// What runs in the containers.
    fn containers(&self, policy: &mut Policy) {
        let image = image(&self.platform.document.spec.workflow.image);
        let every = |condition: &str| {
            format!("!variables.new || variables.sets.all(t, t.containerSet.containers.all(c, {condition}))")
        };
        policy.must(every(&format!("c.image == {}", text(&image))), format!("every container runs {image}"));
        policy.must(
            every("dyn(c).all(key, key in ['name', 'dependencies', 'image', 'command', 'args', 'env', 'resources', 'securityContext']) && c.?command.orValue([]) == ['kubectl'] && c.?env.orValue([]).all(e, e.name == 'HOME')"),
            "every container runs kubectl, and has fields that Berth writes",
        );
        policy.must(
            every("c.?securityContext.?readOnlyRootFilesystem.orValue(false) && !c.securityContext.?allowPrivilegeEscalation.orValue(true) && !c.securityContext.?privileged.orValue(false)"),
            "containers have a read-only root and no privileges",
        );
        // In a Workflow that holds everything a tag would stand for anything; what stands for those of a template
        // is judged by the policy over Workflows by reference.
        let [whole, template] =
            ["", r"|\{\{workflow\.parameters\.[a-z0-9-]+\}\}"].map(|tag| text(&self.arguments(tag)));
        policy.must(
            every(&format!(
                "c.?args.orValue([]).all(a, a.matches(object.kind == 'WorkflowTemplate' ? {template} : {whole}))"
            )),
            "an argument is none that Berth gives to kubectl",
        );
    }

    /// Every argument of kubectl that `render` writes; `or_tag` is another choice wherever a template has a tag.
    fn arguments(&self, or_tag: &str) -> String {
        let provisioning = crate::export::cel::escaped(&self.label("provisioning"));
        let word = format!("(?:[A-Za-z0-9.-]{or_tag})+");
        let selector = format!(r"(?:[A-Za-z0-9./_=!,-]{or_tag})+");
        let path = r"jsonpath=\{[A-Za-z0-9._\\/-]+\}";
        let shapes = [
            "(?:wait|apply|get|label|delete)".to_owned(),
            "--server-side|--field-manager=berth|--ignore-not-found|--wait=false".to_owned(),
            format!("--force-conflicts=(?:true|false{or_tag})"),
            r"--filename=/berth/[a-z0-9.-]+\.json".to_owned(),
            format!("--for=(?:delete|{path}(?:={word})?{or_tag})"),
            format!("--selector={selector}"),
            format!("--namespace={word}"),
            "--timeout=[0-9]+s".to_owned(),
            r"--output=(?:name|jsonpath=[A-Za-z0-9 .,:*{}\[\]()@?=/\\\x22'_-]+)".to_owned(),
            format!("{provisioning}-"),
            format!("(?:[a-z0-9.,]{or_tag})(?:[a-z0-9.,-]{or_tag})*(?:/{word})?"),
        ];
        format!("^(?:{})$", shapes.join("|"))
    }
}

/// Which fields a Workflow has.
fn forms(policy: &mut Policy) {
    let thin = texts(["workflowTemplateRef", "arguments", "suspend", "shutdown"]);
    policy.must(
        format!(
            "!variables.new || dyn(object.spec).all(key, key in (variables.thin ? {thin} : {}))",
            texts(SPEC)
        ),
        "the spec has fields that Berth doesn't write, such as podSpecPatch, volumes or hooks",
    );
    policy.must(
        "!variables.new || variables.thin || (object.spec.?entrypoint.orValue('') == 'berth' && object.spec.?onExit.orValue('rollback') in ['rollback', 'report'] && object.spec.?securityContext.?runAsNonRoot.orValue(false))",
        "the entrypoint is `berth`, the exit handler Berth's own, and the pods don't run as root",
    );
    policy.must(
        "!variables.new || !has(object.spec.arguments) || (dyn(object.spec.arguments).all(key, key == 'parameters') && (!has(object.spec.arguments.parameters) || object.spec.arguments.parameters.all(p, dyn(p).all(key, key in ['name', 'value']))))",
        "arguments are parameters with a name and a value",
    );
    // Argo Server writes down what it takes, with empty objects that nobody sent.
    let keys = texts(["name", "containerSet", "inputs", "retryStrategy", "steps", "volumes"]);
    policy.must(
        format!(
            "!variables.new || variables.templates.all(t, dyn(t).all(key, key in {keys} || key in ['metadata', 'outputs'] && size(dyn(t)[key]) == 0))"
        ),
        "a template has fields that Berth doesn't write, such as podSpecPatch, script or resource",
    );
    policy.must(
        "!variables.new || variables.templates.all(t, (!has(t.volumes) || t.volumes.all(v, dyn(v).all(key, key in ['name', 'emptyDir']))) && (!has(t.inputs) || (dyn(t.inputs).all(key, key == 'artifacts') && t.inputs.?artifacts.orValue([]).all(a, dyn(a).all(key, key in ['name', 'path', 'raw']) && a.?path.orValue('').matches('^/berth/[a-z0-9.-]+$')))))",
        "a pod has no other volumes than an empty one, and no other files than its bundles",
    );
    policy.must(
        "!variables.new || variables.templates.all(t, !has(t.steps) || t.steps.all(group, group.all(s, dyn(s).all(key, key in ['name', 'template', 'when'] || key == 'arguments' && size(dyn(s)[key]) == 0))))",
        "a step names a template of its own Workflow",
    );
}
