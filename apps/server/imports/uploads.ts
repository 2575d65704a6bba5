import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';

/** That a route takes one file of a table, for the OpenAPI document; `uploadedFile` reads it. */
export function UploadsTable(recorded = '已记录,答复同 200'): MethodDecorator {
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary', description: '.xlsx 或 .csv,至多 20 MB' } },
      },
    }),
    ApiResponse({ status: 201, description: recorded }),
  );
}
