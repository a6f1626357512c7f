// For serverless.yml, because `${file(…)}` loads JavaScript with require and no TypeScript.
module.exports = async ({ resolveVariable }) => {
  const network = await resolveVariable('self:custom.network');
  const { functions, roles } = await import('./service.ts');
  return { functions: functions(network), roles: roles(network) };
};
