import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ANSWERS } from '../answers/catalogue.js';

const DESCRIPTION = `“一老一小”重大项目台账。每一项事实记为一个事件，台账与年度数字都由事件推算。

- 金额一律为字符串：写入用 \`{ "yuan": "12.34" }\` 或 \`{ "fen": "1234" }\`，答复两者并列。
- 写入须带 \`x-taizhang-user\`、\`x-taizhang-unit\`、\`x-taizhang-role\`、\`x-taizhang-region\` 请求头；可带 \`Idempotency-Key\`，网络中断后用同一个键原样重发即可。
- 写入的答复含 \`position\`；查询时带 \`waitFor=<position>\` 即可读到自己刚写入的内容。
- 一切错误均为 \`application/problem+json\`（RFC 9457），\`code\` 是稳定的错误代码。`;

/** The whole API in OpenAPI 3.1: routes and bodies from the controllers, answers from the catalogue. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('台账 Taizhang')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  // The schemas are plain JSON Schema; a copy through JSON drops what only the type checker needs.
  const answers = JSON.parse(JSON.stringify(ANSWERS)) as NonNullable<OpenAPIObject['components']>['schemas'];
  return {
    ...document,
    components: { ...document.components, schemas: { ...document.components?.schemas, ...answers } },
  };
}
