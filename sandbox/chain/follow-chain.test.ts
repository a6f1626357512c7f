import { declaredFunctions } from '#infra/service.ts';
import { SCHEDULED_FUNCTIONS } from './follow-chain.ts';

test('the sandbox runs every function that a deploy runs each minute', () => {
  const scheduled = Object.entries(declaredFunctions)
    .filter(([, declaration]) => /^every/.test(declaration.runsOn ?? ''))
    .map(([name]) => name);
  expect([...SCHEDULED_FUNCTIONS].sort()).toEqual(scheduled.sort());
});
