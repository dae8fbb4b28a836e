// The types of schemas/workflow.schema.json, schemas/workflow-template.schema.json. Written by scripts/types.mjs.

/** A Workflow. */
export interface Workflow {
  /** `argoproj.io/v1alpha1`. */
  apiVersion: string;
  /** `Workflow`. */
  kind: string;
  /** Name, namespace, labels. */
  metadata: ObjectMeta;
  /** What is done. */
  spec: WorkflowSpec;
}

/** Metadata of a Kubernetes object. */
export interface ObjectMeta {
  /** Its name. */
  name: string;
  /** Its namespace. */
  namespace: string;
  /** For selectors. */
  labels: {
    [k: string]: string;
  };
  /** For people and programs. */
  annotations?: {
    [k: string]: string;
  };
}

/** What a Workflow does. */
export interface WorkflowSpec {
  /** The `WorkflowTemplate` that says everything else. */
  workflowTemplateRef?: WorkflowTemplateRef;
  /** The template that is run. */
  entrypoint?: string;
  /** The template that is run at the end, whatever happened. */
  onExit?: string;
  /** As whom. */
  serviceAccountName?: string;
  /** Parameters. */
  arguments?: Arguments;
  /** What no two Workflows may hold at once. */
  synchronization?: Synchronization;
  /** When Argo gives up, in seconds. */
  activeDeadlineSeconds?: number;
  /** When Argo forgets the Workflow. */
  ttlStrategy?: TtlStrategy;
  /** When its pods go. */
  podGC?: PodGc;
  /** How its pods run. */
  securityContext?: PodSecurityContext;
  /** The templates. */
  templates?: Template[];
}

/** Names a `WorkflowTemplate`. */
export interface WorkflowTemplateRef {
  /** In the Workflow's namespace. */
  name: string;
}

/** Parameters of a Workflow. */
export interface Arguments {
  /** By name. */
  parameters: Parameter[];
}

/** A parameter. */
export interface Parameter {
  /** Its name. */
  name: string;
  /** Its value; a `WorkflowTemplate` declares parameters without one. */
  value?: string;
}

/** What no two Workflows may hold at once. */
export interface Synchronization {
  /** Mutexes. */
  mutexes: Mutex[];
}

/** A mutex. */
export interface Mutex {
  /** Its name. */
  name: string;
}

/** When Argo forgets a finished Workflow. */
export interface TtlStrategy {
  /** Seconds. */
  secondsAfterCompletion: number;
}

/** When the pods of a Workflow go. */
export interface PodGc {
  /** After which event. */
  strategy: string;
  /** How long after it. */
  deleteDelayDuration: string;
}

/** How the pods of a Workflow run. */
export interface PodSecurityContext {
  /** Never as root. */
  runAsNonRoot: boolean;
  /** As this user. */
  runAsUser: number;
  /** Volumes belong to this group. */
  fsGroup: number;
  /** System calls. */
  seccompProfile: SeccompProfile;
}

/** Which system calls are allowed. */
export interface SeccompProfile {
  /** `RuntimeDefault`. */
  type: string;
}

/** A template: a container set, or steps. */
export interface Template {
  /** Its name. */
  name: string;
  /** For a pod that was lost. */
  retryStrategy?: RetryStrategy;
  /** Files that the containers read. */
  inputs?: Inputs;
  /** Volumes. */
  volumes?: Volume[];
  /** Containers of one pod. */
  containerSet?: ContainerSet;
  /** Groups of steps, one after the other. */
  steps?: WorkflowStep[][];
}

/** How often a pod is tried again. */
export interface RetryStrategy {
  /** A number, as text. */
  limit: string;
  /** After which failures. */
  retryPolicy: string;
}

/** Files that the containers read. */
export interface Inputs {
  /** Files. */
  artifacts: Artifact[];
}

/** A file. */
export interface Artifact {
  /** Its name. */
  name: string;
  /** Where it lies. */
  path: string;
  /** What it holds. */
  raw: RawArtifact;
}

/** The content of a file, written out. */
export interface RawArtifact {
  /** JSON without a brace inside any string. */
  data: string;
}

/** A volume of a pod. */
export interface Volume {
  /** Its name. */
  name: string;
  /** Empty when the pod starts. */
  emptyDir: EmptyDir;
}

/** An empty directory. */
export interface EmptyDir {
  [k: string]: unknown;
}

/** Containers of one pod, each a node of the DAG. */
export interface ContainerSet {
  /** Where the volumes are seen. */
  volumeMounts: VolumeMount[];
  /** For a container that failed. */
  retryStrategy: ContainerRetryStrategy;
  /** The containers; the last is `main`. */
  containers: Container[];
}

/** Where a volume is seen. */
export interface VolumeMount {
  /** The volume. */
  name: string;
  /** The directory. */
  mountPath: string;
}

/** How often a container is tried again. */
export interface ContainerRetryStrategy {
  /** How often it is tried in all, as text. */
  retries: string;
  /** The time between tries. */
  duration: string;
}

/** A container: one call of kubectl. */
export interface Container {
  /** Its name: the step. */
  name: string;
  /** The containers that must have succeeded. */
  dependencies?: string[];
  /** The kubectl image. */
  image: string;
  /**
   * `kubectl`.
   *
   * @minItems 1
   * @maxItems 1
   */
  command: [string];
  /** Its arguments. */
  args: string[];
  /**
   * A writable home for kubectl's cache.
   *
   * @minItems 1
   * @maxItems 1
   */
  env: [EnvVar];
  /** What it asks for. */
  resources: ResourceRequirements;
  /** How it runs. */
  securityContext: SecurityContext;
}

/** An environment variable. */
export interface EnvVar {
  /** Its name. */
  name: string;
  /** Its value. */
  value: string;
}

/** What a container asks for, and the most that it gets. */
export interface ResourceRequirements {
  /** By resource. */
  requests: {
    [k: string]: string;
  };
  /** By resource. */
  limits: {
    [k: string]: string;
  };
}

/** How a container runs. */
export interface SecurityContext {
  /** Never more rights than it started with. */
  allowPrivilegeEscalation: boolean;
  /** Writes only to its volumes. */
  readOnlyRootFilesystem: boolean;
  /** Rights of the kernel. */
  capabilities: Capabilities;
}

/** Rights of the kernel. */
export interface Capabilities {
  /**
   * `ALL`.
   *
   * @minItems 1
   * @maxItems 1
   */
  drop: [string];
}

/** A step of a steps template. */
export interface WorkflowStep {
  /** Its name. */
  name: string;
  /** The template that it runs. */
  template: string;
  /** When. */
  when: string;
}

/** A `WorkflowTemplate`, which thin Workflows name. */
export interface WorkflowTemplate {
  /** `argoproj.io/v1alpha1`. */
  apiVersion: string;
  /** `WorkflowTemplate`. */
  kind: string;
  /** Name, namespace, labels. */
  metadata: ObjectMeta;
  /** What is done. */
  spec: WorkflowSpec;
}
