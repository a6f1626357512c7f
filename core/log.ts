/** Log lines for the operator. They carry ids, never addresses, transaction blobs or codes. */
export interface Log {
  info(message: string, ids: Record<string, unknown>): void;
  warn(message: string, ids: Record<string, unknown>): void;
  error(message: string, ids: Record<string, unknown>): void;
}
