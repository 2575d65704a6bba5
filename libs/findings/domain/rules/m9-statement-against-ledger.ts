import { printYuan } from '#libs/kernel/money.js';
import { FUNDING_SOURCES, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import { failsBy, notApplicable, PASS, type FindingItem, type Outcome } from '../outcome.js';
import type { RuleHead } from '../rule.js';
import type { StatementDossier } from '../statement.js';

/** A rule on one statement that was compared with the ledger. */
export interface StatementRule extends RuleHead {
  subject: 'statement';
  evaluate(statement: StatementDossier): Outcome;
}

export const m9: StatementRule = {
  id: 'M9',
  version: 1,
  category: 'money',
  subject: 'statement',
  severity: 'error',
  title: '对账单与台账不符',
  basis: '会计法：会计账簿记录应当与实物、款项及有关资料定期相互核对',
  parameters: [],
  evaluate(statement) {
    const { reconciled, changes, replaced } = statement;
    const { result } = reconciled;
    if (replaced) return notApplicable('同一范围已有新的对账单');
    if (result.statementLines + result.ledgerItems + changes.size === 0) {
      return notApplicable('对账期间对账单和台账均无发生额');
    }
    const differing = balancesOf(statement).filter(({ said, now }) => said !== now);
    if (differing.length > 0) return failsBy(differing.map((balance) => differs(statement, balance)));
    return result.outcome === 'agreed' ? PASS : failsBy([unmatched(statement)]);
  },
};

interface Balance {
  source: FundingSource;
  /** By the statement, by the ledger when it was compared, and by the ledger now. */
  said: bigint;
  then: bigint;
  now: bigint;
}

function balancesOf({ reconciled, changes }: StatementDossier): Balance[] {
  const balances = new Map<FundingSource, Balance>();
  for (const { source, statementFen, ledgerFen } of reconciled.result.balances) {
    const then = BigInt(ledgerFen);
    balances.set(source, { source, said: BigInt(statementFen), then, now: then });
  }
  for (const { source, change, amountFen } of changes.values()) {
    const balance = balances.get(source) ?? { source, said: 0n, then: 0n, now: 0n };
    balance.now += change === 'added' ? BigInt(amountFen) : -BigInt(amountFen);
    balances.set(source, balance);
  }
  return [...balances.values()];
}

function differs(statement: StatementDossier, { source, said, then, now }: Balance): FindingItem {
  const { reconciled, reconciledBy, changes } = statement;
  const { scope, result } = reconciled;
  const broken = said === then;
  const changed = [...changes.values()].filter((change) => change.source === source);
  const alone = result.ledgerOnly.items.filter((item) => item.source === source);
  const period = `${scope.from}至${scope.to}`;
  const arithmetic = `台账 ${printYuan(now)} 元 − 对账单 ${printYuan(said)} 元 = ${printYuan(now - said)} 元`;
  return {
    steps: [{ severity: 'error', from: scope.to }],
    figures: {
      source,
      statementFen: said.toString(),
      ledgerThenFen: then.toString(),
      ledgerFen: now.toString(),
      differenceFen: (now - said).toString(),
      agreementBroken: String(broken),
    },
    events: [
      ...new Set([
        reconciledBy,
        ...changed.map(({ byEventId }) => byEventId),
        ...(broken ? [] : alone.map(({ eventId }) => eventId)),
      ]),
    ],
    sentence: broken
      ? `${period}已对平的${FUNDING_SOURCES[source]}被后来的 ${changed.length} 笔登记改变：${arithmetic}`
      : `${period}${FUNDING_SOURCES[source]}：${arithmetic}`,
  };
}

/** Every source has its sum, but not every line its entry. */
function unmatched({ reconciled, reconciledBy }: StatementDossier): FindingItem {
  const { scope, result } = reconciled;
  const [lines, items, pairs] = [result.statementOnly, result.ledgerOnly, result.doubtful];
  return {
    steps: [{ severity: 'warning', from: scope.to }],
    figures: {
      statementOnlyFen: lines.totalFen,
      ledgerOnlyFen: items.totalFen,
      doubtfulFen: pairs.totalFen,
    },
    events: [reconciledBy, ...items.items.map(({ eventId }) => eventId)],
    sentence:
      `${scope.from}至${scope.to}各来源合计相符，逐笔未对平：` +
      `对账单独有 ${lines.count} 笔，台账独有 ${items.count} 笔，待确认 ${pairs.count} 对`,
  };
}
