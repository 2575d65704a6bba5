import type { Fen } from '#libs/kernel/money.js';
import { DIRECT_SOURCES, type FundingLevel, type FundingSource } from '#libs/projects/domain/vocabulary.js';
import type { Random } from './random.js';

/** One source of a made-up project: an amount a budget year. */
export interface MoneyLine {
  source: FundingSource;
  level?: FundingLevel;
  budgetYear: number;
  amountFen: Fen;
}

interface Part {
  source: FundingSource;
  level?: FundingLevel;
  share: number;
}

const part = (source: FundingSource, share: number, level?: FundingLevel): Part =>
  level === undefined ? { source, share } : { source, level, share };

/** Shares in percent. Together the mixes use every source and every level of the welfare lottery. */
const MIXES: readonly [Part[], ...Part[][]] = [
  [part('SelfRaised', 100)],
  [part('SelfRaised', 70), part('Donation', 30)],
  [
    part('CentralBudgetInvestment', 50),
    part('ProvincialFiscal', 20),
    part('PrefecturalFiscal', 10),
    part('CountyFiscal', 20),
  ],
  [part('SpecialTreasuryBond', 60), part('CountyFiscal', 40)],
  [part('CentralFiscalTransfer', 60), part('ProvincialFiscal', 40)],
  [part('LocalSpecialBond', 60), part('BankLoan', 20), part('SelfRaised', 20)],
  [part('LocalGeneralBond', 70), part('WelfareLotteryFund', 30, 'provincial')],
  [part('WelfareLotteryFund', 40, 'central'), part('SelfRaised', 60)],
  [
    part('WelfareLotteryFund', 30, 'prefectural'),
    part('WelfareLotteryFund', 30, 'county'),
    part('SelfRaised', 40),
  ],
  [part('SocialCapital', 60), part('BankLoan', 40)],
  [part('PrefecturalFiscal', 80), part('Other', 20)],
];

/**
 * Splits a total over sources and over the first two budget years. One project in ten leaves a tenth of its total
 * without a source, as printed lists do (来源未列).
 */
export function drawFundingMix(random: Random, totalFen: Fen, firstYear: number): MoneyLine[] {
  const sourcedFen = random.chance(10) ? (totalFen * 9n) / 10n : totalFen;
  return random.pick(MIXES).flatMap(({ share, ...line }) => {
    const amountFen = (sourcedFen * BigInt(share)) / 100n;
    if (random.chance(60)) return [{ ...line, budgetYear: firstYear, amountFen }];
    const laterFen = (amountFen * 2n) / 5n;
    return [
      { ...line, budgetYear: firstYear, amountFen: amountFen - laterFen },
      { ...line, budgetYear: firstYear + 1, amountFen: laterFen },
    ];
  });
}

/** Whether any line is public money: such a project needs approval 审批 and an approved estimate before it starts. */
export function isGovernmentInvested(lines: readonly MoneyLine[]): boolean {
  return lines.some((line) => !DIRECT_SOURCES.has(line.source));
}
