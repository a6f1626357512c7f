import { ServerResponse } from 'node:http';

/**
 * The emulated gateway lets every origin in, with credentials, and has no switch for it; the deployed one
 * answers without CORS. So that a page of a stranger fares here as it does there, the headers are left out.
 */
export function withoutCors(): void {
  const setHeader = ServerResponse.prototype.setHeader;
  ServerResponse.prototype.setHeader = function setAllButCors(name, value) {
    return name.toLowerCase().startsWith('access-control-') ? this : setHeader.call(this, name, value);
  };
}
