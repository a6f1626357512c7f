let kept = '';

/**
 * The token of the mailed link that was opened last. It is taken out of the address bar and the history, and kept in
 * memory, because the visitor may have to sign in first.
 */
export function mailedToken(): string {
  if (location.hash) kept = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname + location.search);
  return kept;
}
