import { applyDecorators, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { EvidenceFiles } from '#libs/database/evidence-files.js';

/** A file as it was handed in, by its SHA-256, under the name it had then; undefined where it is not kept. */
export async function originalFile(
  files: Pick<EvidenceFiles, 'get'>,
  { fileDigest, fileName }: { fileDigest: string; fileName: string },
): Promise<StreamableFile | undefined> {
  const file = await files.get(fileDigest);
  if (!file) return undefined;
  return new StreamableFile(file.bytes, {
    type: 'application/octet-stream',
    disposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    length: file.bytes.length,
  });
}

/** A route that answers with it, for the OpenAPI document. */
export function AnswersOriginalFile(operationId: string, summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiResponse({
      status: 200,
      description: '文件',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    }),
  );
}
