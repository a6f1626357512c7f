import * as z from 'zod';
import { operation } from './operation.ts';
import { At } from './wire.ts';

export const LiveTicket = z
  .strictObject({
    url: z.url({ protocol: /^wss?$/ }).meta({
      description:
        'Address of a WebSocket, with a ticket that opens it once. It sends one JSON object for each change: `type` (trade, message, wallet, withdrawal, deposit, notice or market), `id`, and `version` where the thing has one. Frames may be lost or repeated.',
    }),
    expiresAt: At,
  })
  .meta({ id: 'LiveTicket' });

export const openLive = operation({
  name: 'openLive',
  route: 'POST /live/tickets',
  summary: 'A ticket for one WebSocket that tells the caller what has changed, never its content.',
  caller: 'account',
  success: { 201: LiveTicket },
  problems: ['too_many_open'],
});
