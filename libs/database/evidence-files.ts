import type { DataSource } from 'typeorm';
import { digestOfBytes } from '#libs/kernel/canonical.js';

export interface EvidenceFile {
  /** SHA-256 of the bytes, in hex: the name by which events refer to the file. */
  digest: string;
  /** As it was called when it was first stored. */
  fileName: string;
  bytes: Buffer;
  storedAt: Date;
}

/** The original files behind the events, kept byte for byte and never changed. */
export class EvidenceFiles {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores a file; the same bytes again, under whatever name, are one file. */
  async put(bytes: Uint8Array, fileName: string): Promise<{ digest: string }> {
    const digest = digestOfBytes(bytes);
    await this.dataSource.query(
      'insert into evidence.file (digest, file_name, bytes) values ($1, $2, $3) on conflict (digest) do nothing',
      [digest, fileName, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
    );
    return { digest };
  }

  async get(digest: string): Promise<EvidenceFile | undefined> {
    const rows: EvidenceFile[] = await this.dataSource.query(
      'select digest, file_name as "fileName", bytes, stored_at as "storedAt" from evidence.file where digest = $1',
      [digest],
    );
    return rows[0];
  }
}
