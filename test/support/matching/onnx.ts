/**
 * The part of the protocol buffers encoding that an ONNX file needs: a field is a number, bytes, or a message
 * of further fields.
 */
type Field = [number: number, value: bigint | Buffer | string];

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

const message = (...fields: Field[]): Buffer =>
  Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'bigint') return Buffer.concat([varint(BigInt(number << 3)), varint(value)]);
      const bytes = Buffer.from(value as string);
      return Buffer.concat([varint(BigInt((number << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
    }),
  );

const FLOAT = 1n;
const INT64 = 7n;

/** Returns a ValueInfoProto: a tensor of that kind, whose dimensions are fixed numbers or open names. */
function value(name: string, kind: bigint, dimensions: (string | number)[]): Buffer {
  const shape = message(
    ...dimensions.map((d): Field => [1, message(typeof d === 'number' ? [1, BigInt(d)] : [2, d])]),
  );
  return message([1, name], [2, message([1, message([1, kind], [2, shape])])]);
}

/**
 * Returns an ONNX model (opset 13) with one step: a table lookup of each token's number. Inputs and output
 * are those of a sentence model, so anything that runs those runs this.
 */
export function lookupModel(table: Float32Array, size: number): Buffer {
  const tokens = table.length / size;
  const weights = message(
    [1, BigInt(tokens)],
    [1, BigInt(size)],
    [2, FLOAT],
    [8, 'table'],
    [9, Buffer.from(table.buffer)],
  );
  const gather = message(
    [1, 'table'],
    [1, 'input_ids'],
    [2, 'last_hidden_state'],
    [3, 'look up'],
    [4, 'Gather'],
  );
  const graph = message(
    [1, gather],
    [2, 'lookup'],
    [5, weights],
    [11, value('input_ids', INT64, ['batch', 'sequence'])],
    [11, value('attention_mask', INT64, ['batch', 'sequence'])],
    [12, value('last_hidden_state', FLOAT, ['batch', 'sequence', size])],
  );
  return message([1, 8n], [2, 'test'], [7, graph], [8, message([1, ''], [2, 13n])]);
}
