/** Bands of the weighed XMR of completed trades, lowest first: `1_to_10` is from 1 to below 10 XMR. */
export const VOLUME_BANDS = ['none', 'below_1', '1_to_10', '10_to_100', '100_to_1000', 'from_1000'] as const;
export type VolumeBand = (typeof VOLUME_BANDS)[number];
