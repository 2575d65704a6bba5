import { writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import type { Platform } from '#libs/runtime/platform.js';
import { UNPREFIXED } from '../serve.js';
import { ServerModule } from '../server.module.js';
import { openApiDocument } from './openapi.js';

/**
 * `write-openapi.js FILE`: the OpenAPI document of the sources, without a database. In preview Nest makes no
 * provider, so the platform is never asked for anything.
 */
const [, , file] = process.argv;
if (file === undefined) throw new Error('usage: write-openapi FILE');
const root = ServerModule.on(PlatformModule.on({} as Platform));
const app = await NestFactory.create(root, new FastifyAdapter(), { preview: true, logger: false });
app.setGlobalPrefix('api/v1', { exclude: UNPREFIXED });
writeFileSync(file, JSON.stringify(openApiDocument(app)));
