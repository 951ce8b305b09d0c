/** The source of a regular expression, so that JSON Schemas accept exactly what {@link parseQuantity} reads. */
export const quantityPattern = '^[0-9]{1,12}(\\.[0-9]{1,3})?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$';
export const quantityHint = 'a quantity as Kubernetes writes it, for example "500m", "2", "512Mi" or "10Gi"';

const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 0.001,
  k: 1000,
  Ki: 1024,
  M: 1000 ** 2,
  Mi: 1024 ** 2,
  G: 1000 ** 3,
  Gi: 1024 ** 3,
  T: 1000 ** 4,
  Ti: 1024 ** 4,
};

/** How many thousandths of a core, or of a byte, a quantity stands for: whole numbers compare exactly. */
export function parseQuantity(text: string): number | undefined {
  if (!new RegExp(quantityPattern).test(text)) return undefined;
  const [, amount = '', unit = ''] = /^([0-9.]+)(.*)$/.exec(text) ?? [];
  return Math.round(Number(amount) * (factors[unit] ?? NaN) * 1000);
}

/** Negative, zero or positive, as the first one is less than, the same as or more than the other one. */
export function compareQuantities(one: string, other: string): number {
  return (parseQuantity(one) ?? 0) - (parseQuantity(other) ?? 0);
}
