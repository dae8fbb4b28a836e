/** Reads `argoWorkflows` of the configuration; its shape is that of the community plugin, so that one block serves both. */
import { type Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { InputError } from '@backstage/errors';

/** One Argo Server. */
export interface ArgoInstance {
  name: string;
  baseUrl: string;
  token?: string;
  tokenFile?: string;
  caFile?: string;
  /** Where the Workflows stand. */
  namespace: string;
  timeoutMs: number;
  /** How its Workflows are rendered; whole when left out. */
  target?: WorkflowTarget;
}

/** A Workflow that holds everything, or a thin one that names an installed WorkflowTemplate. */
export type WorkflowTarget = 'workflow' | 'workflow-ref';

/** All Argo Servers, and which one is meant when none is named. */
export interface ArgoConfig {
  instances: ArgoInstance[];
  defaultInstance: string;
}

const DEFAULT_NAMESPACE = 'berth-workflows';
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Reads the whole block.
 *
 * @throws InputError naming the key that is wrong
 */
export function readArgoConfig(config: Config): ArgoConfig {
  const block = config.getOptionalConfig('argoWorkflows');
  // The community plugin also reads Workflows through a Kubernetes cluster; those instances have no Argo Server.
  const served = (block?.getOptionalConfigArray('instances') ?? []).filter(instance => !instance.has('kubernetes'));
  const instances = served.map(readInstance);
  const names = instances.map(instance => instance.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(`\`argoWorkflows.instances\` names \`${twice}\` twice: give each instance a name of its own`);
  }
  if (instances.length === 0) {
    throw new InputError(
      '`argoWorkflows.instances` names no Argo Server: add one with `name` and `baseUrl`, ' +
        'such as `http://127.0.0.1:2746` for `berth sandbox`',
    );
  }
  const defaultInstance = block?.getOptionalString('defaultInstance') ?? names[0];
  if (!names.includes(defaultInstance)) {
    throw new InputError(
      `\`argoWorkflows.defaultInstance\` is \`${defaultInstance}\`, which is none of the instances with a \`baseUrl\`: ` +
        `write one of ${names.map(name => `\`${name}\``).join(', ')}`,
    );
  }
  return { instances, defaultInstance };
}

function readInstance(config: Config): ArgoInstance {
  const name = config.getString('name');
  const token = optional(config, 'token');
  const tokenFile = optional(config, 'tokenFile');
  if (token && tokenFile) {
    throw new InputError(`Argo instance \`${name}\` has both \`token\` and \`tokenFile\`: keep one of them`);
  }
  return {
    name,
    baseUrl: readBaseUrl(name, config.getString('baseUrl')),
    token,
    tokenFile,
    caFile: optional(config, 'caFile'),
    namespace: optional(config, 'namespace') ?? DEFAULT_NAMESPACE,
    timeoutMs: readTimeout(name, config),
    target: readTarget(name, config),
  };
}

/** A variable that is set to nothing leaves an empty text behind, which means the same as none. */
function optional(config: Config, key: string): string | undefined {
  return config.getOptional(key) === '' ? undefined : config.getOptionalString(key);
}

function readBaseUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash) {
    throw new InputError(
      `\`baseUrl\` of Argo instance \`${name}\` is \`${text}\`: write it like \`https://argo.company.com\``,
    );
  }
  if (url.username || url.password) {
    throw new InputError(`\`baseUrl\` of Argo instance \`${name}\` holds credentials: put a token into \`token\``);
  }
  return url.href.replace(/\/+$/, '');
}

function readTarget(name: string, config: Config): WorkflowTarget | undefined {
  const target = optional(config, 'target');
  if (target !== undefined && target !== 'workflow' && target !== 'workflow-ref') {
    throw new InputError(
      `\`target\` of Argo instance \`${name}\` is \`${target}\`: write \`workflow\`, or \`workflow-ref\` where Argo runs installed templates only`,
    );
  }
  return target;
}

/** A duration (`30s`, `PT30S`, `{ seconds: 30 }`); a bare number, as in `ARGO_TIMEOUT=30000`, is milliseconds. */
function readTimeout(name: string, config: Config): number {
  const value = config.getOptional('timeout');
  if (value === undefined || value === null || value === '') {
    return DEFAULT_TIMEOUT_MS;
  }
  const milliseconds = /^\d+$/.test(String(value))
    ? Number(value)
    : durationToMilliseconds(readDurationFromConfig(config, { key: 'timeout' }));
  if (!Number.isInteger(milliseconds) || milliseconds < 100 || milliseconds > 600_000) {
    throw new InputError(
      `\`timeout\` of Argo instance \`${name}\` is ${milliseconds} ms: write one between 100 ms and 10 minutes`,
    );
  }
  return milliseconds;
}
