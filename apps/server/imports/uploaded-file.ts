import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.js';
import { invalid } from '../http/validation.js';

export interface UploadedFile {
  bytes: Buffer;
  fileName: string;
}

type MultipartRequest = FastifyRequest & { file(): Promise<MultipartFile | undefined> };

/**
 * The one file of a multipart request, held in memory up to the limit of the adapter; what exceeds it is not read.
 * @throws ProblemError `request.mediaType` | `request.invalid`; Fastify's own errors for what is too large
 */
export async function uploadedFile(request: FastifyRequest): Promise<UploadedFile> {
  if (!/^multipart\/form-data\b/iu.test(request.headers['content-type'] ?? '')) {
    throw new ProblemError('request.mediaType', '请用 multipart/form-data 上传文件,字段名 file');
  }
  const file = await (request as MultipartRequest).file();
  if (file?.type !== 'file') throw invalid([{ pointer: '/file', message: '没有文件' }]);
  const bytes = await file.toBuffer();
  return { bytes, fileName: file.filename || 'upload' };
}
