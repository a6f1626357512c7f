import packageJson from '../package.json' with { type: 'json' };

export const { version } = packageJson;

/** What `GET /healthz/<function>` says: that this function starts and answers. */
export const functionHealth = (name: string) => async () => ({
  status: 'ok' as const,
  function: name,
  version,
});
