import { Injectable } from '@nestjs/common';
import type { RowProgress } from '#libs/exchange/import/row-import.js';

/** How far the imports under way in this process are, by import id: for whoever waits, and gone once they are done. */
@Injectable()
export class ImportProgress {
  private readonly running = new Map<string, RowProgress>();

  /** `work` is told where to report; whatever becomes of it, nothing of it stays here. */
  async during<T>(
    importId: string,
    work: (report: (progress: RowProgress) => void) => Promise<T>,
  ): Promise<T> {
    try {
      return await work((progress) => void this.running.set(importId, progress));
    } finally {
      this.running.delete(importId);
    }
  }

  of(importId: string): RowProgress | undefined {
    return this.running.get(importId);
  }
}
