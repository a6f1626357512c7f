/** Fields of an answer that say whether it changed: those in `versionedBy` of its operation. */
export type VersionFields = Readonly<Record<string, unknown>>;

/** A call for a thing that its client may have read before. */
export type ReadingCall = {
  /**
   * Ends the request if the client knows this version, so that the rest of the answer need not be read. A use case calls
   * it after it has checked that the caller may see the thing.
   */
  endIfKnown?: (version: VersionFields) => void;
};
