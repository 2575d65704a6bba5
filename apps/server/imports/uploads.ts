import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';

interface Options {
  /** What 201 says. */
  recorded?: string;
  /** Texts sent beside the file. */
  fields?: Record<string, { type: 'string'; description: string }>;
}

/** That a route takes one file of a table, and texts beside it, for the OpenAPI document; `uploadedFile` reads it. */
export function UploadsTable({ recorded = '已记录，答复同 200', fields }: Options = {}): MethodDecorator {
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: { type: 'string', format: 'binary', description: '.xlsx 或 .csv，至多 20 MB' },
          ...fields,
        },
      },
    }),
    ApiResponse({ status: 201, description: recorded }),
  );
}
