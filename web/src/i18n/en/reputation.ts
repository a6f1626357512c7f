import type { VolumeBand } from '#core/reputation/states.ts';

export const reputation = {
  searchLabel: 'Beginning of a username',
  searchHint: 'Two letters or more.',
  searchEmpty: 'Nobody’s name begins like that',
  searchEmptyText: 'The search covers the beginning of usernames, not display names.',
  searchResults: 'People',

  facts: 'At a glance',
  memberSince: 'Member since',
  trades: 'Trades completed',
  people: 'Different people',
  peopleCounted: (all: string, counted: string) => `${all}, who count like ${counted}`,
  volume: 'Volume',
  bands: {
    none: 'None yet',
    below_1: 'Below 1 XMR',
    '1_to_10': '1 to 10 XMR',
    '10_to_100': '10 to 100 XMR',
    '100_to_1000': '100 to 1,000 XMR',
    from_1000: '1,000 XMR or more',
  } satisfies Record<VolumeBand, string>,
  release: 'Usual time to release',
  releaseMinutes: (n: string, isOne: boolean) => (isOne ? '1 minute' : `${n} minutes`),
  noRelease: 'Has not sold yet',
  disputesLost: 'Disputes lost',
  stars: (rating: string) => `${rating} of 5`,
  noRating: 'No reviews yet',
  ratingFrom: (n: string, isOne: boolean, counted: string) =>
    `${isOne ? '1 review, which counts' : `${n} reviews, which count`} like ${counted}`,

  how: 'How this is counted',
  howParts: [
    'Each person counts once. A second trade with the same person adds a quarter, a third one a ninth, and further ones nothing.',
    'A new account counts 1 %, and more each day. It counts in full after 30 days.',
    'So 100 new accounts of one person count like one person together, and it takes a month and 100 trades to change that. It is possible all the same: read the comments, and begin with small amounts.',
    'Volume and rating are made of these weights. A dispute is lost if the arbitrator gave everything to the other side.',
    'A review is hidden until both sides have written theirs, or for 7 days. So nobody can answer a bad review with a bad one.',
  ],

  reviews: 'Reviews',
  noReviews: 'Nobody has reviewed this account yet.',
  noComment: 'No comment',
  report: (name: string) => `Report the review of ${name}`,

  write: (name: string) => `How was the trade with ${name}?`,
  writeHint: 'It stays hidden until both of you have written, or for 7 days. You cannot change it.',
  otherWrote: (name: string) =>
    `${name} has written a review about you. You see it once you have written yours, or after 7 days; then it is too late for yours.`,
  yourRating: 'Your rating',
  oneStar: (n: number) => (n === 1 ? '1 star' : `${n} stars`),
  chooseRating: 'Choose 1 to 5 stars.',
  comment: 'Comment (optional)',
  commentHint: 'Everybody reads it. No names, addresses or account numbers.',
  send: 'Send the review',
  sent: 'Your review is sent.',
  yours: 'Your review',
  theirs: (name: string) => `Review of ${name}`,
  hidden: 'Hidden until both have written, or for 7 days',
};
