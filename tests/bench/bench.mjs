// The comparison: 10,000 request files through `berth` and through plain Node programs, in one run, by turns.
// Prints a Markdown table for docs/benchmarks.md; fails when the two sides don't find the same requests valid.
//   node bench.mjs --berth PROGRAM [--files 10000] [--stream 100000] [--runs 7] [--no-compare-workflows]
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { cpus, loadavg, release, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadAll } from "js-yaml";
import { firstDifference } from "./difference.mjs";
import { requests, writeFiles } from "./generate.mjs";
import { output, peakMemory, program, spread, timePairs } from "./measure.mjs";

const SEED = 20260101;
/** How many of the files are rendered by both sides and compared, object by object. */
const SAMPLE = 200;
const REQUEST_ID = "bench";
const NOW = "2026-01-01T00:00:00Z";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const SCHEMA = join(ROOT, "schemas/namespace.request.schema.json");
const PLATFORM = join(ROOT, "platform.yaml");
const BLUEPRINT = join(ROOT, "blueprints/namespace.yaml");

const { values: options } = parseArgs({
  options: {
    berth: { type: "string" },
    files: { type: "string", default: "10000" },
    stream: { type: "string", default: "100000" },
    runs: { type: "string", default: "7" },
    "compare-workflows": { type: "boolean", default: true },
  },
  allowNegative: true,
});
if (!options.berth) throw new Error("usage: node bench.mjs --berth PROGRAM [--files N] [--stream N] [--runs N]");
const [files, stream, runs] = [options.files, options.stream, options.runs].map(Number);

const load = loadavg()[0].toFixed(1);
const work = mkdtempSync(join(tmpdir(), "berth-bench-"));
try {
  const folder = join(work, "requests");
  writeFiles(folder, files, SEED);
  const sample = join(work, "sample");
  writeFiles(sample, Math.min(files, SAMPLE), SEED);

  const valid = agreeOnVerdicts(validatePair(folder));
  if (options["compare-workflows"]) agreeOnWorkflows(renderPair(sample));
  else console.log("The Workflows of both sides were not compared.\n");
  const rows = [
    ["validate", timePairs(...validatePair(folder), runs)],
    ["validate and render", timePairs(...renderPair(folder), runs)],
  ];
  const memory = await streamMemory(join(work, "stream.ndjson"));
  console.log([...heading(valid), "", ...table(rows), "", memory].join("\n"));
} finally {
  rmSync(work, { recursive: true });
}

/** `berth` and its Node peer over one folder. */
function validatePair(folder) {
  return [berth("validate", folder, "--output", "json"), node("node-validate.mjs", SCHEMA, folder)];
}

function renderPair(folder) {
  const ids = ["--request-id", REQUEST_ID, "--now", NOW];
  return [
    berth("render", folder, "--target", "workflow", ...ids),
    node("node-render.mjs", SCHEMA, PLATFORM, BLUEPRINT, folder, REQUEST_ID, NOW),
  ];
}

// Exit code 1 says that some requests are invalid; here they are meant to be.
function berth(...args) {
  return program(options.berth, args, { exitCodes: [0, 1] });
}

function node(script, ...args) {
  return program(process.execPath, [join(HERE, script), ...args]);
}

/** Both sides must find the same number of valid requests, or their times say nothing. */
function agreeOnVerdicts([ours, peer]) {
  const decisions = JSON.parse(output(ours));
  const valid = decisions.filter((decision) => decision.valid).length;
  const peers = JSON.parse(output(peer));
  if (decisions.length !== files || valid !== peers.valid) {
    throw new Error(`of ${files} requests, berth judged ${decisions.length} and found ${valid} valid, ajv found ${peers.valid}`);
  }
  return valid;
}

/** Both sides must render the same Workflows: the same objects, whatever the style of the YAML. */
function agreeOnWorkflows([ours, peer]) {
  const [workflows, peers] = [ours, peer].map((side) => loadAll(output(side)));
  if (workflows.length === 0) throw new Error("no Workflow was rendered");
  if (workflows.length !== peers.length) {
    throw new Error(`berth rendered ${workflows.length} Workflows, node ${peers.length}`);
  }
  workflows.forEach((workflow, index) => {
    const difference = firstDifference(workflow, peers[index]);
    if (difference) throw new Error(`Workflow ${index + 1}, berth and node: ${difference}`);
  });
}

async function streamMemory(file) {
  await writeStream(file);
  const peak = peakMemory(berth("validate", "-", "--output", "json"), file);
  const what = `Peak memory of \`berth validate -\` on a stream of ${stream.toLocaleString("en")} requests`;
  return peak === undefined
    ? `${what}: not measured, GNU time is not installed.`
    : `${what}: ${(peak / 1024).toFixed(1)} MiB.`;
}

async function writeStream(file) {
  const sink = createWriteStream(file);
  const row = requests(SEED);
  for (let number = 0; number < stream; number += 1) {
    if (!sink.write(`${JSON.stringify(row.next().value)}\n`)) await once(sink, "drain");
  }
  sink.end();
  await once(sink, "finish");
}

function heading(valid) {
  const version = (name) => JSON.parse(readFileSync(join(HERE, "node_modules", name, "package.json"), "utf8")).version;
  const [{ model }, cores] = [cpus()[0], cpus().length];
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${model}, ${cores} cores, ${memory}, Linux ${release()}, load ${load} at the start`,
    `- Versions: ${output(berth("--version")).trim()}, Node ${process.versions.node}, ajv ${version("ajv")}, js-yaml ${version("js-yaml")}`,
    `- ${files.toLocaleString("en")} files, of which both sides find ${valid.toLocaleString("en")} valid; ${runs} pairs of runs`,
  ];
}

function table(rows) {
  const cell = (numbers, digits) => {
    const { median, min, max } = spread(numbers);
    return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
  };
  return [
    "Whole processes; median (least–greatest). The ratio is taken pair by pair.",
    "",
    "| what | berth, ms | node, ms | node / berth |",
    "|---|---|---|---|",
    ...rows.map(([what, pairs]) => {
      const column = (name, digits) => cell(pairs.map((pair) => pair[name]), digits);
      return `| ${what} | ${column("first", 0)} | ${column("second", 0)} | ${column("ratio", 1)} |`;
    }),
  ];
}
