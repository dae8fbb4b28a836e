// Puts the objects of the steps into one Argo Workflow of the kind "create", of the shape that Berth renders:
// a container set of kubectl containers, the objects as raw artifacts, a rollback as exit handler.
import { createHash } from "node:crypto";

const USER = 65532;

/** The Workflow of a request as a plain object, ready to be written as YAML. */
export function workflowOf(platform, request, steps, { requestId }) {
  const { labelPrefix, workflow: settings, environments } = platform.spec;
  const names = {
    namespace: request.namespaceName,
    label: (name) => `${labelPrefix}/${name}`,
    provisioning: `${labelPrefix}/provisioning`,
    ours: `${labelPrefix}/provisioning=${requestId}`,
    made: `${labelPrefix}/request-id=${requestId}`,
    requestId,
  };
  const files = steps.map((step) => ({ name: step.id, path: file(step.id), raw: { data: bundle(step, names) } }));
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Workflow",
    metadata: metadata(request, settings, names, sha256(files.map(({ raw }) => raw.data).join())),
    spec: {
      entrypoint: "berth",
      onExit: "rollback",
      serviceAccountName: settings.serviceAccounts.create,
      arguments: {
        parameters: Object.entries(request).map(([name, value]) => ({ name, value: withoutTags(value) })),
      },
      synchronization: { mutexes: [{ name: `berth-${environments[request.environment].cluster}-${names.namespace}` }] },
      activeDeadlineSeconds: settings.activeDeadlineSeconds,
      ttlStrategy: { secondsAfterCompletion: settings.ttlSeconds },
      podGC: { strategy: "OnWorkflowCompletion", deleteDelayDuration: "600s" },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        fsGroup: USER,
        seccompProfile: { type: "RuntimeDefault" },
      },
      templates: [
        pod("berth", settings, files, provision(steps, names)),
        {
          name: "rollback",
          steps: [[{ name: "rollback", template: "undo", when: "{{workflow.status}} != Succeeded" }]],
        },
        pod("undo", settings, [], undo(steps, names)),
      ],
    },
  };
}

function metadata(request, settings, { label, namespace, requestId }, hash) {
  return {
    name: `berth-namespace-${sha256(`${requestId}/1`).slice(0, 16)}`,
    namespace: settings.namespace,
    labels: {
      [label("managed")]: "true",
      [label("request-id")]: requestId,
      [label("attempt")]: "1",
      [label("spec-hash")]: hash.slice(0, 32),
      [label("blueprint")]: "namespace",
      [label("workflow-kind")]: "create",
      [label("team")]: request.team,
      [label("environment")]: request.environment,
      [label("namespace")]: namespace,
    },
    annotations: {
      "workflows.argoproj.io/title": `create-${namespace}`,
      [label("policy-digest")]: hash,
      [label("core-version")]: "0",
    },
  };
}

/** The kubectl calls that make the namespace: name, what it waits for, arguments. */
function provision(steps, { namespace, ours, provisioning, requestId }) {
  const waitedFor = new Set(steps.flatMap((step) => step.after));
  const leaves = steps.map((step) => step.id).filter((id) => !waitedFor.has(id));
  const foreign = `kubernetes.io/metadata.name=${namespace},${provisioning}!=${requestId}`;
  const checks = steps.flatMap((step) =>
    step.verify.map((check, index) => [
      index === 0 ? `verify-${step.id}` : `verify-${step.id}-${index + 1}`,
      leaves,
      [
        "wait", `--for=jsonpath=${check.jsonpath}=${check.expected}`,
        `${resource(objectOf(step, check))}/${check.name}`, `--namespace=${namespace}`, "--timeout=30s",
      ],
    ]));
  const calls = [
    ["guard", [], ["wait", "--for=delete", "namespace", `--selector=${foreign}`, "--timeout=1s"]],
    ...steps.map((step) => [
      step.id,
      step.after.length > 0 ? step.after : ["guard"],
      ["apply", "--server-side", "--field-manager=berth", `--filename=${file(step.id)}`],
    ]),
    ["verify", leaves, ["get", ...steps.map((step) => `--filename=${file(step.id)}`), "--output=name"]],
    ...checks,
  ];
  const verified = ["verify", ...checks.map(([name]) => name)];
  const releases = outsideOf(steps).map((place, index) => [
    `release-${index + 1}`, ["main"],
    ["label", place.resource, `--selector=${ours}`, `--namespace=${place.namespace}`, `${provisioning}-`],
  ]);
  calls.push(["main", verified, ["label", "namespace", `--selector=${ours}`, `${provisioning}-`]], ...releases);
  return calls;
}

