export const TITLE = '测试清单(单位:万元)';
export const HEADER =
  '序号,项目名称,项目类型,投入使用时间,实施地点,建设内容和规模,总投资,自筹资金,组织实施单位';
export const FIRST = '1,布拖敬老院,养老,2023年,布拖县,床位100张,1750,1750,布拖县民政局';
export const SECOND = '2,宁南托育中心,托育,2024年,宁南县,托位200个,300,100,宁南县卫生健康局';

/** A list of these rows as delimited text. */
export const list = (...rows: string[]): string => [TITLE, HEADER, ...rows].join('\n');
