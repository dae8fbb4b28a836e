/** What can go wrong between Berth and an Argo Server, what to do about it, and whether to try again. */

/** Why a call failed. */
export type ArgoErrorKind =
  /** Nobody answers, not in time, or the connection broke. A Workflow may have been created all the same. */
  | 'unreachable'
  /** Its certificate is not to be believed. */
  | 'untrusted'
  /** Something else answers: a proxy, a login page. */
  | 'not-argo'
  | 'unauthorized'
  | 'forbidden'
  /** A policy of the cluster refuses this very Workflow. */
  | 'refused'
  | 'not-found'
  /** A Workflow of this name exists, and it is another one's. */
  | 'taken'
  /** The version that a watch should go on from is no longer known: list again. */
  | 'gone'
  /** The Workflow or the call is wrong. */
  | 'invalid'
  /** Argo or its Kubernetes is busy or broken. */
  | 'failing';

/** Kinds that the same call will meet again, whatever the operator does. */
const LASTING: ReadonlySet<ArgoErrorKind> = new Set(['refused', 'taken', 'invalid', 'gone']);

const HINTS: Record<ArgoErrorKind, string> = {
  unreachable: 'it is tried again; check `baseUrl` and the way there',
  untrusted: 'name the authority that signed its certificate in `caFile`',
  'not-argo': 'check `baseUrl`: another program may listen there, or a login page stands before it',
  unauthorized: 'check `token` or `tokenFile`: the token may have expired',
  forbidden: "give the token's account a role for Workflows in this namespace",
  refused: 'ask who wrote the policy; the request can be retried when it has changed',
  'not-found': 'check `namespace`, and that the Workflow was not deleted',
  taken: 'look at the Workflow of this name; Berth never touches what is not its own',
  gone: 'list the Workflows again',
  invalid: 'this is a fault of the blueprint or of Berth; the request can be retried when it is corrected',
  failing: 'it is tried again; see the log of Argo Server for more',
};

const TLS_CODE =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|EPROTO$|HOSTNAME_MISMATCH$|INVALID_CA$)/;

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'nothing was heard for too long',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is too long',
};

/**
 * A call of an Argo Server that failed.
 *
 * `retryable`: the same call may succeed later, by itself or after the operator has put something right.
 */
export class ArgoError extends Error {
  override readonly name = 'ArgoError';
  readonly kind: ArgoErrorKind;
  readonly retryable: boolean;
  readonly hint: string;
  /** HTTP status of the answer, if there was one. */
  readonly status?: number;
  /** gRPC code in the answer, if Argo gave one. */
  readonly code?: number;

  constructor(
    instance: string,
    kind: ArgoErrorKind,
    reason: string,
    details: { status?: number; code?: number; cause?: unknown } = {},
  ) {
    super(`Argo Server \`${instance}\` ${reason}: ${HINTS[kind]}`, { cause: details.cause });
    this.kind = kind;
    this.hint = HINTS[kind];
    this.retryable = !LASTING.has(kind);
    this.status = details.status;
    this.code = details.code;
  }

  /** What an answer with another status than 200 says; `body` as Argo wrote it. */
  static ofAnswer(instance: string, status: number, body: string): ArgoError {
    const { code, message } = said(body);
    if (status >= 300 && status < 400) {
      return new ArgoError(instance, 'not-argo', `sends us to another page (${status})`, { status });
    }
    const kind = kindOf(status, message ?? '');
    const reason = `answered ${status}: ${message ?? 'no reason given'}`;
    return new ArgoError(instance, kind, reason, { status, code });
  }

  /** What an error in a stream says. */
  static ofStream(instance: string, error: unknown): ArgoError {
    const status = numberAt(error, 'http_code') ?? 500;
    const message = oneLine(stringAt(error, 'message') ?? 'no reason given');
    const reason = `ended the stream (${status}): ${message}`;
    return new ArgoError(instance, kindOf(status, message), reason, { status, code: numberAt(error, 'grpc_code') });
  }

  /** What a call without an answer says. */
  static ofCall(instance: string, cause: unknown): ArgoError {
    if (cause instanceof ArgoError) {
      return cause;
    }
    const code = codeOf(cause);
    const text = cause instanceof Error ? cause.message : String(cause);
    if (TLS_CODE.test(code)) {
      return new ArgoError(instance, 'untrusted', `can't be trusted (${oneLine(text)})`, { cause });
    }
    const reason = `can't be reached (${oneLine(REASONS[code] ?? text)})`;
    return new ArgoError(instance, 'unreachable', reason, { cause });
  }
}

function kindOf(status: number, message: string): ArgoErrorKind {
  // Argo passes Kubernetes' 410 on as an invalid argument.
  if (status === 410 || /too old resource version|resource version is too old/i.test(message)) {
    return 'gone';
  }
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return /admission webhook|ValidatingAdmissionPolicy/.test(message) ? 'refused' : 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'taken';
    case 408:
    case 429:
      return 'failing';
    default:
      return status >= 400 && status < 500 ? 'invalid' : 'failing';
  }
}

/** The code and message of an error body; some answers wrap them once more. */
function said(body: string): { code?: number; message?: string } {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^data:/, ''));
  } catch {
    return {};
  }
  const inner = objectAt(value, 'error') ?? value;
  const message = stringAt(inner, 'message');
  return {
    code: numberAt(inner, 'code') ?? numberAt(inner, 'grpc_code'),
    message: message === undefined ? undefined : oneLine(message),
  };
}

/** What a server said, fit for a message. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim().slice(0, 2000);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function objectAt(value: unknown, key: string): object | undefined {
  const found = at(value, key);
  return typeof found === 'object' && found !== null ? found : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key);
  return typeof found === 'number' ? found : undefined;
}

/** The code of a network error, also of one that another wraps. */
function codeOf(error: unknown): string {
  return stringAt(error, 'code') ?? stringAt(at(error, 'cause'), 'code') ?? '';
}
