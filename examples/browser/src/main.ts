// The page: what is typed becomes state, the state is decided on, and every part shows its side of the answer.
import type { Berth, Decision } from '@berth/core';
import { Output } from './answer/output.js';
import { showVerdict } from './answer/verdict.js';
import { byId, fill, set } from './dom.js';
import { Editor } from './editor/editor.js';
import { showProblems } from './editor/problems.js';
import { Form } from './form/form.js';
import { definitionOf, type FormDefinition } from './form/parameters.js';
import { contextOf, knownFields } from './known.js';
import { compile, needsYaml, type Problem, standard } from './policy.js';
import { fromHash, initial, type Documents, toHash } from './state.js';
import { tabs } from './tabs.js';
import { views } from './view.js';

/** After the last keystroke, the documents are read, and the address is written. */
const READ_AFTER_MS = 120;
const SHARE_AFTER_MS = 400;

let state = (await fromHash(location.hash)) ?? initial();
let berth: Berth | undefined;
let definition: FormDefinition | undefined;

const form = new Form((name, value) => {
  const { [name]: _, ...others } = state.request;
  state.request = value === undefined ? others : { ...state.request, [name]: value };
  decide();
});
const output = new Output();
const showKnown = knownFields(known => {
  state.known = known;
  decide();
});
const editors: Record<keyof Documents, Editor> = { blueprint: editor('blueprint'), platform: editor('platform') };
const chooseDocument = tabs(byId('document-tabs'), () => {});
const showView = views(view => {
  state.view = view;
  share();
});
const readSoon = delayed(READ_AFTER_MS, read);
const share = delayed(SHARE_AFTER_MS, async () => history.replaceState(null, '', `${location.pathname}${await toHash(state)}`));

byId('form').append(form.element);
byId('share').addEventListener('click', () => void copyAddress());
byId('reset').addEventListener('click', () => {
  if (window.confirm('Forget what you wrote and start again?')) void show(initial());
});
window.addEventListener('hashchange', () => void fromHash(location.hash).then(given => given && show(given)));
await show(state);
document.documentElement.dataset.ready = '';

/** Shows a state that came as a whole: the first one, or that of an address. */
async function show(next: typeof state): Promise<void> {
  state = next;
  for (const name of ['blueprint', 'platform'] as const) editors[name].text = state.documents[name];
  showView(state.view);
  chooseDocument('panel-blueprint');
  // What comes with Berth is there at once; the module that reads YAML may take its time.
  if (!needsYaml(state.documents)) use(standard());
  await read();
}

/** Reads the documents. While they have errors, the last good ones decide. */
async function read(): Promise<void> {
  const texts = { ...state.documents };
  const { berth: compiled, problems } = await compile(texts);
  // Somebody wrote on meanwhile: what was found is about another text.
  if (texts.blueprint !== state.documents.blueprint || texts.platform !== state.documents.platform) {
    return compiled?.dispose();
  }
  for (const name of ['blueprint', 'platform'] as const) {
    editors[name].problems = problems.filter(problem => problem.document === name);
  }
  showProblems(problems, { goTo, tryExample });
  set(byId('stale'), 'hidden', compiled !== undefined || berth === undefined);
  if (compiled === undefined) decide();
  else use(compiled);
}

function use(next: Berth): void {
  berth?.dispose();
  berth = next;
  const before = definition;
  definition = definitionOf(berth);
  if (before !== undefined && before.blueprint !== definition.blueprint) forgetStrangers(definition);
  decide();
}

/** Another blueprint asks for other things: what it doesn't know was meant for the one before. */
function forgetStrangers({ parameters }: FormDefinition): void {
  const known = new Set(parameters.map(parameter => parameter.name));
  state.request = Object.fromEntries(Object.entries(state.request).filter(([name]) => known.has(name)));
}

/** Decides, and shows the answer everywhere. */
function decide(): void {
  share();
  const answer = berth && definition && answerOf(berth, definition);
  byId('request').hidden = answer === undefined;
  showVerdict(answer?.decision);
  output.subject = answer;
}

function answerOf(berth: Berth, definition: FormDefinition) {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const request = { blueprint: definition.blueprint, parameters: state.request };
  const before = performance.now();
  const decision: Decision = berth.decide(request, contextOf(state.known, now), { options: true });
  const took = performance.now() - before;
  fill(byId('form-title'), definition.title);
  form.show(definition, { ...(decision.request.parameters as Record<string, unknown>), ...state.request }, decision);
  showKnown(state.known, decision.cost.decimals);
  fill(byId('decided-in'), `Decided in ${took.toFixed(1)} ms by core ${decision.coreVersion}, policy ${decision.policyDigest.slice(7, 15)}`);
  return { berth, request, decision, now };
}

function editor(name: keyof Documents): Editor {
  const label = name === 'blueprint' ? 'Blueprint document, YAML' : 'Platform document, YAML';
  const made = new Editor(`editor-${name}`, label, 'policy-status', text => {
    state.documents[name] = text;
    readSoon();
    share();
  });
  byId(`panel-${name}`).append(made.element);
  return made;
}

function goTo({ document: name, line, column }: Problem): void {
  chooseDocument(`panel-${name}`);
  editors[name].goTo(line, column);
}

function tryExample(request: Record<string, unknown>): void {
  state.request = request;
  if (state.view === 'policy') showView((state.view = 'form'));
  decide();
}

async function copyAddress(): Promise<void> {
  const status = byId('share-status');
  history.replaceState(null, '', `${location.pathname}${await toHash(state)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    fill(status, 'Link copied');
  } catch {
    fill(status, 'The link is in the address bar');
  }
}

/** Calls a function when nothing was asked for a while. */
function delayed(milliseconds: number, act: () => unknown): () => void {
  let timer: number | undefined;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, milliseconds);
  };
}
