import type { ApiProblem } from '../../api/problem.js';
import type { Schema, WriteBody } from '../../api/paths.js';

export type SheetItem = Schema<'CapabilitySheet'>['items'][number];
export type Evidence = NonNullable<SheetItem['score']>['evidence'];
type Scores = WriteBody<'/api/v1/evaluations/scores'>['scores'];

/** What is typed for one item; documents are one a line. */
export interface Typed {
  points: string;
  documents: string;
  note: string;
  comment: string;
}
export const nothingTyped = (): Typed => ({ points: '', documents: '', note: '', comment: '' });

/** The items something was typed for, as they are sent: what is left out of one is refused by the server, at its field. */
export function scoresOf(typed: Readonly<Record<string, Typed>>): Scores {
  return Object.entries(typed).flatMap(([item, { points, documents, note, comment }]) => {
    const evidence = [
      ...documents.split('\n').map((line) => ({ documentNumber: line.trim() })),
      { note: note.trim() },
    ].filter((each) => Object.values(each)[0] !== '');
    const remark = comment.trim();
    if (points.trim() === '' && evidence.length === 0 && remark === '') return [];
    return [{ item, points: points.trim(), evidence, ...(remark && { comment: remark }) }];
  });
}

/** What the server says of a field of an item: by its place among those sent, or by the item that a rule names. */
export function faultAt(
  problem: ApiProblem | undefined,
  scores: Scores,
  item: string,
  field: 'points' | 'evidence' | 'comment',
): string | undefined {
  if (problem?.details['item'] === item) {
    const isOfEvidence = problem.code === 'evaluation.evidenceMissing';
    return isOfEvidence === (field === 'evidence') && field !== 'comment' ? problem.message : undefined;
  }
  const place = `/scores/${scores.findIndex((score) => score.item === item)}/${field}`;
  return problem?.faults.find(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`))?.message;
}

/** What points rest on: 示例评〔2026〕1号;实地查看. */
export function evidenceText(evidence: Evidence): string {
  const said = evidence.map(({ documentNumber, note, fileDigest }) =>
    [documentNumber, note, fileDigest && `文件 ${fileDigest.slice(0, 12)}…`].filter(Boolean).join(' '),
  );
  return said.join('；');
}
