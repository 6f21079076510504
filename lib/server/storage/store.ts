import "server-only";

export type StoredFile = {
  body: ReadableStream<Uint8Array>;
  /** Null where the store does not tell. */
  sizeBytes: number | null;
};
export type ListedFile = { key: string; sizeBytes: number; storedAt: Date };

/** Where bytes are kept. All of it may throw whatever its back-end throws; `files.ts` types it. */
export type Store = {
  /** All bytes or none under the key; what was there before is replaced. */
  put: (key: string, bytes: Uint8Array, mediaType: string) => Promise<void>;
  /** Null where there is no such key. */
  read: (key: string) => Promise<StoredFile | null>;
  /** Removing what is not there is no error. */
  remove: (key: string) => Promise<void>;
  /** Every file of the playground's, in no order. */
  list: () => AsyncIterable<ListedFile>;
};
