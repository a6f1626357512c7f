// For serverless.yml, because `${file(…)}` loads JavaScript with require and no TypeScript.
module.exports = async () => {
  const { functions, roles } = await import('./service.ts');
  return { functions: functions(), roles: roles() };
};
