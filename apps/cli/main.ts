#!/usr/bin/env node
import { onInterruption } from './interruption.js';
import { runCli } from './run.js';
import { processTerminal } from './terminal.js';

const terminal = processTerminal();
process.exitCode = await runCli(process.argv.slice(2), terminal, process.env, onInterruption(terminal));
