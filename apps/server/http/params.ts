import type { PipeTransform } from '@nestjs/common';
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

/** A year in the path. @throws ProblemError `request.invalid` */
export const yearParam: PipeTransform<string, number> = {
  transform(value) {
    if (!/^(19|20|21)\d{2}$/u.test(value)) throw invalid([{ pointer: 'year', message: '应为四位年份' }]);
    return Number(value);
  },
};
