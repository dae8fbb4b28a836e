// What the package answers to a case, in the form of tests/corpus/README.md.
import { createHash } from 'node:crypto';

const TARGETS = ['workflow', 'workflow-ref', 'workflow-template', 'manifests'];
/** What every release, or every word in a document, changes. */
const OPEN_KEYS = ['/core-version', '/policy-digest', '/spec-hash'];

/**
 * `answer` to a case as tests/corpus keeps it; `kept`, the texts that the case asks to keep as a whole, by the ending of their
 * file; `printed`, what the program prints, `{decision, plan, workflow}`; `mistakes` of the documents, by JSON pointer.
 *
 * @param way - one of ways.mjs
 */
export function answer(way, { request, ...asked }) {
  const { value: berth, error } = attempt(way, () => way.load(asked.documents));
  if (error) {
    const names = way.names(asked.documents);
    const mistakes = error.errors.map(({ location: { source, pointer }, ...rest }) => [names.indexOf(source), pointer, rest]);
    return { answer: { documents: error.errors.map(problem) }, kept: {}, mistakes };
  }
  if (!request) return { answer: { documents: [] }, kept: {} };
  return decided(way, berth, way.request(request, asked), asked);
}

/** The error of a document in one line, as people see it. */
function problem({ message, hint, location: { source, pointer, line, column } }) {
  const place = line === undefined ? pointer && `:${pointer}` : `:${line}:${column}`;
  return `${source}${place}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
}

function decided(way, berth, request, { context, options, render }) {
  const { value: decision, error } = attempt(way, () => berth.decide(request, context, { options }));
  if (error) return { answer: { unreadable: unreadable(error) }, kept: {} };
  const found = { answer: { decision: comparable(decision) }, kept: {}, printed: { decision: JSON.stringify(decision) } };
  if (decision.valid) addPlan(way, found, berth, request, { context, render });
  // What stands can be frozen and deleted whatever today's rules say.
  if (decision.valid || ['freeze', 'delete'].includes(render.options.kind)) addRenderings(way, found, berth, request, { context, render });
  return found;
}

function addPlan(way, found, berth, request, { context, render }) {
  const { requestId, now } = render.options;
  const { value: plan, error } = attempt(way, () => berth.plan(request, { requestId, now, context }));
  found.answer.plan = error ? unrendered(error) : inShort(plan);
  if (plan && render.kept.includes('plan')) found.kept['plan.json'] = `${JSON.stringify(comparable(plan), null, 2)}\n`;
  // The program's `--now` is the moment of the decision, too, and may change it.
  const { value } = attempt(way, () => berth.plan(request, { requestId, now, context: { ...context, now } }));
  if (value) found.printed.plan = JSON.stringify(value);
}

function addRenderings(way, found, berth, request, { context, render }) {
  found.answer.render = {};
  for (const target of TARGETS) {
    const options = { ...render.options, context, target };
    const { value, error } = attempt(way, () => berth.render(request, options));
    found.answer.render[target] = error ? unrendered(error) : digest(value);
    if (error) continue;
    if (target === 'workflow') found.printed.workflow = JSON.stringify(value);
    if (render.kept.includes(target)) found.kept[`${target}.yaml`] = withoutVersions(berth.renderYaml(request, options));
  }
}

function digest(rendering) {
  return `sha256:${createHash('sha256').update(JSON.stringify(comparable(rendering))).digest('hex')}`;
}

function unrendered({ code, message, decision }) {
  return code === 'invalid-request' ? { refused: comparable(decision) } : { error: message };
}

/** The value, or the BerthError; anything else that is thrown is a bug. */
function attempt({ core }, act) {
  try {
    return { value: act() };
  } catch (error) {
    if (error instanceof core.BerthError) return { error };
    throw error;
  }
}

function unreadable({ code, message, hint = null, location: { pointer = null, line = null, column = null } = {} }) {
  return { code, message, hint, pointer, line, column };
}

/** A copy without `policyDigest` and `coreVersion`, in which what a release changes is left open. */
function comparable({ policyDigest, coreVersion, ...answer }) {
  return JSON.parse(JSON.stringify(answer), (key, value) => (isOpen(key) ? '...' : value));
}

function isOpen(key) {
  return OPEN_KEYS.some(open => key.endsWith(open));
}

/** The same of YAML, line by line. */
function withoutVersions(text) {
  return text.replace(new RegExp(`(${OPEN_KEYS.join('|')}): .*$`, 'gm'), '$1: ...');
}

/** A plan as a person would tell it. */
function inShort({ planDigest, steps, skipped, kind: what, changes }) {
  const object = ({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const changed = ({ change, fields = [], ...of }) => [change, object(of), ...fields.map(({ path }) => path)].join(' ');
  return {
    planDigest,
    steps: steps.map(({ id, objects }) => `${id}: ${objects.map(object).join(', ')}`),
    skipped: skipped.map(({ id, reason }) => `${id}: ${reason}`),
    ...(changes && { kind: what, changes: changes.map(changed) }),
  };
}
