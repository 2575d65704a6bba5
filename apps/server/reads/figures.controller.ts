import { Controller, Get, Query } from '@nestjs/common';
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
import { ReadBus } from '../http/read-bus.js';
import { validated } from '../http/validation.js';

/** The two accounts, of money and of beds and places, what is first seen of them, and the events behind each figure. */
@ApiTags('台账')
@Controller()
export class FiguresController {
  constructor(private readonly queries: ReadBus) {}

  @Get('overview')
  @Answers('getOverview', '总览：总投资、资金、分年度床位托位和项目状态', 'Overview')
  overview(@Query(validated(OverviewParameters)) query: OverviewParameters): Promise<Overview> {
    return this.queries.execute(new OverviewQuery(filterOf(query)), query);
  }

  @Get('ledger')
  @Answers('getLedger', '投资台账', 'Ledger')
  ledger(@Query(validated(LedgerParameters)) query: LedgerParameters): Promise<Ledger> {
    return this.queries.execute(new LedgerQuery({ groupBy: [], ...filterOf(query) }), query);
  }

  @Get('ledger/projects')
  @Answers('listLedgerProjects', '投资台账按项目逐页：合计见 /ledger', 'LedgerProjectPage')
  ledgerProjects(
    @Query(validated(LedgerProjectsParameters)) query: LedgerProjectsParameters,
  ): Promise<Page<LedgerRow>> {
    return this.queries.execute(new LedgerProjectsQuery(pageFilterOf(query)), query);
  }

  @Get('journal')
  @Answers('listJournal', '分录账：台账数字背后的分录', 'JournalPage')
  journal(@Query(validated(JournalParameters)) query: JournalParameters): Promise<Page<LedgerEntry>> {
    return this.queries.execute(new LedgerEntriesQuery(pageFilterOf(query)), query);
  }

  @Get('balances')
  @Answers('getBalances', '科目余额：各环节转入、转出与余额，合计为零', 'AccountBalances')
  balances(
    @Query(validated(AccountBalanceParameters)) query: AccountBalanceParameters,
  ): Promise<AccountBalances> {
    return this.queries.execute(new AccountBalancesQuery({ groupBy: [], ...filterOf(query) }), query);
  }

  @Get('capacity/yearly')
  @Answers('getYearlyCounts', '分年度床位和托位：计划与实际', 'YearlyCounts')
  yearlyCounts(
    @Query(validated(YearlyCountsParameters)) query: YearlyCountsParameters,
  ): Promise<YearlyCounts> {
    return this.queries.execute(new YearlyCountsQuery(filterOf(query)), query);
  }

  @Get('capacity/yearly/entries')
  @Answers('listYearlyCountEntries', '年度数字背后的事件', 'YearlyCountEntryPage')
  yearlyCountEntries(
    @Query(validated(YearlyCountEntryParameters)) query: YearlyCountEntryParameters,
  ): Promise<Page<YearlyCountEntry>> {
    return this.queries.execute(new YearlyCountEntriesQuery(pageFilterOf(query)), query);
  }
}
