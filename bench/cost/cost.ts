import { changes, expected } from '../expected/expected.ts';
import { type Counts, countsOf, type Usage } from '../meter/usage.ts';
import type { Found, Part } from '../part.ts';
import { columns, table } from '../report/markdown.ts';
import { bars } from '../report/plot.ts';
import { FLOWS, TRADE_WRITE_UNITS_AT_MOST, tradeUsage, usageOf } from './flow.ts';
import { comparedWithLeast } from './least.ts';
import { measureCost } from './measure.ts';
import { dollarsOfMillion, PRICES } from './prices.ts';
import { why } from './why.ts';

type Usages = ReadonlyMap<string, Usage>;

/** Counts the units, calls and queue requests of every operation and of the whole flow. None of them is a time. */
export const cost: Part = async (hands): Promise<Found> => {
  const usages = await measureCost(hands);
  const counts = Object.fromEntries([...usages].map(([label, usage]) => [label, countsOf(usage)]));
  const complaints = changes(expected<Record<string, Counts>>('cost'), counts);
  const { writeUnits } = tradeUsage(usages);
  if (writeUnits > TRADE_WRITE_UNITS_AT_MOST) complaints.push(`a trade writes ${writeUnits} units`);
  return {
    markdown: [operations(usages), tradeRows(usages), flows(usages)].join('\n\n'),
    plots: { 'cost.svg': plot(usages) },
    lines: columns([
      ['', 'calls', 'read', 'write', 'least', 'sqs'],
      ...[...usages].map(([label, usage]) => [label, ...line(label, usage)]),
    ]),
    expectations: { cost: counts },
    complaints,
    figures: { tradeWriteUnits: writeUnits },
  };
};

const line = (label: string, usage: Usage): number[] => [
  usage.calls,
  usage.readUnits,
  usage.writeUnits,
  comparedWithLeast(label, usage).leastUnits,
  usage.sqsRequests,
];

function operations(usages: Usages): string {
  const rows = [...usages].map(([label, usage]) => [
    label,
    ...line(label, usage),
    comparedWithLeast(label, usage).difference,
  ]);
  const head = [
    'operation',
    'DynamoDB calls',
    'read units',
    'write units',
    'least',
    'SQS requests',
    'the difference',
  ];
  return `Every unit is the engine's own figure, and the sum of what each item and index entry costs by the published
rules: the bench stops where the two differ. *Least*: the items whose change is the operation's meaning, at two units
each where they change together. A token's session is read at every signed-in call.

![Write units](benchmarks/cost.svg)

${table(head, rows)}`;
}

function tradeRows(usages: Usages): string {
  const { writeUnits } = tradeUsage(usages);
  const rows = Object.keys(FLOWS[0]!.steps).flatMap((label) =>
    usages
      .get(label)!
      .writes.map((row) => [
        label,
        row.table,
        row.kind,
        row.index ?? '',
        row.how,
        row.bytes,
        row.units,
        why(label, row),
      ]),
  );
  return `### Each write unit of a trade

Start, "I sent money" and "I received money" together: **${writeUnits} write units** (aim: at most
${TRADE_WRITE_UNITS_AT_MOST}).

${table(['step', 'table', 'item', 'index', 'how', 'bytes', 'units', 'why'], rows)}`;
}

function flows(usages: Usages): string {
  const rows = FLOWS.map((flow) => {
    const usage = usageOf(flow, usages);
    const { store, queue, lambda, all } = dollarsOfMillion(usage, flow);
    const { calls, readUnits, writeUnits, sqsRequests } = usage;
    return [
      flow.name,
      calls,
      readUnits,
      writeUnits,
      sqsRequests,
      dollars(store),
      dollars(queue),
      dollars(lambda),
      dollars(all),
    ];
  });
  const head = [
    'flow',
    'calls',
    'read units',
    'write units',
    'SQS requests',
    'DynamoDB',
    'SQS',
    'Lambda and gateway',
    'a million',
  ];
  return `### Dollars

On demand, us-east-1, a million times each: $${PRICES.writeUnits} a million write units, $${PRICES.readUnits} a million
read units, $${PRICES.sqsRequests} a million requests to a FIFO queue, $${PRICES.lambda} a million invocations,
$${PRICES.gateway} a million requests of the HTTP API. The time that functions run, what the queue's poller asks, and
what schedules do for nothing are not in it.

${table(head, rows)}`;
}

const dollars = (amount: number) => `$${amount.toFixed(2)}`;

function plot(usages: Usages): string {
  const writing = [...usages].filter(
    ([label, { writeUnits }]) => writeUnits > 0 && !label.includes('fills the pool'),
  );
  const shown = writing.map(([label, usage]) => {
    const least = Math.min(comparedWithLeast(label, usage).leastUnits, usage.writeUnits);
    return { label, values: [least, usage.writeUnits - least] };
  });
  return bars({
    title: 'Write units of each operation',
    names: ['least possible', 'beyond it'],
    bars: shown,
  });
}
