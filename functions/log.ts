import { Logger } from '@aws-lambda-powertools/logger';

/** JSON lines. Ids only: never a password, token, code or whole address. */
export const log = new Logger({ serviceName: 'pupero' });
