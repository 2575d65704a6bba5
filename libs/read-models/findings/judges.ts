import { figuresJudge } from './figures-judge.js';
import { lotteryJudge } from './lottery-judge.js';
import { projectJudge } from './project-judge.js';
import { statementJudge } from './statement-judge.js';
import type { SubjectJudge } from './subject-judge.js';

/** One for each kind of subject that there are rules for, in the order that they are handed a batch. */
export const JUDGES: readonly SubjectJudge[] = [projectJudge, statementJudge, lotteryJudge, figuresJudge];
