// Starts the examples, and a sandbox of Argo for them, as one would in a terminal.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
export const EXAMPLES = file("../../");
const BERTH = process.env.BERTH_BIN ?? file("../../../target/release/berth");

/** Runs one of the examples: its exit code and what it printed. */
export async function run(script, ...args) {
  const child = spawn(process.execPath, [file(`../${script}`), ...args]);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** Starts `berth sandbox` on any free port. */
export async function startSandbox(...args) {
  const child = spawn(BERTH, ["sandbox", "--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url === undefined) continue;
    const stop = async () => {
      child.kill();
      await ended;
    };
    return { url, stop };
  }
  throw new Error(`${BERTH} sandbox ended before it listened`);
}
