import { IsIn } from 'class-validator';
import { POINTS_PATTERN } from '#libs/evaluation/domain/events.js';
import { DateText, ListOf, Pattern, Text, Uuid, Whole, WholeInQuery, Year } from './fields.js';
import { AsOfParameters } from './figure-queries.js';
import { PageQuery, Region } from './queries.js';

const RegionText = (): PropertyDecorator =>
  Pattern('行政区划代码（6 位）', /^\d{6}$/u, '应为 6 位行政区划代码', { example: '990100' });
const PeriodText = (): PropertyDecorator =>
  Pattern('期间：2025、2025-Q3 或 2025-06', /^\d{4}(-(Q[1-4]|\d\d))?$/u, '应为 2025、2025-Q3 或 2025-06');

export class SealBody {
  @RegionText()
  region!: string;

  @Year('年度')
  year!: number;

  @Text('已封存过而内容不同的，更正的原因', { optional: true, max: 2000 })
  reason?: string;
}

class ScoreEvidenceBody {
  @Text('文号', { optional: true })
  documentNumber?: string;

  @Pattern('已存文件的 SHA-256', /^[0-9a-f]{64}$/u, '应为 64 位十六进制的 SHA-256', { optional: true })
  fileDigest?: string;

  @Text('说明', { optional: true })
  note?: string;
}

class ItemScoreBody {
  @Text('评价表的项目编号', { example: 'E1' })
  item!: string;

  @Pattern('分数，至多两位小数', new RegExp(POINTS_PATTERN, 'u'), '应为非负数，至多两位小数', {
    example: '8.5',
  })
  points!: string;

  @ListOf('打分的依据', ScoreEvidenceBody, { min: 1, max: 20 })
  evidence!: ScoreEvidenceBody[];

  @Text('评语', { optional: true, max: 2000 })
  comment?: string;
}

export class ScoresBody {
  @RegionText()
  region!: string;

  @Year('年度')
  year!: number;

  @ListOf('各项得分', ItemScoreBody, { min: 1 })
  scores!: ItemScoreBody[];
}

export class EvaluationsParameters extends PageQuery {
  @Region()
  region?: string;

  @WholeInQuery('年度', 1949, 2200, { optional: true })
  year?: number;
}

export class SheetParameters extends AsOfParameters {
  @RegionText()
  region!: string;

  @WholeInQuery('年度', 1949, 2200)
  year!: number;
}

export class DifferencesParameters extends PageQuery {
  @Uuid('与之比较的评估；默认同地区同年度的前一次封存', { optional: true })
  from?: string;
}

export class CircularsParameters extends PageQuery {
  @Region()
  region?: string;

  @Text('期间：2025、2025-Q3 或 2025-06', { optional: true, max: 10 })
  period?: string;
}

class ParagraphBody {
  @IsIn(['heading', 'text', 'table'], { message: '应为 heading、text 或 table' })
  @Text('段落种类：heading 小标题、text 正文、table 表（text 为表名）')
  kind!: 'heading' | 'text' | 'table';

  @Text('文字；数字以 {名称} 引用', { max: 5000 })
  text!: string;
}

export class CircularTextBody {
  @Whole('所改的稿次（草稿中的 revision）', 0, 1_000_000)
  revision!: number;

  @ListOf('段落', ParagraphBody, { min: 1, max: 200 })
  paragraphs!: ParagraphBody[];
}

export class IssueCircularBody {
  @RegionText()
  region!: string;

  @PeriodText()
  period!: string;

  @Text('文号', { example: '示例发改〔2026〕5号' })
  documentNumber!: string;

  @Text('标题', { optional: true })
  title?: string;

  @Text('印发单位；默认操作人所在单位', { optional: true })
  issuer?: string;

  @DateText('成文日期；默认今天', { optional: true })
  issuedOn?: string;

  @Text('更正前一份的原因', { optional: true, max: 2000 })
  reason?: string;
}
