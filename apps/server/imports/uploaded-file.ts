import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { UPLOAD_LIMIT_BYTES } from '../http/adapter.js';
import { ProblemError } from '../http/problem.js';
import { unwritable } from '../http/unwritable.js';
import { invalid } from '../http/validation.js';

export interface UploadedFile {
  bytes: Buffer;
  fileName: string;
}

/** A file with the fields that were sent beside it, as text. */
export interface Upload {
  file: UploadedFile;
  fields: ReadonlyMap<string, string>;
}

type MultipartRequest = FastifyRequest & { parts(options: object): AsyncIterable<Multipart> };

const LIMITS = {
  fileSize: UPLOAD_LIMIT_BYTES,
  files: 1,
  fields: 10,
  parts: 11,
  fieldSize: 200_000,
  headerPairs: 50,
};

/**
 * The one file of a multipart request, held in memory up to the limit; what exceeds it is not read.
 * @throws ProblemError `request.mediaType` | `request.malformed` | `request.invalid`; Fastify's own errors for what is
 *   too large or too many
 */
export async function uploadedFile(request: FastifyRequest): Promise<Upload> {
  if (!/^multipart\/form-data\b/iu.test(request.headers['content-type'] ?? '')) {
    throw new ProblemError('request.mediaType', '请用 multipart/form-data 上传文件，字段名 file');
  }
  const { file, fields } = await partsOf(request);
  if (!file) throw invalid([{ pointer: '/file', message: '没有文件' }]);
  const fault = unwritable(Object.fromEntries(fields));
  if (fault) throw invalid([fault]);
  return { file, fields };
}

async function partsOf(request: MultipartRequest): Promise<Partial<Upload> & Pick<Upload, 'fields'>> {
  let file: UploadedFile | undefined;
  const fields = new Map<string, string>();
  try {
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'file') file = { bytes: await part.toBuffer(), fileName: part.filename || 'upload' };
      else fields.set(part.fieldname, String(part.value));
    }
  } catch (error) {
    // The parser says what it cannot parse in plain errors without a code.
    if (!(error instanceof Error) || !UNPARSED.test(error.message)) throw error;
    throw new ProblemError('request.malformed', '上传的内容不完整，或不是 multipart/form-data 格式');
  }
  return { ...(file && { file }), fields };
}

const UNPARSED = /end of multipart data|Boundary not found|needle/u;