/** The kubectl calls that take it back, and look whether it stands all the same. */
function undo(steps, { ours, made }) {
  const gone = ["--ignore-not-found", "--wait=false"];
  const outside = outsideOf(steps).map((place, index) => [
    `outside-${index + 1}`, ["main"],
    ["delete", place.resource, `--selector=${ours}`, `--namespace=${place.namespace}`, ...gone],
  ]);
  const wait = (selector, seconds) => ["wait", "--for=delete", "namespace", `--selector=${selector}`, `--timeout=${seconds}s`];
  return [
    ["namespace", [], ["delete", "namespace", `--selector=${ours}`, ...gone]],
    ["gone", ["namespace"], wait(ours, 120)],
    ["main", ["gone"], wait(made, 1)],
    ...outside,
  ];
}

function pod(name, settings, files, calls) {
  const { image, resources, retries } = settings;
  return {
    name,
    retryStrategy: { limit: String(retries), retryPolicy: "OnError" },
    ...(files.length > 0 ? { inputs: { artifacts: files } } : {}),
    volumes: [{ name: "berth", emptyDir: {} }],
    containerSet: {
      volumeMounts: [{ name: "berth", mountPath: "/berth" }],
      retryStrategy: { retries: String(retries + 1), duration: "2s" },
      containers: calls.map(([step, dependencies, args]) => ({
        name: step,
        ...(dependencies.length > 0 ? { dependencies } : {}),
        image: `${image.repository}:${image.tag}${image.digest ? `@${image.digest}` : ""}`,
        command: ["kubectl"],
        args,
        env: [{ name: "HOME", value: "/berth" }],
        resources: { requests: resources, limits: { memory: "128Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      })),
    },
  };
}

/** The objects of a step as JSON: one object, or a List of several. */
function bundle(step, { namespace, label, provisioning, requestId }) {
  const objects = step.objects.map(({ metadata, ...object }) => {
    const first = object.kind === "Namespace";
    const place = first ? {} : { namespace: step.outside?.namespace ?? namespace };
    const labels = { [label("managed")]: "true", [label("request-id")]: requestId };
    if (first || step.outside) labels[provisioning] = requestId;
    return { ...object, metadata: { ...metadata, ...place, labels: { ...labels, ...metadata.labels } } };
  });
  return withoutTags(objects.length === 1 ? objects[0] : { apiVersion: "v1", kind: "List", items: objects });
}

// Argo replaces `{{...}}` in every string: inside JSON strings the braces are written as escapes.
function withoutTags(value) {
  return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replaceAll("{", "\\u007b").replaceAll("}", "\\u007d"));
}

/** Resources outside the namespace, as kubectl takes them. */
function outsideOf(steps) {
  return steps.filter((step) => step.outside).flatMap((step) =>
    step.objects.map((object) => ({ resource: resource(object), namespace: step.outside.namespace })));
}

function objectOf(step, { kind, name }) {
  return step.objects.find((object) => object.kind === kind && object.metadata.name === name);
}

function resource({ apiVersion, kind }) {
  const [group, version] = apiVersion.split("/");
  return version ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
}

function file(step) {
  return `/berth/${step}.json`;
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
