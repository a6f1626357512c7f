/** A change of one module's text. `search` must occur in it once. */
export type Patch = { file: string; search: string; replace: string };

/** Applies patches to the text of `file`. @throws if the text does not contain `search` exactly once */
export function patched(text: string, file: string, patches: readonly Patch[]): string {
  return patches.reduce((before, { search, replace }) => {
    const found = before.split(search).length - 1;
    if (found !== 1) throw new Error(`${file} contains this ${found} times, not once: ${search}`);
    return before.replace(search, () => replace);
  }, text);
}
