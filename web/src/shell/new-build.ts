const RELOADED_AT = 'pupero.reloadedAt';
const NOT_AGAIN_FOR_MS = 30_000;

/** A page of an older build asks for files that a newer one has replaced: it is loaded anew, but not over and over. */
export function reloadForNewBuild(): void {
  const last = Number(sessionStorage.getItem(RELOADED_AT) ?? 0);
  if (Date.now() - last < NOT_AGAIN_FOR_MS) return;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
}
