// @berth/core beside ajv, zod, Joi, js-yaml and nunjucks in one Node process: judging, rendering, and what it takes to begin.
// Prints Markdown tables for docs/benchmarks.md; fails when the sides don't agree on every request first.
//   node in-process.mjs [--requests 200] [--rounds 75] [--starts 15] [--agree 10000]
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Berth } from "@berth/core";
import { load } from "js-yaml";
import { firstDifference } from "./difference.mjs";
import { requests } from "./generate.mjs";
import { output, program, spread } from "./measure.mjs";
import { pipelines } from "./peers-render.mjs";
import { peers } from "./peers-validate.mjs";

const SEED = 20260101;
/** Rounds before it counts: the engine compiles what runs often. */
const WARM_UP = 10;
const HERE = dirname(fileURLToPath(import.meta.url));
const SCHEMA = join(HERE, "../../schemas/namespace.request.schema.json");
const MODULES = join(HERE, "../../pkg/dist/esm/embedded");
const RENDER = { target: "workflow", requestId: "bench", now: "2026-01-01T00:00:00Z" };
/** What a form sends: who asks, what the team has, and the moment. */
const CONTEXT = {
  now: RENDER.now,
  requester: { ref: "user:default/ada", roles: ["platform:admin"] },
  usage: { namespaces: 3, monthlyCost: 45000 },
};

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "200" },
    rounds: { type: "string", default: "75" },
    starts: { type: "string", default: "15" },
    agree: { type: "string", default: "10000" },
  },
});
const [count, rounds, starts, agree] = [values.requests, values.rounds, values.starts, values.agree].map(Number);

const machineLoad = loadavg()[0].toFixed(1);
const berth = new Berth();
const validate = peers(SCHEMA);
agreeOnVerdicts(take(agree));
const judged = take(count);
const valid = judged.filter((request) => berth.decide(request).valid).map((request) => [request, berth.render(request, RENDER)]);
const render = pipelines(validate);
agreeOnWorkflows(valid);

const judging = {
  "`decide`": (request) => read(berth.decide(request)),
  "`decide` with context and options": (request) => read(berth.decide(request, CONTEXT, { options: true })),
  "ajv, compiled": validate.ajv,
  zod: validate.zod,
  Joi: validate.joi,
};
const rendering = {
  "`decide` and `renderYaml`": ([request]) => berth.decide(request).valid && berth.renderYaml(request, RENDER),
  "`renderYaml`, which decides": ([request]) => berth.renderYaml(request, RENDER),
  ...Object.fromEntries(Object.entries(render).map(([name, run]) => [name, ([request, workflow]) => run(request, workflow)])),
};
console.log(
  [
    `In one process: Node ${process.versions.node}, load ${machineLoad} at the start; ${agree.toLocaleString("en")} requests, one verdict of all;`,
    `${count.toLocaleString("en")} judged (${valid.length.toLocaleString("en")} valid), those rendered. µs of processor time a request, median (least–greatest) of ${rounds} rounds by turns.`,
    "",
    ...table("judge", times(judging, judged), "zod"),
    "",
    ...table("judge and render", times(rendering, valid), "ajv + js-yaml 4"),
    "",
    ...startTable(),
    "",
    ...(await sizeTable()),
  ].join("\n"),
);

function take(number) {
  const row = requests(SEED);
  return Array.from({ length: number }, () => row.next().value);
}

/** What a form shows of a decision. */
function read({ valid, violations, cost, approval, options }) {
  return `${valid}${violations.length}${cost.monthly}${approval.required}${options?.resourceTier.length}`;
}

function agreeOnVerdicts(all) {
  for (const request of all) {
    const ours = berth.decide(request).valid;
    for (const [name, isValid] of Object.entries(validate)) {
      if (isValid(request) === ours) continue;
      throw new Error(`decide says ${ours ? "valid" : "not valid"}, ${name} the other, of ${JSON.stringify(request)}`);
    }
  }
}

function agreeOnWorkflows(all) {
  for (const [request, workflow] of all.slice(0, 100)) {
    const texts = { berth: berth.renderYaml(request, RENDER) };
    for (const [name, run] of Object.entries(render)) texts[name] = run(request, workflow);
    for (const [name, text] of Object.entries(texts)) {
      const difference = firstDifference(workflow, load(text));
      if (difference) throw new Error(`${name} writes another Workflow: ${difference}`);
    }
  }
}

/** µs of processor time an item (the clock would count what else the machine does), round by round: all contenders in each round, the first one in turn, after rounds that warm up. */
function times(contenders, items) {
  const names = Object.keys(contenders);
  const found = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const turn = Math.abs(round) % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const took = pass(contenders[name], items);
      if (round >= 0) found[name].push(took);
    }
  }
  return found;
}

function pass(run, items) {
  let kept;
  const before = process.cpuUsage();
  for (const item of items) kept = run(item);
  const { user, system } = process.cpuUsage(before);
  if (kept === undefined) throw new Error("nothing was done");
  return (user + system) / items.length;
}

/** One row a contender. The last column compares the least times: they have met the least noise of a busy machine. */
function table(what, found, base) {
  return [
    `| ${what} | µs | times as fast as ${base} |`,
    "|---|---|---|",
    ...Object.entries(found).map(([name, row]) => {
      const ratio = Math.min(...found[base]) / Math.min(...row);
      return `| ${name} | ${cell(row, 1)} | ${ratio.toFixed(2)} |`;
    }),
  ];
}

function startTable() {
  const request = JSON.stringify(valid[0][0]);
  const libraries = { berth: "`@berth/core`", ajv: "ajv, compiling the schema", zod: "zod, one field", joi: "Joi, one field" };
  const found = Object.fromEntries(Object.keys(libraries).map((name) => [name, []]));
  for (let start = 0; start < starts; start += 1) {
    for (const name of Object.keys(libraries)) {
      const child = program(process.execPath, [join(HERE, "start.mjs"), name, SCHEMA, request]);
      found[name].push(JSON.parse(output(child)));
    }
  }
  return [
    `| fresh processes, ms, ${starts} starts | import | the first verdict after it |`,
    "|---|---|---|",
    ...Object.entries(found).map(
      ([name, row]) => `| ${libraries[name]} | ${cell(row.map((start) => start.import), 1)} | ${cell(row.map((start) => start.verdict), 1)} |`,
    ),
  ];
}

async function sizeTable() {
  const { bytesOf } = await import(join(MODULES, "../inflate.js"));
  const rows = ["core", "rest", "yaml"].map(async (name) => {
    const { [name]: embedded } = await import(join(MODULES, `${name}.js`));
    const bytes = bytesOf(embedded);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    return `| \`${name}.wasm\` | ${[bytes, gzipSync(bytes, { level: 9 }), brotli].map(({ length }) => (length / 1000).toFixed(1)).join(" | ")} |`;
  });
  return ["| module | raw, kB | gzip | brotli |", "|---|---|---|---|", ...(await Promise.all(rows))];
}

function cell(numbers, digits) {
  const { median, min, max } = spread(numbers);
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
