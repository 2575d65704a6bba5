import type { PipeTransform } from '@nestjs/common';
import { isRegionCode } from '#libs/kernel/regions.js';
import { readPlanId } from '#libs/plans/domain/plan-id.js';
import { invalid } from './validation.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** An id in the path. @throws ProblemError `request.invalid` */
const idParam = (pointer: string): PipeTransform<string, string> => ({
  transform(value) {
    if (!UUID.test(value)) throw invalid([{ pointer, message: '应为 UUID' }]);
    return value.toLowerCase();
  },
});

export const projectIdParam = idParam('projectId');
export const reconciliationIdParam = idParam('reconciliationId');
export const importIdParam = idParam('importId');
export const eventIdParam = idParam('eventId');
export const documentIdParam = idParam('documentId');
export const taskIdParam = idParam('taskId');

export const evaluationIdParam = idParam('evaluationId');
export const circularIdParam = idParam('circularId');

/** A division in the path. @throws ProblemError `request.invalid` */
export const regionParam: PipeTransform<string, string> = {
  transform(value) {
    if (!isRegionCode(value)) throw invalid([{ pointer: 'region', message: '应为已知的 6 位行政区划代码' }]);
    return value;
  },
};

/** A year in the path. @throws ProblemError `request.invalid` */
export const yearParam: PipeTransform<string, number> = {
  transform(value) {
    if (!/^(19|20|21)\d{2}$/u.test(value)) throw invalid([{ pointer: 'year', message: '应为四位年份' }]);
    return Number(value);
  },
};

/** A plan in the path. @throws ProblemError `request.invalid` */
export const planIdParam: PipeTransform<string, string> = {
  transform(value) {
    if (readPlanId(value)) return value;
    throw invalid([{ pointer: 'planId', message: '应为方案编号，如 513400-2023-2025' }]);
  },
};
