import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { connect } from '#core/live/connect.ts';
import type { disconnect } from '#core/live/disconnect.ts';
import { isSite } from '../http/origin.ts';
import { log } from '../log.ts';
import { requestId, withRequestId } from '../request-id.ts';

/** The parts of an event of the WebSocket API. The event of `$connect` is an HTTP request. */
type SocketEvent = Pick<APIGatewayProxyWebsocketEventV2, 'requestContext' | 'queryStringParameters'> & {
  headers?: Record<string, string | undefined>;
};

type UseCases = { connect: ReturnType<typeof connect>; disconnect: ReturnType<typeof disconnect> };

/**
 * The handler of the WebSocket API. It refuses pages of other sites by their `Origin`, because browsers let every page
 * open a WebSocket to any host. Programs send no `Origin`.
 */
export const webSocketHandler = ({ connect, disconnect }: UseCases, siteOrigin: string) =>
  withRequestId(async (event: SocketEvent): Promise<APIGatewayProxyResultV2> => {
    const { connectionId, eventType } = event.requestContext;
    if (eventType === 'DISCONNECT') {
      await disconnect({ connectionId });
      return { statusCode: 200 };
    }
    const statusCode = await statusOf(event);
    log.info('connection', { requestId: requestId(), connectionId, status: statusCode });
    return { statusCode };

    async function statusOf({ headers = {}, queryStringParameters }: SocketEvent): Promise<number> {
      const [, origin] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'origin') ?? [];
      if (origin !== undefined && !isSite(origin, siteOrigin)) return 403;
      return (await connect({ connectionId, ticket: queryStringParameters?.ticket })) ? 200 : 401;
    }
  });
