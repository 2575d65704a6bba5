import type { PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { FINDING_ID, readFindingId, type FindingKey } from '#libs/findings/domain/handling-events.js';
import { ProblemError } from '../http/problem.js';

export const FindingIdParam = (): MethodDecorator =>
  ApiParam({
    name: 'findingId',
    description: '疑点标识：规则号、连字符、对象标识（项目、对账单为 UUID）',
    schema: { type: 'string', pattern: FINDING_ID.source },
  });

/** @throws ProblemError `finding.unknown`: what is no id of a finding names none */
export const findingKeyParam: PipeTransform<string, FindingKey> = {
  transform(findingId) {
    const key = readFindingId(findingId);
    if (key) return key;
    throw new ProblemError('finding.unknown', `没有标识为 ${findingId} 的疑点`, { details: { findingId } });
  },
};
