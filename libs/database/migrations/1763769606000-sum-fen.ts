import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Σ of fen as a bigint; 0 over no rows, and an error where it does not fit. `sum` over bigint makes a numeric of each
 * sum, which costs several times the addition where there are many sums of few rows.
 */
export class SumFen1763769606000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create aggregate runtime.sum_fen(bigint)
        (sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop aggregate runtime.sum_fen(bigint)');
  }
}
