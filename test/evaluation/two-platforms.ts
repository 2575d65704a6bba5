import { SealedTexts } from '#libs/database/sealed-texts.js';
import { testDatabase } from '#libs/database/testing/test-database.js';
import { DoubleLog } from '#libs/event-store/eventstoredb/testing/double-log.js';
import { EventStoreDbDouble } from '#libs/event-store/eventstoredb/testing/eventstoredb-double.js';
import { Evaluator, type EvaluatorParts } from '#libs/evaluation/application/evaluator.js';
import { readConfig } from '#libs/runtime/config.js';
import { openPlatform, type Platform } from '#libs/runtime/platform.js';

export const EVALUATOR = { user: '示例评估员', unit: '示例评估机构', role: 'Evaluator', region: '990100' };
export const COMMISSION = { ...EVALUATOR, unit: '示例州发展改革委', role: 'DevelopmentReform' };

export interface Bench {
  platform: Platform;
  texts: SealedTexts;
  evaluator: Evaluator;
  anchorer: EvaluatorParts['anchorer'];
  close(): Promise<void>;
}

/** The whole platform on a database of its own. @param eventStore a store elsewhere; else one in that database */
export async function bench(eventStore?: string, now?: () => Date): Promise<Bench> {
  const database = await testDatabase();
  const platform = await openPlatform(
    readConfig({ DATABASE_URL: database.connectionString, ...(eventStore && { EVENT_STORE: eventStore }) }),
  );
  const texts = new SealedTexts(platform.database);
  // Anchors are specified where they are made; here they would only move the position.
  const anchorer = { assertReady: () => Promise.resolve(), anchor: () => Promise.resolve({} as never) };
  const evaluator = new Evaluator({ ...platform, texts, anchorer, ...(now && { now }) });
  const close = async (): Promise<void> => {
    await platform.close();
    await database.drop();
  };
  return { platform, texts, evaluator, anchorer, close };
}

/** The same on EventStoreDB, played by the test double. */
export async function benchOnDouble(): Promise<Bench> {
  const double = new EventStoreDbDouble(new DoubleLog());
  await double.start();
  const made = await bench(double.connectionString);
  return {
    ...made,
    async close() {
      await made.close();
      double.stop();
    },
  };
}
