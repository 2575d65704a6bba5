import type { EventToDecode } from '#libs/projects/domain/codec.js';
import { frozenSamples } from '#libs/projects/domain/testing/frozen-samples.js';
import { decodeHandlingStep, encodeHandlingStep } from './handling-events.js';
import { decodeRuleSetAdopted, encodeRuleSetAdopted } from './rule-set-events.js';

const handlingStepAgain = (stored: EventToDecode): object => {
  const step = decodeHandlingStep(stored);
  return encodeHandlingStep(step, step.id, step.envelope);
};

describe('events of rule sets and findings', () => {
  frozenSamples(
    new URL('./samples/v1/', import.meta.url),
    {
      RuleSetAdopted: (stored) => {
        const { data, envelope } = decodeRuleSetAdopted(stored);
        return encodeRuleSetAdopted(data, stored.id, envelope);
      },
      FindingExplained: handlingStepAgain,
      FindingWaived: handlingStepAgain,
      FindingRectified: handlingStepAgain,
      FindingClosed: handlingStepAgain,
    },
    (data) => ({ ...data, extra: '1' }),
  );
});
