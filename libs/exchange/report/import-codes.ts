/** Why a file as a whole is refused (`import.` before the key); nothing of it is stored. */
export const FILE_REFUSALS = {
  emptyFile: '文件没有内容',
  fileTooLarge: '文件超过大小上限',
  notWorkbook: '不是可读取的 .xlsx 工作簿或 .csv 文件',
  encrypted: '工作簿已加密',
  oldWorkbook: '旧版 .xls 文件',
  zipBomb: '解压后超过上限或压缩比异常',
  tooManySheets: '工作表过多',
  tooManyRows: '数据行过多',
  tooManyColumns: '列过多',
  tooManyCells: '单元格、文本或合并区域过多',
  cellTooLong: '单元格文字过长',
  wrongEncoding: '文字编码无法识别',
  brokenCsv: '引号或分隔符不完整',
  headerMissing: '没有找到清单的表头',
  columnMissing: '表头缺少必需的列',
  columnDoubled: '两列含义相同',
  secondHeader: '同一工作表中有列不同且无标题的第二个表头',
  noRows: '表头下没有项目',
  regionUnknown: '行政区划代码未知',
} as const;

/** Why a row is held back; the other rows are recorded. Refusals of the project's own rules come under their codes. */
export const ROW_ERRORS = {
  nameMissing: '没有项目名称',
  categoryUnknown: '项目类型未知',
  dateUnreadable: '日期无法识别',
  placeMissing: '没有实施地点',
  placeUnknown: '实施地点不在所属地区的行政区划中',
  codeUnreadable: '项目代码格式不正确',
  textTooLong: '文字过长',
  unitMissing: '没有写明金额单位',
  amountUnreadable: '金额无法识别',
  amountNegative: '金额为负数',
  amountOutOfRange: '金额小于一分或超过上限',
  formulaCell: '金额列是公式单元格',
  errorCell: '单元格是错误值',
  scaledFormat: '数字格式缩放显示',
  mergedAmount: '金额单元格合并了多行',
  selfRaisedExceedsTotal: '自筹资金大于总投资',
  sourcesExceedTotal: '各项来源之和大于总投资',
  countUnreadable: '数量无法识别',
  countExceeds: '护理型床位大于床位,或普惠托位大于托位',
  areaUnreadable: '建筑面积无法识别',
  identicalRow: '与另一行完全相同',
  ambiguous: '有多个已有项目与本行相符',
} as const;

/** What a reader should know of a row or list that is recorded nevertheless. */
export const WARNINGS = {
  unsourced: '来源未列',
  totalUnknown: '没有列出总投资',
  capacityUnknown: '没有列出床位或托位数',
  range: '数量为区间',
  countInexact: '数量不是确数',
  countAmbiguous: '有多个不同的数量,未计入',
  countDiffers: '数量列与建设内容不一致',
  amountInexact: '金额不是确数',
  areaInexact: '建筑面积不是确数',
  unitDiffers: '单元格的单位与表头不同',
  regionRenamed: '使用了更名前的地名',
  placeUncertain: '部分地点不是行政区划名称',
  plannedUseUnknown: '没有列出投入使用时间,不列入年度清单',
  unitsUnknown: '没有列出组织实施单位',
  natureUnknown: '建设性质未知,未记录',
  repeatedName: '项目名称重复',
  repeatedSequence: '序号重复',
  revisedSince: '导入后又有修订,不改回',
  recordedMeanwhile: '另一次导入同时登记',
  columnIgnored: '列的含义不明,未读取',
  rowIgnored: '行不是项目,未读取',
  headerRepeated: '表头重复,按续表读取',
  totalDiffers: '合计行与各行之和不一致',
} as const;

export type FileRefusalCode = keyof typeof FILE_REFUSALS;
export type RowErrorCode = keyof typeof ROW_ERRORS;
export type WarningCode = keyof typeof WARNINGS;
