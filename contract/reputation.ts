import * as z from 'zod';
import type { ReviewId, TradeId } from '#core/ids.ts';
import {
  COMMENT_MAX_LENGTH,
  RATING_MAX,
  RATING_MIN,
  SEARCH_MAX_LENGTH,
  SEARCH_MIN_CHARACTERS,
} from '#core/reputation/limits.ts';
import { VOLUME_BANDS } from '#core/reputation/states.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { lines } from './visible-text.ts';
import { At, id, listOf, Person, paging } from './wire.ts';

export const Profile = z
  .strictObject({
    username: z.string(),
    displayName: z.string().optional(),
    memberSince: At,
    tradesCompleted: z.int(),
    counterparties: z.int().meta({ description: 'Distinct accounts with which it has completed a trade' }),
    countedCounterparties: z.number().meta({
      description:
        'The same, weighed: the second trade with one account adds a fourth, the third a ninth, and later ones nothing. An account counts 1 % when it is opened, and in full after 30 days',
    }),
    volumeBand: z
      .enum(VOLUME_BANDS)
      .meta({ description: 'XMR of completed trades, weighed in the same way' }),
    medianReleaseMinutes: z.int().optional().meta({
      description: "From the buyer's payment to the release, over the seller's last counted trades",
    }),
    disputesLost: z
      .int()
      .meta({ description: 'Disputes in which the arbitrator gave the other party all XMR' }),
    rating: z.number().optional().meta({
      description: 'Mean of the reviews, weighed in the same way. Absent without a review',
    }),
    reviewCount: z.int().meta({ description: 'Reviews that are revealed' }),
    countedReviews: z.number().meta({ description: 'The weight of the reviews in the rating' }),
  })
  .meta({ id: 'Profile' });

export const PublicReview = z
  .strictObject({
    id: id<ReviewId>('a review'),
    from: Person,
    rating: z.int(),
    comment: z.string().optional(),
    at: At,
    revealed: z.boolean().meta({
      description: 'Whether others see it: once both parties have written, or after 7 days',
    }),
  })
  .meta({ id: 'PublicReview' });

export const Review = z
  .strictObject({ ...PublicReview.shape, tradeId: id<TradeId>('a trade') })
  .meta({ id: 'Review' });

const byUsername = z.strictObject({ username: z.string().min(1).max(64) });
const oneTrade = z.strictObject({ tradeId: id<TradeId>('a trade') });

export const getProfile = operation({
  name: 'getProfile',
  route: 'GET /users/{username}',
  summary: 'What everybody may know of an account, in a form that is costly to fake.',
  caller: 'anyone',
  path: byUsername,
  success: { 200: Profile },
  problems: ['not_found'],
});

export const listReviews = operation({
  name: 'listReviews',
  route: 'GET /users/{username}/reviews',
  summary: 'The reviews about an account that are revealed, newest first, without their trades.',
  caller: 'anyone',
  paged: true,
  path: byUsername,
  query: z.strictObject(paging),
  success: { 200: listOf(PublicReview) },
  problems: ['not_found'],
});

export const searchUsers = operation({
  name: 'searchUsers',
  route: 'GET /users',
  summary: 'Accounts whose username begins with a text, in alphabetical order.',
  caller: 'anyone',
  paged: true,
  query: z.strictObject({
    query: z
      .string()
      .trim()
      .min(SEARCH_MIN_CHARACTERS)
      .max(SEARCH_MAX_LENGTH)
      .meta({ description: 'The beginning of a username, in any case' }),
    ...paging,
  }),
  success: { 200: listOf(Person) },
  problems: [],
});

export const reviewTrade = operation({
  name: 'reviewTrade',
  route: 'POST /trades/{tradeId}/review',
  summary:
    'Review the other party of a completed or resolved trade, once. It is hidden until both have written, or for 7 days.',
  caller: 'account',
  refusedIfSuspended: true,
  path: oneTrade,
  body: z.strictObject({
    rating: z.int().min(RATING_MIN).max(RATING_MAX),
    comment: lines(COMMENT_MAX_LENGTH).optional(),
  }),
  success: { 201: Review },
  problems: ['not_found', 'out_of_order', 'already_reviewed'],
});

export const getTradeReviews = operation({
  name: 'getTradeReviews',
  route: 'GET /trades/{tradeId}/reviews',
  summary: "The reviews of a trade, for its parties: one's own, and the other one once it is revealed.",
  caller: 'account',
  path: oneTrade,
  success: {
    200: z
      .strictObject({
        own: Review.optional(),
        other: Review.optional(),
        otherWrote: z.boolean().meta({ description: 'Whether the other party has written one' }),
        mayReview: z.boolean().meta({ description: 'Whether the caller may write one now' }),
      })
      .meta({ id: 'TradeReviews' }),
  },
  problems: ['not_found'],
});

export const getReputationHealth = functionHealth('reputation');
