// The same cases by the program: many requests a run for decisions, one a run for plans and Workflows.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { berth, compact, decisions } from '../program.mjs';

/** Runs at a time; the program itself judges many files in parallel. */
const AT_A_TIME = 4;

/** What the program prints with `--output json`, `{decision, plan, workflow}` as texts without spaces, by the id of the case. */
export async function programAnswers(cases, folder) {
  const runs = [];
  await pool(grouped(cases), async (group, index) => {
    const written = await write(group, join(folder, String(index)));
    const options = group[0].options ? ['--options'] : [];
    const { out } = await berth('validate', '--output=json', ...options, ...written.options, ...written.requests);
    const answers = decisions(out);
    group.forEach(({ id, render }, place) => {
      runs.push({ id, render, request: written.requests[place], options: written.options, decision: answers[place] });
    });
  });
  const printed = new Map();
  await pool(runs, async run => printed.set(run.id, { decision: run.decision, ...(await planAndWorkflow(run)) }));
  return printed;
}

async function planAndWorkflow({ render: { options: rendering }, request, options, decision }) {
  const { valid } = JSON.parse(decision);
  const found = {};
  const print = async (key, command, ...others) => {
    const identity = [`--request-id=${rendering.requestId}`, `--now=${rendering.now}`];
    const { code, out } = await berth(command, request, '--output=json', ...identity, ...others, ...options);
    if (code === 0) found[key] = compact(out);
  };
  if (valid) await print('plan', 'plan');
  if (valid || ['freeze', 'delete'].includes(rendering.kind)) {
    const origin = await originOptions(rendering, `${request}.from`);
    await print('workflow', 'render', '--target=workflow', `--attempt=${rendering.attempt}`, ...origin);
  }
  return found;
}

/** Cases that one run can answer: of the same documents, context and options. */
function grouped(cases) {
  const groups = new Map();
  for (const one of cases) {
    const setting = JSON.stringify([one.documents, one.context, one.options]);
    if (!groups.has(setting)) groups.set(setting, []);
    groups.get(setting).push(one);
  }
  return [...groups.values()];
}

/** The files of a run, and the options that name them. */
async function write(group, folder) {
  const file = async (name, text) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  const { documents, context } = group[0];
  const options = ['--context', await file('context.json', JSON.stringify(context))];
  if (!documents.isDefault) {
    options.push('--platform', await file(documents.platform.name, documents.platform.text));
    for (const { name, text } of documents.blueprints) await file(name, text);
    options.push('--blueprints', join(folder, 'blueprints'));
  }
  const requests = group.map(({ request }, place) =>
    file(`requests/${place}.${request.name.split('.').at(-1)}`, request.text),
  );
  return { options, requests: await Promise.all(requests) };
}

async function originOptions({ kind, from, origin: made }, fromFile) {
  if (!made) return kind ? [`--kind=${kind}`] : [];
  const options = [`--kind=${kind}`, `--origin-id=${made.requestId}`, `--origin-time=${made.createdAt}`];
  if (made.requester !== undefined) options.push(`--origin-requester=${made.requester}`);
  if (from === undefined) return options;
  await writeFile(fromFile, JSON.stringify(from));
  return [...options, `--current=${fromFile}`];
}

/** Does it with every item, a few at a time. */
async function pool(items, act) {
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) await act(item, index);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
