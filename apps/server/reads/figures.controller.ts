import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AccountBalancesQuery, type AccountBalances } from '#libs/read-models/ledger/account-queries.js';
import {
  LedgerEntriesQuery,
  LedgerProjectsQuery,
  LedgerQuery,
  type Ledger,
  type LedgerEntry,
  type LedgerRow,
} from '#libs/read-models/ledger/queries.js';
import { OverviewQuery, type Overview } from '#libs/read-models/overview/queries.js';
import { plansProjection } from '#libs/read-models/plans/projection.js';
import { ledgerProjection } from '#libs/read-models/ledger/projection.js';
import { registerProjection } from '#libs/read-models/register/projection.js';
import { yearlyCountsProjection } from '#libs/read-models/yearly-counts/projection.js';
import type { Page } from '#libs/read-models/paging.js';
import {
  YearlyCountEntriesQuery,
  YearlyCountsQuery,
  type YearlyCountEntry,
  type YearlyCounts,
} from '#libs/read-models/yearly-counts/queries.js';
import { Answers } from '../answers/answers.decorator.js';
import {
  AccountBalanceParameters,
  JournalParameters,
  LedgerParameters,
  LedgerProjectsParameters,
  OverviewParameters,
  YearlyCountEntryParameters,
  YearlyCountsParameters,
} from '../dto/figure-queries.js';
import { filterOf, pageFilterOf } from '../dto/queries.js';
import { WaitsFor } from '../http/waits-for.js';
import { validated } from '../http/validation.js';

/** The two accounts, of money and of beds and places, what is first seen of them, and the events behind each figure. */
@ApiTags('台账')
@Controller()
export class FiguresController {
  constructor(private readonly queries: QueryBus) {}

  @Get('overview')
  @WaitsFor(ledgerProjection, yearlyCountsProjection, registerProjection, plansProjection)
  @Answers('getOverview', '总览:总投资、资金、分年度床位托位和项目状态', 'Overview')
  overview(@Query(validated(OverviewParameters)) query: OverviewParameters): Promise<Overview> {
    return this.queries.execute(new OverviewQuery(filterOf(query)));
  }

  @Get('ledger')
  @WaitsFor(ledgerProjection)
  @Answers('getLedger', '投资台账', 'Ledger')
  ledger(@Query(validated(LedgerParameters)) query: LedgerParameters): Promise<Ledger> {
    return this.queries.execute(new LedgerQuery({ groupBy: [], ...filterOf(query) }));
  }

  @Get('ledger/projects')
  @WaitsFor(ledgerProjection)
  @Answers('listLedgerProjects', '投资台账按项目逐页:合计见 /ledger', 'LedgerProjectPage')
  ledgerProjects(
    @Query(validated(LedgerProjectsParameters)) query: LedgerProjectsParameters,
  ): Promise<Page<LedgerRow>> {
    return this.queries.execute(new LedgerProjectsQuery(pageFilterOf(query)));
  }

  @Get('journal')
  @WaitsFor(ledgerProjection)
  @Answers('listJournal', '分录账:台账数字背后的分录', 'JournalPage')
  journal(@Query(validated(JournalParameters)) query: JournalParameters): Promise<Page<LedgerEntry>> {
    return this.queries.execute(new LedgerEntriesQuery(pageFilterOf(query)));
  }

  @Get('balances')
  @WaitsFor(ledgerProjection)
  @Answers('getBalances', '科目余额:各环节转入、转出与余额,合计为零', 'AccountBalances')
  balances(
    @Query(validated(AccountBalanceParameters)) query: AccountBalanceParameters,
  ): Promise<AccountBalances> {
    return this.queries.execute(new AccountBalancesQuery({ groupBy: [], ...filterOf(query) }));
  }

  @Get('capacity/yearly')
  @WaitsFor(yearlyCountsProjection, plansProjection)
  @Answers('getYearlyCounts', '分年度床位和托位:计划与实际', 'YearlyCounts')
  yearlyCounts(
    @Query(validated(YearlyCountsParameters)) query: YearlyCountsParameters,
  ): Promise<YearlyCounts> {
    return this.queries.execute(new YearlyCountsQuery(filterOf(query)));
  }

  @Get('capacity/yearly/entries')
  @WaitsFor(yearlyCountsProjection, plansProjection)
  @Answers('listYearlyCountEntries', '年度数字背后的事件', 'YearlyCountEntryPage')
  yearlyCountEntries(
    @Query(validated(YearlyCountEntryParameters)) query: YearlyCountEntryParameters,
  ): Promise<Page<YearlyCountEntry>> {
    return this.queries.execute(new YearlyCountEntriesQuery(pageFilterOf(query)));
  }
}
