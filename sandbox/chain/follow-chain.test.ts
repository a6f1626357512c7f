import { declaredFunctions } from '#infra/service.ts';
import { SCHEDULED_FUNCTIONS } from './follow-chain.ts';

test('the sandbox runs every function that a deploy runs each minute', () => {
  const scheduled = Object.entries(declaredFunctions)
    .filter(([, declaration]) => 'runsOn' in declaration && declaration.runsOn === 'every minute')
    .map(([name]) => name);
  expect([...SCHEDULED_FUNCTIONS].sort()).toEqual(scheduled.sort());
});
