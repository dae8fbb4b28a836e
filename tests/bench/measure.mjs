// Runs whole processes and tells how long they took and how much memory they had at most.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GNU_TIME = "/usr/bin/time";
const MOST_OUTPUT = 1 << 30;

/** One program of a comparison: its command line, and the exit codes that are no failure. */
export const program = (command, args, { exitCodes = [0] } = {}) => ({ command, args, exitCodes });

/** Runs a program and gives back its standard output. */
export function output(program) {
  const result = spawnSync(program.command, program.args, { encoding: "utf8", maxBuffer: MOST_OUTPUT });
  check(program, result);
  return result.stdout;
}

/**
 * Times two programs by turns, so that both meet the same noise of the machine: one run of each to warm the file
 * cache, then `runs` pairs; every other pair begins with the other one. Milliseconds, pair by pair.
 */
export function timePairs(first, second, runs) {
  milliseconds(first);
  milliseconds(second);
  return Array.from({ length: runs }, (_, run) => {
    const pair = {};
    const steps = [() => (pair.first = milliseconds(first)), () => (pair.second = milliseconds(second))];
    for (const step of run % 2 === 0 ? steps : steps.reverse()) step();
    return { ...pair, ratio: pair.second / pair.first };
  });
}

/** Median, least and greatest of a list of numbers. */
export function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** Peak resident memory of a program, in kB, that reads `stdinFile`; undefined without GNU time. */
export function peakMemory(program, stdinFile) {
  if (!existsSync(GNU_TIME)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "berth-bench-"));
  const report = join(folder, "time");
  const stdin = openSync(stdinFile, "r");
  try {
    const args = ["--format=%M", `--output=${report}`, program.command, ...program.args];
    check(program, spawnSync(GNU_TIME, args, { stdio: [stdin, "ignore", "ignore"] }));
    // A line above the figure tells of an exit code that is not 0.
    return Number(readFileSync(report, "utf8").trim().split("\n").at(-1));
  } finally {
    closeSync(stdin);
    rmSync(folder, { recursive: true });
  }
}

function milliseconds(program) {
  const start = process.hrtime.bigint();
  const result = spawnSync(program.command, program.args, { stdio: "ignore" });
  const end = process.hrtime.bigint();
  check(program, result);
  return Number(end - start) / 1e6;
}

function check(program, result) {
  if (result.error) throw result.error;
  if (!program.exitCodes.includes(result.status)) {
    const said = String(result.stderr ?? "").slice(0, 2000);
    throw new Error(`${program.command} ${program.args.join(" ")}: exit code ${result.status}\n${said}`);
  }
}
