import type { HaltRows } from '../halts/ports.ts';
import type { AccountId, Ids, OfferId } from '../ids.ts';
import type { Balance } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Currency, MinorUnits } from '../money/fiat.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { People } from '../people.ts';
import type { Clock, Instant } from '../time.ts';
import type { NamedAccount, Offer, Price, Rate, Side } from './offers.ts';
import type { HistoryInstant, RatePoint, RateSpan } from './rate-history.ts';

/** The filters of a list of offers. */
export type OfferFilter = { side?: Side; currency?: Currency; method?: string; amount?: MinorUnits };

/** One ordered range of a market: its fixed-price or its market-priced offers. */
export type PriceRange = { side: Side; currency: Currency; kind: Price['kind'] };

export interface Offers {
  get(id: OfferId): Promise<Offer | undefined>;
  /** @param seen the owner's balance that `cover` was decided from; `changed_since` if it is another one now */
  add(offer: Offer, seen?: Balance): Promise<'changed_since' | undefined>;
  /**
   * Writes the next version; `changed_since` if another write or decision of its cover was first.
   *
   * @param seen as in `add`, where `next` has a new decision
   */
  save(next: Offer, seen?: Balance): Promise<'changed_since' | undefined>;
  /** Writes a new decision of an offer's cover, and leaves its version. `changed_since` as in `save`. */
  saveCover(next: Offer, seen: Balance): Promise<'changed_since' | undefined>;
  /**
   * An owner's offers to sell that a balance between `low` and `high` may list or hide: listed ones that need `low` or
   * more, and hidden ones that need `high` or less. A write may be missing for a second.
   */
  turningAt(ownerId: AccountId, balance: { low: Piconero; high: Piconero }): Promise<OfferId[]>;
  /** Those of a currency whose cover was decided at a market price below `low` or above `high`, `limit` of each. */
  decidedOutside(
    currency: Currency,
    bounds: { low: MinorUnits; high: MinorUnits },
    limit: number,
  ): Promise<OfferId[]>;
  /** Erases an offer. Does nothing if it is gone already. */
  remove(id: OfferId): Promise<void>;
  ofOwner(ownerId: AccountId, page: PageRequest): Promise<Page<Offer>>;
  /** Listed offers, newest first. */
  newest(filter: OfferFilter, page: PageRequest): Promise<Page<Offer>>;
  /** Listed offers of a range after position `after` (`positionOf`), best for the taker first. */
  byPrice(
    range: PriceRange,
    filter: OfferFilter,
    after: string | undefined,
    limit: number,
  ): Promise<RangePage>;
  /** Listed offers of a market that took their present place after `since`, earliest first. */
  movedSince(market: Pick<PriceRange, 'side' | 'currency'>, since: Instant, limit: number): Promise<Offer[]>;
}

/**
 * A stretch of a range. `next`: the position at which it continues. Filters can leave a stretch empty before its end.
 */
export type RangePage = { items: { offer: Offer; position: string }[]; next?: string };

export interface Prices {
  /** The last known price of 1 XMR, of any age; `undefined` if there never was one. */
  rate(currency: Currency, now: Instant): Promise<Rate | undefined>;
  /** The last known price in each currency that ever had one, of any age, in the order of CURRENCIES. */
  rates(now: Instant): Promise<Rate[]>;
  /** The known prices at the instants of a span, oldest first. Instants without a price are absent. */
  history(currency: Currency, span: RateSpan): Promise<RatePoint[]>;
}

/** The payment accounts that an offer may name. Their details stay sealed. */
export interface NameableAccounts {
  /** All of an account, oldest first. Strongly consistent. */
  ofAccount(accountId: AccountId): Promise<NamedAccount[]>;
}

/** A public source of prices. */
export interface RateSource {
  name: string;
  /** The prices of 1 XMR that it knows. @throws an Error if it does not answer, or not as it should */
  prices(): Promise<ReadonlyMap<Currency, MinorUnits>>;
}

/** Rates of one update. */
export type StoredRates = { rates: Rate[]; savedAt: Instant };

/** The rates that updateRates stores and Prices reads. */
export interface RateStore {
  stored(): Promise<StoredRates | undefined>;
  /** Replaces the stored rates, unless later ones are stored. */
  save(rates: StoredRates): Promise<void>;
  /** Adds the rates to the history as those of an instant. Repeating it replaces them. */
  addHistory(instant: HistoryInstant, rates: readonly Rate[]): Promise<void>;
}

/** The ports of the use cases of offers. */
export type OfferPorts = {
  offers: Offers;
  halts: HaltRows;
  prices: Prices;
  people: People;
  paymentAccounts: NameableAccounts;
  ledger: Pick<Ledger, 'balance'>;
  clock: Clock;
  ids: Ids;
};
