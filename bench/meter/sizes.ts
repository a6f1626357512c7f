import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's own format. */
export type StoredItem = Record<string, AttributeValue>;

const utf8 = (text: string) => Buffer.byteLength(text, 'utf8');

/**
 * One byte for each two significant digits, plus one, plus one for a minus sign. Leading and trailing zeros do not
 * count.
 */
function numberBytes(digits: string): number {
  const significant = digits.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(significant.length / 2) + 1 + (digits.startsWith('-') ? 1 : 0);
}

/** Three bytes for the list or map itself, and one for each element. */
function nestedBytes(elements: number[]): number {
  return 3 + elements.reduce((sum, bytes) => sum + bytes + 1, 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.SS !== undefined) return value.SS.reduce((sum, text) => sum + utf8(text), 0);
  if (value.L !== undefined) return nestedBytes(value.L.map(valueBytes));
  if (value.M !== undefined)
    return nestedBytes(Object.entries(value.M).map(([name, inner]) => utf8(name) + valueBytes(inner)));
  return 1;
}

/**
 * Bytes that DynamoDB charges an item for: names and values.
 * (AWS, Amazon DynamoDB Developer Guide: "DynamoDB item sizes and formats".)
 */
export const itemBytes = (item: StoredItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueBytes(value), 0);

/** Write units of an item of this size: one for each started kilobyte, and at least one. */
export const writeUnitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));
