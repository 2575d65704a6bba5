import { read } from '../api/client.js';
import { lastWrite } from '../api/last-write.js';
import { useRead } from '../api/use-read.js';

/** Divisions that projects stand in, with those above, as of the last write. */
export const useRegions = () =>
  useRead(
    () => ({ after: lastWrite.count.value }),
    (_, signal) => read('/api/v1/regions', { signal }),
  );
