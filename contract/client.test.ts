import { apiClient, ProblemError } from './client.ts';
import type { Problem } from './problems.ts';

const answering = (status: number, body: unknown) => apiClient(async () => ({ status, body }));
const UNAVAILABLE: Problem = {
  type: 'urn:pupero:problem:dependency_unavailable',
  title: 'A part this needs cannot be reached now',
  status: 503,
  code: 'dependency_unavailable',
  requestId: 'request1',
};

test('rejects a problem', async () => {
  const error = await answering(503, UNAVAILABLE)
    .listRates()
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem).toEqual(UNAVAILABLE);
});

test('returns a 503 of getHealth, which is one of its successes, but rejects a problem with that status', async () => {
  const health = { status: 'down', version: '0.1.0', network: 'regtest', checks: {} };
  await expect(answering(503, health).getHealth()).resolves.toEqual(health);
  await expect(answering(503, UNAVAILABLE).getHealth()).rejects.toBeInstanceOf(ProblemError);
});

test('rejects a status that the operation does not declare', async () => {
  await expect(answering(503, { message: 'Service Unavailable' }).listRates()).rejects.toBeInstanceOf(
    ProblemError,
  );
});
