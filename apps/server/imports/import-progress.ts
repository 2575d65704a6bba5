import { Injectable } from '@nestjs/common';
import type { RowProgress } from '#libs/exchange/import/row-import.js';

/** How far the imports under way in this process are, by import id: for whoever waits, and gone once they are done. */
@Injectable()
export class ImportProgress {
  private readonly running = new Map<string, RowProgress>();

  /** `work` is told where to report; whatever becomes of it, nothing of it stays here. */
  async during<T>(
    work: (report: (told: RowProgress & { importId: string }) => void) => Promise<T>,
  ): Promise<T> {
    const reported = new Set<string>();
    try {
      return await work(({ importId, ...progress }) => {
        reported.add(importId);
        this.running.set(importId, progress);
      });
    } finally {
      for (const importId of reported) this.running.delete(importId);
    }
  }

  of(importId: string): RowProgress | undefined {
    return this.running.get(importId);
  }
}
