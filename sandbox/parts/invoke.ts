import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { awsClient } from '#adapters/aws/client.ts';
import { sandboxCredentials } from './functions-environment.ts';

/** An emulator's Lambda endpoint, and the stage whose functions it runs. */
export type LambdaTarget = { lambdaUrl: string; stage: string };

/** The function itself failed. Other errors mean that it could not be called. */
export class FunctionFailed extends Error {
  override name = 'FunctionFailed';
}

/**
 * Runs one function once, as its schedule or its queue would.
 *
 * @param name its short name, such as `watchDeposits`
 * @returns its parsed result
 * @throws FunctionFailed with the function's own message; an Error when Lambda cannot be called
 */
export async function invokeFunction(
  { lambdaUrl, stage }: LambdaTarget,
  name: string,
  event: unknown,
  timeoutMs = 60_000,
): Promise<unknown> {
  const client = awsClient(LambdaClient, {
    endpoint: lambdaUrl,
    region: 'us-east-1',
    credentials: sandboxCredentials(),
    maxAttempts: 1,
    requestHandler: { requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  });
  try {
    const command = new InvokeCommand({
      FunctionName: `pupero-${stage}-${name}`,
      Payload: JSON.stringify(event),
    });
    const { FunctionError, Payload } = await client.send(command);
    const text = Payload?.transformToString() ?? '';
    if (FunctionError) throw new FunctionFailed(messageIn(text));
    return text ? JSON.parse(text) : undefined;
  } catch (error) {
    const message = `${name}: ${(error as Error).message || error}`;
    if (error instanceof FunctionFailed) throw new FunctionFailed(message);
    throw new Error(message, { cause: error });
  } finally {
    client.destroy();
  }
}

/** The emulator wraps a function's error in JSON, with its own stack trace. */
function messageIn(text: string): string {
  try {
    return JSON.parse(text).errorMessage ?? text.slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
