import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { ChainAnchorer } from '#libs/audit-chain/application/chain-anchorer.js';
import { CircularDesk } from '#libs/circulars/application/circular-desk.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { Reallocator } from '#libs/fund-plans/application/reallocator.js';
import { ProjectListImporter } from '#libs/exchange/import/importer.js';
import { PlanImporter } from '#libs/exchange/plan/plan-importer.js';
import type { EventStore } from '#libs/event-store/port.js';
import type { ProjectionRunner } from '#libs/projection/runner.js';
import { RuleSetRecorder } from '#libs/findings/application/rule-set-recorder.js';
import { YearCarrier } from '#libs/projects/application/year-carrier.js';
import { YearCloser } from '#libs/projects/application/year-closer.js';
import type { Ask } from '#libs/read-models/read-model-query.js';
import { PlanRecorder } from '#libs/plans/application/plan-recorder.js';
import { Reconciler } from '#libs/reconciliation/application/reconciler.js';
import { StatisticsDesk } from '#libs/statistics/application/statistics-desk.js';
import { asking } from '#libs/runtime/caught-up.js';
import { PlatformModule } from '#libs/runtime/platform.module.js';
import type { Platform } from '#libs/runtime/platform.js';

const CATCH_UP_PATIENCE_MS = 600_000;

/** What a command needs that only reads. */
export type Reads = Pick<Session, 'query' | 'sealedTexts'>;

/**
 * Store, read models and handlers for the time of one command. Projections run here unless another process has them;
 * either way a query first waits until those that it reads from have seen every event.
 */
export class Session {
  /** @throws Refusal `projection.behind` where what the query reads does not get to the end, and what the query refuses */
  readonly query: Ask;

  private constructor(
    private readonly app: INestApplicationContext,
    readonly platform: Platform,
  ) {
    this.query = asking(platform.runner, app.get(QueryBus), CATCH_UP_PATIENCE_MS);
  }

  static async open(platform: Platform): Promise<Session> {
    const options = { logger: false, abortOnError: false } as const;
    return new Session(
      await NestFactory.createApplicationContext(PlatformModule.on(platform), options),
      platform,
    );
  }

  get store(): EventStore {
    return this.platform.store;
  }

  get projections(): ProjectionRunner {
    return this.platform.runner;
  }

  get importer(): ProjectListImporter {
    return this.app.get(ProjectListImporter);
  }

  get plans(): PlanRecorder {
    return this.app.get(PlanRecorder);
  }

  get planImporter(): PlanImporter {
    return this.app.get(PlanImporter);
  }

  get reconciler(): Reconciler {
    return this.app.get(Reconciler);
  }

  get anchorer(): ChainAnchorer {
    return this.app.get(ChainAnchorer);
  }

  get ruleSets(): RuleSetRecorder {
    return this.app.get(RuleSetRecorder);
  }

  get evaluator(): Evaluator {
    return this.app.get(Evaluator);
  }

  get circulars(): CircularDesk {
    return this.app.get(CircularDesk);
  }

  get sealedTexts(): SealedTexts {
    return this.app.get(SealedTexts);
  }

  get statistics(): StatisticsDesk {
    return this.app.get(StatisticsDesk);
  }

  get reallocator(): Reallocator {
    return this.app.get(Reallocator);
  }

  get yearCarrier(): YearCarrier {
    return this.app.get(YearCarrier);
  }

  get yearCloser(): YearCloser {
    return this.app.get(YearCloser);
  }

  /** Closes the platform too. */
  async close(): Promise<void> {
    await this.app.close();
  }
}
