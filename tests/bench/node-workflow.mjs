// Puts the objects of the steps into one Argo Workflow of the kind "create", of the shape that Berth renders:
// a container set of kubectl containers, the objects as raw artifacts, a rollback as exit handler.
import { createHash } from "node:crypto";

/** The Workflow of a request as a plain object, ready to be written as YAML. */
export function workflowOf(platform, request, steps, { requestId }) {
  const { labelPrefix, workflow: settings, environments } = platform.spec;
  const namespace = request.namespaceName;
  const label = (name) => `${labelPrefix}/${name}`;
  const owned = { [label("managed")]: "true", [label("request-id")]: requestId };

  const bundles = steps.map((step) => ({ step, text: bundle(step, namespace, owned, label("provisioning"), requestId) }));
  const container = containers(settings);
  const applied = steps.map((step) => step.id);
  const checks = steps.flatMap((step) => step.verify.map((check) => ({ name: `verify-${step.id}`, check })));

  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Workflow",
    metadata: {
      name: `berth-namespace-${sha256(`${requestId}/1`).slice(0, 16)}`,
      namespace: settings.namespace,
      labels: {
        ...owned,
        [label("attempt")]: "1",
        [label("spec-hash")]: sha256(bundles.map(({ text }) => text).join()).slice(0, 32),
        [label("blueprint")]: "namespace",
        [label("workflow-kind")]: "create",
        [label("team")]: request.team,
        [label("environment")]: request.environment,
      },
    },
    spec: {
      entrypoint: "berth",
      onExit: "rollback",
      serviceAccountName: settings.serviceAccounts.create,
      arguments: {
        parameters: Object.entries(request).map(([name, value]) => ({ name, value: withoutTags(value) })),
      },
      synchronization: { mutexes: [{ name: `berth-${environments[request.environment].cluster}-${namespace}` }] },
      activeDeadlineSeconds: settings.activeDeadlineSeconds,
      ttlStrategy: { secondsAfterCompletion: settings.ttlSeconds },
      podGC: { strategy: "OnWorkflowCompletion", deleteDelayDuration: "600s" },
      templates: [
        {
          name: "berth",
          retryStrategy: { limit: String(settings.retries), retryPolicy: "OnError" },
          volumes: [{ name: "berth", emptyDir: {} }],
          inputs: {
            artifacts: bundles.map(({ step, text }) => ({ name: step.id, path: file(step.id), raw: { data: text } })),
          },
          containerSet: {
            volumeMounts: [{ name: "berth", mountPath: "/berth" }],
            retryStrategy: { retries: String(settings.retries), duration: "2s" },
            containers: [
              container("guard", [], [
                "wait", "--for=delete", "namespace",
                `--selector=kubernetes.io/metadata.name=${namespace},${label("provisioning")}!=${requestId}`, "--timeout=1s",
              ]),
              ...steps.map((step) =>
                container(step.id, step.after.length > 0 ? step.after : ["guard"], [
                  "apply", "--server-side", "--field-manager=berth", `--filename=${file(step.id)}`,
                ])),
              container("verify", applied, ["get", ...applied.map((id) => `--filename=${file(id)}`), "--output=name"]),
              ...checks.map(({ name, check }) =>
                container(name, applied, [
                  "wait", `--for=jsonpath=${check.jsonpath}=${check.expected}`,
                  `${check.kind.toLowerCase()}/${check.name}`, `--namespace=${namespace}`, "--timeout=30s",
                ])),
              container("main", ["verify", ...checks.map(({ name }) => name)], [
                "label", "namespace", `--selector=${label("provisioning")}=${requestId}`, `${label("provisioning")}-`,
              ]),
            ],
          },
        },
        {
          name: "rollback",
          steps: [[{ name: "rollback", template: "undo", when: "{{workflow.status}} != Succeeded" }]],
        },
        {
          name: "undo",
          containerSet: {
            containers: [
              container("main", [], [
                "delete", "namespace", `--selector=${label("provisioning")}=${requestId}`, "--ignore-not-found", "--wait=false",
              ]),
            ],
          },
        },
      ],
    },
  };
}

/** The objects of a step as JSON: one object, or a List of several. */
function bundle(step, namespace, owned, provisioning, requestId) {
  const objects = step.objects.map((object) => {
    const own = object.kind === "Namespace";
    const labels = { ...owned, ...object.metadata.labels, ...(own ? { [provisioning]: requestId } : {}) };
    const place = own ? {} : { namespace: step.outside?.namespace ?? namespace };
    return { ...object, metadata: { ...object.metadata, ...place, labels } };
  });
  return withoutTags(objects.length === 1 ? objects[0] : { apiVersion: "v1", kind: "List", items: objects });
}

// Argo replaces `{{...}}` in every string: inside JSON strings the braces are written as escapes.
function withoutTags(value) {
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replaceAll("{", "\\u007b").replaceAll("}", "\\u007d"));
}

function containers({ image, resources }) {
  const reference = image.digest ? `${image.repository}@${image.digest}` : `${image.repository}:${image.tag}`;
  return (name, dependencies, args) => ({
    name,
    ...(dependencies.length > 0 ? { dependencies } : {}),
    image: reference,
    command: ["kubectl"],
    args,
    env: [{ name: "HOME", value: "/berth" }],
    resources: { requests: resources, limits: resources },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 65532,
    },
  });
}

function file(step) {
  return `/berth/${step}.json`;
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
