import { Flag } from './queries.js';

export class FactParameters {
  @Flag('true：只按规则检查，不记录；答复 200，position 为 null，events 是将会记录的事件')
  dryRun?: boolean;
}
