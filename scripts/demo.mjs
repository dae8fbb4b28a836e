#!/usr/bin/env node
// The demo: Berth's engine and the Backstage backend on this machine, with one command; Ctrl-C ends both. What is needed is checked
// before anything is downloaded (scripts/demo/needs.mjs), and built only when it is missing (scripts/demo/build.mjs).
//   node scripts/demo.mjs [--fail STEP:TIMES] [--step-delay TIME]   further arguments are those of `berth sandbox`
// BERTH_DEMO_PORT is another port than 3000, BERTH_METRICS_PORT another than 9464.
import { startDemo } from './demo/start.mjs';
import { whatToTry } from './demo/whatToTry.mjs';

const port = Number(process.env.BERTH_DEMO_PORT ?? 3000);
const metricsPort = Number(process.env.BERTH_METRICS_PORT ?? 9464);
const { url, engine, metrics } = await startDemo({ port, metricsPort, engineArguments: process.argv.slice(2), withPortal: true });
console.log(whatToTry({ url, engine, metrics }));
