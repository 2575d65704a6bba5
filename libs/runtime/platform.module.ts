import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { ChainAnchorer } from '#libs/audit-chain/application/chain-anchorer.js';
import { loadSigningKey } from '#libs/audit-chain/application/signing-key.js';
import { CircularDesk } from '#libs/circulars/application/circular-desk.js';
import { EvidenceFiles } from '#libs/database/evidence-files.js';
import { SealedTexts } from '#libs/database/sealed-texts.js';
import { Evaluator } from '#libs/evaluation/application/evaluator.js';
import { ProjectListImporter } from '#libs/exchange/import/importer.js';
import { RegisterKnownProjects } from '#libs/exchange/import/register-known-projects.js';
import { PlanImporter } from '#libs/exchange/plan/plan-importer.js';
import { FindingRecorder } from '#libs/findings/application/finding-recorder.js';
import { RuleSetRecorder } from '#libs/findings/application/rule-set-recorder.js';
import { HandleFindingHandler } from '#libs/findings/application/handle-finding.js';
import { findingId } from '#libs/findings/domain/handling-events.js';
import { DrawingRecorder } from '#libs/fund-plans/application/drawing-recorder.js';
import { AdjustFundPlanHandler } from '#libs/fund-plans/application/adjust-fund-plan.js';
import { FundPlanBook } from '#libs/fund-plans/application/fund-plan-book.js';
import { FundPlanDesk, IssueFundPlanHandler } from '#libs/fund-plans/application/issue-fund-plan.js';
import { PlanRecorder } from '#libs/plans/application/plan-recorder.js';
import { RecordPlanHandler } from '#libs/plans/application/record-plan.js';
import { PairedRecorder } from '#libs/fund-plans/application/paired-recorder.js';
import { Reallocator } from '#libs/fund-plans/application/reallocator.js';
import { CommandGateway } from '#libs/projects/application/command-gateway.js';
import { ProjectRecorder } from '#libs/projects/application/project-recorder.js';
import {
  FactRecorder,
  RecordProjectFactHandler,
  RehearseProjectFactHandler,
} from '#libs/projects/application/record-project-fact.js';
import { readProjectHistories } from '#libs/projects/application/project-history.js';
import type { ProjectsIn } from '#libs/projects/application/region-year.js';
import { YearCarrier } from '#libs/projects/application/year-carrier.js';
import { YearCloser } from '#libs/projects/application/year-closer.js';
import { ProjectionRunner } from '#libs/projection/runner.js';
import { QUERY_HANDLERS } from '#libs/read-models/read-models.js';
import { ChainPointQuery } from '#libs/read-models/audit-chain/queries.js';
import { FindingQuery } from '#libs/read-models/findings/queries.js';
import { LatestComparisonQuery, LedgerSideQuery } from '#libs/read-models/reconciliations/queries.js';
import { ProjectIdentitiesQuery } from '#libs/read-models/register/queries.js';
import { Reconciler } from '#libs/reconciliation/application/reconciler.js';
import { StatisticsDesk } from '#libs/statistics/application/statistics-desk.js';
import { assertOneHandlerEach } from './one-handler-each.js';
import type { Platform } from './platform.js';
import { asking } from './caught-up.js';
import { EVENT_STORE } from './tokens.js';

const PLATFORM = Symbol('platform');
/** How long an import, a closing or a comparison waits for the read models to show what is stored. */
const PATIENCE_MS = 600_000;
/** How long a step about a finding waits for what the rules say of what is stored. */
const FINDINGS_PATIENCE_MS = 5_000;
const HANDLERS = [
  RecordProjectFactHandler,
  RehearseProjectFactHandler,
  RecordPlanHandler,
  IssueFundPlanHandler,
  AdjustFundPlanHandler,
  HandleFindingHandler,
  ...QUERY_HANDLERS,
];

