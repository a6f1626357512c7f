import packageJson from '../package.json' with { type: 'json' };

export const { version } = packageJson;

/** The use case of `GET /healthz/<function>`: this function starts and answers. */
export const functionHealth = (name: string) => async () => ({
  status: 'ok' as const,
  function: name,
  version,
});
