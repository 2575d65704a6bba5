import { applyDecorators, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { csvBytes } from '#libs/exchange/export/csv-bytes.js';
import type { ExportSheet } from '#libs/exchange/export/sheet-model.js';
import { workbookBytes, XLSX_MEDIA_TYPE } from '#libs/exchange/export/workbook-bytes.js';
import { schemaOf } from '../answers/answers.decorator.js';

const FORMATS = {
  xlsx: { mediaType: XLSX_MEDIA_TYPE, write: workbookBytes },
  csv: { mediaType: 'text/csv; charset=utf-8', write: csvBytes },
} as const;
export type ExportFormat = keyof typeof FORMATS;

/** The sheet as a file to save, named after its title. */
export async function download(sheet: ExportSheet, format: ExportFormat): Promise<StreamableFile> {
  const { mediaType, write } = FORMATS[format];
  const bytes = await write(sheet);
  const fileName = encodeURIComponent(`${sheet.title}.${format}`);
  return new StreamableFile(bytes, {
    type: mediaType,
    disposition: `attachment; filename*=UTF-8''${fileName}`,
    length: bytes.length,
  });
}

/** What a route that answers with a file is for, for the OpenAPI document. */
export function Downloads(operationId: string, summary: string, format: ExportFormat): MethodDecorator {
  const problem = (status: number, description: string) =>
    ApiResponse({
      status,
      description,
      content: { 'application/problem+json': { schema: schemaOf('Problem') } },
    });
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiResponse({
      status: 200,
      description: '文件',
      content: { [FORMATS[format].mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
    problem(400, '请求有误'),
    problem(422, '没有可输出的内容'),
    problem(503, '查询数据暂不可用，稍后重试'),
  );
}
