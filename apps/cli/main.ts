#!/usr/bin/env node
import { reportFailure } from './failures.js';
import { onInterruption } from './interruption.js';
import { runCli } from './run.js';
import { processTerminal } from './terminal.js';

const terminal = processTerminal();
const code = await runCli(process.argv.slice(2), terminal, process.env, onInterruption(terminal));
process.exitCode = terminal.failure ? reportFailure(terminal.failure, terminal) : code;
