import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The document can only be made once all routes are known; it is put here then, as the text that is served. */
@Injectable()
export class OpenApiHolder {
  private json = '';

  get text(): string {
    return this.json;
  }

  put(document: OpenAPIObject): void {
    this.json = JSON.stringify(document);
  }
}