/** The open platform as Nest providers: the buses with their handlers, the gateway, and what stands behind them. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  /** The module closes the platform together with the application. */
  static on(platform: Platform): DynamicModule {
    assertOneHandlerEach(HANDLERS);
    const { store, database, evidence, runner, recorder } = platform;
    const book = new FundPlanBook(store);
    const plans = new PlanRecorder(store);
    const reallocator = new Reallocator(recorder, book, store);
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: EVENT_STORE, useValue: store },
        { provide: DataSource, useValue: database },
        { provide: EvidenceFiles, useValue: evidence },
        { provide: ProjectionRunner, useValue: runner },
        { provide: ProjectRecorder, useValue: recorder },
        { provide: PlanRecorder, useValue: plans },
        { provide: PlanImporter, useValue: new PlanImporter({ recorder: plans, files: evidence }) },
        {
          provide: FactRecorder,
          useValue: new PairedRecorder(new DrawingRecorder(recorder, book), reallocator),
        },
        { provide: Reallocator, useValue: reallocator },
        { provide: FundPlanDesk, useValue: new FundPlanDesk(book, store) },
        CommandGateway,
        {
          provide: ProjectListImporter,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) => importerOn(platform, queries),
        },
        { provide: RuleSetRecorder, useValue: new RuleSetRecorder(store) },
        {
          provide: FindingRecorder,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) => findingRecorderOn(platform, queries),
        },
        {
          provide: YearCloser,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) =>
            new YearCloser({ recorder, projectsIn: projectsInOf(platform, queries) }),
        },
        {
          provide: YearCarrier,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) =>
            new YearCarrier({
              recorder,
              projectsIn: projectsInOf(platform, queries),
              histories: (ids) =>
                readProjectHistories(
                  store,
                  ids.map((projectId) => ({ projectId })),
                ),
            }),
        },
        {
          provide: Reconciler,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) => reconcilerOn(platform, queries),
        },
        {
          provide: ChainAnchorer,
          inject: [QueryBus],
          useFactory: (queries: QueryBus) => anchorerOn(platform, queries),
        },
        { provide: SealedTexts, useValue: new SealedTexts(database) },
        {
          provide: Evaluator,
          inject: [SealedTexts, ChainAnchorer],
          useFactory: (texts: SealedTexts, anchorer: ChainAnchorer) =>
            new Evaluator({ ...platform, texts, anchorer }),
        },
        {
          provide: CircularDesk,
          inject: [QueryBus, SealedTexts, ChainAnchorer],
          useFactory: (queries: QueryBus, texts: SealedTexts, anchorer: ChainAnchorer) =>
            circularsOn(platform, queries, texts, anchorer),
        },
        { provide: StatisticsDesk, useValue: new StatisticsDesk(store) },
        ...HANDLERS,
      ],
      exports: [
        CqrsModule,
        EVENT_STORE,
        DataSource,
        EvidenceFiles,
        ProjectionRunner,
        ProjectRecorder,
        PlanRecorder,
        PlanImporter,
        CommandGateway,
        ProjectListImporter,
        YearCarrier,
        YearCloser,
        Reallocator,
        Reconciler,
        RuleSetRecorder,
        ChainAnchorer,
        SealedTexts,
        Evaluator,
        CircularDesk,
        StatisticsDesk,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.platform.close();
  }
}

function importerOn({ store, recorder, evidence, runner }: Platform, queries: QueryBus): ProjectListImporter {
  const known = new RegisterKnownProjects(asking(runner, queries, PATIENCE_MS), store);
  return new ProjectListImporter({ store, recorder, files: evidence, known });
}

function anchorerOn({ store, signingKey, anchors, runner }: Platform, queries: QueryBus): ChainAnchorer {
  const ask = asking(runner, queries, PATIENCE_MS);
  return new ChainAnchorer({
    store,
    key: () => loadSigningKey(signingKey),
    folder: anchors,
    pointAt: (place) => ask(new ChainPointQuery(place ?? { withoutAnchors: true })),
  });
}

function circularsOn(
  platform: Platform,
  queries: QueryBus,
  texts: SealedTexts,
  anchorer: ChainAnchorer,
): CircularDesk {
  const ask = asking(platform.runner, queries, PATIENCE_MS);
  return new CircularDesk({
    ...platform,
    texts,
    anchorer,
    async chainAt(position) {
      const point = await ask(new ChainPointQuery({ position }));
      return point && { sequence: point.sequence, hash: point.hash };
    },
  });
}

function projectsInOf({ runner }: Platform, queries: QueryBus): ProjectsIn {
  const ask = asking(runner, queries, PATIENCE_MS);
  return (region) => ask(new ProjectIdentitiesQuery(region));
}

function reconcilerOn({ store, evidence, runner }: Platform, queries: QueryBus): Reconciler {
  const ask = asking(runner, queries, PATIENCE_MS);
  return new Reconciler({
    store,
    files: evidence,
    ledgerSide: (scope, position) => ask(new LedgerSideQuery(scope, position)),
    latest: (scope) => ask(new LatestComparisonQuery(scope)),
  });
}

function findingRecorderOn({ store, runner }: Platform, queries: QueryBus): FindingRecorder {
  const ask = asking(runner, queries, FINDINGS_PATIENCE_MS);
  return new FindingRecorder(store, async (key) => {
    const finding = await ask(new FindingQuery(findingId(key)));
    if (!finding) return undefined;
    const { status, basis, regions } = finding;
    return { failing: status.key === 'failing', basis, regions: regions.codes };
  });
}
